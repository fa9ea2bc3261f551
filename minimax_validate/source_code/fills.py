"""Make a request of a value with holes, and say where each part of it comes from."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from zlib import crc32

from minimax_validate.json_schema.bundle import text as bundled
from minimax_validate.source_code.values import (
    Absent,
    Array,
    Choice,
    Entry,
    Hole,
    Known,
    Node,
    Object,
    Rest,
    branches_of,
    overridden,
    shadowed,
)
from minimax_validate.source_code.ways import MOST_BRANCHES, Way, choice_of
from minimax_validate.values.pointer import Pointer

Schema = dict[str, Any]

_MISSING = object()
_WORDS = ("amber", "basil", "cedar", "delta", "ember", "fjord", "grove", "heron", "islet", "jetty", "kayak", "larch")
_TYPES = {str: "string", bool: "boolean", int: "number", float: "number", dict: "object", list: "array"}
_ALIEN = {
    "name": "string",
    "description": "string",
    "parameters": "object",
    "input_schema": "object",
    "arguments": "object",
    "function": "object",
}
"""Keys of tools, calls and schemas of other vendors, and their types."""
_ROLES_ELSEWHERE = ("developer", "function")
_FREE = {"tool_call_id": {"type": "string"}}
"""What the contract leaves free in a message, and rules know."""
_MOST_TEXT = 40
"""Code points of an expression that a text shows."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a part of a filled value comes from.

    ``place`` tells one part of the value with holes from any other, branches of choices included, and ``pointer`` is
    how it is told. ``certain`` says that no branch leads there, and nothing optional. ``entry`` is the same of the key.
    """

    node: Node
    place: tuple[object, ...]
    pointer: Pointer
    certain: bool
    entry_place: tuple[object, ...]
    entry_pointer: Pointer
    entry_certain: bool


@dataclass(frozen=True, slots=True)
class _At:
    """How far a filler has come: in the filled value, in the value with holes, and what the contract says there."""

    filled: Pointer = ()
    place: tuple[object, ...] = ()
    pointer: Pointer = ()
    certain: bool = True
    schemas: tuple[Schema, ...] = ()


@cache
def contract_schema() -> Schema:
    """The vendor's schema."""
    schema: Schema = json.loads(bundled("minimax-m2.7/vendor.json"))
    return schema


def fill(node: Node, way: Way, *, origins: dict[Pointer, Origin] | None = None) -> Any:
    """A value that could come about; ``origins`` gets where each part of it is from, by its pointer.

    The value with holes is a request, or an object with ``input`` that is one.
    """
    filler = _Filler(way, origins)
    return filler.value(node, _At(schemas=(contract_schema(),)), None)


