"""Put definitions in the place of the references that lead to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from minimax_validate.values.pointer import Pointer, from_json_pointer, to_json_pointer

_DEFINITIONS = frozenset({"$defs", "definitions"})
_PLAIN = frozenset({"const", "default", "enum", "example", "examples"})
"""Keywords that hold values, not schemas."""
_NAMED = frozenset({"$defs", "definitions", "dependentSchemas", "patternProperties", "properties"})
"""Keywords that hold schemas by names of any kind."""
_MOST_VALUES = 5_000
_DEEPEST = 100


def inlined(root: Mapping[str, Any], place: Pointer) -> Any:
    """The schema at a place, with what its references mean in their place; None if that is not there, or too much.

    References into `properties` stay. One that leads back into itself refers to the place where its definition stands
    now.
    """
    given = _at(root, place)
    expanded = _expanded(root, given, place)
    return None if expanded == given else expanded


def expanded_root(root: Mapping[str, Any]) -> dict[str, Any] | None:
    """The schema of an object that a root refers to; None if the root is no such reference."""
    if "properties" in root:
        return None
    schema = {key: value for key, value in root.items() if key not in _DEFINITIONS}
    expanded = _expanded(root, schema, ())
    sound = isinstance(expanded, dict) and expanded.get("type") == "object" and "properties" in expanded
    return expanded if sound else None


def refers_to(root: Mapping[str, Any], definitions: str) -> bool:
    """Whether something in a schema, the definitions apart, refers to one of the definitions under a keyword."""
    used = (value for key, value in root.items() if key not in _DEFINITIONS)
    start = f"#/{definitions}/"
    return any(reference.startswith(start) for value in used for reference in _references(value))


def texts_in(value: Any) -> Iterator[str]:
    """The keys and texts inside a value, in their order."""
    waiting = [value]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            for key, member in reversed(value.items()):
                waiting += (member, key)
        elif isinstance(value, list):
            waiting += reversed(value)


def _references(value: Any) -> Iterator[str]:
    waiting = [value]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value


class _TooMuchError(Exception):
    """A schema whose definitions, each in its place, are more than anybody should write."""


def _expanded(root: Mapping[str, Any], schema: Any, place: Pointer) -> Any:
    try:
        return _Expansion(root).of(schema, place, {})
    except _TooMuchError:
        return None


class _Expansion:
    """One expansion; it counts what it has written."""

    def __init__(self, root: Mapping[str, Any]) -> None:
        self._root = root
        self._values = 0

    def of(self, schema: Any, place: Pointer, placed: Mapping[str, Pointer]) -> Any:
        """A schema at its new place; ``placed`` are the definitions around it, with their new places."""
        self._values += 1
        if self._values > _MOST_VALUES or len(place) > _DEEPEST:
            raise _TooMuchError
        if isinstance(schema, list):
            return [self.of(item, (*place, index), placed) for index, item in enumerate(schema)]
        if not isinstance(schema, dict):
            return schema
        reference = schema.get("$ref")
        if isinstance(reference, str):
            if reference in placed:
                return {**schema, "$ref": "#" + to_json_pointer(placed[reference])}
            target = self._target(reference)
            if target is not None:
                return self._in_place(schema, reference, target, place, placed)
        return {key: self._member(key, value, (*place, key), placed) for key, value in schema.items()}

    def _member(self, key: str, value: Any, place: Pointer, placed: Mapping[str, Pointer]) -> Any:
        if key in _PLAIN:
            return value
        if key in _NAMED and isinstance(value, dict):
            return {name: self.of(schema, (*place, name), placed) for name, schema in value.items()}
        return self.of(value, place, placed)

    def _in_place(
        self,
        schema: Mapping[str, Any],
        reference: str,
        target: Mapping[str, Any],
        place: Pointer,
        placed: Mapping[str, Pointer],
    ) -> Any:
        beside = {
            key: self._member(key, value, (*place, key), placed) for key, value in schema.items() if key != "$ref"
        }
        if beside.keys().isdisjoint(target):
            return {**self.of(target, place, {**placed, reference: place}), **beside}
        # Both say something under one keyword, and both hold.
        inner = (*place, "allOf", 0)
        if "allOf" in beside:
            raise _TooMuchError
        return {**beside, "allOf": [self.of(target, inner, {**placed, reference: inner})]}

    def _target(self, reference: str) -> Mapping[str, Any] | None:
        if not reference.startswith("#/"):
            return None
        pointer = from_json_pointer(reference[1:])
        if pointer[0] not in _DEFINITIONS:
            return None
        found = _at(self._root, pointer)
        return found if isinstance(found, dict) else None


def _at(value: Any, pointer: Pointer) -> Any:
    for step in pointer:
        if isinstance(value, dict) and (step in value or str(step) in value):
            value = value[step if step in value else str(step)]
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            return None
    return value
