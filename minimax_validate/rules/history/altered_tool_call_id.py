"""A tool result must have exactly the id of its tool call.

Some clients shorten ids, add a prefix or create their own, sometimes only on one side: the call is `call_00_ab`, its
result `ab`. MiniMax then finds a result without a call: "tool result's tool id(...) not found" is the most frequently
reported of its rejections (MiniMax-AI/MiniMax-M2#76, up to M2.7). If a result follows the calls, matches no call of the
history, and exactly one of the calls has no result, the two belong together.

The fix sets the id of the result to that of the call. It is unsafe, because the result may belong to another call
that was removed.
"""

from minimax_validate.request.features import Feature
from minimax_validate.request.index import Request
from minimax_validate.rules.examples import call, calling, request, result, user
from minimax_validate.rules.fixes import assignment
from minimax_validate.rules.rule import Flag, Invalid, Leans, Rule, Valid
from minimax_validate.values.diagnostic import Related, Severity
from minimax_validate.values.wording import quote


def check(request: Request, flag: Flag) -> None:
    for altered in request.pairing.altered:
        pointer = ("messages", altered.message, "tool_call_id")
        found, meant = (
            quote(identifier) for identifier in (request.messages[altered.message]["tool_call_id"], altered.identifier)
        )
        flag(
            pointer,
            f"tool_call_id {found} matches no tool call; did you mean {meant}, which has no result?",
            related=(Related(altered.call.identifier, "the tool call without a result"),),
            fix=assignment(pointer, altered.identifier, f"change tool_call_id to {meant}", safe=False),
        )


_TWO = calling(call("call_1"), call("call_2"))

RULE = Rule(
    code="MM217",
    name="altered-tool-call-id",
    severity=Severity.ERROR,
    prose=__doc__,
    never_ignore="the API rejects every later turn of the conversation too",
    leans_on=Leans.MESSAGES,
    refusal="invalid params, tool result's tool id(...) not found (2013)",
    when=Feature.UNPAIRED,
    check=check,
    valid=(Valid("Exactly the id of the call.", request(user(), calling(), result())),),
    invalid=(
        Invalid(
            "The start of the id is missing in the result.",
            request(user(), calling(call("call_function_8f2")), result("8f2")),
            at=(("messages", 2, "tool_call_id"),),
            fixed=request(user(), calling(call("call_function_8f2")), result("call_function_8f2")),
        ),
        Invalid(
            "One of two results, in another case.",
            request(user(), _TWO, result("call_1"), result("CALL_2")),
            at=(("messages", 3, "tool_call_id"),),
            fixed=request(user(), _TWO, result("call_1"), result("call_2")),
        ),
    ),
)
