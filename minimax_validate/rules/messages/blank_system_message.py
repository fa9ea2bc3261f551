"""A system message says something.

A template whose variable was not set, or a prompt that was not found, leaves an empty system message behind. The model
then runs without the instructions that were meant for it, and nobody is told.

Ignore it for requests that are kept as templates. There is no fix: what the message should say is known to its author.
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
                f"the system message says nothing: the content is {describe_blank(message['content'])}",
            )


_AT = (("messages", 0, "content"),)

RULE = Rule(
    code="MM512",
    name="blank-system-message",
    severity=Severity.WARNING,
    prose=__doc__,
    when=Feature.BLANK_CONTENT,
    check=check,
    valid=(Valid("A word.", request(system("Help."), user())),),
    invalid=(
        Invalid("A system prompt that was not filled in.", request(system(""), user()), at=_AT),
        Invalid("White space.", request(system(" \n"), user()), at=_AT),
        Invalid("No parts.", request(system([]), user()), at=_AT),
    ),
)
