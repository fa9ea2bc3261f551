"""From bytes of UTF-8 to code points, and back."""

from __future__ import annotations

from itertools import accumulate

from minimax_validate.texts.spans import BYTE_ORDER_MARK

_BLOCK = 1024
_CONTINUED = bytes(range(0x80, 0xC0))
"""Bytes that begin no character."""


class Offsets:
    """A text in UTF-8 as parsers read it, and where its characters are; a byte order mark becomes blanks."""

    def __init__(self, text: str) -> None:
        self._is_ascii = text.isascii()
        self.data = text.encode("utf-8", "replace")
        self._counts: list[int] = []
        if not self._is_ascii:
            blocks = range(0, len(self.data), _BLOCK)
            self._counts = [0, *accumulate(_characters(self.data[at : at + _BLOCK]) for at in blocks)]
        if text.startswith(BYTE_ORDER_MARK):
            self.data = b"   " + self.data[3:]
            self._mark = True
        else:
            self._mark = False

    def character(self, byte: int) -> int:
        """The offset of the character that begins at a byte."""
        if self._is_ascii:
            return byte
        block = byte // _BLOCK
        found = self._counts[block] + _characters(self.data[block * _BLOCK : byte])
        # The blanks in the place of the mark are three characters, and it is one.
        return found - 2 if self._mark and byte >= 3 and block == 0 else found

    def byte(self, text: str, character: int) -> int:
        """The byte that a character begins at."""
        if self._is_ascii:
            return character
        low, high = 0, len(self._counts) - 1
        while low < high:
            middle = (low + high + 1) // 2
            if self._counts[middle] <= character:
                low = middle
            else:
                high = middle - 1
        start = min(low * _BLOCK, len(self.data))
        while self.data[start : start + 1] and self.data[start] in _CONTINUED:  # it began in the block before
            start += 1
        return start + len(text[self._counts[low] : character].encode("utf-8", "replace"))


def _characters(data: bytes) -> int:
    return len(data.translate(None, _CONTINUED))
