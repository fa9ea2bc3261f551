"""A token limit should be a whole number.

The vendor's schema says "number", so it accepts 1.5, but half a token does not exist. This happens when a limit is
computed, for example as a share of the context window, and not rounded. (`2048.0` is a whole number.)

No automatic fix: only you can decide how to round.
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
            flag((key,), f"{key} should be a whole number; this is {describe(limit)}")


RULE = Rule(
    code="MM602",
    name="fractional-token-limit",
    severity=Severity.WARNING,
    prose=__doc__,
    never_ignore="a token limit with a fraction is always a mistake",
    when=Feature.ODD_TOKEN_LIMIT,
    check=check,
    valid=(
        Valid("A whole number.", request(user(), max_tokens=2048)),
        Valid("A whole number with a decimal point.", request(user(), max_tokens=2048.0)),
    ),
    invalid=(
        Invalid("A share of the window.", request(user(), max_tokens=4266.666), at=(("max_tokens",),)),
        Invalid(
            "The other parameter.", request(user(), max_completion_tokens=1024.5), at=(("max_completion_tokens",),)
        ),
    ),
)
