"""Find the fences of Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_OPENS = re.compile(
    r"^((?:[ \t]*>)*[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*)(?:(`{3,})([^`\r\n]*)|(~{3,})([^\r\n]*))\r?$", re.MULTILINE
)
_QUOTED = re.compile(r"^[ \t]*(?:>[ \t]?)+", re.MULTILINE)
_LANGUAGE = re.compile(r"[ \t]*\{?[ \t]*\.?([\w+-]*)")


@dataclass(frozen=True, slots=True)
class Fence:
    """A fence of Markdown: its language in lower case, and where what is in it begins.

    Marks of block quotes are blanks in the text, so that every character keeps its place.
    """

    language: str
    start: int
    text: str
    is_quoted: bool = False


def fences(text: str) -> Iterator[Fence]:
    """The fences of a text; one that is never closed goes on to its end."""
    at = 0
    while (opening := _OPENS.search(text, at)) is not None:
        mark = opening[2] or opening[4]
        language = _LANGUAGE.match(opening[3] or opening[5] or "")
        start = min(opening.end() + 1, len(text))
        closes = re.compile(rf"^[ \t>]*{re.escape(mark[0])}{{{len(mark)},}}[ \t]*\r?$", re.MULTILINE)
        closing = closes.search(text, start)
        end = closing.start() if closing is not None else len(text)
        inside, is_quoted = text[start:end], ">" in opening[1]
        yield Fence(
            language[1].lower() if language is not None else "",
            start,
            without_quotes(inside) if is_quoted else inside,
            is_quoted,
        )
        at = closing.end() if closing is not None else len(text)


def without_quotes(text: str) -> str:
    """The lines of a block quote with blanks in the place of their marks."""
    return _QUOTED.sub(lambda quoted: " " * len(quoted[0]), text)
