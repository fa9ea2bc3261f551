"""What a text is made of, as far as edits need to know: containers, and what is directly inside of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from minimax_validate.texts.spans import Span
from minimax_validate.values.pointer import Pointer


@dataclass(frozen=True, slots=True)
class Member:
    """One member of a container.

    From ``start`` (its key, its dash, or what stands before its value) to the end of ``value``.
    """

    step: str | int
    start: int
    key: Span | None
    value: Span


@dataclass(frozen=True)
class Container:
    """An object or array in a text: from bracket to bracket, or (``is_block``) from its first key to its last value.

    ``members`` are in the order of the text; of several with one key, the last counts. ``sign`` is the offset behind
    the colon or the dash that a block container belongs to; its own where it is the whole value.
    """

    span: Span
    is_object: bool
    is_block: bool
    members: tuple[Member, ...]
    sign: int = 0

    @cached_property
    def _numbers(self) -> Mapping[tuple[type, str | int], list[int]]:
        found: dict[tuple[type, str | int], list[int]] = {}
        for number, member in enumerate(self.members):
            found.setdefault((type(member.step), member.step), []).append(number)
        return found

    def numbers(self, step: str | int) -> list[int]:
        """The numbers of all members of a key or an index, in the order of the text."""
        return self._numbers.get((type(step), step), [])

    def number(self, step: str | int) -> int | None:
        """The number of the member that counts for a key or an index."""
        if self.is_object:
            return next(reversed(self.numbers(step)), None)
        return step if isinstance(step, int) and 0 <= step < len(self.members) else None

    def member(self, step: str | int) -> Member | None:
        """The member that counts for a key or an index."""
        number = self.number(step)
        return None if number is None else self.members[number]


class Tree(Protocol):
    """A text, the same text with blanks in the place of comments (``bare``), and what is where in it."""

    @property
    def text(self) -> str:
        """The text."""
        ...

    @property
    def bare(self) -> str:
        """The text without its comments, each character at its place."""
        ...

    def container(self, pointer: Pointer) -> Container:
        """The container at a pointer.

        Raises:
            UnwritableError: there is none that could be edited.
        """
        ...


class ValuedTree(Tree, Protocol):
    """A text of which it is known what each value stands for."""

    def value_of(self, span: Span) -> object:
        """What the characters of a member's value stand for.

        Raises:
            ValueError: that cannot be told.
        """
        ...


def has_comments(tree: Tree, span: Span) -> bool:
    """Whether there are comments in a span."""
    return tree.text[span.start : span.end] != tree.bare[span.start : span.end]
