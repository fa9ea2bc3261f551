"""The `name` of a message is not shown to the model.

`name` tells speakers of one role apart at other vendors. The model's chat template does not print it (in a probe with
"Alice", terrylica/cc-skills N1, it had no effect). A conversation of several users reads as one of a single user.

Off unless selected, as MiniMax's own answers carry a name. Where it matters, put the name into the text.
"""

from minimax_validate.request.features import Feature
from minimax_validate.request.index import Request
from minimax_validate.rules.examples import request, user
from minimax_validate.rules.rule import Flag, Invalid, Leans, Rule, Valid
from minimax_validate.values.diagnostic import Severity


def check(request: Request, flag: Flag) -> None:
    for index, message in request.objects:
        if isinstance(message.get("name"), str):
            flag(("messages", index, "name"), "the model is not shown the name of a message")


RULE = Rule(
    code="MM509",
    name="name-ignored",
    severity=Severity.INFO,
    prose=__doc__,
    leans_on=Leans.MESSAGES,
    when=Feature.LONG_MESSAGES,
    check=check,
    valid=(Valid("The name in the text.", request(user("Alice: What is the weather in Oslo?", mood="curious"))),),
    invalid=(Invalid("A name.", request(user(name="Alice")), at=(("messages", 0, "name"),)),),
)
