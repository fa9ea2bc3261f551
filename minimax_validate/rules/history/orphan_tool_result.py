"""A tool result answers a call that the history holds.

The id of a result has to be that of a call of the assistant message right before the block of results. A result that
nothing called is refused: "tool result's tool id(...) not found" is the most reported of MiniMax's refusals
(MiniMax-AI/MiniMax-M2#76, up to M2.7; also anomalyco/opencode#32609 and openclaw/openclaw#65380). It comes about where
a history is cut to length between a call and its result, or where a client rewrites the ids on one side only.

Do not ignore it: no turn after this one will be answered. The model's own chat template raises an error on a result
without a call before it, so whoever serves the model with that template refuses such a history too.

The fix removes the result, and is unsafe, as what the tool said is lost; where the call was cut away, putting it back
is the better way out. Where the call is there, and only another message has made calls since, the fix moves the result
to it, and is unsafe too.
"""

from minimax_validate.request.features import Feature
from minimax_validate.request.index import Request
from minimax_validate.rules.examples import assistant, call, calling, request, result, system, user
from minimax_validate.rules.fixes import message_removal, move
from minimax_validate.rules.rule import Flag, Invalid, Leans, Rule, Valid
from minimax_validate.values.diagnostic import Related, Severity
from minimax_validate.values.wording import place, quote


def check(request: Request, flag: Flag) -> None:
    pairing = request.pairing
    late = {fact.late for fact in pairing.unanswered}
    for orphan in pairing.orphans:
        pointer, message = ("messages", orphan.message), request.messages[orphan.message]
        identifier = quote(message["tool_call_id"])
        if orphan.closed is None or orphan.slot is None:
            flag(
                (*pointer, "tool_call_id"),
                f"no call before it has the id {identifier}",
                # Without any message a request would be worse off.
                fix=message_removal(orphan.message, message, safe=False)
                if len(request.messages) > len(pairing.orphans)
                else None,
            )
            continue
        movement = f"move {place(pointer)} up behind {place(('messages', orphan.slot - 1))}"
        flag(
            (*pointer, "tool_call_id"),
            f"call {identifier} cannot be answered here: another message has made calls since",
            related=(Related(orphan.closed.identifier, "the call"),),
            fix=move(pointer, ("messages", orphan.slot), message, movement, safe=False)
            if orphan.message in late
            else message_removal(orphan.message, message, safe=False),
        )


RULE = Rule(
    code="MM201",
    name="orphan-tool-result",
    severity=Severity.ERROR,
    prose=__doc__,
    leans_on=Leans.MESSAGES,
    refusal="invalid params, tool result's tool id(...) not found (2013)",
    when=Feature.UNPAIRED,
    check=check,
    valid=(
        Valid("The result has the id of the call.", request(user(), calling(), result())),
        Valid(
            "Each turn may start its ids anew.",
            request(user(), calling(), result(), assistant(), user(), calling(), result()),
        ),
    ),
    invalid=(
        Invalid(
            "The call was cut away with the start of the history.",
            request(system(), result("call_7"), user()),
            at=(("messages", 1, "tool_call_id"),),
            fixed=request(system(), user()),
        ),
        Invalid(
            "A result more than there are calls.",
            request(user(), calling(), result(), result("call_2")),
            at=(("messages", 3, "tool_call_id"),),
            fixed=request(user(), calling(), result()),
        ),
        Invalid(
            "Ids are told apart to the letter.",
            request(
                user(), calling(call("call_1"), call("call_2")), result("call_1"), result("CALL_2"), result("call_2")
            ),
            at=(("messages", 3, "tool_call_id"),),
            fixed=request(user(), calling(call("call_1"), call("call_2")), result("call_1"), result("call_2")),
        ),
        Invalid(
            "Its call was made before the latest one.",
            request(user(), calling(), user(), calling(call("call_2")), result("call_2"), result(), user()),
            at=(("messages", 5, "tool_call_id"),),
            fixed=request(user(), calling(), result(), user(), calling(call("call_2")), result("call_2"), user()),
            beside=(("MM205", ("messages", 1, "tool_calls", 0)),),
        ),
        Invalid("Nothing would be left without it.", request(result()), at=(("messages", 0, "tool_call_id"),)),
        Invalid(
            "Nothing would be left without the two.",
            request(result("call_1"), result("call_2")),
            at=(("messages", 0, "tool_call_id"), ("messages", 1, "tool_call_id")),
        ),
    ),
)
