"""Parallel tool calls must be in one message, with their results after it.

A model that makes two tool calls at once puts them into one message. Some clients store each call as its own message,
and all results after the last one. A strict server then expects the result of the first call right after it, finds an
assistant message instead, and rejects the history (apache/maka#3038).

The fix merges the tool calls and their texts into the first message. It is unsafe, because the calls are then
presented as parallel.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from minimax_validate.request.features import Feature
from minimax_validate.request.index import Request
from minimax_validate.rules.examples import call, calling, request, result, user
from minimax_validate.rules.rule import Flag, Invalid, Leans, Rule, Valid
from minimax_validate.values.diagnostic import Edit, Fix, Related, Severity
from minimax_validate.values.losses import lost_keys, naming
from minimax_validate.values.wording import count, place


def check(request: Request, flag: Flag) -> None:
    for (messages,) in request.pairing.split:
        first, second = messages[0], messages[1]
        flag(
            ("messages", second),
            f"parallel tool calls are split over {count(len(messages), 'message')}; put them into one message",
            related=(Related(("messages", first), "the first message with tool calls"),),
            fix=_fix(messages, [request.messages[index] for index in messages]),
        )


def _fix(indexes: Sequence[int], given: Sequence[dict[str, Any]]) -> Fix:
    first, at = given[0], ("messages", indexes[0])
    merged = _merged(given)
    edits = [
        Edit("set", (*at, key), value)
        for key, value in merged.items()
        if key != "tool_calls" and (key not in first or first[key] != value)
    ]
    end = len(first["tool_calls"])
    # What is inserted later at one place comes to stand before what was there.
    edits += (Edit("insert", (*at, "tool_calls", end), call) for call in reversed(merged["tool_calls"][end:]))
    edits += (Edit("remove", ("messages", index)) for index in indexes[1:])
    dropped = naming(lost_keys(list(given), merged))
    return Fix(
        f"merge {count(len(merged['tool_calls']), 'tool call')} into {place(at)}{dropped}", tuple(edits), safe=False
    )


_TEXTS = ("content", "reasoning_content", "reasoning")


def _merged(given: Sequence[dict[str, Any]]) -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for message in given:
        for key, value in message.items():
            if key not in merged or not merged[key]:
                merged[key] = value
            elif isinstance(merged[key], list) and isinstance(value, list):
                merged[key] = [*merged[key], *value]
            elif key in _TEXTS and value:
                merged[key] = _joined(merged[key], value)
    return merged


def _joined(before: Any, after: Any) -> Any:
    if isinstance(before, str) and isinstance(after, str):
        return f"{before}\n\n{after}"
    return [*_parts(before), *_parts(after)]


def _parts(content: Any) -> Iterator[Any]:
    if isinstance(content, list):
        yield from content
    else:
        yield {"type": "text", "text": content}


_CALLS = call("call_1"), call("call_2")

RULE = Rule(
    code="MM216",
    name="split-parallel-calls",
    severity=Severity.ERROR,
    prose=__doc__,
    never_ignore="strict servers reject a tool call that its result does not follow",
    leans_on=Leans.MESSAGES,
    when=Feature.UNPAIRED,
    check=check,
    valid=(
        Valid("Both calls in one message.", request(user(), calling(*_CALLS), result("call_1"), result("call_2"))),
        Valid(
            "One call after the result of the other.",
            request(user(), calling(_CALLS[0]), result("call_1"), calling(_CALLS[1]), result("call_2")),
        ),
    ),
    invalid=(
        Invalid(
            "Two messages, followed by both results.",
            request(user(), calling(_CALLS[0]), calling(_CALLS[1]), result("call_1"), result("call_2")),
            at=(("messages", 2),),
            fixed=request(user(), calling(*_CALLS), result("call_1"), result("call_2")),
        ),
        Invalid(
            "Texts are joined.",
            request(
                user(),
                calling(_CALLS[0], content="First Oslo."),
                calling(_CALLS[1], content="Then Bergen."),
                result("call_1"),
                result("call_2"),
            ),
            at=(("messages", 2),),
            fixed=request(
                user(), calling(*_CALLS, content="First Oslo.\n\nThen Bergen."), result("call_1"), result("call_2")
            ),
        ),
    ),
)
