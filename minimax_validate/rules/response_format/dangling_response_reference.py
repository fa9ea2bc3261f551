"""References in a response schema should resolve to a place under its properties.

Schema generators put the schemas of classes under `$defs` at the root and refer to them. The vendor's schema accepts
only `type` and `properties` at the root, so `#/$defs/...` does not resolve, even if the definitions are present.
References to another file or site are not fetched either.

The fix replaces the reference with the definition, if the schema contains it. It is safe, because the schema means the
same; a definition that refers to itself then refers to its new place under `properties`.
"""

from typing import Any

from minimax_validate.json_schema.faults import schema_faults
from minimax_validate.json_schema.inlining import inlined
from minimax_validate.request.features import Feature
from minimax_validate.request.index import Request
from minimax_validate.rules.examples import answer_format, request, user
from minimax_validate.rules.fixes import assignment
from minimax_validate.rules.rule import Flag, Invalid, Leans, Rule, Valid
from minimax_validate.values.diagnostic import Fix, Severity
from minimax_validate.values.pointer import Pointer

_ROOT: Pointer = ("response_format", "json_schema", "schema")


def check(request: Request, flag: Flag) -> None:
    schema = request.answer.get("schema")
    if isinstance(schema, dict) and isinstance(schema.get("properties"), dict):
        for fault in schema_faults({"properties": schema["properties"]}).references:
            fix = _fix(schema, fault.pointer[:-1])
            hint = fault.hint or ": a response schema cannot have definitions at its root; inline the definition"
            flag((*_ROOT, *fault.pointer), fault.message + hint, fix=fix)


def _fix(schema: dict[str, Any], place: Pointer) -> Fix | None:
    """Replace the reference with the definition, if the schema has it at the place that the reference names."""
    expanded = inlined(schema, place)
    if expanded is None:
        return None
    return assignment((*_ROOT, *place), expanded, "replace the reference with its target", safe=True)


def _asking(**properties: Any) -> dict[str, Any]:
    return request(user(), response_format=answer_format(schema={"type": "object", "properties": properties}))


_CITY = {"type": "object", "properties": {"name": {"type": "string"}}}

RULE = Rule(
    code="MM403",
    name="dangling-response-reference",
    severity=Severity.WARNING,
    prose=__doc__,
    leans_on=Leans.SCHEMA,
    when=Feature.RESPONSE_FORMAT,
    check=check,
    valid=(
        Valid("Inlined schemas.", _asking(home=_CITY, away=_CITY)),
        Valid("A place under the properties.", _asking(home=_CITY, away={"$ref": "#/properties/home"})),
        Valid("The root.", _asking(name={"type": "string"}, parts={"type": "array", "items": {"$ref": "#"}})),
    ),
    invalid=(
        Invalid(
            "As generators write it.",
            _asking(home={"$ref": "#/$defs/City"}),
            at=((*_ROOT, "properties", "home", "$ref"),),
        ),
        Invalid(
            "The definition is present, but at a place that the contract does not accept.",
            request(
                user("A home as JSON."),
                response_format=answer_format(
                    schema={
                        "type": "object",
                        "properties": {"home": {"$ref": "#/$defs/City"}},
                        "$defs": {"City": _CITY},
                    }
                ),
            ),
            at=((*_ROOT, "properties", "home", "$ref"),),
            fixed=request(
                user("A home as JSON."),
                response_format=answer_format(schema={"type": "object", "properties": {"home": _CITY}}),
            ),
            beside=(("MM121", (*_ROOT, "$defs")),),
        ),
        Invalid(
            "Another site.",
            _asking(homes={"type": "array", "items": {"$ref": "https://example.com/city.json"}}),
            at=((*_ROOT, "properties", "homes", "items", "$ref"),),
        ),
        Invalid(
            "Definitions next to the reference.",
            _asking(home={"$defs": {"City": _CITY}, "$ref": "#/$defs/City"}),
            at=((*_ROOT, "properties", "home", "$ref"),),
        ),
    ),
)
