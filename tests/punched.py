"""Holes punched into whole requests, which stay known: what is said of the rest has to be true of the whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

from minimax_validate.source_code.values import (
    Absent,
    Array,
    Choice,
    Entry,
    Hole,
    Item,
    Known,
    Node,
    Object,
    Rest,
    Type,
)
from minimax_validate.values.pointer import Pointer

_TYPES: dict[type, Type] = {
    str: "string",
    bool: "boolean",
    int: "number",
    float: "number",
    dict: "object",
    list: "array",
}
_DECOYS: tuple[Any, ...] = (5, "x", None, True, -1.5, "", [], {}, "developer")


@dataclass(slots=True)
class Punched:
    """A value with holes, and where its written parts are in the whole that it was made of."""

    node: Node = field(default_factory=Absent)
    wholes: dict[Pointer, Pointer] = field(default_factory=dict)
    keys: dict[Pointer, Pointer] = field(default_factory=dict)
    holes: set[Pointer] = field(default_factory=set)


def punched(value: Any, random: Random, rate: float) -> Punched:
    """A request with holes at random places: ``rate`` is how much of it is not known."""
    found = Punched()
    punch = _Punch(random, rate, found)
    found.node = punch.value(value, (), (), is_root=True)
    return found


def written(value: Any) -> Node:
    """A value without any hole."""
    if isinstance(value, Mapping):
        return Object(tuple(Entry(key, written(member)) for key, member in value.items()))
    if isinstance(value, list):
        return Array(tuple(Item(written(item)) for item in value))
    return Known(value)


@dataclass(slots=True)
class _Punch:
    random: Random
    rate: float
    found: Punched

    def value(self, value: Any, shown: Pointer, whole: Pointer, *, is_root: bool = False) -> Node:
        """A value, maybe with a hole in its place, or as one of several branches."""
        roll = self.random.random()
        if not is_root and roll < self.rate:
            self.found.holes.add(shown)
            self.found.keys[shown] = whole
            return self._hole(value)
        if not is_root and roll < self.rate * 1.4:
            return self._choice(value, shown, whole)
        self.found.wholes[shown] = whole
        self.found.keys[shown] = whole
        if isinstance(value, dict):
            return self._object(value, shown, whole)
        if isinstance(value, list):
            return self._array(value, shown, whole)
        return Known(value)

    def _hole(self, value: Any) -> Hole:
        kind = _TYPES.get(type(value), "any")
        roll = self.random.random()
        if roll < 0.5 or kind == "any":
            return Hole("any", "o.x")
        if isinstance(value, str) and roll < 0.8:
            start = self.random.randint(0, len(value))
            end = self.random.randint(start, len(value))
            return Hole("string", "`..${x}..`", fragments=(value[:start], value[end:]))
        return Hole(kind, "x")

    def _choice(self, value: Any, shown: Pointer, whole: Pointer) -> Node:
        """The value as one branch; the other branch is a hole or something else."""
        decoy = self.random.random() < 0.5
        other: Node = written(self.random.choice(_DECOYS)) if decoy else Hole("any", "y")
        first = self.random.random() < 0.5
        here = (*shown, f"?{1 if first else 2}") if decoy else shown
        node = self.value(value, here, whole, is_root=True)
        self.found.keys[shown] = whole
        return Choice((node, other) if first else (other, node))

    def _array(self, value: list[Any], shown: Pointer, whole: Pointer) -> Array:
        items: list[Item | Rest] = []
        at = 0
        while at < len(value):
            roll = self.random.random()
            if roll < self.rate / 2:
                at += self.random.randint(0, len(value) - at)
                items.append(Rest("xs"))
                continue
            if roll < self.rate * 0.6:
                items.append(Item(written(self.random.choice(_DECOYS)), optional=True))
                continue
            optional = self.random.random() < self.rate / 3
            items.append(Item(self.value(value[at], (*shown, len(items)), (*whole, at)), optional))
            at += 1
        return Array(tuple(items))

    def _object(self, value: dict[str, Any], shown: Pointer, whole: Pointer) -> Object:
        entries: list[Entry | Rest] = []
        hidden: dict[str, Any] = {}
        for key, member in value.items():
            if self.random.random() < self.rate / 3:
                hidden[key] = member
                continue
            optional = self.random.random() < self.rate / 4
            entries.append(Entry(key, self.value(member, (*shown, key), (*whole, key)), optional))
        if hidden or self.random.random() < self.rate / 4:
            # The rest may stand anywhere, as long as it gives only what nothing behind it gives.
            at = self.random.randint(0, len(entries))
            decoys = [
                Entry(key, written(self.random.choice(_DECOYS)), self.random.random() < 0.3)
                for key in hidden
                if self.random.random() < 0.4
            ]
            entries[at:at] = [*decoys, Rest("o")]
            for entry in decoys:
                self.found.keys[(*shown, entry.key)] = (*whole, entry.key)
        if self.random.random() < self.rate / 4:
            key = self.random.choice(("temperature", "name", "stop", "strict", "tools", "max_completion_tokens"))
            if key not in value and key not in {entry.key for entry in entries if isinstance(entry, Entry)}:
                entries.append(Entry(key, written(self.random.choice(_DECOYS)), optional=True))
        return Object(tuple(entries))
