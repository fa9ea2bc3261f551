"""The results of parallel calls stand in the order of the calls.

The provider's check pairs results and calls by id, and takes the results in any order. The model's chat template does
not: it writes them down one after the other without their ids, so the model takes the first result for that of the
first call. Results that came in by speed are then read as each other's.

Ignore it where each result says of itself what it is about. The fix puts the results in the order of the calls, each in
one of their places. It is safe: every result keeps its id.
"""

from minimax_validate.request.features import Feature
from minimax_validate.request.index import Request
from minimax_validate.rules.examples import call, calling, request, result, user
from minimax_validate.rules.rule import Flag, Invalid, Leans, Rule, Valid
from minimax_validate.values.diagnostic import Edit, Fix, Related, Severity
from minimax_validate.values.wording import count, quote


def check(request: Request, flag: Flag) -> None:
    messages = request.messages
    for stands, order in request.pairing.reordered:
        moved = [(place, source) for place, source in zip(stands, order, strict=True) if place != source]
        first, expected = moved[0]
        found, due = (quote(messages[index]["tool_call_id"]) for index in (first, expected))
        edits = tuple(Edit("set", ("messages", place), messages[source]) for place, source in moved)
        flag(
            ("messages", first, "tool_call_id"),
            f"the result of call {found} stands where that of {due} is due, and the model goes by the order",
            related=(Related(("messages", expected, "tool_call_id"), "due first"),),
            fix=Fix(f"put {count(len(moved), 'result')} in the order of their calls", edits, safe=True),
        )


_THREE = calling(call("call_1"), call("call_2"), call("call_3"))

RULE = Rule(
    code="MM215",
    name="reordered-tool-results",
    severity=Severity.WARNING,
    prose=__doc__,
    leans_on=Leans.MESSAGES,
    when=Feature.UNPAIRED,
    check=check,
    valid=(
        Valid(
            "In the order of the calls.", request(user(), _THREE, result("call_1"), result("call_2"), result("call_3"))
        ),
    ),
    invalid=(
        Invalid(
            "The first call was the slowest.",
            request(user(), _THREE, result("call_2", "b"), result("call_3", "c"), result("call_1", "a")),
            at=(("messages", 2, "tool_call_id"),),
            fixed=request(user(), _THREE, result("call_1", "a"), result("call_2", "b"), result("call_3", "c")),
        ),
        Invalid(
            "Two of three are swapped, in each of two turns.",
            request(
                user(),
                _THREE,
                result("call_1", "a"),
                result("call_3", "c"),
                result("call_2", "b"),
                _THREE,
                result("call_2", "b"),
                result("call_1", "a"),
                result("call_3", "c"),
            ),
            at=(("messages", 3, "tool_call_id"), ("messages", 6, "tool_call_id")),
            fixed=request(
                user(),
                _THREE,
                result("call_1", "a"),
                result("call_2", "b"),
                result("call_3", "c"),
                _THREE,
                result("call_1", "a"),
                result("call_2", "b"),
                result("call_3", "c"),
            ),
        ),
    ),
)
