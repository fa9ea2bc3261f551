"""The schema of the answer must be inside `json_schema`, under `schema`, with a `name` next to it.

Workers AI's JSON mode has the schema itself as `json_schema`, and workers-ai-provider sends that when an object is
requested (cloudflare/cloudflare-docs#20332, and captured from its version 4.0.0). Other APIs have the schema in
`response_format` itself, next to its name and `strict`. This contract requires `{"name": ..., "schema": ...}`.

Each misplaced schema is reported once, and no other rule reports its contents.

The fix wraps the schema. It uses the name next to the schema, else the title of the schema, else `response`. It is
safe, because the schema itself does not change.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from minimax_validate.request.features import Feature
from minimax_validate.request.index import Request
from minimax_validate.rules.examples import answer_format, request, user
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Edit, Fix, Severity
from minimax_validate.values.failure import Failure
from minimax_validate.values.losses import lost_keys, naming
from minimax_validate.values.pointer import Pointer

_FORMAT: Pointer = ("response_format",)
_INNER: Pointer = ("response_format", "json_schema")
_TYPES = ("object", "array", "string", "number", "integer", "boolean")
_KEYWORDS = frozenset({"properties", "$ref", "anyOf", "oneOf", "allOf", "items", "$defs", "required", "enum", "const"})


def check(request: Request, flag: Flag) -> None:
    place = _place(request.body.get("response_format"))
    if place == _INNER:
        message = (
            "json_schema is the schema itself; the schema must be under json_schema.schema, with a `name` next to it"
        )
        flag(place, message, fix=_fix_of_inner(request.body["response_format"]["json_schema"]), focus="opening")
    elif place == _FORMAT:
        message = (
            "response_format contains the schema itself; it must be under json_schema.schema, with a `name` next to it"
        )
        flag(place, message, fix=_fix_of_format(request.body["response_format"]), focus="opening")


def claim(failure: Failure, request: Request, flag: Flag) -> bool:
    # The check reports the place; the schema violations below it follow from that.
    place = _place(request.body.get("response_format"))
    return place is not None and failure.pointer[: len(place)] == place


def _place(given: Any) -> Pointer | None:
    """The object that holds, or is, a schema where it should not; None if the schema stands where it belongs."""
    if not isinstance(given, dict):
        return None
    inner = given.get("json_schema")
    if inner is None:
        return _FORMAT if isinstance(given.get("schema"), dict) or _is_schema(given) else None
    return _INNER if isinstance(inner, dict) and "schema" not in inner and _is_schema(inner) else None


def _is_schema(value: Mapping[str, Any]) -> bool:
    return not _KEYWORDS.isdisjoint(value) or value.get("type") in _TYPES


def _fix_of_inner(inner: Mapping[str, Any]) -> Fix:
    named = isinstance(inner.get("name"), str)
    schema = {key: value for key, value in inner.items() if key != "strict" and not (named and key == "name")}
    wrapped = {"name": _name(inner.get("name"), schema), "schema": schema}
    return _fix(_INNER, inner, wrapped, wrapped)


def _fix_of_format(given: Mapping[str, Any]) -> Fix:
    if isinstance(given.get("schema"), dict):
        schema = given["schema"]
        wrapped = {"name": _name(given.get("name"), schema), "schema": schema}
        if isinstance(given.get("description"), str):
            wrapped["description"] = given["description"]
    else:
        schema = {key: value for key, value in given.items() if key != "strict"}
        wrapped = {"name": _name(None, schema), "schema": schema}
    return _fix(_FORMAT, given, {"type": "json_schema", "json_schema": wrapped}, wrapped)


def _fix(pointer: Pointer, before: Mapping[str, Any], after: dict[str, Any], wrapped: Mapping[str, Any]) -> Fix:
    dropped = naming(lost_keys(dict(before), after))
    return Fix(f"wrap the schema and name it `{wrapped['name']}`{dropped}", (Edit("set", pointer, after),), safe=True)


def _name(own: Any, schema: Mapping[str, Any]) -> str:
    for candidate in (own, schema.get("title")):
        if isinstance(candidate, str) and (name := re.sub(r"[^a-zA-Z0-9_-]+", "_", candidate).strip("_")[:64]):
            return name
    return "response"


_SCHEMA = {"type": "object", "properties": {"city": {"type": "string"}}}

RULE = Rule(
    code="MM125",
    name="misplaced-response-schema",
    severity=Severity.ERROR,
    prose=__doc__,
    converts=True,
    when=Feature.RESPONSE_FORMAT,
    check=check,
    keywords=("required", "type", "const", "additionalProperties", "maxLength"),
    claim=claim,
    valid=(Valid("A wrapped schema with a name.", request(user("A city as JSON."), response_format=answer_format())),),
    invalid=(
        Invalid(
            "The schema itself, as in Workers AI's JSON mode.",
            request(user("A city as JSON."), response_format={"type": "json_schema", "json_schema": _SCHEMA}),
            at=(_INNER,),
            fixed=request(user("A city as JSON."), response_format=answer_format(name="response", schema=_SCHEMA)),
        ),
        Invalid(
            "In `response_format`, with its name.",
            request(
                user("A city as JSON."),
                response_format={"type": "json_schema", "name": "place", "strict": True, "schema": _SCHEMA},
            ),
            at=(_FORMAT,),
            fixed=request(user("A city as JSON."), response_format=answer_format()),
        ),
        Invalid(
            "Next to another vendor's type.",
            request(user("A city as JSON."), response_format={"type": "json_object", "schema": _SCHEMA}),
            at=(_FORMAT,),
            fixed=request(user("A city as JSON."), response_format=answer_format(name="response", schema=_SCHEMA)),
        ),
    ),
)
