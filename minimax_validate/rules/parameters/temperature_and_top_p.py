"""Consider setting only one of `temperature` and `top_p`.

Both parameters restrict the choice of words, and their combined effect is hard to predict. Vendors advise changing only
one of them.

Off unless selected, because this is advice.
"""

from minimax_validate.request.features import Feature
from minimax_validate.request.index import Request
from minimax_validate.rules.examples import request, user
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Related, Severity


def check(request: Request, flag: Flag) -> None:
    if request.body.get("temperature") is not None and request.body.get("top_p") is not None:
        flag(
            ("top_p",),
            "temperature and top_p are both set; consider setting only one of them",
            related=(Related(("temperature",), "the other parameter"),),
        )


RULE = Rule(
    code="MM607",
    name="temperature-and-top-p",
    severity=Severity.INFO,
    prose=__doc__,
    when=Feature.SAMPLING,
    check=check,
    valid=(Valid("Only one of them.", request(user(), top_p=0.9)),),
    invalid=(Invalid("Both.", request(user(), temperature=0.5, top_p=0.9), at=(("top_p",),)),),
)
