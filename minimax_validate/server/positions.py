"""Places of a text as the protocol has them: lines and characters from 0, in code units that the client has chosen."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right

from lsprotocol.types import Position, Range

from minimax_validate.texts.code_units import CodeUnits, Encoding
from minimax_validate.texts.spans import Span


class Positions:
    r"""The lines of a text and the code units in them, found once for all places that are asked for.

    A line ends at ``\n``, ``\r\n`` or a lone ``\r``, as the protocol has it, and at nothing else that Unicode calls a
    line.
    """

    def __init__(self, text: str, encoding: Encoding) -> None:
        self._text = text
        self._units = CodeUnits(text, encoding)
        self._starts = array("Q", [0])
        self._starts.extend(end.end() for end in re.finditer("\r\n?|\n" if "\r" in text else "\n", text))

    def position(self, offset: int) -> Position:
        """The position of an offset in code points."""
        line = bisect_right(self._starts, offset) - 1
        return Position(line, self._units.before(offset) - self._units.before(self._starts[line]))

    def range(self, span: Span) -> Range:
        """The range of a span."""
        return Range(self.position(span.start), self.position(span.end))

    def offset(self, position: Position) -> int:
        """The offset of a position; what is beyond the end of a line is at that end."""
        if position.line >= len(self._starts):
            return len(self._text)
        start = self._starts[position.line]
        return min(self._units.offset(self._units.before(start) + position.character), self.line_end(start))

    def span(self, given: Range) -> Span:
        """The span of a range."""
        return Span(self.offset(given.start), self.offset(given.end))

    def line_end(self, offset: int) -> int:
        """The end of the line that an offset is in, before what ends it."""
        line = bisect_right(self._starts, offset)
        if line == len(self._starts):
            return len(self._text)
        end = self._starts[line] - 1
        return end - (self._text[end] == "\n" and self._text[end - 1 : end] == "\r")

    def line_start(self, offset: int) -> int:
        """The start of the line that an offset is in."""
        return self._starts[bisect_right(self._starts, offset) - 1]
