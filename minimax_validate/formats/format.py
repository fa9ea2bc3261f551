"""What an output format is, and what it is given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TextIO

from minimax_validate.rule import Rule

if TYPE_CHECKING:
    from minimax_validate.places import Placed


@dataclass(frozen=True, slots=True)
class Style:
    """How to write for the reader at hand: ``color`` with ANSI escapes, ``width`` in columns."""

    color: bool = False
    width: int = 120


class Format(Protocol):
    """Writes documents that have findings as they come in, and whatever the format ends with; nothing else writes to ``stream``."""

    def __call__(self, placed: Iterable[Placed], rules: Mapping[str, Rule], stream: TextIO, style: Style) -> None:
        """Write it all."""
        ...
