"""Each tool call has a result.

The assistant's calls have to be answered, all of them, before anything else is said, and a history that ends with calls
has nothing for the model to go on with. MiniMax's own acceptance tests expect a refusal where one of several parallel
calls lacks its result; the words are not on record for this model ("tool call and result not match" was reported for M2
in Kilo-Org/kilocode#3967). It comes about where a run is interrupted (NousResearch/hermes-agent#11722), and a checker
that keeps ids of the whole history in one set does not see it when the id was answered in an earlier turn (#94731).

Do not ignore it. Nobody but the tool knows the result: run it, if that is still possible. Where another message follows
the calls, the fix puts a result there that says that the call was not run. It is unsafe, as the tool may well have run.
"""

from minimax_validate.request.features import Feature
from minimax_validate.request.index import Request
from minimax_validate.request.roles import speaker
from minimax_validate.rules.examples import call, calling, request, result, user
from minimax_validate.rules.rule import Flag, Invalid, Leans, Rule, Valid
from minimax_validate.values.diagnostic import Edit, Fix, Related, Severity
from minimax_validate.values.wording import quote

NOT_RUN = "The call was not run."
"""What the fix has as the result; the model can go on from it."""


def check(request: Request, flag: Flag) -> None:
    messages = request.messages
    for fact in request.pairing.unanswered:
        identifier = messages[fact.call.message]["tool_calls"][fact.call.number]["id"]
        message = f"call {quote(identifier)} has no result when the history ends"
        related: tuple[Related, ...] = ()
        if fact.intruder is not None:
            message = f"call {quote(identifier)} has no result before {speaker(messages[fact.intruder])} follows"
            related = (Related(("messages", fact.intruder), "ends the wait for its result"),)
        # A result that comes too late, or under another role, is told itself.
        held = fact.intruder is None or fact.late is not None or fact.answer is not None
        fix = None if held else _fix(identifier, fact.slot)
        flag(fact.call.pointer, message, related=related, fix=fix, focus="opening")


def _fix(identifier: str, slot: int) -> Fix:
    answer = {"role": "tool", "tool_call_id": identifier, "content": NOT_RUN}
    return Fix("answer that the call was not run", (Edit("insert", ("messages", slot), answer),), safe=False)


_TWO = calling(call("call_1"), call("call_2"))

RULE = Rule(
    code="MM205",
    name="unanswered-tool-call",
    severity=Severity.ERROR,
    prose=__doc__,
    leans_on=Leans.MESSAGES,
    when=Feature.UNPAIRED,
    check=check,
    valid=(Valid("Both calls are answered.", request(user(), _TWO, result("call_1"), result("call_2"))),),
    invalid=(
        Invalid("The history ends with a call.", request(user(), calling()), at=(("messages", 1, "tool_calls", 0),)),
        Invalid(
            "The user goes on instead.",
            request(user(), calling(), user("Never mind.")),
            at=(("messages", 1, "tool_calls", 0),),
            fixed=request(user(), calling(), result(content=NOT_RUN), user("Never mind.")),
        ),
        Invalid(
            "One of two calls.",
            request(user(), _TWO, result("call_1"), user()),
            at=(("messages", 1, "tool_calls", 1),),
            fixed=request(user(), _TWO, result("call_1"), result("call_2", content=NOT_RUN), user()),
        ),
        Invalid(
            "Answered under the same id in an earlier turn only.",
            request(user(), calling(), result(), user(), calling(), user("Well?")),
            at=(("messages", 4, "tool_calls", 0),),
            fixed=request(user(), calling(), result(), user(), calling(), result(content=NOT_RUN), user("Well?")),
        ),
        Invalid(
            "Each call is told.",
            request(user(), _TWO, calling(call("call_3")), result("call_3")),
            at=(("messages", 1, "tool_calls", 0), ("messages", 1, "tool_calls", 1)),
            fixed=request(
                user(),
                _TWO,
                result("call_1", content=NOT_RUN),
                result("call_2", content=NOT_RUN),
                calling(call("call_3")),
                result("call_3"),
            ),
        ),
    ),
)
