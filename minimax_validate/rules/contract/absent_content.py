"""A message has content.

Some clients leave `content` out of an assistant message that calls tools, since there is nothing to say. The vendor's
schema requires it, as a string or an array of parts.

Where the text stands under another key (`text`, `message`), the fix gives that key the right name; it is unsafe, as the
key may hold something else. Elsewhere the fix adds an empty string. It is safe beside tool calls of the assistant,
where nothing was said. Otherwise it is unsafe, as a message may have lost its text.

A message that lacks both role and content is told as one fault (MM101).
"""

from minimax_validate.request.index import Request
from minimax_validate.request.stand_ins import KEYS_OF_MESSAGES, stand_in
from minimax_validate.rules.examples import assistant, calling, request, result, tool, user, without
from minimax_validate.rules.fixes import assignment
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Edit, Fix, Severity
from minimax_validate.values.failure import Failure


def claim(failure: Failure, request: Request, flag: Flag) -> bool:
    if failure.expected != "content":
        return False
    if "role" not in failure.instance:
        return True  # a message without both is told as that
    other = stand_in("content", failure.instance, KEYS_OF_MESSAGES)
    if other:
        flag(
            failure.pointer,
            f"the message has no content; its text stands in `{other}`",
            fix=Fix(
                f"rename `{other}` to `content`", (Edit("rename", (*failure.pointer, other), "content"),), safe=False
            ),
            focus="opening",
        )
        return True
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
            "The text under another key.",
            request({"role": "user", "text": "What is the weather in Oslo?"}),
            at=(("messages", 0),),
            fixed=request(user()),
        ),
        Invalid(
            "Nothing but a role.",
            request(user(), {"role": "assistant"}, user("Hello?")),
            at=(("messages", 1),),
            fixed=request(user(), assistant(""), user("Hello?")),
        ),
    ),
)
