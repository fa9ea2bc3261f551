"""A token limit is a whole number.

The vendor's schema says "number", so 1.5 passes it; there is no half a token. A limit that was computed, such as a
share of the window, was not rounded. (`2048.0` is a whole number.)

Do not ignore it. There is no fix: which way to round is for its author to say.
"""

from minimax_validate.request.features import Feature
from minimax_validate.request.index import Request
from minimax_validate.rules.examples import request, user
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Severity
from minimax_validate.values.wording import describe


def check(request: Request, flag: Flag) -> None:
    for key in ("max_tokens", "max_completion_tokens"):
        limit = request.body.get(key)
        if isinstance(limit, float) and limit > 0 and not limit.is_integer():
            flag((key,), f"{key} must be a whole number; this is {describe(limit)}")


RULE = Rule(
    code="MM602",
    name="fractional-token-limit",
    severity=Severity.WARNING,
    prose=__doc__,
    when=Feature.ODD_TOKEN_LIMIT,
    check=check,
    valid=(
        Valid("Whole.", request(user(), max_tokens=2048)),
        Valid("Whole all the same.", request(user(), max_tokens=2048.0)),
    ),
    invalid=(
        Invalid("A share of the window.", request(user(), max_tokens=4266.666), at=(("max_tokens",),)),
        Invalid("The other limit.", request(user(), max_completion_tokens=1024.5), at=(("max_completion_tokens",),)),
    ),
)
