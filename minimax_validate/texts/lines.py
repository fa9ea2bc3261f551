"""Turn spans into lines and columns, the way editors count them."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from itertools import islice
from typing import NamedTuple

from minimax_validate.texts.spans import BYTE_ORDER_MARK, Span


class Location(NamedTuple):
    """Where a span starts and ends.

    Lines and columns from 1, columns in Unicode code points, the end column not included.
    """

    line: int
    column: int
    end_line: int
    end_column: int


_BLOCK = 1024
"""Code points of a part of a text whose line ends are counted at once."""


class Lines:
    r"""The lines of a text, counted once: 16 bytes of memory for a thousand characters, however short the lines are.

    A line ends at ``\n``, ``\r\n`` or a lone ``\r``, as in editors and the language server protocol, and at nothing
    else that Unicode calls a line. The byte order mark at the start of a file takes no column. ``first_line`` is the
    number of the first line.
    """

    __slots__ = ("_before", "_end", "_first", "_has_returns", "_number", "_starts", "_text")

    def __init__(self, text: str, first_line: int = 1) -> None:
        self._text = text
        self._first = first_line
        self._has_returns = "\r" in text
        self._end = re.compile("\r\n?|\n" if self._has_returns else "\n")
        # How many lines end before each block, or at its start, and the start of the line that it begins in.
        self._before = array("Q")
        self._starts = array("Q")
        before, start = 0, 1 if first_line == 1 and text.startswith(BYTE_ORDER_MARK) else 0
        for block in range(0, len(text) + 1, _BLOCK):
            self._before.append(before)
            self._starts.append(start)
            ended = self._count(block, block + _BLOCK)
            if ended:
                before += ended
                start = self._last_end(block, block + _BLOCK)
        self._number = before + 1

    def location(self, span: Span) -> Location:
        """The lines and columns of a span."""
        return Location(*self._place(span.start), *self._place(span.end))

    def has(self, line: int) -> bool:
        """Whether the text has a line of this number."""
        return 0 <= line - self._first < self._number

    def span(self, line: int) -> Span:
        """Where a line is in the text, its end left out.

        Raises:
            IndexError: the text has no line of this number.
        """
        if not self.has(line):
            raise IndexError(f"no line {line}")
        index = line - self._first
        start = self._start(index)
        if index + 1 == self._number:
            return Span(start, len(self._text))
        # A line may be as long as the text: what is searched is the block that it ends in.
        block = (bisect_right(self._before, index) - 1) * _BLOCK
        feed = next(self._end.finditer(self._text, max(start, block))).start()
        return Span(start, feed - (self._text[feed] == "\n" and feed > start and self._text[feed - 1] == "\r"))

    def text(self, line: int) -> str:
        """A line without its end.

        Raises:
            IndexError: the text has no line of this number.
        """
        start, end = self.span(line)
        return self._text[start:end]

    def _place(self, offset: int) -> tuple[int, int]:
        block = min(offset // _BLOCK, len(self._before) - 1)
        begin = block * _BLOCK
        ended = self._count(begin, offset)
        start = self._last_end(begin, offset) if ended else self._starts[block]
        return self._first + self._before[block] + ended, max(offset - start, 0) + 1

    def _start(self, index: int) -> int:
        """The offset at which the line of an index begins."""
        block = bisect_left(self._before, index) - 1
        if block < 0:
            return self._starts[0]
        ends = self._end.finditer(self._text, block * _BLOCK)
        return next(islice(ends, index - self._before[block] - 1, None)).end()

    def _count(self, start: int, end: int) -> int:
        """How many lines end behind one offset and not behind another."""
        ended = self._text.count("\n", start, end)
        if self._has_returns:
            # That of a line feed that follows, maybe at the offset of the end, ends no line by itself.
            ended += self._text.count("\r", start, end) - self._text.count("\r\n", start, end + 1)
        return ended

    def _last_end(self, start: int, end: int) -> int:
        """The last of those line ends."""
        feed = self._text.rfind("\n", start, end)
        lone = self._text.rfind("\r", start, end) if self._has_returns else -1
        if lone == end - 1 and self._text.startswith("\n", end):
            lone = self._text.rfind("\r", start, lone)
        return max(feed, lone) + 1
