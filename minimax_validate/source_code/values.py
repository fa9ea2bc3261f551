"""Values of which a part is not known until a program runs: known values, holes, choices, and what may come between."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Place = tuple[int, int]
"""Where a value is written: two offsets in a text that only whoever made the value knows."""

Type = Literal["any", "string", "number", "boolean", "array", "object"]

NOWHERE: Place = (0, 0)


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """A text, a number, a boolean or null that is written out."""

    value: str | int | float | bool | None
    span: Place = NOWHERE


@dataclass(frozen=True, slots=True, eq=False)
class Absent:
    """A value that JSON leaves out, as ``undefined``."""

    span: Place = NOWHERE


@dataclass(frozen=True, slots=True, eq=False)
class Hole:
    """A value that is not known; ``text`` is the expression that it comes from.

    What is ``any`` may be absent, too. ``fragments`` are the known parts of a text, in order: an unknown part stands
    between each two of them.
    """

    type: Type = "any"
    text: str = ""
    span: Place = NOWHERE
    fragments: tuple[str, ...] = ()

    @property
    def says(self) -> bool:
        """Whether some of its text is known."""
        return any(self.fragments)


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """One of several values, and it is not known which."""

    branches: tuple[Node, ...]
    span: Place = NOWHERE


@dataclass(frozen=True, slots=True, eq=False)
class Rest:
    """Any number of items or entries that are not known.

    In an object they replace entries before them that have the same key, unless ``replaces`` is false.
    """

    text: str = ""
    span: Place = NOWHERE
    replaces: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """An item of an array; ``span`` is all that stands for it."""

    value: Node
    optional: bool = False
    span: Place = NOWHERE


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """An entry of an object: ``span`` from its key to its value, which are one where ``shorthand``."""

    key: str
    value: Node
    optional: bool = False
    key_span: Place = NOWHERE
    span: Place = NOWHERE
    shorthand: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Array:
    """An array whose items are known, but for rests."""

    items: tuple[Item | Rest, ...] = ()
    span: Place = NOWHERE


@dataclass(frozen=True, slots=True, eq=False)
class Object:
    """An object whose entries are known, but for rests; of two entries with one key the last counts."""

    entries: tuple[Entry | Rest, ...] = ()
    span: Place = NOWHERE


Node = Known | Absent | Hole | Choice | Array | Object


def members(node: Array | Object) -> tuple[Item | Entry | Rest, ...]:
    """What is directly in a container."""
    return node.items if isinstance(node, Array) else node.entries


def branches_of(choice: Choice) -> tuple[Node, ...]:
    """The branches of a choice, with those of a branch that is a choice itself; what is not known comes first."""
    found: list[Node] = []
    for branch in choice.branches:
        found += branches_of(branch) if isinstance(branch, Choice) else (branch,)
    return tuple(sorted(found, key=lambda branch: not isinstance(branch, Hole | Absent)))


def children(node: Node) -> Iterator[Node]:
    """The values directly in a value."""
    if isinstance(node, Choice):
        yield from node.branches
    elif isinstance(node, Array | Object):
        for member in members(node):
            if not isinstance(member, Rest):
                yield member.value


def shadowed(entries: tuple[Entry | Rest, ...]) -> frozenset[int]:
    """The numbers of the entries whose value a rest behind them may replace."""
    last = max(
        (number for number, entry in enumerate(entries) if isinstance(entry, Rest) and entry.replaces), default=-1
    )
    return frozenset(number for number in range(last) if isinstance(entries[number], Entry))


def overridden(entries: tuple[Entry | Rest, ...]) -> frozenset[int]:
    """The numbers of the entries that count for nothing, as a later entry surely has the same key."""
    later: set[str] = set()
    found: set[int] = set()
    for number in range(len(entries) - 1, -1, -1):
        entry = entries[number]
        if isinstance(entry, Entry):
            if entry.key in later:
                found.add(number)
            elif not entry.optional:
                later.add(entry.key)
    return frozenset(found)
