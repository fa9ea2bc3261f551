"""Turn places of a text that are counted in code points into those of an encoding, and back."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from types import MappingProxyType
from typing import Literal

Encoding = Literal["utf-8", "utf-16", "utf-32"]

# Runs of characters that take the same number of units.
_WIDER = MappingProxyType(
    {
        "utf-8": re.compile("[\x80-\u07ff]+|[\u0800-\uffff]+|[\U00010000-\U0010ffff]+"),
        "utf-16": re.compile("[\U00010000-\U0010ffff]+"),
    }
)


class CodeUnits:
    """The code units of a text, found in one pass: bytes of UTF-8, the 16 bits of UTF-16, or the 32 bits of UTF-32.

    JavaScript counts in those of UTF-16.
    """

    __slots__ = ("_after", "_ends", "_starts", "_units")

    def __init__(self, text: str, encoding: Encoding = "utf-16") -> None:
        # For each run of wide characters where it begins and ends, the units before it, and those before its end.
        self._starts = array("Q")
        self._ends = array("Q")
        self._units = array("Q")
        self._after = array("Q")
        if encoding == "utf-32" or text.isascii():
            return
        at = units = 0
        for run in _WIDER[encoding].finditer(text):
            start, end = run.span()
            units += start - at
            self._starts.append(start)
            self._units.append(units)
            units += (end - start) * _width(text[start], encoding)
            self._ends.append(end)
            self._after.append(units)
            at = end

    def before(self, offset: int) -> int:
        """How many units stand before an offset in code points."""
        run = bisect_right(self._starts, offset) - 1
        if run < 0:
            return offset
        if offset >= self._ends[run]:
            return self._after[run] + offset - self._ends[run]
        return self._units[run] + (offset - self._starts[run]) * self._width(run)

    def offset(self, units: int) -> int:
        """The offset in code points that stands behind so many units; that of the character that they end inside of."""
        run = bisect_right(self._units, units) - 1
        if run < 0:
            return units
        if units >= self._after[run]:
            return self._ends[run] + units - self._after[run]
        return self._starts[run] + (units - self._units[run]) // self._width(run)

    def _width(self, run: int) -> int:
        return (self._after[run] - self._units[run]) // (self._ends[run] - self._starts[run])


def _width(character: str, encoding: Encoding) -> int:
    if encoding == "utf-16":
        return 2
    return 2 + bisect_left((0x800, 0x10000), ord(character) + 1)
