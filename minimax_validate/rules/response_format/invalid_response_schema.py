"""The properties of a response schema should be valid JSON Schema, draft 2020-12.

The vendor's schema accepts anything under `properties`. An invalid schema does not describe the answer: a misspelled
type, a string instead of a schema, an array of names. Each mistake is reported at its own place, as for the
parameters of tools (MM301).

Ignore it if only the model reads the schema. No automatic fix: only you know the intended schema.
"""

from typing import Any

from minimax_validate.json_schema.faults import schema_faults
from minimax_validate.request.features import Feature
from minimax_validate.request.index import Request
from minimax_validate.rules.examples import answer_format, request, user
from minimax_validate.rules.rule import Flag, Invalid, Leans, Rule, Valid
from minimax_validate.values.diagnostic import Severity
from minimax_validate.values.pointer import Pointer

_ROOT: Pointer = ("response_format", "json_schema", "schema")


def check(request: Request, flag: Flag) -> None:
    schema = request.answer.get("schema")
    if isinstance(schema, dict) and "properties" in schema:
        # The root accepts only these two; another rule reports other keywords.
        for fault in schema_faults({"properties": schema["properties"]}).keywords:
            flag((*_ROOT, *fault.pointer), fault.text, focus=fault.focus)


def _asking(properties: Any) -> dict[str, Any]:
    return request(user(), response_format=answer_format(schema={"type": "object", "properties": properties}))


RULE = Rule(
    code="MM402",
    name="invalid-response-schema",
    severity=Severity.WARNING,
    prose=__doc__,
    leans_on=Leans.SCHEMA,
    when=Feature.RESPONSE_FORMAT,
    check=check,
    valid=(
        Valid(
            "Types, limits and choices.",
            _asking(
                {
                    "city": {"type": "string", "minLength": 1},
                    "sky": {"enum": ["clear", "cloudy"]},
                    "celsius": {"type": ["number", "null"]},
                }
            ),
        ),
        Valid("No properties.", _asking({})),
    ),
    invalid=(
        Invalid(
            "Python's name of a type.", _asking({"city": {"type": "str"}}), at=((*_ROOT, "properties", "city", "type"),)
        ),
        Invalid("A string instead of a schema.", _asking({"city": "string"}), at=((*_ROOT, "properties", "city"),)),
        Invalid("An array of names.", _asking(["city"]), at=((*_ROOT, "properties"),)),
        Invalid(
            "An invalid pattern of names.",
            _asking({"city": {"type": "object", "patternProperties": {"[": {}}}}),
            at=((*_ROOT, "properties", "city", "patternProperties", "["),),
        ),
        Invalid("Null instead of properties.", _asking(None), at=((*_ROOT, "properties"),)),
        Invalid(
            "`required` in draft 3's place.",
            _asking({"city": {"type": "string", "required": True}}),
            at=((*_ROOT, "properties", "city", "required"),),
        ),
    ),
)
