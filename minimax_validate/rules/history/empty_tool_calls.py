"""An assistant message without tool calls should omit `tool_calls`.

An empty array conforms to the vendor's schema, but other servers reject it ("empty array",
NousResearch/hermes-agent#72619), and some return it with every answer (lmstudio-ai/lmstudio-bug-tracker#1318), so it
ends up in histories. It means the same as no `tool_calls`.

Ignore it if every server that receives the history is known to accept it. The fix deletes the key. It is safe,
because the message has no tool calls either way.
"""

from minimax_validate.request.features import Feature
from minimax_validate.request.index import Request
from minimax_validate.request.roles import acts_as
from minimax_validate.rules.examples import assistant, request, user
from minimax_validate.rules.fixes import removal
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Severity


def check(request: Request, flag: Flag) -> None:
    for index, message in request.objects:
        if message.get("tool_calls") == [] and acts_as(message) == "assistant":
            pointer = ("messages", index, "tool_calls")
            flag(
                pointer,
                "tool_calls is an empty array; omit it instead",
                fix=removal(pointer, "delete `tool_calls`", safe=True),
                focus="key",
            )


RULE = Rule(
    code="MM209",
    name="empty-tool-calls",
    severity=Severity.WARNING,
    prose=__doc__,
    when=Feature.EMPTY_TOOL_CALLS,
    check=check,
    valid=(Valid("A message without `tool_calls`.", request(user(), assistant(), user())),),
    invalid=(
        Invalid(
            "As some servers return it.",
            request(user(), assistant(tool_calls=[]), user()),
            at=(("messages", 1, "tool_calls"),),
            fixed=request(user(), assistant(), user()),
        ),
    ),
)
