"""The tool calls of one message must have different ids.

If two calls have the same id, their results cannot be matched, and MiniMax rejects them: "duplicate tool_call id"
(VicBilibily/GCMP#120). This happens when a client numbers parallel calls by the step of its own loop, or assembles a
streamed call twice.

An id that is used again in a later message is accepted (reused-tool-call-id reports it if selected). No automatic
fix: the matching result of each call is unknown.
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
            f"duplicate tool call id {quote(identifier)}, already used by tool_calls[{first.number}] of this message",
            related=(Related(first.identifier, "the first tool call with this id"),),
        )


RULE = Rule(
    code="MM206",
    name="duplicate-tool-call-id",
    severity=Severity.ERROR,
    prose=__doc__,
    never_ignore="the API rejects a message with two equal ids",
    refusal="invalid params, duplicate tool_call id: ... (2013)",
    when=Feature.UNPAIRED,
    check=check,
    valid=(
        Valid(
            "Two calls with two ids.",
            request(user(), calling(call("call_1"), call("call_2")), result("call_1"), result("call_2")),
        ),
        Valid(
            "The same id in another turn.",
            request(user(), calling(), result(), assistant(), user(), calling(), result()),
        ),
    ),
    invalid=(
        Invalid(
            "Two calls and two results with one id.",
            request(
                user(),
                calling(call("call_1"), call("call_1", arguments='{"city": "Bergen"}')),
                result("call_1"),
                result("call_1"),
            ),
            at=(("messages", 1, "tool_calls", 1, "id"),),
        ),
        Invalid(
            "A call that was stored twice, with one result.",
            request(user(), calling(call("call_1"), call("call_1")), result("call_1")),
            at=(("messages", 1, "tool_calls", 1, "id"),),
        ),
    ),
)
