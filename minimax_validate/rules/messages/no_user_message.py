"""A conversation has more than a system message.

A request whose messages are all of the system asks nothing. The model answers all the same, to what it makes of its
instructions, or the provider refuses it. Prompts that were written for a completion interface are often sent so.

Ignore it where that is what you want. There is no fix: whether the text is an instruction or a question is for its
author to say.
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
        flag(("messages",), "there is no message of a user: nothing is asked")


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
            "An instruction alone.", request(system("Write a haiku about the harbour of Oslo.")), at=(("messages",),)
        ),
    ),
)
