"""The calls of one message have ids of their own.

Two calls that share an id cannot be told apart by their results, and MiniMax refuses them: "duplicate tool_call id"
(VicBilibily/GCMP#120). It comes about where a client numbers parallel calls by the step of its own loop, or puts a
streamed call together twice.

An id that comes back in a later message is another matter, and accepted (reused-tool-call-id tells of it on request).
Do not ignore this one. There is no fix: which result belongs to which call is not to be seen.
"""

from minimax_validate.request.features import Feature
from minimax_validate.request.index import Request
from minimax_validate.rules.examples import assistant, call, calling, request, result, user
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Related, Severity
from minimax_validate.values.wording import quote


def check(request: Request, flag: Flag) -> None:
    for repeated, first in request.pairing.repeated:
        identifier = request.messages[repeated.message]["tool_calls"][repeated.number]["id"]
        flag(
            repeated.identifier,
            f"tool_calls[{first.number}] of the same message has the id {quote(identifier)} too",
            related=(Related(first.identifier, "the first call of this id"),),
        )


RULE = Rule(
    code="MM206",
    name="duplicate-tool-call-id",
    severity=Severity.ERROR,
    prose=__doc__,
    refusal="invalid params, duplicate tool_call id: ... (2013)",
    when=Feature.UNPAIRED,
    check=check,
    valid=(
        Valid(
            "Two ids for two calls.",
            request(user(), calling(call("call_1"), call("call_2")), result("call_1"), result("call_2")),
        ),
        Valid(
            "The same id in another turn.",
            request(user(), calling(), result(), assistant(), user(), calling(), result()),
        ),
    ),
    invalid=(
        Invalid(
            "Two calls, two results, one id.",
            request(
                user(),
                calling(call("call_1"), call("call_1", arguments='{"city": "Bergen"}')),
                result("call_1"),
                result("call_1"),
            ),
            at=(("messages", 1, "tool_calls", 1, "id"),),
        ),
        Invalid(
            "A call that was stored twice; one result is enough to tell it once.",
            request(user(), calling(call("call_1"), call("call_1")), result("call_1")),
            at=(("messages", 1, "tool_calls", 1, "id"),),
        ),
    ),
)
