"""Code frames: lines of a text with marks at the characters that matter, cut to the width at hand.

A mark within a line is drawn under it. One over several lines is drawn beside them, in a lane of its own before the
text::

     9 | /     {
    10 | |       "id": "call_7",
       | | ...
    14 | |     }
       | |_____- the call
    15 |       {"role": "user", "content": "One moment."},
       |       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import cache
from typing import NamedTuple

from minimax_validate.output.cells import Stretch, columns, stretch, wrapped
from minimax_validate.output.escape import visible
from minimax_validate.texts.lines import Lines, Location

_TextOf = Callable[[int], str]  # the text of a line

_CUT = "…"
_CONTEXT = 24
"""Columns of a cut line to show before a mark, at least."""

_LEAST = 40
"""Columns for the text, however narrow the terminal is."""

_SHORT = 5
"""Lines of a mark that are all shown; of a longer one there are its beginning and its end."""

_REACH = 4
"""Code points to look at for each column that is to be filled: most fill one or two, but some none."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A place to mark with ``sign``, and what to say beside it."""

    location: Location
    sign: str
    label: str = ""

    @property
    def is_tall(self) -> bool:
        """Whether it goes over several lines."""
        return self.location.end_line > self.location.line


class Piece(NamedTuple):
    """A part of a row: text, or (with a ``mark``) what is drawn for a mark. Nothing in it acts on a terminal."""

    text: str
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class FrameLine:
    """One row of a frame: a line of the text with its ``number``, or (None) one that is drawn for marks."""

    number: int | None
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The whole row."""
        return "".join(piece.text for piece in self.pieces).rstrip()


def frame(lines: Lines, marks: Iterable[Mark], width: int) -> Iterator[FrameLine]:
    """The marked lines in their order, each followed by its marks.

    ``width`` is in columns, those of a line number not counted.
    """
    text_of = cache(lines.text)  # a line may be as long as a file
    ordered = sorted((_trimmed(mark, text_of) for mark in marks), key=lambda mark: mark.location)
    lanes = _Lanes(mark for mark in ordered if mark.is_tall)
    room = max(width - lanes.width, _LEAST)
    before = 0
    for number in sorted({number for mark in ordered for number in _numbers(mark, text_of) if lines.has(number)}):
        if lanes.inside and number > before + 1:
            yield FrameLine(None, (*lanes.pieces(), Piece("...")))
        yield from _line(number, text_of(number), ordered, lanes, room)
        before = number


def _trimmed(mark: Mark, text_of: _TextOf) -> Mark:
    """A mark over several lines without the white space at its end.

    What stands on a line of its own is the break before it.
    """
    place = mark.location
    while place.end_line > place.line and not text_of(place.end_line)[: place.end_column - 1].strip():
        end = place.end_line - 1
        place = place._replace(end_line=end, end_column=len(text_of(end).rstrip()) + 1)
    return mark if place is mark.location else replace(mark, location=place)


def _numbers(mark: Mark, text_of: _TextOf) -> Iterable[int]:
    """The lines to show for a mark."""
    first, last = mark.location.line, mark.location.end_line
    if mark.is_tall and last - first < _SHORT:
        return range(first, last + 1)
    # A bracket by itself says little; what it opens begins on the next line.
    start = mark.location.column - 1
    return (first, last) if text_of(first)[start : start + 2] not in ("{", "[") else (first, first + 1, last)


class _Part(IntEnum):
    """What of a mark is on a line; drawn in this order."""

    START = 0
    ALL = 1
    END = 2


class _Touch(NamedTuple):
    """A mark on one line: the offsets to draw a sign under.

    The ``START`` of a tall mark that begins its line has its lane alone.
    """

    mark: Mark
    part: _Part
    start: int
    end: int
    begins_line: bool = False


def _touches(mark: Mark, number: int, text: str) -> Iterator[_Touch]:
    line, column, end_line, end_column = mark.location
    start, end = min(column - 1, len(text)), min(end_column - 1, len(text))
    if not mark.is_tall:
        if line == number:
            yield _Touch(mark, _Part.ALL, start, max(start, end))
    elif line == number:
        yield _Touch(mark, _Part.START, start, start + 1, begins_line=not text[:start].strip(" \t-"))
    elif end_line == number:
        yield _Touch(mark, _Part.END, max(end - 1, 0), end)


def _line(number: int, text: str, marks: Iterable[Mark], lanes: _Lanes, width: int) -> Iterator[FrameLine]:
    """A line and what is drawn for its marks.

    Once for each stretch that is to be seen of one too long to be seen whole.
    """
    touches = [touch for mark in marks for touch in _touches(mark, number, text)]
    for excerpt, here in _excerpts(text, touches, width):
        beginning = {touch.mark for touch in here if touch.begins_line}
        yield FrameLine(number, (*lanes.pieces(beginning), Piece(excerpt.text)))
        lanes.inside |= beginning
        for touch in sorted(here, key=lambda touch: (touch.part, touch.mark.location)):
            if touch.begins_line:
                continue
            mark, at, size = touch.mark, *excerpt.columns_of(touch)
            label = "" if touch.part is _Part.START else visible(mark.label)
            beside = not label or at + size + 1 + columns(label) <= width
            front = (*lanes.pieces(), Piece(" " * at)) if touch.part is _Part.ALL else lanes.arm(touch, at)
            yield FrameLine(None, (*front, Piece(f"{mark.sign * size} {label if beside else ''}".rstrip(), mark)))
            lanes.turn(touch)
            if not beside:
                indent = min(at, max(0, width - columns(label)))
                for part in wrapped(label, width - indent):
                    yield FrameLine(None, (*lanes.pieces(), Piece(" " * indent), Piece(part, mark)))


class _Lanes:
    """Where tall marks run down before the text.

    Each in a lane that no other one is in at the time, the widest outermost. ``inside`` are the marks whose lines the
    frame is inside of at the moment.
    """

    def __init__(self, marks: Iterable[Mark]) -> None:
        self.inside: set[Mark] = set()
        self._of: dict[Mark, int] = {}
        ends: list[int] = []  # of each lane, the last line that is taken
        for mark in sorted(marks, key=lambda mark: (mark.location.line, -mark.location.end_line)):
            lane = next((lane for lane, end in enumerate(ends) if end < mark.location.line), len(ends))
            ends[lane:] = [mark.location.end_line, *ends[lane + 1 :]]
            self._of[mark] = lane
        self._number = len(ends)

    @property
    def width(self) -> int:
        """Columns of all lanes."""
        return 2 * self._number

    def pieces(self, beginning: Iterable[Mark] = ()) -> tuple[Piece, ...]:
        """The lanes of a row."""
        drawn = {self._of[mark]: Piece("| ", mark) for mark in self.inside}
        drawn |= {self._of[mark]: Piece("/ ", mark) for mark in beginning}
        return tuple(drawn.get(lane, Piece("  ")) for lane in range(self._number))

    def arm(self, touch: _Touch, at: int) -> tuple[Piece, ...]:
        """The lanes of a row that leads from the lane of a mark to its sign."""
        lane = self._of[touch.mark]
        post = "|" if touch.part is _Part.END else " "
        return (*self.pieces()[:lane], Piece(post + "_" * (self.width - 2 * lane - 1 + at), touch.mark))

    def turn(self, touch: _Touch) -> None:
        """Go into a mark, or out of it, when its sign is drawn."""
        if touch.part is _Part.START:
            self.inside.add(touch.mark)
        elif touch.part is _Part.END:
            self.inside.discard(touch.mark)


class _Excerpt(NamedTuple):
    """What is to be seen of a line, and whether anything is left out on its sides."""

    stretch: Stretch
    start: int
    end: int
    cut_before: bool = False
    cut_after: bool = False

    @property
    def text(self) -> str:
        return f"{_CUT * self.cut_before}{self.stretch.shown}{_CUT * self.cut_after}".rstrip()

    def holds(self, touch: _Touch) -> bool:
        """Whether a mark can be drawn under this: its end may be cut off, its start may not."""
        return self.start <= touch.start < self.end + (not self.cut_after)

    def columns_of(self, touch: _Touch) -> tuple[int, int]:
        """The columns before a mark, and those of it, at least one.

        What goes on behind the cut is marked to the edge.
        """
        first, last = touch.start - self.start, min(touch.end, self.end) - self.start - 1
        before = self.stretch.before[first] if touch.start < self.end else self.stretch.columns
        size = self.stretch.after[last] - before if last >= first else 0
        return before + self.cut_before, max(1, size + (touch.end > self.end))


def _excerpts(text: str, touches: Iterable[_Touch], width: int) -> Iterator[tuple[_Excerpt, list[_Touch]]]:
    """What to show of a line, from left to right, each with the marks that are under it."""
    waiting = sorted(touches, key=lambda touch: (touch.start, touch.end))
    if not waiting:
        yield _excerpt(text, 0, width), []
    while waiting:
        excerpt = _excerpt(text, waiting[0].start, width)
        here = [touch for touch in waiting if touch is waiting[0] or excerpt.holds(touch)]
        yield excerpt, here
        waiting = [touch for touch in waiting if touch not in here]


def _excerpt(text: str, focus: int, width: int) -> _Excerpt:
    """What to show of a line around an offset: all of it where it fits, else some context before and what follows."""
    if len(text) <= _REACH * width:
        whole = stretch(text)
        if whole.columns <= width:
            return _Excerpt(whole, 0, len(text))
    room = width - 2 * len(_CUT)
    offset, last = max(0, focus - _REACH * room), min(len(text), focus + _REACH * room)
    around = stretch(text[offset:last])
    middle = around.before[focus - offset] if focus < last else around.columns
    # Room for the context before the mark, more of it where the line ends soon after.
    left = bisect_left(around.before, middle - max(_CONTEXT, room - (around.columns - middle)))
    right = bisect_right(around.after, (around.before[left] if left < len(around.before) else 0) + room)
    start, end = offset + left, offset + right
    return _Excerpt(stretch(text[start:end]), start, end, cut_before=start > 0, cut_after=end < len(text))
