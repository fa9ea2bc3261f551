"""A tool call keeps its name and arguments inside `function`.

Workers AI's own function calling answers with `{"name": ..., "arguments": {...}}`, and LangChain keeps calls as
`{"name": ..., "args": {...}, "id": ..., "type": "tool_call"}`. A history that hands them back as they are has flat
calls (cloudflare/workerd#2418, cloudflare/ai-utils#19): the models of `@hf` and `@cf` take them, this contract does
not.

The call is one finding. It takes part in pairing by its id, if it has one.

The fix builds the call, with its arguments as JSON text and an id where there is none. It is unsafe, as an id that was
made up is not the one that the tool saw.
"""

from __future__ import annotations

from minimax_validate.request.index import Request, ToolCall
from minimax_validate.rules.examples import call, calling, request, result, tool, user
from minimax_validate.rules.fixes import fresh_id
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
        name = f", as in {found[0].name}" if found else ""
        flag(
            flat.pointer,
            f"this tool call is flat{name}: its name and arguments belong inside `function`",
            fix=_fix(flat, request),
            focus="opening",
        )


def claim(failure: Failure, request: Request, flag: Flag) -> bool:
    # The check tells the call; what the contract has against it follows from that.
    return failure.pointer[2:3] == ("tool_calls",) and any(
        failure.pointer[:4] == flat.pointer for flat in request.flat_calls
    )


def _fix(flat: ToolCall, request: Request) -> Fix | None:
    from minimax_validate.request.dialects import dialect_of_call

    found = dialect_of_call(flat.value)
    converted = found and found[1].convert(flat.value, fresh_id(flat.pointer, request))
    if not converted:
        return None
    dropped = naming(lost_keys(flat.value, converted))
    return Fix(
        f"put name and arguments inside `function`{dropped}", (Edit("set", flat.pointer, converted),), safe=False
    )


_FLAT = {"name": "get_weather", "arguments": {"city": "Oslo"}}

RULE = Rule(
    code="MM126",
    name="flat-tool-call",
    severity=Severity.ERROR,
    prose=__doc__,
    converts=True,
    check=check,
    keywords=("required", "type", "const", "additionalProperties"),
    claim=claim,
    valid=(Valid("Inside `function`.", request(user(), calling(), result(), tools=[tool()])),),
    invalid=(
        Invalid(
            "As LangChain keeps calls.",
            request(
                user(),
                calling({"name": "get_weather", "args": {"city": "Oslo"}, "id": "call_1", "type": "tool_call"}),
                result(),
            ),
            at=(("messages", 1, "tool_calls", 0),),
            fixed=request(user(), calling(), result()),
        ),
        Invalid(
            "As Workers AI answers; the result with the id that the fix makes up.",
            request(user(), calling(_FLAT), result("call_1_0")),
            at=(("messages", 1, "tool_calls", 0),),
            fixed=request(user(), calling(call("call_1_0")), result("call_1_0")),
        ),
    ),
)
