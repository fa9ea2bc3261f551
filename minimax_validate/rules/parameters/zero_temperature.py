"""Temperature and top_p are above 0.

The vendor's schema takes 0, MiniMax documents the range (0, 1] for both. What 0 does is not written down anywhere: it
may be raised, or refused one day. A small number such as 0.01 is as near to the same answer every time.

Off unless selected, as 0 is in wide use and accepted today.
"""

from minimax_validate.request.features import Feature
from minimax_validate.request.index import Request
from minimax_validate.rules.examples import request, user
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Severity


def check(request: Request, flag: Flag) -> None:
    for key in ("temperature", "top_p"):
        value = request.body.get(key)
        if isinstance(value, int | float) and not isinstance(value, bool) and value == 0:
            flag((key,), f"MiniMax documents {key} above 0; try 0.01")


RULE = Rule(
    code="MM605",
    name="zero-temperature",
    severity=Severity.INFO,
    prose=__doc__,
    when=Feature.SAMPLING,
    check=check,
    valid=(Valid("A small one.", request(user(), temperature=0.01)),),
    invalid=(
        Invalid("A temperature of zero.", request(user(), temperature=0), at=(("temperature",),)),
        Invalid("A top_p of zero.", request(user(), top_p=0), at=(("top_p",),)),
    ),
)
