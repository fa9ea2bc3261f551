"""A number lies within the range that the contract gives.

`temperature` and `top_p` go from 0 to 1 here; other vendors take a temperature up to 2, so 1.5 is the usual one. Token
limits are above 0. The request is refused, not adjusted.

The fix takes the nearest value within the range. It is unsafe: another temperature makes another answer.
"""

from minimax_validate.request.index import Request
from minimax_validate.rules.examples import request, user
from minimax_validate.rules.fixes import assignment
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Fix, Severity
from minimax_validate.values.failure import Failure
from minimax_validate.values.wording import describe, place

_BOUND = {"minimum": "at least", "maximum": "at most", "exclusiveMinimum": "above"}


def claim(failure: Failure, request: Request, flag: Flag) -> bool:
    bound = f"{_BOUND[failure.keyword]} {failure.expected}"
    flag(
        failure.pointer,
        f"{place(failure.pointer)} must be {bound}; this is {describe(failure.instance)}",
        fix=_clamp(failure),
    )
    return True


def _clamp(failure: Failure) -> Fix | None:
    """A limit that a value must exceed has no nearest value, so a token limit of 0 is left to its author."""
    if failure.keyword == "exclusiveMinimum":
        return None
    return assignment(failure.pointer, failure.expected, f"set it to {failure.expected}", safe=False)


RULE = Rule(
    code="MM105",
    name="out-of-range",
    severity=Severity.ERROR,
    prose=__doc__,
    keywords=tuple(_BOUND),
    claim=claim,
    valid=(Valid("The ends of the range.", request(user(), temperature=1, top_p=1)),),
    invalid=(
        Invalid(
            "A temperature for another vendor.",
            request(user(), temperature=1.5),
            at=(("temperature",),),
            fixed=request(user(), temperature=1),
        ),
        Invalid("Below zero.", request(user(), top_p=-0.1), at=(("top_p",),), fixed=request(user(), top_p=0)),
        Invalid("No token at all.", request(user(), max_tokens=0), at=(("max_tokens",),)),
    ),
)
