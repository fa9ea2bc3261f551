"""A system message should contain text.

A blank system message is sent when a template variable is not set or a prompt is not found. The model then silently
runs without its instructions.

Ignore it for requests that are stored as templates. No automatic fix: only you know the text of the message.
"""

from minimax_validate.request.features import Feature
from minimax_validate.request.index import Request
from minimax_validate.rules.examples import request, system, user
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.blank import describe_blank, is_blank
from minimax_validate.values.diagnostic import Severity


def check(request: Request, flag: Flag) -> None:
    for index, message in request.objects:
        if message.get("role") == "system" and is_blank(message.get("content")):
            flag(
                ("messages", index, "content"),
                f"the system message has no text; its content is {describe_blank(message['content'])}",
            )


_AT = (("messages", 0, "content"),)

RULE = Rule(
    code="MM512",
    name="blank-system-message",
    severity=Severity.WARNING,
    prose=__doc__,
    when=Feature.BLANK_CONTENT,
    check=check,
    valid=(Valid("A system message with text.", request(system("Help."), user())),),
    invalid=(
        Invalid("A system prompt that was not set.", request(system(""), user()), at=_AT),
        Invalid("Only white space.", request(system(" \n"), user()), at=_AT),
        Invalid("An empty array of parts.", request(system([]), user()), at=_AT),
    ),
)
