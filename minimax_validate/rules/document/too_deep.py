"""A request is nested no deeper than parsers agree to read.

JSON sets no limit, programs do: orjson writes 254 levels and no more, others stop at a hundred or a thousand, and some
fall over. A request that deep is nearly always a mistake in the program that built it, such as a schema expanded
without end. The limit here is 254 levels, the request itself being the first; what lies below is not looked at.

Do not ignore it: the part below the limit goes unchecked.
"""

from minimax_validate.request.index import Request
from minimax_validate.rules.examples import request, user
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Severity
from minimax_validate.values.failure import Failure
from minimax_validate.values.plain import MAX_DEPTH


def claim(failure: Failure, request: Request, flag: Flag) -> bool:
    flag(failure.pointer, f"nested more than {failure.expected} levels deep; what lies below was not checked")
    return True


def _nested(levels: int) -> list[object]:
    nest: list[object] = []
    for _ in range(levels - 1):
        nest = [nest]
    return nest


RULE = Rule(
    code="MM006",
    name="too-deep",
    severity=Severity.ERROR,
    prose=__doc__,
    stops_reading=True,
    keywords=("depth",),
    claim=claim,
    valid=(Valid("As deep as may be.", request(user(trace=_nested(MAX_DEPTH - 3)))),),
    invalid=(
        Invalid(
            "One level more.",
            request(user(trace=_nested(MAX_DEPTH - 2))),
            at=(("messages", 0, "trace") + (0,) * (MAX_DEPTH - 3),),
        ),
    ),
)
