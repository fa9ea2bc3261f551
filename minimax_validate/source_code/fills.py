"""Make a request of a value with holes, and say where each part of it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from zlib import crc32

from minimax_validate.source_code.made import MISSING, Maker
from minimax_validate.source_code.shapes import Schema, contract_schema, items_of, of_type, property_of
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


def fill(node: Node, way: Way, *, origins: dict[Pointer, Origin] | None = None) -> Any:
    """A value that could come about; ``origins`` gets where each part of it is from, by its pointer.

    The value with holes is a request, or an object with ``input`` that is one.
    """
    filler = _Filler(way, Maker(way), origins)
    return filler.value(node, _At(schemas=(contract_schema(),)), None)


@dataclass(slots=True)
class _Filler:
    way: Way
    maker: Maker
    origins: dict[Pointer, Origin] | None

    def value(self, node: Node, at: _At, entry: _At | None) -> Any:
        """What a value is filled to, ``MISSING`` where it is left out; ``entry`` is the place of its key."""
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
                return MISSING
            case Hole():
                return self.maker.hole(node, at.schemas)
            case Array():
                return self._array(node, at)
            case _:
                return self._object(node, at)

    def _salt(self, place: tuple[object, ...]) -> int:
        """A number that lets two choices take different branches, in all ways but those of the first turn."""
        return crc32(f"{self.way.turn} {self.way.number} {place}".encode()) if self.way.turn else 0

    def _is_there(self, place: tuple[object, ...]) -> bool:
        forced = self.way.forced.get(("there", *place), -1)
        return forced == 1 if forced >= 0 else self._salt(place) % 2 == 0

    def _array(self, node: Array, at: _At) -> list[Any]:
        schemas = items_of(of_type(at.schemas, "array"))
        found: list[Any] = []
        for number, item in enumerate(node.items):
            place = (*at.place, number)
            if isinstance(item, Rest):
                found += self.maker.items(schemas, item)
                continue
            if item.optional and not self._is_there(place):
                continue
            inside = _At(
                (*at.filled, len(found)), place, (*at.pointer, number), at.certain and not item.optional, schemas
            )
            value = self.value(item.value, inside, None)
            found.append(None if value is MISSING else value)
        return found

    def _object(self, node: Object, at: _At) -> dict[str, Any]:
        schemas = of_type(at.schemas, "object")
        keys = {entry.key for entry in node.entries if isinstance(entry, Entry)}
        is_envelope = not at.filled and "input" in keys and "messages" not in keys
        hidden, gone = shadowed(node.entries), overridden(node.entries)
        found: dict[str, Any] = {}
        for number, entry in enumerate(node.entries):
            if isinstance(entry, Rest) and is_envelope:
                continue  # parameters do not stand there, and the model and the inputs are given
            if isinstance(entry, Rest):
                for key, value in self.maker.entries(node, schemas, entry).items():
                    found.setdefault(key, value)
                continue
            place = (*at.place, entry.key)
            if number in gone or (entry.optional and not self._is_there(place)):
                continue
            pointer, filled = (*at.pointer, entry.key), (*at.filled, entry.key)
            inner = at.schemas if is_envelope and entry.key == "input" else property_of(schemas, entry.key)
            key_at = _At(filled, place, pointer, at.certain and not entry.optional, inner)
            value = self.value(choice_of(node.entries, number, hidden), key_at, key_at)
            if value is not MISSING:
                found[entry.key] = value
            else:
                found.pop(entry.key, None)
        return found
