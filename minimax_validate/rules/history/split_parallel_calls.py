"""The calls of one turn stand in one message, with their results behind it.

A model that calls two tools at once gives both calls in one message. Some clients store each call as a message of its
own and all results behind the last one. A strict server then looks for the result of the first call right behind it,
finds a message of the assistant, and refuses the history (apache/maka#3038).

Do not ignore it. The fix puts the calls, and what was said beside them, into the first of the messages. It is unsafe,
as it says that the calls were made at the same time.
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
            f"calls that were made together stand in {count(len(messages), 'message')}: their results follow the last",
            related=(Related(("messages", first), "the first of the calling messages"),),
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
    return Fix(f"put {count(len(merged['tool_calls']), 'call')} into {place(at)}{dropped}", tuple(edits), safe=False)


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
    elif content:
        yield {"type": "text", "text": content}


_CALLS = call("call_1"), call("call_2")

RULE = Rule(
    code="MM216",
    name="split-parallel-calls",
    severity=Severity.ERROR,
    prose=__doc__,
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
            "Two messages, and both results behind.",
            request(user(), calling(_CALLS[0]), calling(_CALLS[1]), result("call_1"), result("call_2")),
            at=(("messages", 2),),
            fixed=request(user(), calling(*_CALLS), result("call_1"), result("call_2")),
        ),
        Invalid(
            "What was said is joined.",
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
