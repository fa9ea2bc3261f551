"""A user message must contain text.

The provider rejects content that is empty, is only white space, or contains only such parts: "chat content is empty"
(openclaw/openclaw#64644 and #69648, on M2.7). This happens when a template variable is not set, or when voice input
contains no speech. A message with only images is also empty, because the model does not receive images.

Empty content is normal and not reported for an assistant message with tool calls and for a tool that returned nothing
(earendil-works/pi#3365 reports a rejection; its maintainer could not reproduce it). Ignore it for requests that are
stored as templates. No automatic fix: removing the message may change who speaks next.
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
                f"the user message has no text; its content is {describe_blank(message['content'])}",
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
        Valid("A message with text.", request(user("Hi"))),
        Valid(
            "Empty content of an assistant message and a tool result.",
            request(user(), calling(), result(content=""), assistant("")),
        ),
        Valid("One part with text.", request(user([{"type": "text", "text": ""}, {"type": "text", "text": "Hi"}]))),
    ),
    invalid=(
        Invalid("An empty string.", request(user("")), at=_AT),
        Invalid("Only white space.", request(user(" \n"), user()), at=_AT),
        Invalid("An empty array of parts.", request(user([]), user()), at=_AT),
        Invalid("Blank parts.", request(user([{"type": "text", "text": " "}])), at=_AT),
        Invalid(
            "Only an image.",
            request(user([{"type": "image_url", "image_url": {"url": "https://example.com/oslo.png"}}])),
            at=_AT,
        ),
    ),
)
