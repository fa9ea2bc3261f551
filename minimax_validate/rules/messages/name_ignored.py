"""Consider writing the speaker's name into the text: the model does not receive `name`.

Other vendors use `name` to distinguish speakers with the same role. The model's chat template does not print it (in a
probe with "Alice", terrylica/cc-skills N1, it had no effect), so a conversation of several users looks like one of a
single user.

Off unless selected, because MiniMax's own answers contain a name.
"""

from minimax_validate.request.features import Feature
from minimax_validate.request.index import Request
from minimax_validate.rules.examples import request, user
from minimax_validate.rules.rule import Flag, Invalid, Leans, Rule, Valid
from minimax_validate.values.diagnostic import Severity


def check(request: Request, flag: Flag) -> None:
    for index, message in request.objects:
        if isinstance(message.get("name"), str):
            flag(
                ("messages", index, "name"),
                "the model does not receive `name`; write the name into the text if the model needs it",
            )


RULE = Rule(
    code="MM509",
    name="name-ignored",
    severity=Severity.INFO,
    prose=__doc__,
    leans_on=Leans.MESSAGES,
    when=Feature.LONG_MESSAGES,
    check=check,
    valid=(Valid("A name in the text.", request(user("Alice: What is the weather in Oslo?", mood="curious"))),),
    invalid=(Invalid("A name next to the text.", request(user(name="Alice")), at=(("messages", 0, "name"),)),),
)
