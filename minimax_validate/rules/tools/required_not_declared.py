"""Names in `required` should be declared under `properties`.

A name in `required` without a property of that name is a typo, or the property was renamed or removed. The model must
pass an argument of which it knows only the name; if `additionalProperties` is false, all arguments are invalid.

Names are looked up in the `properties` of the same schema, and of enclosing schemas for the same value. If other
keywords may declare them (`allOf`, `$ref`, `patternProperties` and similar), nothing is reported.

Ignore it for an argument that may have any type; `"name": {}` under `properties` means the same. No automatic fix:
only you know the right name.
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
        Valid("A declared property.", _declared(properties=_CITY, required=["city"])),
        Valid("A property of any type.", _declared(properties={**_CITY, "unit": {}}, required=["city", "unit"])),
        Valid(
            "One of two properties.",
            _declared(
                properties={**_CITY, "id": {"type": "integer"}}, anyOf=[{"required": ["city"]}, {"required": ["id"]}]
            ),
        ),
        Valid(
            "Declared by another keyword.",
            _declared(
                properties=_CITY, required=["city", "unit"], allOf=[{"properties": {"unit": {"type": "string"}}}]
            ),
        ),
        Valid(
            "Declared by a pattern.",
            _declared(properties=_CITY, patternProperties={"^x-": {"type": "string"}}, required=["x-unit"]),
        ),
        Valid(
            "Declared by `additionalProperties`.",
            _declared(properties=_CITY, additionalProperties={"type": "string"}, required=["unit"]),
        ),
    ),
    invalid=(
        Invalid(
            "Another spelling of the name.",
            _declared(properties=_CITY, required=["City"]),
            at=((*_ROOT, "required", 0),),
        ),
        Invalid(
            "One of two names.", _declared(properties=_CITY, required=["city", "unit"]), at=((*_ROOT, "required", 1),)
        ),
        Invalid("No properties.", _declared(required=["city"]), at=((*_ROOT, "required", 0),)),
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
