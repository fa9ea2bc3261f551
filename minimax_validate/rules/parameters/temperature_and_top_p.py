"""One of `temperature` and `top_p` is enough.

Both make the choice of words narrower, and what they do together is hard to foresee. Vendors advise to change one and
leave the other.

Off unless selected, as it is advice.
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
            "temperature and top_p are both given: change one of them",
            related=(Related(("temperature",), "the other"),),
        )


RULE = Rule(
    code="MM607",
    name="temperature-and-top-p",
    severity=Severity.INFO,
    prose=__doc__,
    when=Feature.SAMPLING,
    check=check,
    valid=(Valid("One of them.", request(user(), top_p=0.9)),),
    invalid=(Invalid("Both.", request(user(), temperature=0.5, top_p=0.9), at=(("top_p",),)),),
)
