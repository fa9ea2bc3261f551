"""The content of a message must not be null.

Other vendors' APIs return and accept `"content": null` next to tool calls. This contract requires a string or an
array of parts even then; the model's own chat template would print the word `None`.

This is the most frequent mistake in migrated histories: 443 of 2,948 recorded request bodies contain it.

The fix sets the content to an empty string. It is safe for an assistant message with tool calls, in which null and ""
both mean that there is no text. It is unsafe for other messages, because they may have lost their text. If the text is
under another key (`text`, `message`), the fix moves it.
"""

from minimax_validate.request.index import Request
from minimax_validate.request.stand_ins import KEYS_OF_MESSAGES, stand_in
from minimax_validate.rules.examples import assistant, calling, request, result, tool, user
from minimax_validate.rules.fixes import assignment
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Edit, Fix, Severity
from minimax_validate.values.failure import Failure


def claim(failure: Failure, request: Request, flag: Flag) -> bool:
    if failure.instance is not None or failure.pointer[2:] != ("content",):
        return False
    message = request.messages[int(failure.pointer[1])]
    calls = message.get("role") == "assistant" and bool(message.get("tool_calls"))
    other = stand_in("content", message, KEYS_OF_MESSAGES)
    if other:
        edits = (Edit("set", failure.pointer, message[other]), Edit("remove", (*failure.pointer[:2], other)))
        moved = Fix(f"move `{other}` to `content`", edits, safe=False)
        flag(failure.pointer, f"content is null; the text of the message is in `{other}`", fix=moved)
        return True
    beside = ", even with tool calls" if calls else ""
    fix = assignment(failure.pointer, "", 'set the content to ""', safe=calls)
    flag(failure.pointer, f"content is null; it must be a string or an array of parts{beside}", fix=fix)
    return True


_CALLING = request(user(), calling(), result(), tools=[tool()])
_SAID = request(user(), calling(content=None), result(), tools=[tool()])

RULE = Rule(
    code="MM110",
    name="null-content",
    severity=Severity.ERROR,
    prose=__doc__,
    keywords=("anyOf",),
    claim=claim,
    valid=(Valid("An empty string with tool calls.", _CALLING),),
    invalid=(
        Invalid("As other vendors' APIs return it.", _SAID, at=(("messages", 1, "content"),), fixed=_CALLING),
        Invalid(
            "The text under another key.",
            request(user(None, text="What is the weather in Oslo?")),
            at=(("messages", 0, "content"),),
            fixed=request(user()),
        ),
        Invalid(
            "An assistant message without content.",
            request(user(), assistant(None), user("Hello?")),
            at=(("messages", 1, "content"),),
            fixed=request(user(), assistant(""), user("Hello?")),
        ),
        Invalid(
            "A tool result without content.",
            request(user(), calling(), result(content=None)),
            at=(("messages", 2, "content"),),
            fixed=request(user(), calling(), result(content="")),
        ),
    ),
)
