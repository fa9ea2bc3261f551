"""The arguments of a tool call should match the parameters of its tool.

A model learns from its own history: tool calls that violate the declared parameters cause more of the same. This
happens when the schema changed after the call was made, or when another model with other tools made the call.

Every mismatch is reported, with its location inside the arguments as a JSON Pointer. Arguments are not checked if the
parameters are not a valid schema, or if two tools have the same name. References to other documents are not followed,
and patterns are not checked unless they run in linear time; Pyodide and Python Workers check no patterns.

A schema may come from an untrusted source. If it is too large, if its patterns would take too much memory, or if
checking the arguments would take more than a second, a finding of severity info says that the arguments were not
checked.

Ignore it if an old history is used with new tools on purpose. No automatic fix: the history records what the model
did.
"""

from typing import Any

from minimax_validate.json_schema.embedded import ToolSchema, compiled
from minimax_validate.request.arguments import read_object
from minimax_validate.request.features import Feature
from minimax_validate.request.index import Request
from minimax_validate.rules.examples import call, calling, request, result, tool, user
from minimax_validate.rules.rule import Flag, Invalid, Leans, Rule, Valid
from minimax_validate.values.diagnostic import Related, Severity
from minimax_validate.values.pointer import Pointer, to_json_pointer
from minimax_validate.values.wording import quote


def check(request: Request, flag: Flag) -> None:
    declared = _parameters(request)
    if not declared:
        return
    schemas: dict[str, ToolSchema] = {}
    for pointer, value in request.calls:
        function = value.get("function")
        if not isinstance(function, dict) or not isinstance(name := function.get("name"), str) or name not in declared:
            continue
        number, parameters = declared[name]
        text = function.get("arguments")
        if parameters is None or not isinstance(text, str) or (arguments := read_object(text)) is None:
            continue
        if name not in schemas:
            schemas[name] = compiled(parameters)
        verdict = schemas[name].verdict(arguments, len(text))
        place = (*pointer, "function", "arguments")
        related = Related(("tools", number, "function", "parameters"), "the parameters")
        if verdict.unchecked:
            flag(
                place,
                f"the arguments were not checked against the parameters of {quote(name)}: {verdict.unchecked}",
                at_most=Severity.INFO,
                related=(related,),
            )
        for inside, mismatch in verdict.mismatches:
            where = f" at {quote(to_json_pointer(inside), 80)}" if inside else ""
            flag(
                place,
                f"the arguments do not match the parameters of {quote(name)}{where}: {mismatch}",
                related=(related,),
            )


def _parameters(request: Request) -> dict[str, tuple[int, dict[str, Any] | None]]:
    """The parameters of each tool by its name.

    None where they say nothing, or two tools of a name contradict each other.
    """
    found: dict[str, tuple[int, dict[str, Any] | None]] = {}
    for number, tool_ in request.tools:
        function = tool_.get("function")
        if isinstance(function, dict) and isinstance(name := function.get("name"), str):
            parameters = function.get("parameters")
            known = (
                isinstance(parameters, dict)
                and name not in found
                and request.is_whole(("tools", number, "function", "parameters"))
            )
            found[name] = (number, parameters if known else None)
    return found


_AT: Pointer = ("messages", 1, "tool_calls", 0, "function", "arguments")
_FORECAST = {
    "type": "object",
    "properties": {
        "city": {"type": "string", "minLength": 4},
        "days": {"anyOf": [{"type": "integer", "minimum": 1}, {"type": "null"}]},
    },
    "required": ["city"],
    "additionalProperties": False,
}


def _asked(arguments: str, parameters: Any = _FORECAST) -> dict[str, Any]:
    return request(user(), calling(call(arguments=arguments)), result(), tools=[tool(parameters=parameters)])


RULE = Rule(
    code="MM211",
    name="arguments-mismatch",
    severity=Severity.WARNING,
    prose=__doc__,
    leans_on=Leans.TOOLS,
    when=Feature.UNSOUND_CALLS,
    check=check,
    valid=(
        Valid("Matching arguments.", _asked('{"city": "Oslo", "days": 3}')),
        Valid("Null for a parameter that accepts null.", _asked('{"city": "Oslo", "days": null}')),
        Valid("No tools are declared.", request(user(), calling(call(arguments='{"town": 5}')), result())),
        Valid(
            "A schema that refers to itself.",
            _asked(
                '{"name": "Oslo", "parts": [{"name": "Frogner", "parts": []}]}',
                {
                    "type": "object",
                    "properties": {"name": {"type": "string"}, "parts": {"type": "array", "items": {"$ref": "#"}}},
                    "required": ["name"],
                },
            ),
        ),
    ),
    invalid=(
        Invalid("A number instead of a string.", _asked('{"city": 5}'), at=(_AT,)),
        Invalid("A required key is missing.", _asked("{}"), at=(_AT,)),
        Invalid("Three mismatches in one call.", _asked('{"city": "Osl", "days": 0, "unit": "C"}'), at=(_AT, _AT, _AT)),
        Invalid(
            "A nested mismatch in the second call.",
            request(
                user(),
                calling(
                    call("call_1", "store", '{"places": [{"name": "Oslo"}]}'),
                    call("call_2", "store", '{"places": [{"name": null}]}'),
                ),
                result("call_1"),
                result("call_2"),
                tools=[
                    tool(
                        "store",
                        parameters={
                            "type": "object",
                            "properties": {"places": {"type": "array", "items": {"$ref": "#/$defs/place"}}},
                            "$defs": {"place": {"type": "object", "properties": {"name": {"type": "string"}}}},
                        },
                    )
                ],
            ),
            at=(("messages", 1, "tool_calls", 1, "function", "arguments"),),
        ),
    ),
)
