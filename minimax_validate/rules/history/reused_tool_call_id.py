"""A tool call has an id that no call before it had.

Ids hold for one block of calls and results, so an id may come back in a later turn, and many healthy histories number
their calls anew each turn. A program that joins calls and results by id over the whole history gets them wrong all the
same: one that removed duplicates that way deleted 196 of 374 good results (NousResearch/hermes-agent#70734).

Off by default. Select it where your own code keeps tool calls by id; ignore it elsewhere. There is no fix, as the
results would need new ids as well.
"""

from minimax_validate.request.features import Feature
from minimax_validate.request.index import Request
from minimax_validate.rules.examples import assistant, call, calling, request, result, user
from minimax_validate.rules.rule import Flag, Invalid, Leans, Rule, Valid
from minimax_validate.values.diagnostic import Related, Severity
from minimax_validate.values.pointer import Pointer
from minimax_validate.values.wording import place, quote


def check(request: Request, flag: Flag) -> None:
    latest: dict[str, Pointer] = {}
    for pointer, value in request.calls:
        identifier = value.get("id")
        if not isinstance(identifier, str) or not identifier:
            continue
        before = latest.get(identifier)
        latest[identifier] = pointer
        if before is not None and before[:2] != pointer[:2]:
            message = f"{place(before[:2])} made a call of the id {quote(identifier)} before"
            flag((*pointer, "id"), message, related=(Related((*before, "id"), "the call before"),))


RULE = Rule(
    code="MM207",
    name="reused-tool-call-id",
    severity=Severity.INFO,
    prose=__doc__,
    leans_on=Leans.MESSAGES,
    when=Feature.TOOL_CALLS,
    check=check,
    valid=(
        Valid(
            "Ids go on counting.",
            request(user(), calling(), result(), assistant(), user(), calling(call("call_2")), result("call_2")),
        ),
    ),
    invalid=(
        Invalid(
            "Ids start anew with each turn.",
            request(
                user(),
                calling(),
                result(),
                assistant(),
                user(),
                calling(),
                result(),
                assistant(),
                user(),
                calling(),
                result(),
            ),
            at=(("messages", 5, "tool_calls", 0, "id"), ("messages", 9, "tool_calls", 0, "id")),
        ),
    ),
)
