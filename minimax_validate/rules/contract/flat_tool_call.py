"""The name and arguments of a tool call must be inside `function`.

Workers AI's own function calling answers with `{"name": ..., "arguments": {...}}`, and LangChain stores tool calls as
`{"name": ..., "args": {...}, "id": ..., "type": "tool_call"}`. A history that sends them back unchanged contains flat
tool calls (cloudflare/workerd#2418, cloudflare/ai-utils#19). The `@hf` and `@cf` models accept them; this contract
does not.

Each call is reported once. If it has an id, it is matched with its result.

The fix moves the name and the arguments, JSON-encoded, into `function`. If the call has no id, the fix adds the id of
the result that matches no other call, or a new one. It is unsafe, because an added id may not be the one that the tool
received.
"""

from __future__ import annotations

from typing import Any

from minimax_validate.request.features import Feature
from minimax_validate.request.index import Request, ToolCall
from minimax_validate.rules.call_ids import likely_id
from minimax_validate.rules.examples import call, calling, request, result, tool, user
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Edit, Fix, Severity
from minimax_validate.values.failure import Failure
from minimax_validate.values.losses import lost_keys, naming


def check(request: Request, flag: Flag) -> None:
    if not request.flat_calls:
        return
    from minimax_validate.request.dialects import dialect_of_call  # few requests are in any

    for flat in request.flat_calls:
        found = dialect_of_call(flat.value)
        assert found is not None, "a flat call is in a dialect"
        dialect, way = found
        converted = way.convert(flat.value, likely_id(flat.pointer, request))
        flag(
            flat.pointer,
            f"this tool call is in the format of {dialect.name}; its name and arguments belong inside `function`",
            fix=_fix(flat, converted) if converted else None,
            focus="opening",
        )


def claim(failure: Failure, request: Request, flag: Flag) -> bool:
    # The check reports the call; the schema violations follow from that.
    return any(failure.pointer[:4] == flat.pointer for flat in request.flat_calls)


def _fix(flat: ToolCall, converted: dict[str, Any]) -> Fix:
    dropped = naming(lost_keys(flat.value, converted))
    return Fix(
        f"move the name and the arguments into `function`{dropped}", (Edit("set", flat.pointer, converted),), safe=False
    )


_FLAT = {"name": "get_weather", "arguments": {"city": "Oslo"}}

RULE = Rule(
    code="MM126",
    name="flat-tool-call",
    severity=Severity.ERROR,
    prose=__doc__,
    converts=True,
    when=Feature.FLAT_CALLS,
    check=check,
    keywords=("required", "type", "const", "additionalProperties"),
    claim=claim,
    valid=(
        Valid("The name and arguments are inside `function`.", request(user(), calling(), result(), tools=[tool()])),
    ),
    invalid=(
        Invalid(
            "In the format of LangChain.",
            request(
                user(),
                calling({"name": "get_weather", "args": {"city": "Oslo"}, "id": "call_1", "type": "tool_call"}),
                result(),
            ),
            at=(("messages", 1, "tool_calls", 0),),
            fixed=request(user(), calling(), result()),
        ),
        Invalid(
            "As Workers AI answers; the fix adds the id of the result.",
            request(user(), calling(_FLAT), result()),
            at=(("messages", 1, "tool_calls", 0),),
            fixed=request(user(), calling(call()), result()),
        ),
    ),
)
