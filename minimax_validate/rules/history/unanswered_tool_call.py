"""Each tool call has a result.

The assistant's calls have to be answered, all of them, before anything else is said, and a history that ends with calls
has nothing for the model to go on with. MiniMax's own acceptance tests expect a refusal where one of several parallel
calls lacks its result; the words are not on record for this model ("tool call and result not match" was reported for M2
in Kilo-Org/kilocode#3967). It comes about where a run is interrupted (NousResearch/hermes-agent#11722), and a checker
that keeps ids of the whole history in one set does not see it when the id was answered in an earlier turn (#94731).

Do not ignore it. There is no fix, as nobody but the tool knows the result: run it, or answer that it was interrupted.
"""

from minimax_validate.request.features import Feature
from minimax_validate.request.index import Request
from minimax_validate.request.roles import speaker
from minimax_validate.rules.examples import call, calling, request, result, user
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Related, Severity
from minimax_validate.values.wording import quote


def check(request: Request, flag: Flag) -> None:
    messages = request.messages
    for call_, intruder in request.pairing.unanswered:
        identifier = quote(messages[call_.message]["tool_calls"][call_.number]["id"])
        message = f"call {identifier} has no result when the history ends"
        related: tuple[Related, ...] = ()
        if intruder is not None:
            message = f"call {identifier} has no result before {speaker(messages[intruder])} follows"
            related = (Related(("messages", intruder), "ends the wait for its result"),)
        flag(call_.pointer, message, related=related, focus="opening")


_TWO = calling(call("call_1"), call("call_2"))

RULE = Rule(
    code="MM205",
    name="unanswered-tool-call",
    severity=Severity.ERROR,
    prose=__doc__,
    when=Feature.UNPAIRED,
    check=check,
    valid=(Valid("Both calls are answered.", request(user(), _TWO, result("call_1"), result("call_2"))),),
    invalid=(
        Invalid("The history ends with a call.", request(user(), calling()), at=(("messages", 1, "tool_calls", 0),)),
        Invalid(
            "The user goes on instead.",
            request(user(), calling(), user("Never mind.")),
            at=(("messages", 1, "tool_calls", 0),),
        ),
        Invalid(
            "One of two calls.", request(user(), _TWO, result("call_1"), user()), at=(("messages", 1, "tool_calls", 1),)
        ),
        Invalid(
            "Answered under the same id in an earlier turn only.",
            request(user(), calling(), result(), user(), calling(), user("Well?")),
            at=(("messages", 4, "tool_calls", 0),),
        ),
        Invalid(
            "Each call is told.",
            request(user(), _TWO, calling(call("call_3")), result("call_3")),
            at=(("messages", 1, "tool_calls", 0), ("messages", 1, "tool_calls", 1)),
        ),
    ),
)
