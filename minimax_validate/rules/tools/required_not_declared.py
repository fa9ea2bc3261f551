"""What a tool's parameters require is among their properties.

A name in `required` without a property of that name is a slip of the pen, or a property was renamed or taken out. The
model has to pass an argument of which it knows nothing but the name; where `additionalProperties` is false, no
arguments can be right.

Names are looked for in the `properties` of the same schema, and of those around it that are for the same value. Where
others may declare them (`allOf`, `$ref`, `patternProperties` and their like) nothing is said.

Ignore it for an argument that may be of any kind; `"name": {}` under `properties` says the same. There is no fix, as
only the author knows which of the two is right.
"""

from typing import Any

from minimax_validate.request.features import Feature
from minimax_validate.request.index import Request
from minimax_validate.rules.examples import request, tool, user
from minimax_validate.rules.rule import Flag, Invalid, Leans, Rule, Valid
from minimax_validate.values.diagnostic import Severity
from minimax_validate.values.pointer import Pointer


def check(request: Request, flag: Flag) -> None:
    for number, faults in request.schemas:
        for fault in faults.required:
            flag(("tools", number, "function", "parameters", *fault.pointer), fault.text)


_ROOT: Pointer = ("tools", 0, "function", "parameters")
_CITY = {"city": {"type": "string"}}


def _declared(**keywords: Any) -> dict[str, Any]:
    return request(user(), tools=[tool(parameters={"type": "object", **keywords})])


RULE = Rule(
    code="MM307",
    name="required-not-declared",
    severity=Severity.WARNING,
    prose=__doc__,
    leans_on=Leans.SCHEMA,
    when=Feature.UNSOUND_TOOLS,
    check=check,
    valid=(
        Valid("It is declared.", _declared(properties=_CITY, required=["city"])),
        Valid("Of any kind.", _declared(properties={**_CITY, "unit": {}}, required=["city", "unit"])),
        Valid(
            "One or the other.",
            _declared(
                properties={**_CITY, "id": {"type": "integer"}}, anyOf=[{"required": ["city"]}, {"required": ["id"]}]
            ),
        ),
        Valid(
            "Declared by another part.",
            _declared(
                properties=_CITY, required=["city", "unit"], allOf=[{"properties": {"unit": {"type": "string"}}}]
            ),
        ),
        Valid(
            "By a pattern.",
            _declared(properties=_CITY, patternProperties={"^x-": {"type": "string"}}, required=["x-unit"]),
        ),
        Valid(
            "By what all others are.",
            _declared(properties=_CITY, additionalProperties={"type": "string"}, required=["unit"]),
        ),
    ),
    invalid=(
        Invalid("Another spelling.", _declared(properties=_CITY, required=["City"]), at=((*_ROOT, "required", 0),)),
        Invalid("One of two.", _declared(properties=_CITY, required=["city", "unit"]), at=((*_ROOT, "required", 1),)),
        Invalid("No properties at all.", _declared(required=["city"]), at=((*_ROOT, "required", 0),)),
        Invalid(
            "In an object inside.",
            _declared(properties={"place": {"type": "object", "properties": _CITY, "required": ["town"]}}),
            at=((*_ROOT, "properties", "place", "required", 0),),
        ),
        Invalid(
            "In one of two shapes.",
            _declared(
                properties={
                    "place": {
                        "anyOf": [{"type": "string"}, {"type": "object", "properties": _CITY, "required": ["town"]}]
                    }
                }
            ),
            at=((*_ROOT, "properties", "place", "anyOf", 1, "required", 0),),
        ),
    ),
)
