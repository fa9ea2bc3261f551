"""A message must have `content`.

Some clients omit `content` from an assistant message with tool calls, because the message contains no text. The
vendor's schema requires `content` in every message, as a string or an array of parts.

If the text is under another key (`text`, `message`), the fix renames that key. This is unsafe, because the key may
contain something else. Otherwise the fix adds an empty string. This is safe for an assistant message with tool calls,
which needs no text. It is unsafe for other messages, because they may have lost their text.

A message that has neither `role` nor `content` is reported once, by MM101.
"""

from minimax_validate.request.index import Request
from minimax_validate.request.stand_ins import KEYS_OF_MESSAGES, stand_in
from minimax_validate.rules.examples import assistant, calling, request, result, tool, user, without
from minimax_validate.rules.fixes import assignment
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Edit, Fix, Severity
from minimax_validate.values.failure import Failure


def claim(failure: Failure, request: Request, flag: Flag) -> bool:
    if failure.expected != "content" or "role" not in failure.instance:  # a message without both is told as that
        return False
    other = stand_in("content", failure.instance, KEYS_OF_MESSAGES)
    if other:
        flag(
            failure.pointer,
            f"the message has no `content`; its text is in `{other}`",
            fix=Fix(
                f"rename `{other}` to `content`", (Edit("rename", (*failure.pointer, other), "content"),), safe=False
            ),
            focus="opening",
        )
        return True
    calls = failure.instance.get("role") == "assistant" and bool(failure.instance.get("tool_calls"))
    beside = ", even with tool calls" if calls else ""
    fix = assignment((*failure.pointer, "content"), "", 'add `"content": ""`', safe=calls)
    flag(
        failure.pointer,
        f"the message has no `content`; it must be a string or an array of parts{beside}",
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
    valid=(Valid("An empty string with tool calls.", request(user(), calling(), result(), tools=[tool()])),),
    invalid=(
        Invalid(
            "Tool calls without content.",
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
            "Only a role.",
            request(user(), {"role": "assistant"}, user("Hello?")),
            at=(("messages", 1),),
            fixed=request(user(), assistant(""), user("Hello?")),
        ),
    ),
)
