"""The cells of a notebook as one program, and where its characters stand in the strings of the notebook."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from minimax_validate.texts.json.places import locate_json, string_offsets
from minimax_validate.texts.replacement import Replacement, UnwritableError
from minimax_validate.texts.spans import Span
from minimax_validate.values.pointer import Pointer


@dataclass(frozen=True, slots=True)
class Piece:
    """A string of a cell: what it says, and where each character of that stands in the file, and its end."""

    text: str
    places: Callable[[int], int]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its kind and language, and the strings that it is written in."""

    kind: str
    language: str
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """What it says."""
        return "".join(piece.text for piece in self.pieces)


def pieces_at(text: str, found: Iterable[tuple[Pointer, str | list[str]]]) -> Iterator[tuple[Piece, ...]]:
    """The pieces of sources of cells, each a string or a list of strings, that stand at pointers of a notebook."""
    sources = [
        [(pointer, source)] if isinstance(source, str) else [((*pointer, at), line) for at, line in enumerate(source)]
        for pointer, source in found
    ]
    spans = locate_json(text, [(pointer, "value") for source in sources for pointer, _ in source])
    for source in sources:
        places = [string_offsets(text, spans[pointer, "value"], said) for pointer, said in source]
        pieces = [Piece(said, each) for (_, said), each in zip(source, places, strict=True) if each is not None]
        yield tuple(pieces) if len(pieces) == len(source) else ()


class Cells:
    """Cells one after the other, as an ``Excerpt``: a line ends behind each of them.

    Each is given with the text that it has in the program, which is as long as the one it has in the notebook. What
    comes ``behind`` all of them stands nowhere.
    """

    def __init__(self, notebook: str, cells: Iterable[tuple[Cell, str]], behind: str = "") -> None:
        self._notebook = notebook
        self._starts: list[int] = []
        self._pieces: list[Piece] = []
        self._cells: list[int] = []
        parts: list[str] = []
        at = 0
        for number, (cell, text) in enumerate(cells):
            start = at
            for piece in cell.pieces:
                self._starts.append(at)
                self._pieces.append(piece)
                self._cells.append(number)
                at += len(piece.text)
            parts += (text, "\n")
            at = start + len(text) + 1
        self.text = "".join((*parts, behind))

    def span(self, span: Span) -> Span:
        """See ``Excerpt``."""
        start = self.place(span.start)
        return Span(start, max(self._end(span.end), start) if span.end > span.start else start)

    def replacement(self, replacement: Replacement) -> Replacement:
        """See ``Excerpt``."""
        (start, end), text = replacement
        first, last = self._number(start), self._number(max(end - 1, start))
        if self._cells[first] != self._cells[last]:
            raise UnwritableError("an edit goes from one cell to another")
        following = self._number(end)
        is_at_piece = self._cells[following] == self._cells[last]
        place = self.place(end) if is_at_piece or end == start else self._end(end)
        escaped = [json.dumps(line, ensure_ascii=self._notebook.isascii())[1:-1] for line in text.split("\n")]
        return Replacement(Span(self.place(start), place), f"\\n{self._between(first)}".join(escaped))

    def _number(self, index: int) -> int:
        return max(bisect_right(self._starts, index) - 1, 0)

    def place(self, index: int) -> int:
        """Where the character at an offset stands in the file; of what stands nowhere, the end of the cell before."""
        number = self._number(index)
        piece = self._pieces[number]
        return piece.places(min(index - self._starts[number], len(piece.text)))

    def _end(self, index: int) -> int:
        number = self._number(index - 1)
        piece = self._pieces[number]
        return piece.places(min(index - self._starts[number], len(piece.text)))

    def _between(self, number: int) -> str:
        """What stands between two strings of a cell, if it has several: each line is one of them."""
        for one in (number, number - 1):
            if 0 <= one < len(self._pieces) - 1 and self._cells[one] == self._cells[one + 1]:
                before, after = self._pieces[one], self._pieces[one + 1]
                return self._notebook[before.places(len(before.text)) : after.places(0)]
        return ""
