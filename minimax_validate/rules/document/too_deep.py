"""A request must not be nested more than 254 levels deep.

JSON sets no limit, but programs do: orjson writes at most 254 levels, others stop at a hundred or a thousand, and
some crash. Such a request is nearly always a mistake of the program that built it, for example a schema that was
expanded endlessly. The request itself is the first level; values below the limit are not checked.
"""

from minimax_validate.request.index import Request
from minimax_validate.rules.examples import request, user
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Severity
from minimax_validate.values.failure import Failure
from minimax_validate.values.plain import MAX_DEPTH


def claim(failure: Failure, request: Request, flag: Flag) -> bool:
    flag(
        failure.pointer, f"this value is nested more than {failure.expected} levels deep; its contents were not checked"
    )
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
    never_ignore="values below the limit are not checked",
    keywords=("depth",),
    claim=claim,
    valid=(Valid("The deepest accepted value.", request(user(trace=_nested(MAX_DEPTH - 3)))),),
    invalid=(
        Invalid(
            "One level deeper.",
            request(user(trace=_nested(MAX_DEPTH - 2))),
            at=(("messages", 0, "trace") + (0,) * (MAX_DEPTH - 3),),
        ),
    ),
)
