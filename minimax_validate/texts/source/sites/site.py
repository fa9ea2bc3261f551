"""A request of a program, and the count of those that are skipped."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

from minimax_validate.source_code.values import Choice, Object
from minimax_validate.texts.spans import Span


@dataclass(frozen=True, slots=True)
class Site:
    """One request of a program: its value, and the characters of the call or object that it is in.

    ``is_assumed`` where it is not known that the model is ours. ``borrowed`` are values that other places have, too, by
    their identity.
    """

    root: Object | Choice
    span: Span
    is_assumed: bool = False
    borrowed: Set[int] = frozenset()


@dataclass(slots=True)
class Skipped:
    """Sites of other models, of unknown ones, and sites that could not be read."""

    others: int = 0
    unknown: int = 0
    unread: int = 0
