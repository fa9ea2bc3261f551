"""How much work a schema can make, so that a stranger's is followed in bounded time or not at all."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from minimax_validate.values.pointer import from_json_pointer

MAX_DEPTH = 128
"""Levels of a value that are followed; the engines recurse on deeper ones."""

MAX_STEPS = 10_000_000
"""The most steps: parts of a schema, its references followed as deep as the value goes, times the parts of the value.

They are a second's work.
"""

# Keywords whose schemas are for what is inside the value, whose value is an object of schemas, and which hold none that
# applies by itself.
_INSIDE = frozenset(
    {
        "properties",
        "patternProperties",
        "additionalProperties",
        "propertyNames",
        "unevaluatedProperties",
        "items",
        "prefixItems",
        "contains",
        "unevaluatedItems",
    }
)
_NAMED = frozenset({"properties", "patternProperties", "dependentSchemas"})
_SILENT = frozenset({"$defs", "definitions", "const", "enum", "default", "examples", "dependentRequired", "required"})


_Steps = dict[tuple[int, int], int]


class Extent:
    """How far a schema unfolds: references let few lines stand for any number of steps."""

    def __init__(self, schema: Any) -> None:
        self._schema = schema
        self._known: dict[int, int] = {}

    def allows(self, value: Any) -> bool:
        """Whether a value can be held against the schema in bounded time."""
        depth, parts = _measure(value)
        if depth > MAX_DEPTH:
            return False
        if depth not in self._known:
            self._known[depth] = self._of(self._schema, depth, {})
        return self._known[depth] * parts <= MAX_STEPS

    def _of(self, part: Any, depth: int, steps: _Steps) -> int:
        """The steps of one part for a value of this depth; more than ``MAX_STEPS`` where they cannot be told."""
        if isinstance(part, list):
            return min(sum(self._of(item, depth, steps) for item in part), MAX_STEPS + 1)
        if not isinstance(part, dict):
            return 0
        known = (id(part), depth)
        if known not in steps:
            steps[known] = MAX_STEPS + 1  # what comes back to itself without going deeper has no end
            steps[known] = min(1 + sum(self._of_keyword(key, part, depth, steps) for key in part), MAX_STEPS + 1)
        return steps[known]

    def _of_keyword(self, keyword: str, part: dict[str, Any], depth: int, steps: _Steps) -> int:
        inner = part[keyword]
        if keyword in _SILENT:
            return 0
        if keyword in ("$ref", "$dynamicRef"):
            return self._of_reference(inner, depth, steps)
        if keyword == "$id" and part is not self._schema:
            return MAX_STEPS + 1  # references below it are not what they look like
        if keyword in _INSIDE:
            if depth == 0:
                return 0
            depth -= 1
        return self._of(list(inner.values()) if keyword in _NAMED and isinstance(inner, dict) else inner, depth, steps)

    def _of_reference(self, reference: Any, depth: int, steps: _Steps) -> int:
        target: Any = self._schema
        try:
            for step in from_json_pointer(reference.removeprefix("#")):
                target = target[int(step)] if isinstance(target, list) else target[str(step)]
        except (AttributeError, ValueError, LookupError, TypeError):
            return MAX_STEPS + 1
        return self._of(target, depth, steps)


def _measure(value: Any) -> tuple[int, int]:
    """How many levels of members a value has, and how many values it is made of."""
    levels, parts, level = 0, 1, [value]
    while level := [member for item in level for member in _members(item)]:
        levels += 1
        parts += len(level)
    return levels, parts


def _members(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()
