"""References in a tool's parameters should resolve within these parameters.

The schema of another file or site is not fetched for the model: it reads `$ref` literally and does not know the
target. The same applies to a `#/$defs/...` that remains when a schema is extracted from a larger one
(`#/components/schemas/...` of OpenAPI), or nested inside another: references start at the root of the parameters. A
reference to an enclosing schema, as in trees, is accepted.

Ignore it if your program resolves the references before it sends the request. No automatic fix: the referenced schema
is missing.
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
        for fault in faults.references:
            flag(("tools", number, "function", "parameters", *fault.pointer), fault.text)


_AT: tuple[Pointer, ...] = (("tools", 0, "function", "parameters", "properties", "place", "$ref"),)
_PLACE = {"type": "object", "properties": {"city": {"type": "string"}, "within": {"$ref": "#/$defs/Place"}}}


def _declared(place: Any, **keywords: Any) -> dict[str, Any]:
    return request(user(), tools=[tool(parameters={"type": "object", "properties": {"place": place}, **keywords})])


def _referred(reference: str, **keywords: Any) -> dict[str, Any]:
    return _declared({"$ref": reference}, **keywords)


RULE = Rule(
    code="MM306",
    name="external-schema-reference",
    severity=Severity.WARNING,
    prose=__doc__,
    leans_on=Leans.SCHEMA,
    when=Feature.UNSOUND_TOOLS,
    check=check,
    valid=(
        Valid("A definition that refers to itself.", _referred("#/$defs/Place", **{"$defs": {"Place": _PLACE}})),
        Valid("The root.", _referred("#")),
        Valid("An anchor.", _referred("#place", **{"$defs": {"Place": {"$anchor": "place", "type": "object"}}})),
        Valid(
            "A schema with its own id.",
            _referred(
                "place.json",
                **{"$id": "https://example.com/tool.json", "$defs": {"Place": {"$id": "place.json", "type": "object"}}},
            ),
        ),
        Valid(
            "A `$ref` inside a value.",
            _declared({"default": {"$ref": "#/$defs/Place"}, "examples": [{"$ref": "place.json"}]}),
        ),
        Valid(
            "A property with the name `$ref`.",
            _declared({"type": "object", "properties": {"$ref": {"type": "string"}}}),
        ),
    ),
    invalid=(
        Invalid("Another site.", _referred("https://example.com/place.json"), at=_AT),
        Invalid("Another file.", _referred("place.json#/$defs/Place"), at=_AT),
        Invalid("A reference that remains from a larger schema.", _referred("#/components/schemas/Place"), at=_AT),
        Invalid(
            "Under another keyword.",
            _referred("#/definitions/Place", **{"$defs": {"Place": {"type": "object"}}}),
            at=_AT,
        ),
        Invalid("An unknown anchor.", _referred("#place"), at=_AT),
        Invalid("A target that is not a schema.", _referred("#/type"), at=_AT),
        Invalid(
            "Definitions that were nested with the schema.",
            _declared({"$defs": {"Place": {"type": "object"}}, "type": "array", "items": {"$ref": "#/$defs/Place"}}),
            at=(("tools", 0, "function", "parameters", "properties", "place", "items", "$ref"),),
        ),
    ),
)