@dataclass(slots=True)
class _Filler:
    way: Way
    origins: dict[Pointer, Origin] | None
    made: int = field(default=0)

    def value(self, node: Node, at: _At, entry: _At | None) -> Any:
        """What a value is filled to, ``_MISSING`` where it is left out; ``entry`` is the place of its key."""
        if isinstance(node, Choice):
            branches = branches_of(node)
            tried = branches[:MOST_BRANCHES]
            number = self.way.forced.get(at.place, -1)
            if number < 0:
                number = (self.way.turn + self._salt(at.place)) % len(tried)
            unknown = sum(isinstance(branch, Hole | Absent) for branch in branches)
            is_one_of_several = len(branches) - unknown > 1 and number >= unknown
            step: Pointer = (f"?{number - unknown + 1}",) if is_one_of_several else ()
            inside = _At(at.filled, (*at.place, ("?", number)), at.pointer + step, False, at.schemas)
            return self.value(tried[number], inside, entry or at)
        if self.origins is not None:
            key = entry or at
            self.origins[at.filled] = Origin(
                node, at.place, at.pointer, at.certain, key.place, key.pointer, key.certain
            )
        match node:
            case Known():
                return node.value
            case Absent():
                return _MISSING
            case Hole():
                return self._hole(node, at)
            case Array():
                return self._array(node, at)
            case Object():
                return self._object(node, at)

    def _salt(self, place: tuple[object, ...]) -> int:
        """A number that lets two choices take different branches, in all ways but those of the first turn."""
        return crc32(f"{self.way.turn} {self.way.number} {place}".encode()) if self.way.turn else 0

    def _is_there(self, place: tuple[object, ...]) -> bool:
        forced = self.way.forced.get(("there", *place), -1)
        return forced == 1 if forced >= 0 else self._salt(place) % 2 == 0

    def _array(self, node: Array, at: _At) -> list[Any]:
        schemas = _items(_of_type(at.schemas, "array"))
        found: list[Any] = []
        for number, item in enumerate(node.items):
            place = (*at.place, number)
            if isinstance(item, Rest):
                if self.way.kind != "bare":
                    found += self._made_items(schemas, item.text)
                continue
            if item.optional and not self._is_there(place):
                continue
            inside = _At(
                (*at.filled, len(found)), place, (*at.pointer, number), at.certain and not item.optional, schemas
            )
            value = self.value(item.value, inside, None)
            found.append(None if value is _MISSING else value)
        return found

    def _made_items(self, schemas: Sequence[Schema], text: str) -> list[Any]:
        if self.way.kind == "null":
            return [None]
        times = 2 if self.way.number == 3 else 1
        return [self._make(schemas, "any", text) for _ in range(times)]

    def _object(self, node: Object, at: _At) -> dict[str, Any]:
        schemas = _of_type(at.schemas, "object")
        is_envelope = not at.filled and not any(
            isinstance(entry, Entry) and entry.key == "messages" for entry in node.entries
        )
        hidden, gone = shadowed(node.entries), overridden(node.entries)
        found: dict[str, Any] = {}
        for number, entry in enumerate(node.entries):
            if isinstance(entry, Rest):
                for key, value in self._made_entries(node, schemas, entry).items():
                    found.setdefault(key, value)
                continue
            place = (*at.place, entry.key)
            if number in gone or (entry.optional and not self._is_there(place)):
                continue
            pointer, filled = (*at.pointer, entry.key), (*at.filled, entry.key)
            inner = at.schemas if is_envelope and entry.key == "input" else _property(schemas, entry.key)
            key_at = _At(filled, place, pointer, at.certain and not entry.optional, inner)
            value = self.value(choice_of(node.entries, number, hidden), key_at, key_at)
            if value is not _MISSING:
                found[entry.key] = value
            else:
                found.pop(entry.key, None)
        return found

    def _made_entries(self, node: Object, schemas: Sequence[Schema], rest: Rest) -> dict[str, Any]:
        """What a rest puts into an object: what no entry gives by itself."""
        way = self.way
        if way.kind == "bare":
            return {}
        given = {entry.key for entry in node.entries if isinstance(entry, Entry) and not entry.optional}
        known = {key: value for schema in schemas for key, value in schema.get("properties", {}).items()}
        if "role" in known:
            known |= _FREE
        found: dict[str, Any] = {}
        for key, schema in known.items():
            if key not in given:
                found[key] = None if way.kind == "null" else self._make((schema,), "any", f"...{rest.text}")
        if way.kind in ("foreign", "odd"):
            found[f"x_{self._word()}"] = self._number()
        if way.kind == "odd":
            # What other vendors have in such an object, which makes the whole of it another shape.
            for key, shape in _ALIEN.items():
                if key not in given:
                    found[key] = self._by_type(shape, rest.text)
        return found

    def _hole(self, hole: Hole, at: _At) -> Any:
        way, schemas = self.way, at.schemas
        if hole.type == "any":
            if way.kind == "bare":
                return _MISSING
            if way.kind == "null":
                return None
            if way.kind == "odd":
                return self._odd(schemas)
        elif way.kind == "bare" and way.number % 2:
            if hole.type == "string":
                return "".join(hole.fragments)
            if hole.type in ("array", "object"):
                return [] if hole.type == "array" else {}
        return self._make(schemas, hole.type, hole.text, hole.fragments)

    def _odd(self, schemas: Sequence[Schema]) -> Any:
        """A value of a type that the contract does not name there, as far as there is one."""
        named = {schema.get("type") for schema in schemas}
        choices = [self._number(), [self._word()], {f"x_{self._word()}": True}, False, self._word()]
        left = [value for value in choices if _TYPES[type(value)] not in named]
        return left[self.way.number % len(left)] if left else self._word()

    def _make(self, schemas: Sequence[Schema], kind: str, text: str, fragments: tuple[str, ...] = ()) -> Any:
        """A value that the contract takes, or in a foreign way a word that it does not know."""
        fitting = _of_type(schemas, kind) if kind != "any" else schemas
        if not fitting:
            return self._by_type(kind, text, fragments)
        schema = fitting[self.way.number % len(fitting)]
        words = schema.get("enum") or ([schema["const"]] if "const" in schema else [])
        if words:
            if self.way.kind == "foreign" or (self.way.kind == "bare" and self.way.number % 2 == 0):
                is_role = "system" in words and not fragments
                return _ROLES_ELSEWHERE[self.way.number % 2] if is_role else self._text(text, fragments)
            fits = [word for word in words if not fragments or _fits(word, fragments)]
            if self.way.role in fits:
                return self.way.role
            return fits[self.way.number % len(fits)] if fits else self._text(text, fragments)
        return self._of_schema(schema, schema.get("type", kind), text, fragments)

    def _of_schema(self, schema: Schema, kind: str, text: str, fragments: tuple[str, ...]) -> Any:
        if kind == "number":
            return self._number(schema)
        if kind == "array":
            return [] if self.way.number % 4 == 2 else [self._make(_variants(schema.get("items", {})), "any", text)]
        if kind == "object":
            required = schema.get("required", [])
            wanted = schema.get("properties", {}) if self.way.number % 2 else required
            return {
                key: self._make(_variants(schema["properties"][key]), "any", text)
                for key in wanted
                if key in schema.get("properties", {})
            }
        return self._by_type(kind, text, fragments)

    def _by_type(self, kind: str, text: str, fragments: tuple[str, ...] = ()) -> Any:
        match kind:
            case "number":
                return self._number()
            case "boolean":
                return self.way.number % 2 == 0
            case "array":
                return [self._text(text, ())] if self.way.number % 2 else []
            case "object":
                return {self._word(): self._text(text, ())} if self.way.number % 2 else {}
        return self._text(text, fragments)

    def _text(self, text: str, fragments: tuple[str, ...]) -> str:
        if self.way.is_shown and text:
            if fragments:
                return text
            cut = text if len(text) <= _MOST_TEXT else text[: _MOST_TEXT - 1] + "…"
            return f"${{{cut}}}"
        return self._word().join(fragments) if fragments else self._word()

    def _word(self) -> str:
        self.made += 1
        return f"{_WORDS[self.way.number % len(_WORDS)]}{self.way.turn}{self.made}"

    def _number(self, schema: Schema | None = None) -> float:
        self.made += 1
        share = (self.way.number * 37 + self.made * 11) % 89
        if schema is not None and "maximum" in schema:
            return (share + 1) / 100
        return 1025 + share + self.made


def _fits(word: str, fragments: tuple[str, ...]) -> bool:
    """Whether a word begins and ends as a template does, with its other fragments between."""
    if not word.startswith(fragments[0]) or len(word) < sum(map(len, fragments)):
        return False
    at = len(fragments[0])
    for fragment in fragments[1:-1]:
        at = word.find(fragment, at) + len(fragment)
        if at < len(fragment):
            return False
    return word.endswith(fragments[-1]) and (len(fragments) > 1 or word == fragments[0])


def _variants(schema: Schema) -> tuple[Schema, ...]:
    return tuple(schema["anyOf"]) if "anyOf" in schema else (schema,)


def _of_type(schemas: Iterable[Schema], kind: str) -> tuple[Schema, ...]:
    return tuple(schema for schema in schemas if schema.get("type", kind) == kind)


def _items(schemas: Iterable[Schema]) -> tuple[Schema, ...]:
    return tuple(variant for schema in schemas if "items" in schema for variant in _variants(schema["items"]))


def _property(schemas: Iterable[Schema], key: str) -> tuple[Schema, ...]:
    return tuple(
        variant
        for schema in schemas
        if key in schema.get("properties", {})
        for variant in _variants(schema["properties"][key])
    )
