"""How a text takes up columns on a terminal: by grapheme clusters, as they are shown."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import NamedTuple

from minimax_validate.output.escape import is_plain, spelled

TAB = "    "


class Stretch(NamedTuple):
    """A part of a line as it is ``shown``, with the columns ``before`` and ``after`` the cluster of each code point."""

    shown: str
    before: Sequence[int]
    after: Sequence[int]

    @property
    def columns(self) -> int:
        """Columns of it all."""
        return self.after[-1] if self.after else 0


def stretch(text: str) -> Stretch:
    """A part of a line with its columns."""
    if is_plain(text):
        return Stretch(text, range(len(text)), range(1, len(text) + 1))
    from wcwidth import iter_graphemes  # few lines need it, and it takes as long to import as all the rest of a format

    characters = spelled(text)
    shown, before, after, column = [], array("Q"), array("Q"), 0
    for cluster in iter_graphemes(text):
        at = len(before)
        shown.append(TAB if cluster == "\t" else "".join(characters[at : at + len(cluster)]))
        before.extend([column] * len(cluster))
        column += columns(shown[-1])
        after.extend([column] * len(cluster))
    return Stretch("".join(shown), before, after)


def columns(shown: str) -> int:
    """The columns of a text that is shown as it is."""
    if shown.isascii():
        return len(shown)
    from wcwidth import wcswidth

    return max(wcswidth(shown), 0)


def wrapped(shown: str, width: int, first: int = 0, rest: int = 0) -> list[str]:
    """A text in lines of ``width`` columns at the most, broken between words where that is possible.

    ``first`` and ``rest`` are the columns that the first line and the others are indented by.
    """
    if first + columns(shown) <= width:
        return [" " * first + shown]
    if shown.isascii():
        from textwrap import wrap
    else:
        from wcwidth import wrap
    return wrap(shown, width, initial_indent=" " * first, subsequent_indent=" " * rest, break_on_hyphens=False)
