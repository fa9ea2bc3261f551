"""Turn spans into lines and columns, the way editors count them."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
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


class Lines:
    r"""The lines of a text, found once: 8 bytes of memory a line, whatever the text is like.

    A line ends at ``\n``, ``\r\n`` or a lone ``\r``, as in editors and the language server protocol, and at nothing
    else that Unicode calls a line. The byte order mark at the start of a file takes no column. ``first_line`` is the
    number of the first line.
    """

    __slots__ = ("_first", "_starts", "_text")

    def __init__(self, text: str, first_line: int = 1) -> None:
        self._text = text
        self._first = first_line
        self._starts = array("Q", [1 if first_line == 1 and text.startswith(BYTE_ORDER_MARK) else 0])
        # The pattern of one character is searched for at the speed of memory; lone carriage returns are rare.
        if "\r" in text:
            self._starts.extend(end.end() for end in re.finditer("\r\n?|\n", text))
        elif "\n" in text:
            self._starts.extend(end.end() for end in re.finditer("\n", text))

    def location(self, span: Span) -> Location:
        """The lines and columns of a span."""
        return Location(*self._place(span.start), *self._place(span.end))

    def has(self, line: int) -> bool:
        """Whether the text has a line of this number."""
        return 0 <= line - self._first < len(self._starts)

    def span(self, line: int) -> Span:
        """Where a line is in the text, its end left out.

        Raises:
            IndexError: the text has no line of this number.
        """
        if not self.has(line):
            raise IndexError(f"no line {line}")
        index = line - self._first
        start = self._starts[index]
        if index + 1 == len(self._starts):
            return Span(start, len(self._text))
        end = self._starts[index + 1] - 1
        return Span(start, end - (self._text[end] == "\n" and end > start and self._text[end - 1] == "\r"))

    def text(self, line: int) -> str:
        """A line without its end.

        Raises:
            IndexError: the text has no line of this number.
        """
        start, end = self.span(line)
        return self._text[start:end]

    def _place(self, offset: int) -> tuple[int, int]:
        index = max(bisect_right(self._starts, offset) - 1, 0) if len(self._starts) > 1 else 0
        return self._first + index, max(offset - self._starts[index], 0) + 1
