"""Code frames: lines of a text with marks under the characters that matter, cut to the width at hand."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from minimax_validate.formats.escape import spelled
from minimax_validate.lines import Lines, Location

_TAB = "    "
_CUT = "…"
_CONTEXT = 24
"""Columns of a cut line to show before a mark, at least."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A place to underline with ``sign``, and what to say beside it."""

    location: Location
    sign: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class FrameLine:
    """One line of a frame: a line of the text with its ``number``, or (None) one of marks that belong to ``mark``."""

    number: int | None
    text: str
    mark: Mark | None = None


def frame(lines: Lines, marks: Iterable[Mark], width: int) -> Iterator[FrameLine]:
    """The marked lines in their order, each followed by its marks; ``width`` is in columns, those of a line number not counted."""
    by_line: defaultdict[int, list[Mark]] = defaultdict(list)
    for mark in marks:
        by_line[mark.location.line].append(mark)
    for number in sorted(by_line):
        yield from _marked_line(number, lines.text(number), by_line[number], width)


def _marked_line(number: int, text: str, marks: list[Mark], width: int) -> Iterator[FrameLine]:
    first = min(_range(mark, number, text)[0] for mark in marks)
    left, right = _window(text, first, width)
    cells = _cells(text[left:right])
    before, after = _CUT * (left > 0), _CUT * (right < len(text))
    yield FrameLine(number, f"{before}{''.join(cells)}{after}".rstrip())
    for mark in sorted(marks, key=lambda mark: mark.location):
        start, end = _range(mark, number, text)
        start, end = min(max(start, left), right), min(max(end, left), right)
        indent = _columns(cells[: start - left]) + len(before)
        signs = mark.sign * max(1, _columns(cells[start - left : end - left]))
        yield FrameLine(None, f"{' ' * indent}{signs} {mark.label}".rstrip(), mark)


def _range(mark: Mark, number: int, text: str) -> tuple[int, int]:
    """The marked offsets within a line; of a span over several lines, those of the first, white space at its end left out."""
    start = mark.location.column - 1
    end = mark.location.end_column - 1 if mark.location.end_line == number else len(text.rstrip())
    return start, max(start, end)


def _window(text: str, focus: int, width: int) -> tuple[int, int]:
    """The part of a line to show: all of it where it fits, else what is around the offset in focus."""
    if len(text) <= width and _columns(_cells(text)) <= width:
        return 0, len(text)
    room = max(width - 2 * len(_CUT), 2 * _CONTEXT)
    left = focus
    columns = 0
    # Room for the context before the mark, more of it where the line ends soon after.
    wanted = max(_CONTEXT, room - _columns(_cells(text[focus : focus + room])))
    while left > 0 and columns + _width(text[left - 1]) <= wanted:
        left -= 1
        columns += _width(text[left])
    right = left
    columns = 0
    while right < len(text) and columns + _width(text[right]) <= room:
        columns += _width(text[right])
        right += 1
    return left, right


def _cells(text: str) -> list[str]:
    """What each character of a line is shown as."""
    shown = spelled(text)
    return [_TAB if char == "\t" else cell for char, cell in zip(text, shown, strict=True)] if "\t" in text else shown


def _columns(cells: Iterable[str]) -> int:
    """The columns that characters take on a terminal, as they are shown."""
    shown = "".join(cells)
    return len(shown) if shown.isascii() else sum(map(_advance, shown))


def _width(char: str) -> int:
    """The columns that one character of a line takes by itself."""
    return 1 if " " <= char <= "~" else _columns(_cells(char))


def _advance(char: str) -> int:
    if unicodedata.combining(char) or char in "\u200c\u200d\ufe0e\ufe0f":
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
