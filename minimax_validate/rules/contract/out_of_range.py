"""A number must be within the range that the contract allows.

`temperature` and `top_p` must be from 0 to 1. Other vendors accept a temperature of up to 2, so 1.5 is a frequent
mistake. Token limits must be above 0. The request is rejected, not adjusted.

The fix sets the nearest value within the range. It is unsafe, because another temperature leads to other answers. No
automatic fix for a token limit of 0: no nearest value exists.
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
    return assignment(
        failure.pointer, failure.expected, f"set {place(failure.pointer)} to {failure.expected}", safe=False
    )


RULE = Rule(
    code="MM105",
    name="out-of-range",
    severity=Severity.ERROR,
    prose=__doc__,
    keywords=tuple(_BOUND),
    claim=claim,
    valid=(Valid("The upper ends of the ranges.", request(user(), temperature=1, top_p=1)),),
    invalid=(
        Invalid(
            "A temperature for another vendor.",
            request(user(), temperature=1.5),
            at=(("temperature",),),
            fixed=request(user(), temperature=1),
        ),
        Invalid("Below zero.", request(user(), top_p=-0.1), at=(("top_p",),), fixed=request(user(), top_p=0)),
        Invalid("A token limit of 0.", request(user(), max_tokens=0), at=(("max_tokens",),)),
    ),
)
