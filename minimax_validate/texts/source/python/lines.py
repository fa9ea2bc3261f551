"""From the lines and bytes of Python's parser to code points."""

from __future__ import annotations

from minimax_validate.texts.spans import BYTE_ORDER_MARK


class Lines:
    """The lines of a text as Python's parser counts them."""

    def __init__(self, text: str) -> None:
        self._mark = 1 if text.startswith(BYTE_ORDER_MARK) else 0
        # The parser counts a line for each of these alone; a form feed or others that Unicode knows are none.
        self.text = text[self._mark :].replace("\r\n", " \n").replace("\r", "\n")
        self.starts = [self._mark]
        at = self.text.find("\n")
        while at >= 0:
            self.starts.append(self._mark + at + 1)
            at = self.text.find("\n", at + 1)
        self._is_ascii = text.isascii()
        self._encoded: dict[int, bytes] = {}

    def offset(self, line: int, column: int) -> int:
        """The offset of a column in bytes."""
        start = self.starts[line - 1]
        if self._is_ascii:
            return start + column
        encoded = self._encoded.get(line)
        if encoded is None:
            end = self.starts[line] if line < len(self.starts) else self._mark + len(self.text)
            encoded = self._encoded[line] = self.text[start - self._mark : end - self._mark].encode("utf-8", "replace")
        return start + len(encoded[:column].decode("utf-8", "replace"))
