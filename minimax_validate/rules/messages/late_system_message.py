"""System messages stand before all others.

The model's chat template reads the system message at the start. One that comes later, a reminder or a new instruction
in the middle of a conversation, is dropped without a word.

Ignore it where such messages are meant for another model. There is no fix: as a user message, or at the start, it says
something else.
"""

from minimax_validate.request.features import Feature
from minimax_validate.request.index import Request
from minimax_validate.rules.examples import assistant, request, system, user
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Related, Severity


def check(request: Request, flag: Flag) -> None:
    first: int | None = None
    for index, message in request.objects:
        if message.get("role") != "system":
            first = index if first is None else first
        elif first is not None:
            related = (Related(("messages", first), "the conversation has begun here"),)
            message_text = "a system message after the start is dropped: say it in the first one, or as the user"
            flag(("messages", index), message_text, related=related)


RULE = Rule(
    code="MM504",
    name="late-system-message",
    severity=Severity.WARNING,
    prose=__doc__,
    when=Feature.SYSTEM_AGAIN,
    check=check,
    valid=(Valid("At the start.", request(system(), user())),),
    invalid=(
        Invalid(
            "A reminder.",
            request(system(), user(), assistant(), system("Be brief."), user("Thanks.")),
            at=(("messages", 3),),
        ),
        Invalid(
            "After the assistant's greeting.", request(assistant("Hello!"), system(), user()), at=(("messages", 1),)
        ),
    ),
)
