"""The results of tool calls follow their calls, with nothing between.

A message of any other role ends the block of results. One that comes later is refused: "tool call result does not
follow tool call" (anomalyco/opencode#32608, where one such message broke each later turn of the session). It comes
about where a client writes a warning, a status line or the user's next words into the history while tools are still
running.

Do not ignore it. The fix moves the result up to its call. It is unsafe, as the message between then comes later than
the result; moving that message instead says the same in the order in which things happened.
"""

from minimax_validate.request.features import Feature
from minimax_validate.request.index import Request
from minimax_validate.request.roles import speaker
from minimax_validate.rules.examples import assistant, call, calling, request, result, user
from minimax_validate.rules.fixes import move
from minimax_validate.rules.rule import Flag, Invalid, Leans, Rule, Valid
from minimax_validate.values.diagnostic import Related, Severity
from minimax_validate.values.wording import place, quote


def check(request: Request, flag: Flag) -> None:
    messages = request.messages
    for separated in request.pairing.separated:
        source, intruder = ("messages", separated.message), ("messages", separated.intruder)
        identifier = quote(messages[separated.message]["tool_call_id"])
        movement = f"move {place(source)} up behind {place(('messages', separated.slot - 1))}"
        flag(
            (*source, "tool_call_id"),
            f"this result answers call {identifier}, but {speaker(messages[separated.intruder])} stands between them",
            related=(Related(separated.call.identifier, "the call"), Related(intruder, "stands between")),
            fix=move(source, ("messages", separated.slot), messages[separated.message], movement, safe=False),
        )


_TWO = calling(call("call_1"), call("call_2"))

RULE = Rule(
    code="MM204",
    name="separated-tool-result",
    severity=Severity.ERROR,
    prose=__doc__,
    leans_on=Leans.MESSAGES,
    refusal="invalid params, tool call result does not follow tool call (2013)",
    when=Feature.UNPAIRED,
    check=check,
    valid=(
        Valid(
            "The user speaks when all results are in.",
            request(user(), _TWO, result("call_1"), result("call_2"), user("Hurry.")),
        ),
    ),
    invalid=(
        Invalid(
            "A message between call and result.",
            request(user(), calling(), user("Hurry."), result()),
            at=(("messages", 3, "tool_call_id"),),
            fixed=request(user(), calling(), result(), user("Hurry.")),
        ),
        Invalid(
            "A message between two results.",
            request(user(), _TWO, result("call_1"), assistant("One is in."), result("call_2")),
            at=(("messages", 4, "tool_call_id"),),
            fixed=request(user(), _TWO, result("call_1"), result("call_2"), assistant("One is in.")),
        ),
        Invalid(
            "The first result is late, the second is not.",
            request(user(), _TWO, result("call_2"), user("Hurry."), result("call_1")),
            at=(("messages", 4, "tool_call_id"),),
            fixed=request(user(), _TWO, result("call_1"), result("call_2"), user("Hurry.")),
        ),
    ),
)
