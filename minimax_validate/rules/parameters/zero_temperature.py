"""Consider a `temperature` and `top_p` above 0.

The vendor's schema accepts 0, but MiniMax documents the range (0, 1] for both. The effect of 0 is not documented: it
may be raised, or rejected in the future. A small number such as 0.01 gives nearly the same answer every time.

Off unless selected, because 0 is widely used and accepted today.
"""

from minimax_validate.request.features import Feature
from minimax_validate.request.index import Request
from minimax_validate.rules.examples import request, user
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Severity


def check(request: Request, flag: Flag) -> None:
    for key in ("temperature", "top_p"):
        value = request.body.get(key)
        if value == 0 and not isinstance(value, bool):
            flag((key,), f"{key} is 0, but MiniMax documents a range above 0; consider 0.01")


RULE = Rule(
    code="MM605",
    name="zero-temperature",
    severity=Severity.INFO,
    prose=__doc__,
    when=Feature.SAMPLING,
    check=check,
    valid=(Valid("A small temperature.", request(user(), temperature=0.01)),),
    invalid=(
        Invalid("A temperature of zero.", request(user(), temperature=0), at=(("temperature",),)),
        Invalid("A top_p of zero.", request(user(), top_p=0), at=(("top_p",),)),
    ),
)
