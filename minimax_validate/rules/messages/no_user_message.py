"""A conversation should contain more than system messages.

A request with only system messages asks nothing. The model still answers according to its instructions, or the
provider rejects the request. This happens when prompts for a completion API are sent as a system message.

Ignore it if this is intended. No automatic fix: only you can decide whether the text is an instruction or a question.
"""

from minimax_validate.request.features import Feature
from minimax_validate.request.index import Request
from minimax_validate.rules.examples import request, system, user
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Severity


def check(request: Request, flag: Flag) -> None:
    if request.messages and all(
        isinstance(message, dict) and message.get("role") == "system" for message in request.messages
    ):
        flag(("messages",), "all messages are system messages, so the request asks nothing; add a user message")


RULE = Rule(
    code="MM505",
    name="no-user-message",
    severity=Severity.WARNING,
    prose=__doc__,
    when=Feature.NO_USER_MESSAGE,
    check=check,
    valid=(Valid("An instruction and a question.", request(system(), user())),),
    invalid=(
        Invalid(
            "Only an instruction.", request(system("Write a haiku about the harbour of Oslo.")), at=(("messages",),)
        ),
    ),
)
