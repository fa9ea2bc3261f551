"""The root of a response schema must have only `type` and `properties`.

Schemas written for other vendors have `required`, `additionalProperties` or `$defs` at the root, because OpenAI's
strict mode requires them. The vendor's schema rejects every other keyword at the root. Below `properties` all
keywords are accepted, so a nested object may keep its `required`.

The fix deletes the keyword. This is safe for `$schema`, `title` and other annotations. A `description` is moved next to
the name. For other keywords it is unsafe: the constraint is lost, so state it in the prompt. Definitions are kept as
long as a reference uses them (MM403 replaces the references). If the root itself is a reference, it is replaced with
its target.
"""

from typing import Any

from minimax_validate.json_schema.inlining import expanded_root, refers_to, texts_in
from minimax_validate.request.index import Request
from minimax_validate.rules.examples import answer_format, request, user
from minimax_validate.rules.fixes import assignment, removal
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Edit, Fix, Severity
from minimax_validate.values.failure import Failure
from minimax_validate.values.losses import lost_keys, naming
from minimax_validate.values.wording import listed, quote

_ROOT = ("response_format", "json_schema", "schema")
_NOTES = frozenset({"$schema", "$id", "$comment", "title", "description"})


_DEFINITIONS = ("$defs", "definitions")


def claim(failure: Failure, request: Request, flag: Flag) -> bool:
    if failure.pointer[: len(_ROOT)] != _ROOT:
        return False
    schema = request.body["response_format"]["json_schema"]["schema"]
    if failure.keyword == "required":
        # The reference is reported, and its target has both keys.
        return expanded_root(schema) is not None
    keyword = str(failure.pointer[-1])
    flag(
        failure.pointer,
        f"the root of a response schema does not accept {quote(keyword)}, only `type` and `properties`",
        fix=_fix(keyword, schema, request),
        focus="key",
    )
    return True


def _fix(keyword: str, schema: dict[str, Any], request: Request) -> Fix | None:
    at, value = (*_ROOT, keyword), schema[keyword]
    if keyword == "$ref":
        expanded = expanded_root(schema)
        if expanded is not None:
            unused = {key: schema[key] for key in _DEFINITIONS if key in schema}
            dropped = naming(lost_keys(unused, expanded))
            return assignment(_ROOT, expanded, f"replace the reference with its target{dropped}", safe=True)
    if keyword in _DEFINITIONS and refers_to(schema, keyword):
        return None  # what refers to it is reported, and comes first
    described = request.body["response_format"]["json_schema"]
    if keyword == "description" and isinstance(value, str) and "description" not in described:
        moved = (Edit("set", (*_ROOT[:-1], "description"), value), Edit("remove", at))
        return Fix("move the description next to the name", moved, safe=True)
    inside = "" if isinstance(value, str) else _inside(value)
    return removal(at, f"delete {quote(keyword)}{inside}", safe=keyword in _NOTES)


def _inside(value: Any) -> str:
    """What goes with a keyword that holds more than one word."""
    names = list(dict.fromkeys(texts_in(value)))[:8]
    return f", including {listed(map(quote, names), 'and')}" if names else ""


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
    valid=(Valid("Only the two keywords.", _asking()),),
    invalid=(
        Invalid(
            "As OpenAI's strict mode requires.",
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
