"""A user message says something.

Content that is empty, white space, or parts that are, reaches the provider as nothing: "chat content is empty"
(openclaw/openclaw#64644 and #69648, on M2.7). Templates with a variable that was not set make such messages, and voice
input that heard nothing. A message of images alone is one too: the model sees no images, and nothing is left.

Empty content of the assistant beside tool calls, and of a tool that returned nothing, is normal and not reported
(earendil-works/pi#3365 reports a refusal; its maintainer could not reproduce it). Ignore it for requests that are kept
as templates. There is no fix: to leave the message out may change who speaks next.
"""

from minimax_validate.request.features import Feature
from minimax_validate.request.index import Request
from minimax_validate.rules.examples import assistant, calling, request, result, user
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.blank import describe_blank, is_blank
from minimax_validate.values.diagnostic import Severity


def check(request: Request, flag: Flag) -> None:
    for index, message in request.objects:
        if message.get("role") == "user" and is_blank(message.get("content")):
            flag(
                ("messages", index, "content"),
                f"the user says nothing: the content is {describe_blank(message['content'])}",
            )


_AT = (("messages", 0, "content"),)

RULE = Rule(
    code="MM502",
    name="empty-content",
    severity=Severity.ERROR,
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
        Invalid(
            "Nothing but an image.",
            request(user([{"type": "image_url", "image_url": {"url": "https://example.com/oslo.png"}}])),
            at=_AT,
        ),
    ),
)
