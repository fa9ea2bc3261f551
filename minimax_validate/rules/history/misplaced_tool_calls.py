"""`tool_calls` should be in assistant messages only, and `tool_call_id` in tool messages only.

A message of another role may have these keys, because the schema does not restrict additional keys of messages, but
servers do not treat them as a tool call or a tool result. The results of such calls then match no tool call, or a tool
call has no result because its result is in a message of another role; other rules report these mistakes too.

Ignore it if the key is known to be left over. The fix deletes a key that is empty or null, which is safe. If
`tool_call_id` names a tool call without a result, the fix sets the role to `tool`, which is unsafe, because the
message may not be a result. No automatic fix for other messages: either the key or the role may be wrong.
"""

from typing import Any

from minimax_validate.request.features import Feature
from minimax_validate.request.index import Request
from minimax_validate.request.roles import KNOWN_ROLES, speaker
from minimax_validate.rules.examples import assistant, call, calling, request, result, user
from minimax_validate.rules.fixes import assignment, removal
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Fix, Severity


def check(request: Request, flag: Flag) -> None:
    for index, message in request.objects:
        role = message.get("role")
        if not isinstance(role, str) or role not in KNOWN_ROLES:
            continue
        for key, owner in (("tool_calls", "assistant"), ("tool_call_id", "tool")):
            # `tool_calls` that are no array break the contract, wherever they are.
            if key not in message or role == owner or (key == "tool_calls" and not isinstance(message[key], list)):
                continue
            pointer = ("messages", index, key)
            fix = _fix(index, key, message[key], request)
            flag(
                pointer,
                f"`{key}` has no effect in {speaker(message)}; only {owner} messages can have it",
                fix=fix,
                focus="key",
            )


def _fix(index: int, key: str, value: Any, request: Request) -> Fix | None:
    if not value:
        return removal(("messages", index, key), f"delete `{key}`", safe=True)
    waits = key == "tool_call_id" and any(fact.answer == index for fact in request.pairing.unanswered)
    return assignment(("messages", index, "role"), "tool", 'set the role to "tool"', safe=False) if waits else None


RULE = Rule(
    code="MM213",
    name="misplaced-tool-calls",
    severity=Severity.WARNING,
    prose=__doc__,
    when=Feature.MISPLACED_TOOL_KEYS,
    check=check,
    valid=(Valid("Each key in the right message.", request(user(), calling(), result())),),
    invalid=(
        Invalid(
            "A user message with tool calls.",
            request(user(tool_calls=[call()]), assistant()),
            at=(("messages", 0, "tool_calls"),),
        ),
        Invalid(
            "An assistant message with a `tool_call_id`.",
            request(user(), assistant(tool_call_id="call_1")),
            at=(("messages", 1, "tool_call_id"),),
        ),
        Invalid(
            "A result in a user message.",
            request(user(), calling(), user("5 °C, clear", tool_call_id="call_1")),
            at=(("messages", 2, "tool_call_id"),),
            fixed=request(user(), calling(), result()),
            beside=(("MM205", ("messages", 1, "tool_calls", 0)),),
        ),
        Invalid(
            "Empty keys from a message class, in every role.",
            request(user(tool_calls=[], tool_call_id=None), assistant(tool_call_id="")),
            at=(("messages", 0, "tool_calls"), ("messages", 0, "tool_call_id"), ("messages", 1, "tool_call_id")),
            fixed=request(user(), assistant()),
        ),
        Invalid(
            "A tool message with tool calls.",
            request(user(), calling(), result(tool_calls=[call("call_2")])),
            at=(("messages", 2, "tool_calls"),),
        ),
    ),
)
