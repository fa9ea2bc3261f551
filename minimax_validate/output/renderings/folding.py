"""Break texts of a prompt into rows of a terminal: every character is kept, and control tokens are marked."""

from __future__ import annotations

from collections.abc import Iterator

from minimax_validate.output.cells import TAB, columns
from minimax_validate.output.color import Paint
from minimax_validate.output.escape import is_plain, spelled
from minimax_validate.tokens.special import SPECIAL_TOKEN

_Cell = tuple[str, int, str]
"""What is shown, the columns it takes, and its style."""


def rows(text: str, width: int, paint: Paint, style: str = "", *, mark: bool = True) -> Iterator[str]:
    """The rows of a text, of ``width`` columns at the most, with a new one at each newline.

    Control tokens are in reverse video, or between « and » without colour, unless they are not to be ``mark``ed.
    """
    for line in text.split("\n"):
        row: list[_Cell] = []
        left, last_space = width, 0
        for cell in _cells(line, paint, style, mark=mark):
            if cell[1] > left and row:
                # Between words if that leaves a row at least half full.
                at = last_space if last_space > width // 2 else len(row)
                yield _painted(row[:at], paint)
                row = row[at:]
                left, last_space = width - sum(cells for _, cells, _ in row), 0
            row.append(cell)
            left -= cell[1]
            if cell[0] == " ":
                last_space = len(row)
        yield _painted(row, paint)


def _cells(line: str, paint: Paint, style: str, *, mark: bool) -> Iterator[_Cell]:
    at = 0
    for found in SPECIAL_TOKEN.finditer(line) if mark else ():
        yield from _plain_cells(line[at : found.start()], style)
        token = found[0] if paint.on else f"«{found[0]}»"
        yield token, columns(token), "reverse"
        at = found.end()
    yield from _plain_cells(line[at:], style)


def _plain_cells(text: str, style: str) -> Iterator[_Cell]:
    if is_plain(text):
        yield from ((char, 1, style) for char in text)
        return
    from wcwidth import iter_graphemes  # most texts are plain

    characters, at = spelled(text), 0
    for cluster in iter_graphemes(text):
        shown = TAB if cluster == "\t" else "".join(characters[at : at + len(cluster)])
        at += len(cluster)
        yield shown, columns(shown), style


def _painted(row: list[_Cell], paint: Paint) -> str:
    painted, before, style = [], "", ""
    for shown, _, own in row:
        if own != style:
            painted.append(paint(style, before) if style else before)
            before, style = "", own
        before += shown
    painted.append(paint(style, before) if style else before)
    return "".join(painted)
