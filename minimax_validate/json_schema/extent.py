"""How much work it is to hold a value against a schema: a stranger's is followed in bounded time, or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import chain
from types import MappingProxyType
from typing import Any

from minimax_validate.values.pointer import from_json_pointer

MAX_DEPTH = 128
"""Levels of a value that are followed; the engines recurse on deeper ones."""

MOST_STEPS = 10_000_000
"""The most steps for a yes or no: a second's work of the compiled engine."""

MOST_ERROR_STEPS = 50_000
"""The most steps for the errors of a schema with branches: the engine describes each failure of each branch.

They are a second's work, 20 us each (jsonschema-rs 0.61, 1,000 branches by 1,000 items).
"""

MOST_PAIRS = 100_000
"""The most pairs of a part of the schema and a part of the value that are looked at to count the steps."""

_TIMES_EVALUATED = 3
"""How often the engines come to what applies in place beside an ``unevaluatedProperties`` or ``unevaluatedItems``.

They do so once to validate it, and once or twice again to find out what it has evaluated.
"""

_SAME = ("allOf", "anyOf", "oneOf")
_SAME_ONE = ("not", "if", "then", "else")
_SAME_NAMED = ("dependentSchemas", "dependencies")  # jsonschema-rs follows the latter in every draft
_UNEVALUATED = ("unevaluatedProperties", "unevaluatedItems")
_REFERENCES = ("$ref", "$dynamicRef")
_ANCHORS = ("$anchor", "$dynamicAnchor")
_MEMBERS = ("additionalProperties", "unevaluatedProperties", "propertyNames")
_ITEMS = ("items", "unevaluatedItems", "contains")

_NONE: Mapping[str, Any] = MappingProxyType({})


class TooMuchError(Exception):
    """The steps cannot be counted, or are more than the most."""


class Extent:
    """The work that a schema makes: references and branches let few lines stand for any number of steps.

    A value; the parts of the schema are opened when they are first needed.
    """

    def __init__(self, schema: Any) -> None:
        self._schema = schema
        self._parts: dict[int, _Part] = {}

    def allows(self, value: Any, most: int = MOST_STEPS) -> bool:
        """Whether a value can be held against the schema in at most so many steps.

        A step is a part of the schema that is held against a part of the value, or a value of an ``enum`` or
        ``required``.
        """
        try:
            return _depth(value) <= MAX_DEPTH and self._count(self._part(self._schema), value, {}) <= most
        except (TooMuchError, RecursionError):
            return False

    def _count(self, part: _Part, value: Any, known: dict[tuple[int, int], int]) -> int:
        """The steps of one part for one value; each pair of them is looked at once.

        Raises:
            TooMuchError: there are too many, or they have no end.
        """
        pair = (id(part), id(value))
        if pair in known:
            steps = known[pair]
        else:
            if len(known) >= MOST_PAIRS:
                raise TooMuchError
            known[pair] = -1  # what comes back to itself without going deeper has no end
            steps = part.own + (part.own_of_each * len(value) if isinstance(value, (dict, list)) else 0)
            for inner in self._in_place(part):
                steps += part.times * self._count(inner, value, known)
            for inner, member in self._below(part, value):
                steps += self._count(inner, member, known)
            known[pair] = steps
        if not 0 <= steps <= MOST_STEPS:
            raise TooMuchError
        return steps

    def _in_place(self, part: _Part) -> Iterator[_Part]:
        """The parts of the schema with schemas of their own that are held against the same value."""
        yield from part.same
        for reference in part.references:
            yield self._part(self._target(reference))

    def _below(self, part: _Part, value: Any) -> Iterator[tuple[_Part, Any]]:
        """Those that are held against the members of the value, each with the member."""
        if isinstance(value, dict):
            shorter, longer = (part.named, value) if len(part.named) < len(value) else (value, part.named)
            for key in shorter:
                if key in longer:
                    yield self._part(part.named[key]), value[key]
            for inner in part.every_member:
                for member in value.values():
                    yield inner, member
        elif isinstance(value, list):
            for schema, item in zip(part.first_items, value, strict=False):
                yield self._part(schema), item
            for inner in part.every_item:
                for item in value:
                    yield inner, item

    def _part(self, schema: Any) -> _Part:
        part = self._parts.get(id(schema))
        if part is None:
            # Two threads may write the same here at a time.
            part = self._parts[id(schema)] = _Part(schema, self)
        return part

    def is_root(self, schema: Any) -> bool:
        """Whether a schema is the whole one."""
        return schema is self._schema

    def opened(self, schemas: Iterable[Any]) -> tuple[int, list[_Part]]:
        """The steps of those schemas that hold none themselves, and the others as parts."""
        parts = [self._part(schema) for schema in schemas]
        return sum(part.own for part in parts if not part.opens), [part for part in parts if part.opens]

    def _target(self, reference: Any) -> Any:
        """What a reference leads to; None if that is nothing, which makes no steps and no valid schema.

        Raises:
            TooMuchError: it is not known.
        """
        before, _, fragment = str(reference).partition("#")
        if before and before != _base(self._schema):
            if self._names.are_based:
                raise TooMuchError
            return None
        if "%" in fragment:
            from urllib.parse import unquote

            fragment = unquote(fragment)
        if fragment and not fragment.startswith("/"):
            return self._names.anchored(fragment)
        target: Any = self._schema
        try:
            for step in from_json_pointer(fragment):
                target = target[int(step)] if isinstance(target, list) else target[str(step)]
                if _base(target):
                    raise TooMuchError
        except (ValueError, LookupError, TypeError):
            return None
        return target

    @cached_property
    def _names(self) -> _Names:
        return _Names(self._schema)


