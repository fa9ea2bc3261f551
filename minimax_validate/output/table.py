"""Tables for people: columns in line, the last one wrapped to the width."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap

from minimax_validate.output.cells import columns

_GAP = 2
_NARROWEST = 20
"""Columns of the last column, however narrow the terminal is."""


def aligned(rows: Sequence[Sequence[str]], width: int) -> Iterator[list[str]]:
    """The lines of each row, ``width`` columns at most if the last column has room for that."""
    number = max(map(len, rows), default=0)
    filled = [[*row, *[""] * (number - len(row))] for row in rows]
    widths = [max(columns(row[at]) for row in filled) for at in range(number - 1)]
    indent = sum(widths) + _GAP * len(widths)
    for row in filled:
        *front, last = row
        cells = (cell + " " * (size + _GAP - columns(cell)) for cell, size in zip(front, widths, strict=True))
        room = max(width - indent, _NARROWEST)
        first, *rest = wrap(last, room, break_long_words=False, break_on_hyphens=False) or [""]
        yield [("".join(cells) + first).rstrip(), *(f"{'':{indent}}{line}" for line in rest)]
