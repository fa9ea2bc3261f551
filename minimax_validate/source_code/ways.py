"""The ways in which holes are filled: a finding that one of them does without is not certain."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product
from typing import Literal

from minimax_validate.source_code.values import (
    Array,
    Choice,
    Entry,
    Node,
    Object,
    Rest,
    branches_of,
    children,
    members,
    shadowed,
)

Kind = Literal["bare", "full", "foreign", "null", "odd"]

MOST_BRANCHES = 4
"""Branches of a choice that are tried; of the rest nothing is said."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way to fill.

    ``bare`` leaves out what may be absent; ``full`` puts something valid everywhere, with messages of ``role``;
    ``foreign`` puts a word that nobody knows where the contract has a vocabulary; ``null`` puts null, and ``odd``
    values of another type, where the type is not known. ``branch`` is which branch of each choice, ``optional`` whether
    optional parts are there. ``number`` tells ways apart: made-up texts and numbers depend on it. ``is_shown`` marks
    the one whose messages are told: its made-up texts are the expressions themselves.
    """

    kind: Kind
    role: str
    number: int
    branch: int = 0
    optional: bool = True
    is_shown: bool = False


_MORE = 24
"""Ways more where parts of a request are there in some only, so that any two of them meet and miss each other."""

_BASES = (
    Way("full", "user", 1),
    Way("full", "assistant", 2),
    Way("full", "tool", 3),
    Way("full", "system", 4),
    Way("bare", "user", 5),
    Way("bare", "assistant", 6),
    Way("foreign", "user", 7),
    Way("foreign", "assistant", 8),
    Way("null", "user", 9),
    Way("odd", "user", 10),
    Way("odd", "assistant", 11),
    Way("full", "user", 12, is_shown=True),
)


def ways_of(node: Node) -> tuple[Way, ...]:
    """The ways to fill a value: those for any, for each branch of its longest choice, with and without options."""
    branches, has_optional = _extent(node)
    found: list[Way] = []
    if branches > 1 or has_optional:
        for number in range(_MORE):
            base = _BASES[number % 6]
            found.append(replace(base, number=len(_BASES) + 1 + number, branch=number, optional=number % 3 != 2))
    # What is shown comes last, for each branch.
    for branch, optional in product(range(branches), (True, False) if has_optional else (True,)):
        found += (replace(base, branch=branch, optional=optional) for base in _BASES)
    return tuple(found)


def _extent(root: Node) -> tuple[int, bool]:
    """The branches of the longest choice, and whether anything is optional."""
    longest, has_optional = 1, False
    for node in _all(root):
        if isinstance(node, Choice):
            longest = max(longest, min(len(branches_of(node)), MOST_BRANCHES))
        elif isinstance(node, Object):
            for number in shadowed(node.entries):
                entry = node.entries[number]
                inner = entry.value if isinstance(entry, Entry) else None
                count = len(branches_of(inner)) if isinstance(inner, Choice) else 1
                longest = max(longest, min(count + 1, MOST_BRANCHES))
        has_optional = has_optional or _has_optional(node)
    return longest, has_optional


def _has_optional(node: Node) -> bool:
    return isinstance(node, Array | Object) and any(
        not isinstance(member, Rest) and member.optional for member in members(node)
    )


def _all(root: Node) -> Iterator[Node]:
    left = [root]
    while left:
        node = left.pop()
        yield node
        left += children(node)
