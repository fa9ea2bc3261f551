"""The parameters of a tool are a valid JSON Schema, draft 2020-12.

The vendor's schema takes anything there, and the model is shown the text as it is. A keyword that is misspelled, or has
a value of another kind, says nothing to a program and something else to the model: with `"type": "str"` no argument can
be checked, and with `required: true` inside a property nothing is required. Such schemas come from other dialects
(Python's type names, OpenAPI, drafts of long ago) or are written by hand.

Each mistake is told at its own place. A pattern that no regular expression engine can read is one; one that only some
can read is not. Keywords that the draft does not know, such as `nullable`, are allowed.

Ignore it where the text is for the model alone, and no program ever reads it. There is no fix, as only its author knows
what was meant.
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
        Valid(
            "A keyword of OpenAPI is no mistake.", _declared({"type": "string", "nullable": True, "example": "Oslo"})
        ),
        Valid("A pattern that looks ahead.", _declared({"type": "string", "pattern": "^(?!-)[a-z-]+$"})),
        Valid("What looks like a keyword may be a value.", _declared({"const": {"type": "town", "required": True}})),
        Valid(
            "A property may have any name.",
            _declared({"type": "object", "properties": {"type": {"type": "string"}, "enum": True}}),
        ),
    ),
    invalid=(
        Invalid("Python's name of a type.", _declared({"type": "str"}), at=((*_CITY, "type"),)),
        Invalid("One of two types.", _declared({"type": ["string", "none"]}), at=((*_CITY, "type", 1),)),
        Invalid(
            "A pattern of names that is none.",
            _declared({"type": "object", "patternProperties": {"[": {}}}),
            at=((*_CITY, "patternProperties", "["),),
        ),
        Invalid(
            "Draft 3 required it here.", _declared({"type": "string", "required": True}), at=((*_CITY, "required"),)
        ),
        Invalid(
            "Draft 4 spelled limits in another way.",
            _declared({"type": "number", "minimum": 0, "exclusiveMinimum": True}),
            at=((*_CITY, "exclusiveMinimum"),),
        ),
        Invalid(
            "An array for each place, as in draft 7.",
            _declared({"type": "array", "items": [{"type": "string"}]}),
            at=((*_CITY, "items"),),
        ),
        Invalid("A word in the place of a schema.", _declared("string"), at=(_CITY,)),
        Invalid(
            "A list of properties.",
            request(user(), tools=[tool(parameters={"type": "object", "properties": ["city"]})]),
            at=((*_ROOT, "properties"),),
        ),
        Invalid("A text of choices.", _declared({"enum": "Oslo, Bergen"}), at=((*_CITY, "enum"),)),
        Invalid(
            "Fewer than no characters.", _declared({"type": "string", "minLength": -1}), at=((*_CITY, "minLength"),)
        ),
        Invalid(
            "A pattern for file names.", _declared({"type": "string", "pattern": "*.txt"}), at=((*_CITY, "pattern"),)
        ),
        Invalid(
            "Two mistakes, one of them deep inside.",
            _declared({"type": "array", "items": {"anyOf": [{"type": "string"}, {"type": "strng"}]}}, required="city"),
            at=((*_CITY, "items", "anyOf", 1, "type"), (*_ROOT, "required")),
        ),
    ),
)
