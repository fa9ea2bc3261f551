"""A call has one result.

Once a result has answered its call, a second one of the same id answers nothing: providers that check the pairs refuse
it, and the model's chat template would read it as one result too many. It comes about where a run is resumed and
replays its last step, or where two parts of a client store the same message (NousResearch/hermes-agent#56557 and
#48765, RooCodeInc/Roo-Code#9248). Ids that start anew with each turn are no duplicates: a result belongs to the latest
call of its id.

Do not ignore it. The fix removes a second result that is the same to the letter, which is safe. Where the two differ
there is none, as only you know which one holds.
"""

from minimax_validate.request.features import Feature
from minimax_validate.request.index import Request
from minimax_validate.rules.examples import assistant, call, calling, request, result, user
from minimax_validate.rules.fixes import message_removal
from minimax_validate.rules.rule import Flag, Invalid, Leans, Rule, Valid
from minimax_validate.values.diagnostic import Related, Severity
from minimax_validate.values.wording import place, quote


def check(request: Request, flag: Flag) -> None:
    messages = request.messages
    for duplicate in request.pairing.duplicates:
        pointer, first = ("messages", duplicate.message), ("messages", duplicate.first)
        same = messages[duplicate.message] == messages[duplicate.first]
        identifier = quote(messages[duplicate.message]["tool_call_id"])
        flag(
            (*pointer, "tool_call_id"),
            f"{place(first)} has answered call {identifier} already, "
            f"{'in the same words' if same else 'in other words'}",
            related=(Related(first, "the first result"),),
            fix=message_removal(duplicate.message, messages[duplicate.message], safe=True) if same else None,
        )


RULE = Rule(
    code="MM203",
    name="duplicate-tool-result",
    severity=Severity.ERROR,
    prose=__doc__,
    leans_on=Leans.MESSAGES,
    when=Feature.UNPAIRED,
    check=check,
    valid=(
        Valid(
            "One result for each call.",
            request(user(), calling(call("call_1"), call("call_2")), result("call_1"), result("call_2")),
        ),
        Valid(
            "The id of an earlier turn, called again.",
            request(user(), calling(), result(), user(), calling(), result()),
        ),
    ),
    invalid=(
        Invalid(
            "The same message, stored twice.",
            request(user(), calling(), result(), result(), assistant()),
            at=(("messages", 3, "tool_call_id"),),
            fixed=request(user(), calling(), result(), assistant()),
        ),
        Invalid(
            "Two results that contradict each other.",
            request(user(), calling(), result(), result(content="7 °C, rain"), assistant()),
            at=(("messages", 3, "tool_call_id"),),
        ),
        Invalid(
            "Replayed in a later turn.",
            request(user(), calling(), result(), user(), calling(call("call_2")), result("call_1"), result("call_2")),
            at=(("messages", 5, "tool_call_id"),),
            fixed=request(user(), calling(), result(), user(), calling(call("call_2")), result("call_2")),
        ),
    ),
)
