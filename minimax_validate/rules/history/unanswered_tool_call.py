"""Each tool call must have a result.

All tool calls of the assistant must have results before any other message follows, and a history that ends with tool
calls leaves the model nothing to answer. MiniMax's own acceptance tests expect a rejection if one of several parallel
calls has no result; the wording is not on record for this model ("tool call and result not match" was reported for M2
in Kilo-Org/kilocode#3967). This happens when a run is interrupted (NousResearch/hermes-agent#11722). A checker that
collects the ids of the whole history in one set does not find such a call if an earlier turn has a result with the same
id (NousResearch/hermes-agent#94731).

Only the tool knows the result, so run it if that is still possible. If another message follows the calls, the fix
inserts a result that says that the call was not run. It is unsafe, because the tool may have run.
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
        message = f"tool call {quote(identifier)} has no result; the history ends without it"
        related: tuple[Related, ...] = ()
        if fact.intruder is not None:
            message = f"tool call {quote(identifier)} has no result; {speaker(messages[fact.intruder])} follows instead"
            related = (Related(("messages", fact.intruder), "the message that follows without a result"),)
        # A result that comes too late, or under another role, is reported itself.
        held = fact.intruder is None or fact.late is not None or fact.answer is not None
        fix = None if held else _fix(identifier, fact.slot)
        flag(fact.call.pointer, message, related=related, fix=fix, focus="opening")


def _fix(identifier: str, slot: int) -> Fix:
    answer = {"role": "tool", "tool_call_id": identifier, "content": NOT_RUN}
    return Fix(
        "insert a result that says that the call was not run", (Edit("insert", ("messages", slot), answer),), safe=False
    )


_TWO = calling(call("call_1"), call("call_2"))

RULE = Rule(
    code="MM205",
    name="unanswered-tool-call",
    severity=Severity.ERROR,
    prose=__doc__,
    never_ignore="the API rejects every later turn of the conversation too",
    leans_on=Leans.MESSAGES,
    when=Feature.UNPAIRED,
    check=check,
    valid=(Valid("Both calls have a result.", request(user(), _TWO, result("call_1"), result("call_2"))),),
    invalid=(
        Invalid("The history ends with a call.", request(user(), calling()), at=(("messages", 1, "tool_calls", 0),)),
        Invalid(
            "A user message instead of the result.",
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
            "Only an earlier turn has a result with this id.",
            request(user(), calling(), result(), user(), calling(), user("Well?")),
            at=(("messages", 4, "tool_calls", 0),),
            fixed=request(user(), calling(), result(), user(), calling(), result(content=NOT_RUN), user("Well?")),
        ),
        Invalid(
            "Two calls without results.",
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
