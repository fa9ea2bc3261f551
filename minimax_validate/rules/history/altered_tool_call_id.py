"""A tool result repeats the id of its call to the letter.

Clients that shorten ids, put a prefix before them or make up their own do so on one side only now and then: the call is
`call_00_ab`, its result `ab`. MiniMax then finds a result without a call: "tool result's tool id(...) not found" is the
most reported of its refusals (MiniMax-AI/MiniMax-M2#76, up to M2.7). Where a result behind the calls has an id that no
call of the history has, and exactly one of the calls waits, the two belong together.

Do not ignore it: no turn after this one will be answered. The fix gives the result the id of the call. It is unsafe, as
the result may be of another call that was cut away.
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
            f"no call has the id {found}, and call {meant} waits for its result: one of the two ids was changed",
            related=(Related(altered.call.identifier, "the call that waits"),),
            fix=assignment(pointer, altered.identifier, f"change the tool_call_id to {meant}", safe=False),
        )


_TWO = calling(call("call_1"), call("call_2"))

RULE = Rule(
    code="MM217",
    name="altered-tool-call-id",
    severity=Severity.ERROR,
    prose=__doc__,
    leans_on=Leans.MESSAGES,
    refusal="invalid params, tool result's tool id(...) not found (2013)",
    when=Feature.UNPAIRED,
    check=check,
    valid=(Valid("The id of the call, to the letter.", request(user(), calling(), result())),),
    invalid=(
        Invalid(
            "The result has lost the start of the id.",
            request(user(), calling(call("call_function_8f2")), result("8f2")),
            at=(("messages", 2, "tool_call_id"),),
            fixed=request(user(), calling(call("call_function_8f2")), result("call_function_8f2")),
        ),
        Invalid(
            "One of two results.",
            request(user(), _TWO, result("call_1"), result("CALL_2")),
            at=(("messages", 3, "tool_call_id"),),
            fixed=request(user(), _TWO, result("call_1"), result("call_2")),
        ),
    ),
)
