"""The function of a tool, or of a call, has a name.

An empty name, or one of white space, passes the schema and is refused by MiniMax: "function name or parameters is
empty". In gsd-build/gsd-2#4538 a client stored calls before their streamed name had come in, and sent them back with
the next turn.

Do not ignore it. There is no fix, as the name is known to you alone.
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
        _check(pointer, value, "call", flag)


def _check(pointer: Pointer, value: dict[str, object], what: str, flag: Flag) -> None:
    function = value.get("function")
    name = function.get("name") if isinstance(function, dict) else None
    if isinstance(name, str) and not name.strip():
        flag(
            (*pointer, "function", "name"),
            f"the name of this {what}'s function is {'empty' if not name else f'blank, {describe(name)}'}",
        )


RULE = Rule(
    code="MM214",
    name="blank-function-name",
    severity=Severity.ERROR,
    prose=__doc__,
    refusal="invalid params, function name or parameters is empty (2013)",
    when=Feature.UNSOUND_TOOLS | Feature.UNSOUND_CALLS,
    check=check,
    valid=(Valid("Both have a name.", request(user(), calling(), result(), tools=[tool()])),),
    invalid=(
        Invalid(
            "A call whose name did not come in.",
            request(user(), calling(call(name="")), result(), tools=[tool()]),
            at=(("messages", 1, "tool_calls", 0, "function", "name"),),
        ),
        Invalid(
            "A tool without a name.", request(user(), tools=[tool(), tool(" ")]), at=(("tools", 1, "function", "name"),)
        ),
    ),
)
