"""Keywords of JSON Schema that jsonschema may need more than linear time for, in linear time.

It runs patterns by an engine that backtracks, and compares each item of an array with each other one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from minimax_validate.regular.automaton import automaton, may_match


class UndecidedError(Exception):
    """Something cannot be told in linear time."""


def are_readable(schema: Any) -> bool:
    """Whether it can be told of every key what the patterns for keys in a schema, wherever they stand in it, say of it."""
    waiting = [schema]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            named = part.get("patternProperties")
            if isinstance(named, dict) and any(automaton(pattern) is None for pattern in named):
                return False
            # jsonschema asks patterns by itself there.
            if "unevaluatedProperties" in part and "patternProperties" in json.dumps(schema):
                return False
            waiting += part.values()
        elif isinstance(part, list):
            waiting += part
    return True


def extra_keys(instance: dict[str, Any], schema: dict[str, Any]) -> list[str]:
    """The keys of an object that neither ``properties`` nor ``patternProperties`` of a schema speak of.

    Raises:
        UndecidedError: that cannot be told.
    """
    named, patterns = schema.get("properties", {}), schema.get("patternProperties", {})
    return [key for key in instance if key not in named and not any(_matches(pattern, key) for pattern in patterns)]


def keywords() -> dict[str, Any]:
    """The functions of these keywords, as jsonschema takes them."""
    from jsonschema import ValidationError

    def pattern(_: Any, expected: str, instance: Any, __: Any) -> Iterator[ValidationError]:
        if isinstance(instance, str) and not may_match(expected, instance):
            yield ValidationError("pattern")

    def pattern_properties(validator: Any, patterns: dict[str, Any], instance: Any, _: Any) -> Iterator[ValidationError]:
        if isinstance(instance, dict):
            for expected, schema in patterns.items():
                for key, value in instance.items():
                    if _matches(expected, key):
                        yield from validator.descend(value, schema, path=key, schema_path=expected)

    def additional_properties(validator: Any, allowed: Any, instance: Any, schema: dict[str, Any]) -> Iterator[ValidationError]:
        if not isinstance(instance, dict):
            return
        extra = extra_keys(instance, schema)
        if isinstance(allowed, dict):
            for key in extra:
                yield from validator.descend(instance[key], allowed, path=key)
        elif extra and not allowed:
            yield ValidationError("additionalProperties")

    def unique_items(_: Any, wanted: Any, instance: Any, __: Any) -> Iterator[ValidationError]:
        if wanted and isinstance(instance, list) and len(set(map(_spelled, instance))) < len(instance):
            yield ValidationError("uniqueItems")

    return {
        "pattern": pattern,
        "patternProperties": pattern_properties,
        "additionalProperties": additional_properties,
        "uniqueItems": unique_items,
    }


def _matches(pattern: str, key: str) -> bool:
    found = automaton(pattern)
    matches = found.finds(key) if found is not None else None
    if matches is None:
        raise UndecidedError
    return matches


def _spelled(value: Any) -> str:
    """One text for all values that are equal to JSON Schema, which takes 1 and 1.0 for one number."""
    return json.dumps(_with_plain_numbers(value), sort_keys=True)


def _with_plain_numbers(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _with_plain_numbers(member) for key, member in value.items()}
    if isinstance(value, list):
        return list(map(_with_plain_numbers, value))
    return int(value) if isinstance(value, float) and value.is_integer() else value
