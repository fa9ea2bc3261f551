"""The parameters of a tool should be the schema of an object.

Arguments are an object, so their schema must have `"type": "object"` at its root. The vendor's schema also accepts
null, a string, `{}` or the schema of a string there; the model must then guess the arguments, and MiniMax has
rejected missing parameters ("function parameters is empty").

The fix replaces null and `{}` with the schema of an object without properties, and decodes a schema that is a
JSON-encoded string. It is safe, because the schema means the same.
"""

from typing import Any

from minimax_validate.request.arguments import read_object
from minimax_validate.request.features import Feature
from minimax_validate.request.index import Request
from minimax_validate.request.toolset import is_object_schema
from minimax_validate.rules.examples import request, tool, user
from minimax_validate.rules.fixes import assignment
from minimax_validate.rules.rule import Flag, Invalid, Leans, Rule, Valid
from minimax_validate.values.diagnostic import Fix, Focus, Severity
from minimax_validate.values.pointer import Pointer
from minimax_validate.values.wording import describe

_NOTHING: dict[str, object] = {"type": "object", "properties": {}}


def check(request: Request, flag: Flag) -> None:
    faults = dict(request.schemas)
    for number, function in request.functions:
        if "parameters" not in function or is_object_schema(function["parameters"]):
            continue
        if number in faults and any(fault.pointer[:1] == ("type",) for fault in faults[number].keywords):
            continue  # reported as an invalid type
        pointer, parameters = ("tools", number, "function", "parameters"), function["parameters"]
        focus: Focus = "opening" if parameters and isinstance(parameters, dict) else "value"
        flag(pointer, _judge(parameters), fix=_fix(pointer, parameters), focus=focus)


def _judge(parameters: Any) -> str:
    if not isinstance(parameters, dict):
        encoded = isinstance(parameters, str) and read_object(parameters) is not None
        return (
            f"the parameters must be the schema of an object, not "
            f"{'a JSON-encoded string' if encoded else describe(parameters)}"
        )
    if not parameters:
        return 'the parameters are empty; if the function has no arguments, use `{"type": "object", "properties": {}}`'
    if "type" in parameters:
        return (
            f'the parameters must have `"type": "object"`, not {_types(parameters["type"])}, because arguments are '
            f"always an object"
        )
    if all(isinstance(member, dict) for member in parameters.values()) and _KEYWORDS.isdisjoint(parameters):
        return 'the parameters are properties without a schema; put them under `properties` and add `"type": "object"`'
    return 'the parameters have no `type`; add `"type": "object"`, because arguments are always an object'


_KEYWORDS = frozenset(
    {
        "$defs",
        "additionalProperties",
        "const",
        "contains",
        "default",
        "definitions",
        "dependentSchemas",
        "else",
        "if",
        "items",
        "not",
    }
    | {"patternProperties", "properties", "propertyNames", "then"}
)


def _types(types: Any) -> str:
    return (
        describe(types)
        if isinstance(types, str)
        else f"[{', '.join(map(describe, types[:3]))}{', …' if len(types) > 3 else ''}]"
    )


def _fix(pointer: Pointer, parameters: Any) -> Fix | None:
    decoded = read_object(parameters) if isinstance(parameters, str) else None
    if decoded is not None:
        return assignment(pointer, decoded, "decode the parameters", safe=True)
    return (
        assignment(pointer, _NOTHING, "set the schema of an object without properties", safe=True)
        if parameters is None or parameters == {}
        else None
    )


_AT: tuple[Pointer, ...] = (("tools", 0, "function", "parameters"),)


def _declared(parameters: Any) -> dict[str, Any]:
    return request(user(), tools=[tool(parameters=parameters)])


RULE = Rule(
    code="MM302",
    name="tool-schema-not-object",
    severity=Severity.WARNING,
    prose=__doc__,
    converts=True,
    leans_on=Leans.SCHEMA,
    when=Feature.UNSOUND_TOOLS,
    check=check,
    valid=(
        Valid("An object.", _declared({"type": "object", "properties": {"city": {"type": "string"}}})),
        Valid("An object without properties.", _declared(_NOTHING)),
        Valid("Any object.", _declared({"type": "object"})),
    ),
    invalid=(
        Invalid("Parameters that are null.", _declared(None), at=_AT, fixed=_declared(_NOTHING)),
        Invalid("An empty schema.", _declared({}), at=_AT, fixed=_declared(_NOTHING)),
        Invalid(
            "A schema that is a JSON-encoded string.",
            _declared('{"type": "object", "properties": {}}'),
            at=_AT,
            fixed=_declared(_NOTHING),
        ),
        Invalid("An array of parameters.", _declared([{"name": "city", "type": "string"}]), at=_AT),
        Invalid("Parameters that are true.", _declared(True), at=_AT),
        Invalid("Properties without a type.", _declared({"properties": {"city": {"type": "string"}}}), at=_AT),
        Invalid("Only properties.", _declared({"city": {"type": "string"}}), at=_AT),
        Invalid("The schema of a string.", _declared({"type": "string"}), at=_AT),
        Invalid("The schema of an object or null.", _declared({"type": ["object", "null"], "properties": {}}), at=_AT),
    ),
)
