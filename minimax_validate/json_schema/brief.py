"""Prove in Python that a value keeps a schema of the plainest keywords.

A compiled validator does this ten times faster, but takes longer to be loaded than all else that a check of one file
does. So this is for programs that check a request or two and end. It says no more than yes: what it does not prove, a
validator has to look at. Only values of JSON's own types are proven, of which no number is infinite or none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Proof = Callable[[Any], bool]

_ANNOTATIONS = frozenset({"$schema", "$comment", "title", "description", "default", "examples", "format"})
_SCALARS = frozenset({str, int, bool, type(None)})
_OF_NUMBERS: Mapping[str, Callable[[Any, Any], bool]] = {
    "minimum": lambda value, least: bool(value >= least),
    "maximum": lambda value, most: bool(value <= most),
    "exclusiveMinimum": lambda value, below: bool(value > below),
    "exclusiveMaximum": lambda value, above: bool(value < above),
}
_OF_STRINGS: Mapping[str, Callable[[str, int], bool]] = {
    "minLength": lambda value, least: len(value) >= least,
    "maxLength": lambda value, most: len(value) <= most,
}
_KEYWORDS = {
    "object": frozenset({"properties", "required", "additionalProperties"}),
    "array": frozenset({"items"}),
    "string": frozenset({*_OF_STRINGS, "enum", "const"}),
    "number": frozenset({*_OF_NUMBERS}),
    "integer": frozenset({*_OF_NUMBERS}),
    "boolean": frozenset[str](),
    "null": frozenset[str](),
}
"""What is known of each type; of any other keyword nothing is proven."""


def proof_of(schema: Any) -> Proof | None:
    """A function that says of a value whether it is proven to keep a schema; None if the schema is not so plain."""
    if type(schema) is not dict:
        return is_json if schema is True else None
    keywords = schema.keys() - _ANNOTATIONS
    if not keywords:
        return is_json
    if keywords == {"anyOf"}:
        return _proof_of_any(schema["anyOf"])
    kind = schema.get("type")
    if type(kind) is not str or kind not in _KEYWORDS or not keywords - {"type"} <= _KEYWORDS[kind]:
        return None
    return _PROOFS[kind](schema)


def is_json(value: Any) -> bool:
    """Whether a value is of JSON's own types through and through; the levels of its nesting are few."""
    kind = type(value)
    if kind in _SCALARS:
        return True
    if kind is dict:
        return all(type(key) is str and is_json(member) for key, member in value.items())
    if kind is list:
        return all(map(is_json, value))
    return kind is float and _is_finite(value)


def _is_finite(number: Any) -> bool:
    return bool(-_INFINITY < number < _INFINITY)


_INFINITY = float("inf")


def _proof_of_any(branches: Any) -> Proof | None:
    proofs = [proof_of(branch) for branch in branches] if type(branches) is list else []
    known = [proof for proof in proofs if proof is not None]
    return (lambda value: any(proof(value) for proof in known)) if known else None


def _of_object(schema: dict[str, Any]) -> Proof | None:
    properties, required = schema.get("properties", {}), schema.get("required", [])
    if type(properties) is not dict or type(required) is not list or any(type(name) is not str for name in required):
        return None
    proofs = {name: proof_of(part) for name, part in properties.items()}
    more = schema.get("additionalProperties", True)
    proof_of_more = None if more is False else proof_of(more)

    def is_proven(value: Any) -> bool:
        if type(value) is not dict:
            return False
        for name, member in value.items():
            proof = proofs.get(name, proof_of_more)
            if type(name) is not str or proof is None or not proof(member):
                return False
        return all(name in value for name in required)

    return is_proven


def _of_array(schema: dict[str, Any]) -> Proof | None:
    proof = proof_of(schema.get("items", True))
    return None if proof is None else lambda value: type(value) is list and all(map(proof, value))


def _of_string(schema: dict[str, Any]) -> Proof | None:
    values = schema.get("enum", [schema["const"]] if "const" in schema else None)
    if ("enum" in schema and "const" in schema) or (values is not None and type(values) is not list):
        return None
    limits = [(test, schema[keyword]) for keyword, test in _OF_STRINGS.items() if keyword in schema]
    if any(type(limit) is not int for _, limit in limits):
        return None
    return lambda value: (
        type(value) is str and (values is None or value in values) and all(test(value, limit) for test, limit in limits)
    )


def _of_number(schema: dict[str, Any]) -> Proof | None:
    kinds = (int,) if schema["type"] == "integer" else (int, float)
    limits = [(test, schema[keyword]) for keyword, test in _OF_NUMBERS.items() if keyword in schema]
    if any(type(limit) not in (int, float) for _, limit in limits):
        return None
    return lambda value: (
        type(value) in kinds and _is_finite(value) and all(test(value, limit) for test, limit in limits)
    )


_PROOFS: Mapping[str, Callable[[dict[str, Any]], Proof | None]] = {
    "object": _of_object,
    "array": _of_array,
    "string": _of_string,
    "number": _of_number,
    "integer": _of_number,
    "boolean": lambda _: lambda value: type(value) is bool,
    "null": lambda _: lambda value: value is None,
}
