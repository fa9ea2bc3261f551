"""A tool result must come after its tool call.

A server that reads the history from its start finds no call for such a result. MiniMax rejects a result without a call:
"tool result's tool id(...) not found" (MiniMax-AI/MiniMax-M2#76). The model's own chat template raises an error if no
tool call precedes a result. This happens when a client stores a result on arrival, but stores the assistant message
only when it is complete.

The fix moves the result after its call. It is unsafe, because the order of the messages changes. If the call also has
a result in the right place, the fix removes the early one, which is unsafe too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from minimax_validate.request.features import Feature
from minimax_validate.request.index import Request
from minimax_validate.rules.examples import assistant, call, calling, request, result, user
from minimax_validate.rules.fixes import move, result_removal
from minimax_validate.rules.rule import Flag, Invalid, Leans, Rule, Valid
from minimax_validate.values.diagnostic import Fix, Related, Severity
from minimax_validate.values.wording import place, quote

if TYPE_CHECKING:
    from minimax_validate.request.pairing_facts import Early


def check(request: Request, flag: Flag) -> None:
    for early in request.pairing.early:
        pointer = ("messages", early.message, "tool_call_id")
        identifier = quote(request.messages[early.message]["tool_call_id"])
        related = [Related(early.call.identifier, "the tool call")]
        if early.answer is not None:
            related.append(Related(("messages", early.answer), "the result in the right place"))
        message = f"this tool result comes before its tool call {identifier} in {place(early.call.pointer[:2])}"
        flag(pointer, message, related=tuple(related), fix=_fix(early, request))


def _fix(early: Early, request: Request) -> Fix:
    source = ("messages", early.message)
    if early.answer is not None:
        return result_removal(
            early.message, request.messages[early.message], ", because its tool call has another result", safe=False
        )
    message = f"move {place(source)} down to directly after {place(('messages', early.slot - 1))}"
    return move(source, ("messages", early.slot), request.messages[early.message], message, safe=False)


RULE = Rule(
    code="MM202",
    name="early-tool-result",
    severity=Severity.ERROR,
    prose=__doc__,
    never_ignore="the API rejects a result that no tool call precedes",
    leans_on=Leans.MESSAGES,
    when=Feature.UNPAIRED,
    check=check,
    valid=(Valid("The call, then its result.", request(user(), calling(), result())),),
    invalid=(
        Invalid(
            "A result that was stored before the assistant message.",
            request(user(), result(), calling(), assistant()),
            at=(("messages", 1, "tool_call_id"),),
            fixed=request(user(), calling(), result(), assistant()),
        ),
        Invalid(
            "One of two results; it is moved to the other result.",
            request(user(), result("call_1"), calling(call("call_1"), call("call_2")), result("call_2")),
            at=(("messages", 1, "tool_call_id"),),
            fixed=request(user(), calling(call("call_1"), call("call_2")), result("call_1"), result("call_2")),
        ),
        Invalid(
            "A call that also has a result in the right place.",
            request(user(), result(content="Wait a moment."), calling(), result()),
            at=(("messages", 1, "tool_call_id"),),
            fixed=request(user(), calling(), result()),
        ),
        Invalid(
            "A result among the results of another message.",
            request(user(), calling(call("call_1")), result("call_1"), result("call_2"), calling(call("call_2"))),
            at=(("messages", 3, "tool_call_id"),),
            fixed=request(user(), calling(call("call_1")), result("call_1"), calling(call("call_2")), result("call_2")),
        ),
    ),
)