class _Names:
    """The names that a schema gives to itself and to what is in it, wherever they stand: few references need them."""

    def __init__(self, schema: Any) -> None:
        self.are_based = False
        self._anchors: dict[str, list[Any]] = {}
        waiting = [schema]
        while waiting:
            part = waiting.pop()
            if isinstance(part, dict):
                self.are_based = self.are_based or bool(_base(part))
                for name in {part[keyword] for keyword in _ANCHORS if isinstance(part.get(keyword), str)}:
                    self._anchors.setdefault(name, []).append(part)
            waiting += _members(part)

    def anchored(self, name: str) -> Any:
        """The schema with an anchor of this name; None if there is none.

        Raises:
            TooMuchError: there are several, and engines differ in which of them they take.
        """
        found = self._anchors.get(name, [])
        if len(found) > 1:
            raise TooMuchError
        return found[0] if found else None


class _Part:
    """A schema within the schema: the steps of its own, and the schemas inside it."""

    __slots__ = (
        "every_item",
        "every_member",
        "first_items",
        "named",
        "opens",
        "own",
        "own_of_each",
        "references",
        "same",
        "times",
    )

    def __init__(self, schema: Any, extent: Extent) -> None:
        part: dict[str, Any] = schema if isinstance(schema, dict) else {}
        if _base(part) and not extent.is_root(schema):
            raise TooMuchError  # references below it are not what they look like
        compared = sum(len(part[key]) for key in ("enum", "required") if isinstance(part.get(key), list))
        of_same, self.same = extent.opened(
            chain(
                chain.from_iterable(part[key] for key in _SAME if isinstance(part.get(key), list)),
                (part[key] for key in _SAME_ONE if key in part),
                chain.from_iterable(_named(part, key).values() for key in _SAME_NAMED),
            )
        )
        of_members, self.every_member = extent.opened(
            chain(_named(part, "patternProperties").values(), (part[key] for key in _MEMBERS if key in part))
        )
        of_items, self.every_item = extent.opened(part[key] for key in _ITEMS if key in part)
        self.times = _TIMES_EVALUATED if any(key in part for key in _UNEVALUATED) else 1
        self.own = 1 + compared + self.times * of_same
        self.own_of_each = of_members + of_items
        self.references = [part[key] for key in _REFERENCES if key in part]
        self.named = _named(part, "properties")
        prefix = part.get("prefixItems")
        self.first_items: list[Any] = prefix if isinstance(prefix, list) else []
        self.opens = bool(
            self.same
            or self.references
            or self.named
            or self.every_member
            or self.first_items
            or self.every_item
            or self.own_of_each
        )


def _named(part: dict[str, Any], keyword: str) -> Mapping[str, Any]:
    inner = part.get(keyword)
    return inner if isinstance(inner, dict) else _NONE


def _base(schema: Any) -> str:
    """The URI that a schema gives to itself; empty where it gives none."""
    base = schema.get("$id") if isinstance(schema, dict) else None
    return base if isinstance(base, str) else ""


def _depth(value: Any) -> int:
    """How many levels of members a value has."""
    levels, level = 0, [value]
    while level := [member for item in level for member in _members(item)]:
        levels += 1
    return levels


def _members(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []
