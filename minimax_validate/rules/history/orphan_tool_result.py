"""Each tool result must match an earlier tool call.

The id of a result must be that of a tool call in the assistant message right before the results. A result without a
tool call is rejected: "tool result's tool id(...) not found" is the most frequently reported of MiniMax's rejections
(MiniMax-AI/MiniMax-M2#76, up to M2.7; also anomalyco/opencode#32609 and openclaw/openclaw#65380). This happens when a
history is truncated between a tool call and its result, or when a client changes the ids on one side only.

The model's own chat template raises an error on a result without an earlier tool call, so every server with that
template rejects such a history too.

The fix removes the result. It is unsafe, because the content of the result is lost; if the tool call was removed, it
is better to restore it. If the tool call is present, and only a later message has made other calls since, the fix
moves the result to its call, which is unsafe too.
"""

from minimax_validate.request.features import Feature
from minimax_validate.request.index import Request
from minimax_validate.rules.examples import assistant, call, calling, request, result, system, user
from minimax_validate.rules.fixes import move, result_removal
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
                f"tool_call_id {identifier} matches no earlier tool call",
                # Without any message a request would be worse off.
                fix=result_removal(orphan.message, message, safe=False)
                if len(request.messages) > len(pairing.orphans)
                else None,
            )
            continue
        movement = f"move {place(pointer)} up to directly after {place(('messages', orphan.slot - 1))}"
        flag(
            (*pointer, "tool_call_id"),
            f"this tool result comes too late: another message made tool calls after its tool call {identifier}",
            related=(Related(orphan.closed.identifier, "the tool call"),),
            fix=move(pointer, ("messages", orphan.slot), message, movement, safe=False)
            if orphan.message in late
            else result_removal(orphan.message, message, safe=False),
        )


RULE = Rule(
    code="MM201",
    name="orphan-tool-result",
    severity=Severity.ERROR,
    prose=__doc__,
    never_ignore="the API rejects every later turn of the conversation too",
    leans_on=Leans.MESSAGES,
    refusal="invalid params, tool result's tool id(...) not found (2013)",
    when=Feature.UNPAIRED,
    check=check,
    valid=(
        Valid("The result has the id of the call.", request(user(), calling(), result())),
        Valid(
            "Ids may restart with each turn.",
            request(user(), calling(), result(), assistant(), user(), calling(), result()),
        ),
    ),
    invalid=(
        Invalid(
            "The start of the history was removed together with the call.",
            request(system(), result("call_7"), user()),
            at=(("messages", 1, "tool_call_id"),),
            fixed=request(system(), user()),
        ),
        Invalid(
            "More results than calls.",
            request(user(), calling(), result(), result("call_2")),
            at=(("messages", 3, "tool_call_id"),),
            fixed=request(user(), calling(), result()),
        ),
        Invalid(
            "Ids that differ in case.",
            request(
                user(), calling(call("call_1"), call("call_2")), result("call_1"), result("CALL_2"), result("call_2")
            ),
            at=(("messages", 3, "tool_call_id"),),
            fixed=request(user(), calling(call("call_1"), call("call_2")), result("call_1"), result("call_2")),
        ),
        Invalid(
            "A result of an earlier call.",
            request(user(), calling(), user(), calling(call("call_2")), result("call_2"), result(), user()),
            at=(("messages", 5, "tool_call_id"),),
            fixed=request(user(), calling(), result(), user(), calling(call("call_2")), result("call_2"), user()),
            beside=(("MM205", ("messages", 1, "tool_calls", 0)),),
        ),
        Invalid(
            "The only message, which the fix does not remove.", request(result()), at=(("messages", 0, "tool_call_id"),)
        ),
        Invalid(
            "The only messages, which the fix does not remove.",
            request(result("call_1"), result("call_2")),
            at=(("messages", 0, "tool_call_id"), ("messages", 1, "tool_call_id")),
        ),
    ),
)
