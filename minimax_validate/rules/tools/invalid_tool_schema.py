"""The parameters of a tool should be valid JSON Schema, draft 2020-12.

The vendor's schema accepts anything there, and the model receives it unchanged. A keyword that is misspelled, or has
a value of the wrong type, means nothing to a program and something else to the model: with `"type": "str"` arguments
cannot be checked, and with `required: true` inside a property nothing is required. Such schemas come from other
dialects (Python's type names, OpenAPI, old drafts) or are written by hand.

Each mistake is reported at its own place. A pattern is reported only if no regular expression engine can read it.
Keywords that the draft does not define, such as `nullable`, are accepted.

Ignore it if only the model reads the schema. No automatic fix: only you know the intended schema.
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
        for fault in faults.keywords:
            flag(("tools", number, "function", "parameters", *fault.pointer), fault.text, focus=fault.focus)


_ROOT: Pointer = ("tools", 0, "function", "parameters")
_CITY: Pointer = (*_ROOT, "properties", "city")


def _declared(city: Any, **keywords: Any) -> dict[str, Any]:
    return request(user(), tools=[tool(parameters={"type": "object", "properties": {"city": city}, **keywords})])


RULE = Rule(
    code="MM301",
    name="invalid-tool-schema",
    severity=Severity.WARNING,
    prose=__doc__,
    leans_on=Leans.SCHEMA,
    when=Feature.UNSOUND_TOOLS,
    check=check,
    valid=(
        Valid("Types, limits and choices.", _declared({"type": ["string", "null"], "minLength": 1}, required=["city"])),
        Valid("A keyword of OpenAPI.", _declared({"type": "string", "nullable": True, "example": "Oslo"})),
        Valid("A pattern with a lookahead.", _declared({"type": "string", "pattern": "^(?!-)[a-z-]+$"})),
        Valid("A value that looks like a keyword.", _declared({"const": {"type": "town", "required": True}})),
        Valid(
            "Properties with the names of keywords.",
            _declared({"type": "object", "properties": {"type": {"type": "string"}, "enum": True}}),
        ),
    ),
    invalid=(
        Invalid("Python's name of a type.", _declared({"type": "str"}), at=((*_CITY, "type"),)),
        Invalid("One of two types.", _declared({"type": ["string", "none"]}), at=((*_CITY, "type", 1),)),
        Invalid(
            "An invalid pattern of names.",
            _declared({"type": "object", "patternProperties": {"[": {}}}),
            at=((*_CITY, "patternProperties", "["),),
        ),
        Invalid(
            "`required` in draft 3's place.",
            _declared({"type": "string", "required": True}),
            at=((*_CITY, "required"),),
        ),
        Invalid(
            "A limit in draft 4's format.",
            _declared({"type": "number", "minimum": 0, "exclusiveMinimum": True}),
            at=((*_CITY, "exclusiveMinimum"),),
        ),
        Invalid(
            "An array of schemas, as in draft 7.",
            _declared({"type": "array", "items": [{"type": "string"}]}),
            at=((*_CITY, "items"),),
        ),
        Invalid("A string instead of a schema.", _declared("string"), at=(_CITY,)),
        Invalid(
            "An array of properties.",
            request(user(), tools=[tool(parameters={"type": "object", "properties": ["city"]})]),
            at=((*_ROOT, "properties"),),
        ),
        Invalid("Choices in a string.", _declared({"enum": "Oslo, Bergen"}), at=((*_CITY, "enum"),)),
        Invalid("A negative length.", _declared({"type": "string", "minLength": -1}), at=((*_CITY, "minLength"),)),
        Invalid(
            "A pattern for file names.", _declared({"type": "string", "pattern": "*.txt"}), at=((*_CITY, "pattern"),)
        ),
        Invalid(
            "Two mistakes, one of them nested.",
            _declared({"type": "array", "items": {"anyOf": [{"type": "string"}, {"type": "strng"}]}}, required="city"),
            at=((*_CITY, "items", "anyOf", 1, "type"), (*_ROOT, "required")),
        ),
    ),
)
