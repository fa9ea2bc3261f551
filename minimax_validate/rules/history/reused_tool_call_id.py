"""Consider a different id for each tool call of a history.

Ids are only matched within one block of tool calls and results, so an id may be used again in a later turn, and many
valid histories restart their numbering with each turn. A program that matches calls and results by id over the whole
history still gets them wrong: one that removed duplicates in this way deleted 196 of 374 good results
(NousResearch/hermes-agent#70734).

Off by default. Select it if your own code stores tool calls by id. No automatic fix: the results would need new ids
as well.
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
            message = f"the tool call id {quote(identifier)} was already used in {place(before[:2])}"
            flag((*pointer, "id"), message, related=(Related((*before, "id"), "the earlier tool call"),))


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
            "Ids with continuous numbering.",
            request(user(), calling(), result(), assistant(), user(), calling(call("call_2")), result("call_2")),
        ),
    ),
    invalid=(
        Invalid(
            "Ids that restart with each turn.",
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
