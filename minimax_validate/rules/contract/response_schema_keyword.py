"""The root of a response schema has `type` and `properties`, and nothing else.

Schemas written for other vendors have `required`, `additionalProperties` or `$defs` at the root, as OpenAI's strict
mode demands. The vendor's schema refuses every keyword there but the two. Below `properties` all keywords are free, so
a nested object may keep its `required`.

The fix deletes the keyword. For `$schema`, `title` and the like that is safe, as they demand nothing; a `description`
moves beside the name. For the rest it is unsafe: what they demand has to be asked for in the prompt. Definitions stay
as long as something refers to them (MM403 puts them where they are meant). A root that is a reference itself is
replaced by what it leads to.
"""

from typing import Any

from minimax_validate.json_schema.inlining import expanded_root, refers_to, texts_in
from minimax_validate.request.index import Request
from minimax_validate.rules.examples import answer_format, request, user
from minimax_validate.rules.fixes import assignment, removal
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Edit, Fix, Severity
from minimax_validate.values.failure import Failure
from minimax_validate.values.wording import listed, quote

_ROOT = ("response_format", "json_schema", "schema")
_NOTES = frozenset({"$schema", "$id", "$comment", "title", "description"})


_DEFINITIONS = ("$defs", "definitions")


def claim(failure: Failure, request: Request, flag: Flag) -> bool:
    if failure.pointer[: len(_ROOT)] != _ROOT:
        return False
    schema = request.body["response_format"]["json_schema"]["schema"]
    if failure.keyword == "required":
        # The reference is told, and what it leads to has both keys.
        return failure.pointer == _ROOT and expanded_root(schema) is not None
    if failure.pointer[:-1] != _ROOT:
        return False
    keyword = str(failure.pointer[-1])
    flag(
        failure.pointer,
        f"the root of a response schema takes `type` and `properties` only, not {quote(keyword)}",
        fix=_fix(keyword, schema, request),
        focus="key",
    )
    return True


def _fix(keyword: str, schema: dict[str, Any], request: Request) -> Fix | None:
    at, value = (*_ROOT, keyword), schema[keyword]
    if keyword == "$ref":
        expanded = expanded_root(schema)
        if expanded is not None:
            return assignment(_ROOT, expanded, "put what it refers to there", safe=True)
    if keyword in _DEFINITIONS and refers_to(schema, keyword):
        return None  # what refers to it is told, and comes first
    described = request.body["response_format"]["json_schema"]
    if keyword == "description" and isinstance(value, str) and "description" not in described:
        moved = (Edit("set", (*_ROOT[:-1], "description"), value), Edit("remove", at))
        return Fix("move it beside the name", moved, safe=True)
    inside = "" if isinstance(value, bool | int | float | str) or value is None else _inside(value)
    return removal(at, f"delete {quote(keyword)}{inside}", safe=keyword in _NOTES)


def _inside(value: Any) -> str:
    """What goes with a keyword that holds more than one word."""
    names = list(dict.fromkeys(texts_in(value)))[:8]
    return f", and with it {listed(map(quote, names), 'and')}" if names else ""


def _asking(**keywords: object) -> dict[str, object]:
    schema = {"type": "object", "properties": {"city": {"type": "string"}}, **keywords}
    return request(user(), response_format=answer_format(schema=schema))


RULE = Rule(
    code="MM121",
    name="response-schema-keyword",
    severity=Severity.ERROR,
    prose=__doc__,
    converts=True,
    keywords=("additionalProperties", "required"),
    claim=claim,
    valid=(Valid("The two.", _asking()),),
    invalid=(
        Invalid(
            "As strict mode demands.",
            _asking(required=["city"], additionalProperties=False),
            at=((*_ROOT, "required"), (*_ROOT, "additionalProperties")),
            fixed=_asking(),
        ),
        Invalid(
            "A description.",
            _asking(description="A place."),
            at=((*_ROOT, "description"),),
            fixed=request(
                user(),
                response_format=answer_format(
                    schema={"type": "object", "properties": {"city": {"type": "string"}}}, description="A place."
                ),
            ),
        ),
        Invalid(
            "A root that refers to its definition.",
            request(
                user(),
                response_format=answer_format(
                    schema={
                        "$ref": "#/$defs/Place",
                        "$defs": {"Place": {"type": "object", "properties": {"city": {"type": "string"}}}},
                    }
                ),
            ),
            at=((*_ROOT, "$ref"), (*_ROOT, "$defs")),
            fixed=_asking(),
        ),
        Invalid("A title.", _asking(title="Place"), at=((*_ROOT, "title"),), fixed=_asking()),
    ),
)
