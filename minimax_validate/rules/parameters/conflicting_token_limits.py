"""`max_tokens` and `max_completion_tokens` should not differ.

`max_tokens` is the old name of the limit, and `max_completion_tokens` is the new one. If the two differ, only one
applies, which may not be the intended one. According to MiniMax's tests for its next model, the new one applies.

Ignore it if both are sent on purpose to servers that each know one of the names. No automatic fix: only you know the
intended limit.
"""

from minimax_validate.request.features import Feature
from minimax_validate.request.index import Request
from minimax_validate.rules.examples import request, user
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Related, Severity
from minimax_validate.values.wording import describe


def check(request: Request, flag: Flag) -> None:
    old, new = (request.body.get(key) for key in ("max_tokens", "max_completion_tokens"))
    if _is_limit(old) and _is_limit(new) and old != new:
        message = f"max_tokens is {describe(old)} but max_completion_tokens is {describe(new)}; set only one of them"
        flag(("max_tokens",), message, related=(Related(("max_completion_tokens",), "the other limit"),))


def _is_limit(value: object) -> bool:
    """Whether a value limits anything; another rule reports one that does not."""
    return isinstance(value, int | float) and not isinstance(value, bool) and value > 0


RULE = Rule(
    code="MM603",
    name="conflicting-token-limits",
    severity=Severity.WARNING,
    prose=__doc__,
    when=Feature.ODD_TOKEN_LIMIT,
    check=check,
    valid=(
        Valid("One limit.", request(user(), max_completion_tokens=2048)),
        Valid("Two equal limits.", request(user(), max_tokens=2048, max_completion_tokens=2048)),
    ),
    invalid=(
        Invalid(
            "Two different limits.", request(user(), max_tokens=2048, max_completion_tokens=4096), at=(("max_tokens",),)
        ),
    ),
)
