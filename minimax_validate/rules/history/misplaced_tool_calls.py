"""Calls are the assistant's, and only a result names the call it answers.

`tool_calls` on a message of the system, the user or a tool, and `tool_call_id` on one that is no tool's, pass the
schema, which asks nothing of further keys, but no server takes them for a call or a result. Then the results of such
calls are orphans, or the call that such a message was meant to answer stays open; these are reported as such too.

Ignore it where the key is known to be leftover data. The fix deletes a key whose value is empty or null, and is safe;
where the call waits that a `tool_call_id` names, it makes the message one of the tool, and is unsafe. For others there
is none, as either the key or the role may be the wrong one.
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
                f"`{key}` has no meaning on {speaker(message)}, only on one of the role {owner}",
                fix=fix,
                focus="key",
            )


def _fix(index: int, key: str, value: Any, request: Request) -> Fix | None:
    if not value:
        return removal(("messages", index, key), f"delete `{key}`", safe=True)
    waits = key == "tool_call_id" and any(fact.answer == index for fact in request.pairing.unanswered)
    return assignment(("messages", index, "role"), "tool", 'make the role "tool"', safe=False) if waits else None


RULE = Rule(
    code="MM213",
    name="misplaced-tool-calls",
    severity=Severity.WARNING,
    prose=__doc__,
    when=Feature.MISPLACED_TOOL_KEYS,
    check=check,
    valid=(Valid("Each key where it belongs.", request(user(), calling(), result())),),
    invalid=(
        Invalid(
            "The user calls a tool.",
            request(user(tool_calls=[call()]), assistant()),
            at=(("messages", 0, "tool_calls"),),
        ),
        Invalid(
            "An answer of the assistant, not the tool.",
            request(user(), assistant(tool_call_id="call_1")),
            at=(("messages", 1, "tool_call_id"),),
        ),
        Invalid(
            "A result that came as a message of the user.",
            request(user(), calling(), user("5 °C, clear", tool_call_id="call_1")),
            at=(("messages", 2, "tool_call_id"),),
            fixed=request(user(), calling(), result()),
            beside=(("MM205", ("messages", 1, "tool_calls", 0)),),
        ),
        Invalid(
            "All keys of a message class, whatever the role.",
            request(user(tool_calls=[], tool_call_id=None), assistant(tool_call_id="")),
            at=(("messages", 0, "tool_calls"), ("messages", 0, "tool_call_id"), ("messages", 1, "tool_call_id")),
            fixed=request(user(), assistant()),
        ),
        Invalid(
            "A result that calls in its turn.",
            request(user(), calling(), result(tool_calls=[call("call_2")])),
            at=(("messages", 2, "tool_calls"),),
        ),
    ),
)
