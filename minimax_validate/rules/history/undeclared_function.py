"""A call in the history is of a function that `tools` declares.

Where a request declares tools, the model reads calls of others too, and takes them for something that it may do again.
It comes about where the set of tools changes during a conversation, where a model made a name up, or where a name is
spelled in two ways.

A request without `tools` is not looked at: then the history is just history. Ignore it where tools come and go on
purpose.
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
        tools = f"among the {len(declared):,} declared tools" if len(declared) > 1 else "the one declared tool"
        message = f"{quote(name)} is not {tools}{hints[name]}"
        flag((*pointer, "function", "name"), message)


def _declared(request: Request) -> set[str] | None:
    """The names of the tools; None where there are none, which is told by itself, or one has no name to be read."""
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
            "A name in another spelling.",
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
