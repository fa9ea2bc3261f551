"""If `model` is set, it must be `minimax/m2.7`.

Workers AI knows the model only by this id. The vendor's own spelling (`MiniMax-M2.7`) and the names of other models
are left over from another endpoint: they are rejected, or another model answers at another price.

Ignore it if one history is sent to several models and the name is replaced before sending. The fix is unsafe, because
another model then answers.
"""

from minimax_validate.request.features import Feature
from minimax_validate.request.index import Request
from minimax_validate.rules.examples import request, user
from minimax_validate.rules.fixes import assignment
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Severity
from minimax_validate.values.model import MODEL
from minimax_validate.values.wording import describe


def check(request: Request, flag: Flag) -> None:
    if "model" in request.body and request.body["model"] != MODEL:
        named = describe(request.body["model"])
        fix = assignment(("model",), MODEL, f'set model to "{MODEL}"', safe=False)
        flag(("model",), f'model must be "{MODEL}" on Workers AI, not {named}', fix=fix)


RULE = Rule(
    code="MM009",
    name="wrong-model",
    severity=Severity.WARNING,
    prose=__doc__,
    when=Feature.FOREIGN_KEYS,
    around=True,
    check=check,
    valid=(
        Valid("The model's id next to the parameters.", request(user(), model=MODEL)),
        Valid("In an envelope.", {"model": MODEL, "input": request(user())}),
    ),
    invalid=(
        Invalid(
            "The vendor's own spelling.",
            request(user(), model="MiniMax-M2.7"),
            at=(("model",),),
            fixed=request(user(), model=MODEL),
        ),
        Invalid(
            "Another model.",
            {"model": "gpt-4o", "input": request(user())},
            at=(("model",),),
            fixed={"model": MODEL, "input": request(user())},
        ),
    ),
)
