"""The function of a tool or tool call must have a name.

A name that is empty or only white space conforms to the schema but is rejected by MiniMax: "function name or
parameters is empty". In gsd-build/gsd-2#4538 a client stored tool calls before it received their streamed name, and
sent them back in the next turn.

No automatic fix: only you know the name.
"""

from minimax_validate.request.features import Feature
from minimax_validate.request.index import Request
from minimax_validate.rules.examples import call, calling, request, result, tool, user
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Severity
from minimax_validate.values.pointer import Pointer
from minimax_validate.values.wording import describe


def check(request: Request, flag: Flag) -> None:
    for number, value in request.tools:
        _check(("tools", number), value, "tool", flag)
    for pointer, value in request.calls:
        _check(pointer, value, "tool call", flag)


def _check(pointer: Pointer, value: dict[str, object], what: str, flag: Flag) -> None:
    function = value.get("function")
    name = function.get("name") if isinstance(function, dict) else None
    if isinstance(name, str) and not name.strip():
        flag(
            (*pointer, "function", "name"),
            f"the function of this {what} must have a name; it is {'empty' if not name else describe(name)}",
        )


RULE = Rule(
    code="MM214",
    name="blank-function-name",
    severity=Severity.ERROR,
    prose=__doc__,
    never_ignore="the API rejects a function without a name",
    refusal="invalid params, function name or parameters is empty (2013)",
    when=Feature.UNSOUND_TOOLS | Feature.UNSOUND_CALLS,
    check=check,
    valid=(Valid("The tool and the tool call have a name.", request(user(), calling(), result(), tools=[tool()])),),
    invalid=(
        Invalid(
            "A tool call whose name was not received.",
            request(user(), calling(call(name="")), result(), tools=[tool()]),
            at=(("messages", 1, "tool_calls", 0, "function", "name"),),
        ),
        Invalid(
            "A tool without a name.", request(user(), tools=[tool(), tool(" ")]), at=(("tools", 1, "function", "name"),)
        ),
    ),
)
