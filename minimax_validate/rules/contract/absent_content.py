"""A message has content.

Some clients leave `content` out of an assistant message that calls tools, since there is nothing to say. The vendor's
schema requires it, as a string or an array of parts.

The fix adds an empty string. It is safe beside tool calls of the assistant, where nothing was said. Elsewhere it is
unsafe, as a message may have lost its text.
"""

from minimax_validate.request.index import Request
from minimax_validate.rules.examples import assistant, calling, request, result, tool, user, without
from minimax_validate.rules.fixes import assignment
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Severity
from minimax_validate.values.failure import Failure


def claim(failure: Failure, request: Request, flag: Flag) -> bool:
    if failure.expected != "content":
        return False
    calls = failure.instance.get("role") == "assistant" and bool(failure.instance.get("tool_calls"))
    beside = ", also beside tool calls" if calls else ""
    fix = assignment((*failure.pointer, "content"), "", 'add "content": ""', safe=calls)
    flag(
        failure.pointer,
        f"the message has no content: it must be a string or an array of parts{beside}",
        fix=fix,
        focus="opening",
    )
    return True


RULE = Rule(
    code="MM111",
    name="absent-content",
    severity=Severity.ERROR,
    prose=__doc__,
    keywords=("required",),
    claim=claim,
    valid=(Valid("An empty string beside tool calls.", request(user(), calling(), result(), tools=[tool()])),),
    invalid=(
        Invalid(
            "Tool calls alone.",
            request(user(), without(calling(), "content"), result(), tools=[tool()]),
            at=(("messages", 1),),
            fixed=request(user(), calling(), result(), tools=[tool()]),
        ),
        Invalid(
            "Nothing but a role.",
            request(user(), {"role": "assistant"}, user("Hello?")),
            at=(("messages", 1),),
            fixed=request(user(), assistant(""), user("Hello?")),
        ),
    ),
)
