"""The ways in which holes are filled: a finding that one of them does without is not certain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Literal

from minimax_validate.source_code.values import (
    Array,
    Choice,
    Entry,
    Hole,
    Node,
    Object,
    Rest,
    branches_of,
    overridden,
    shadowed,
)

Kind = Literal["bare", "full", "foreign", "null", "odd"]

MOST_BRANCHES = 4
"""Branches of a choice that are tried; of the rest nothing is said."""

MOST_TARGETS = 24
"""Branches and optional parts that are each looked at; of a request with more, nothing is said that depends on them."""

Forced = Mapping[tuple[object, ...], int]
"""Which branch a choice takes, and whether an optional part is there (1) or not, by their places."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way to fill.

    ``bare`` leaves out what may be absent; ``full`` puts something valid everywhere, with messages of ``role``;
    ``foreign`` puts a word that nobody knows where the contract has a vocabulary; ``null`` puts null, and ``odd``
    values of another type, where the type is not known. ``number`` tells ways apart: made-up texts and numbers depend
    on it. Of choices that are not ``forced``, ``turn`` says which branch it is. ``is_shown`` marks the ways whose
    messages are told: their made-up texts are the expressions themselves.
    """

    kind: Kind
    role: str
    number: int
    turn: int = 0
    forced: Forced = field(default_factory=lambda: MappingProxyType({}))
    is_shown: bool = False


_BASES = (
    Way("full", "user", 4),
    Way("full", "assistant", 2),
    Way("full", "tool", 3),
    Way("full", "system", 1),
    Way("bare", "user", 5),
    Way("bare", "assistant", 6),
    Way("foreign", "user", 7),
    Way("foreign", "assistant", 8),
    Way("null", "user", 9),
    Way("odd", "user", 10),
    Way("odd", "assistant", 11),
    Way("full", "user", 12, is_shown=True),
)
"""The first is what programs send most: nothing is found in nearly all correct requests that are filled so."""


def ways_of(root: Node) -> tuple[Way, ...]:
    """The ways to fill a value: those for any, and again for each branch of a choice and each part that is optional."""
    targets = tuple(_targets(root))
    found = list(_BASES)
    if targets:
        found += (replace(base, turn=turn) for turn in (1, 2) for base in _BASES)
    for turn, forced in enumerate(targets[:MOST_TARGETS]):
        found += (replace(base, turn=turn + 3, forced=forced) for base in _BASES)
    return tuple(found)


def has_too_many(root: Node) -> bool:
    """Whether there are more branches and optional parts than are looked at."""
    return any(number == MOST_TARGETS for number, _ in enumerate(_targets(root)))


def is_simple(root: Node) -> bool:
    """Whether every written part is there in every way."""
    return next(_targets(root), None) is None


def choice_of(entries: tuple[Entry | Rest, ...], number: int, hidden: frozenset[int]) -> Node:
    """The value of an entry: where a rest may replace it, that is one of its branches."""
    entry = entries[number]
    assert isinstance(entry, Entry)
    return Choice((Hole("any", f"...{entry.key}"), entry.value), entry.span) if number in hidden else entry.value


def _targets(root: Node) -> Iterator[Forced]:
    """What has to be forced for each branch and each optional part to be there."""
    left: list[tuple[Node, tuple[object, ...], dict[tuple[object, ...], int]]] = [(root, (), {})]
    while left:
        node, place, forced = left.pop()
        if isinstance(node, Choice):
            for number, branch in enumerate(branches_of(node)[:MOST_BRANCHES]):
                inner = {**forced, place: number}
                yield MappingProxyType(inner)
                left.append((branch, (*place, ("?", number)), inner))
        elif isinstance(node, Array):
            for number, item in enumerate(node.items):
                if not isinstance(item, Rest):
                    here = (*place, number)
                    optional = ("there", *here)
                    inner = {**forced, optional: 1} if item.optional else forced
                    if item.optional:
                        yield MappingProxyType({**forced, optional: 0})
                        yield MappingProxyType(inner)
                    left.append((item.value, here, inner))
        elif isinstance(node, Object):
            hidden, gone = shadowed(node.entries), overridden(node.entries)
            for number, entry in enumerate(node.entries):
                if isinstance(entry, Rest) or number in gone:
                    continue
                here = (*place, entry.key)
                optional = ("there", *here)
                inner = {**forced, optional: 1} if entry.optional else forced
                if entry.optional:
                    yield MappingProxyType({**forced, optional: 0})
                    yield MappingProxyType(inner)
                left.append((choice_of(node.entries, number, hidden), here, inner))
