"""Each tool call must have exactly one result.

A second result for the same tool call is rejected by providers that check the pairs, and the model's chat template
treats it as an additional result. This happens when a run is resumed and replays its last step, or when two parts of
a client store the same message (NousResearch/hermes-agent#56557 and #48765, RooCodeInc/Roo-Code#9248). Ids that
restart with each turn are not duplicates: a result belongs to the latest call with its id.

The fix removes a second result if it is identical to the first, which is safe. No automatic fix if the two differ:
only you know which one is correct.
"""

from minimax_validate.request.features import Feature
from minimax_validate.request.index import Request
from minimax_validate.rules.examples import assistant, call, calling, request, result, user
from minimax_validate.rules.fixes import result_removal
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
            f"tool call {identifier} already has a result in {place(first)}, "
            f"with {'the same' if same else 'different'} content",
            related=(Related(first, "the first result"),),
            fix=result_removal(duplicate.message, messages[duplicate.message], safe=True) if same else None,
        )


RULE = Rule(
    code="MM203",
    name="duplicate-tool-result",
    severity=Severity.ERROR,
    prose=__doc__,
    never_ignore="providers reject a second result",
    leans_on=Leans.MESSAGES,
    when=Feature.UNPAIRED,
    check=check,
    valid=(
        Valid(
            "One result for each call.",
            request(user(), calling(call("call_1"), call("call_2")), result("call_1"), result("call_2")),
        ),
        Valid(
            "The id of an earlier turn, used again.",
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
            "A result that is replayed in a later turn.",
            request(user(), calling(), result(), user(), calling(call("call_2")), result("call_1"), result("call_2")),
            at=(("messages", 5, "tool_call_id"),),
            fixed=request(user(), calling(), result(), user(), calling(call("call_2")), result("call_2")),
        ),
    ),
)
