"""A tool call in the history should be for a function that `tools` declares.

If a request declares tools, the model also reads calls of other tools in the history and may repeat them. This
happens when the set of tools changes during a conversation, when a model invented a name, or when a name has two
spellings.

A request without `tools` is not checked. Ignore it if tools are added and removed on purpose. No automatic fix: only
you know the right function.
"""

from minimax_validate.request.features import Feature
from minimax_validate.request.index import Request
from minimax_validate.rules.examples import call, calling, request, result, tool, user
from minimax_validate.rules.rule import Flag, Invalid, Leans, Rule, Valid
from minimax_validate.values.diagnostic import Severity
from minimax_validate.values.suggest import did_you_mean
from minimax_validate.values.wording import quote

_MOST_GUESSES = 16
"""Names worth guessing at in one request: each guess compares a name with all that are declared."""


def check(request: Request, flag: Flag) -> None:
    declared = _declared(request)
    if declared is None:
        return
    hints: dict[str, str] = {}
    for pointer, value in request.calls:
        function = value.get("function")
        name = function.get("name") if isinstance(function, dict) else None
        if not isinstance(name, str) or name in declared or not name.strip():
            continue
        if name not in hints:
            hints[name] = did_you_mean(name, declared) if len(hints) < _MOST_GUESSES else ""
        message = f"the function {quote(name)} is not declared in tools{hints[name]}"
        flag((*pointer, "function", "name"), message)


def _declared(request: Request) -> set[str] | None:
    """The names of the tools; None if there are none, which is reported by itself, or if one has no readable name."""
    tools = request.chat.get("tools")
    if not isinstance(tools, list) or not tools:
        return None
    names: set[str] = set()
    for tool_ in tools:
        # A tool in a dialect that could not be converted has its name at the top.
        function = tool_.get("function", tool_) if isinstance(tool_, dict) else None
        name = function.get("name") if isinstance(function, dict) else None
        if not isinstance(name, str):
            return None
        names.add(name)
    return names


RULE = Rule(
    code="MM212",
    name="undeclared-function",
    severity=Severity.WARNING,
    prose=__doc__,
    leans_on=Leans.TOOL_NAMES,
    when=Feature.UNSOUND_CALLS,
    check=check,
    valid=(
        Valid("The tool is declared.", request(user(), calling(), result(), tools=[tool(), tool("get_time")])),
        Valid("No tools are declared.", request(user(), calling(), result())),
    ),
    invalid=(
        Invalid(
            "Another spelling of the name.",
            request(user(), calling(call(name="getWeather")), result(), tools=[tool()]),
            at=(("messages", 1, "tool_calls", 0, "function", "name"),),
        ),
        Invalid(
            "One of two calls.",
            request(
                user(),
                calling(call("call_1"), call("call_2", "book_hotel", "{}")),
                result("call_1"),
                result("call_2", "booked"),
                tools=[tool()],
            ),
            at=(("messages", 1, "tool_calls", 1, "function", "name"),),
        ),
    ),
)
