"""A user or system message says something.

Content that is empty, white space, or parts that are, reaches the provider as nothing: "chat content is empty"
(openclaw/openclaw#64644, on M2.7). Templates with a variable that was not set make such messages, and voice input that
heard nothing.

Empty content of the assistant beside tool calls, and of a tool that returned nothing, is normal and not reported.
Ignore it for requests that are kept as templates. There is no fix: to leave the message out may change who speaks next.
"""

from typing import Any

from minimax_validate.request.features import Feature
from minimax_validate.request.index import Request
from minimax_validate.rules.examples import assistant, calling, request, result, system, user
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Severity


def check(request: Request, flag: Flag) -> None:
    for index, message in request.objects:
        role = message.get("role")
        if role in ("user", "system") and _is_blank(message.get("content")):
            flag(
                ("messages", index, "content"),
                f"the {role} says nothing: the content is {_nothing(message['content'])}",
            )


def _is_blank(content: Any) -> bool:
    if isinstance(content, str):
        return not content or content.isspace()
    return isinstance(content, list) and all(_is_blank_part(part) for part in content)


def _is_blank_part(part: Any) -> bool:
    text = part.get("text") if isinstance(part, dict) and part.get("type") == "text" else None
    return isinstance(text, str) and (not text or text.isspace())


def _nothing(content: Any) -> str:
    if not content:
        return '""' if isinstance(content, str) else "an empty array"
    return "white space" if isinstance(content, str) else "blank parts only"


_AT = (("messages", 0, "content"),)

RULE = Rule(
    code="MM502",
    name="empty-content",
    severity=Severity.WARNING,
    prose=__doc__,
    refusal="invalid params, chat content is empty (2013)",
    when=Feature.BLANK_CONTENT,
    check=check,
    valid=(
        Valid("A word.", request(user("Hi"))),
        Valid(
            "The assistant and a tool may say nothing.", request(user(), calling(), result(content=""), assistant(""))
        ),
        Valid(
            "A part that says something.", request(user([{"type": "text", "text": ""}, {"type": "text", "text": "Hi"}]))
        ),
    ),
    invalid=(
        Invalid("Nothing.", request(user("")), at=_AT),
        Invalid("White space.", request(user(" \n"), user()), at=_AT),
        Invalid("No parts.", request(user([]), user()), at=_AT),
        Invalid("Blank parts.", request(user([{"type": "text", "text": " "}])), at=_AT),
        Invalid("A system prompt that was not filled in.", request(system(""), user()), at=_AT),
    ),
)
