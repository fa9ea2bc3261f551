"""A tool result comes after its call.

A result that stands before the call of its id has nothing to answer when the history is read from its start, and is in
no better place than one that nothing called at all ("tool result's tool id(...) not found", MiniMax-AI/MiniMax-M2#76).
The model's own chat template raises an error on a result that no call precedes.
It comes about where a client stores a result the moment it arrives, and the assistant message only when that is
complete.

Do not ignore it. The fix moves the result behind its call. It is unsafe, as what follows then stands in another order.
Where the call has a result of its own as well, the fix removes the early one, which is unsafe too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from minimax_validate.request.features import Feature
from minimax_validate.request.index import Request
from minimax_validate.rules.examples import assistant, call, calling, request, result, user
from minimax_validate.rules.fixes import message_removal, move
from minimax_validate.rules.rule import Flag, Invalid, Leans, Rule, Valid
from minimax_validate.values.diagnostic import Fix, Related, Severity
from minimax_validate.values.wording import place, quote

if TYPE_CHECKING:
    from minimax_validate.request.pairing_facts import Early


def check(request: Request, flag: Flag) -> None:
    for early in request.pairing.early:
        pointer = ("messages", early.message, "tool_call_id")
        identifier = quote(request.messages[early.message]["tool_call_id"])
        related = [Related(early.call.identifier, "the call")]
        if early.answer is not None:
            related.append(Related(("messages", early.answer), "the result that the call has where it belongs"))
        message = f"this result stands before its call {identifier}, which {place(early.call.pointer[:2])} makes"
        flag(pointer, message, related=tuple(related), fix=_fix(early, request))


def _fix(early: Early, request: Request) -> Fix:
    source = ("messages", early.message)
    if early.answer is not None:
        return message_removal(early.message, request.messages[early.message], ", as its call has a result", safe=False)
    message = f"move {place(source)} down behind {place(('messages', early.slot - 1))}"
    return move(source, ("messages", early.slot), request.messages[early.message], message, safe=False)


RULE = Rule(
    code="MM202",
    name="early-tool-result",
    severity=Severity.ERROR,
    prose=__doc__,
    leans_on=Leans.MESSAGES,
    when=Feature.UNPAIRED,
    check=check,
    valid=(Valid("First the call, then its result.", request(user(), calling(), result())),),
    invalid=(
        Invalid(
            "Stored before the assistant message was.",
            request(user(), result(), calling(), assistant()),
            at=(("messages", 1, "tool_call_id"),),
            fixed=request(user(), calling(), result(), assistant()),
        ),
        Invalid(
            "One of two results; it finds its place between the calls' other results.",
            request(user(), result("call_1"), calling(call("call_1"), call("call_2")), result("call_2")),
            at=(("messages", 1, "tool_call_id"),),
            fixed=request(user(), calling(call("call_1"), call("call_2")), result("call_1"), result("call_2")),
        ),
        Invalid(
            "Its call is answered in the right place too.",
            request(user(), result(content="Wait a moment."), calling(), result()),
            at=(("messages", 1, "tool_call_id"),),
            fixed=request(user(), calling(), result()),
        ),
        Invalid(
            "It stands among the results of another message.",
            request(user(), calling(call("call_1")), result("call_1"), result("call_2"), calling(call("call_2"))),
            at=(("messages", 3, "tool_call_id"),),
            fixed=request(user(), calling(call("call_1")), result("call_1"), calling(call("call_2")), result("call_2")),
        ),
    ),
)
