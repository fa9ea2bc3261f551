"""Tool results must directly follow their tool calls.

A message of any other role ends the block of results. A result after that message is rejected: "tool call result does
not follow tool call" (anomalyco/opencode#32608, in which one such message broke each later turn of the session). This
happens when a client adds a warning, a status line or the user's next message to the history while tools are still
running.

The fix moves the result up to its call. It is unsafe, because the message between them then comes later than the
result. To keep the order of events, move that message after the results instead.
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
        movement = f"move {place(source)} up to directly after {place(('messages', separated.slot - 1))}"
        flag(
            (*source, "tool_call_id"),
            f"this tool result must directly follow its tool call {identifier}; "
            f"{speaker(messages[separated.intruder])} is between them",
            related=(Related(separated.call.identifier, "the tool call"), Related(intruder, "the message in between")),
            fix=move(source, ("messages", separated.slot), messages[separated.message], movement, safe=False),
        )


_TWO = calling(call("call_1"), call("call_2"))

RULE = Rule(
    code="MM204",
    name="separated-tool-result",
    severity=Severity.ERROR,
    prose=__doc__,
    never_ignore="the API rejects every later turn of the conversation too",
    leans_on=Leans.MESSAGES,
    refusal="invalid params, tool call result does not follow tool call (2013)",
    when=Feature.UNPAIRED,
    check=check,
    valid=(
        Valid(
            "A user message after all results.",
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
            "Only the first result is separated.",
            request(user(), _TWO, result("call_2"), user("Hurry."), result("call_1")),
            at=(("messages", 4, "tool_call_id"),),
            fixed=request(user(), _TWO, result("call_1"), result("call_2"), user("Hurry.")),
        ),
    ),
)
