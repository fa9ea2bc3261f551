"""An assistant message without tool calls has no `tool_calls`.

An empty array passes the vendor's schema, but other servers refuse it ("empty array", NousResearch/hermes-agent#72619),
and some return it with every answer (lmstudio-ai/lmstudio-bug-tracker#1318), so that it ends up in histories. It says
nothing that its absence would not say.

Ignore it where every server that gets the history is known to take it. The fix deletes the key and is safe.
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
                "`tool_calls` is empty: leave it out",
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
    valid=(Valid("No calls, no key.", request(user(), assistant(), user())),),
    invalid=(
        Invalid(
            "As some servers return it.",
            request(user(), assistant(tool_calls=[]), user()),
            at=(("messages", 1, "tool_calls"),),
            fixed=request(user(), assistant(), user()),
        ),
    ),
)
