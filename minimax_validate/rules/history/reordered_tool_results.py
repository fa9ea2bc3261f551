"""The results of parallel tool calls should be in the order of the calls.

The provider matches results and calls by id, in any order. The model's chat template does not: it prints the results
one after the other without ids, so the model takes the first result for that of the first call. Results in the order
of their arrival are then attributed to the wrong calls.

Ignore it if the content of each result shows what it belongs to. The fix sorts the results by their calls. It is
safe, because every result keeps its id.
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
            f"tool results are out of order: {found} comes before {due}, but the model matches results to calls by "
            "position",
            related=(Related(("messages", expected, "tool_call_id"), "must come first"),),
            fix=Fix(f"sort {count(len(moved), 'result')} by their tool calls", edits, safe=True),
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
            "The result of the first call came last.",
            request(user(), _THREE, result("call_2", "b"), result("call_3", "c"), result("call_1", "a")),
            at=(("messages", 2, "tool_call_id"),),
            fixed=request(user(), _THREE, result("call_1", "a"), result("call_2", "b"), result("call_3", "c")),
        ),
        Invalid(
            "Two of three results are swapped, in each of two turns.",
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
