"""Where the tokens of a parser's events stand in the text, to the character."""

from __future__ import annotations

import re
from typing import Any

from minimax_validate.texts.spans import Span
from minimax_validate.texts.yaml.scalars import HEADER, pieces

_SPACE = re.compile(r"(?:[ \t\r\n]++|#[^\r\n]*+)*+")
_PROPERTY = re.compile(r"[!&][^ \t\r\n]*+(?:[ \t\r\n]++|#[^\r\n]*+)*+")
_COLON = re.compile(r"(?:[ \t\r\n]++|#[^\r\n]*+)*+:")


def content_start(text: str, event: Any) -> int:
    """Where a node begins after its anchor and its tag."""
    at: int = event.start_mark.index
    for _ in range((event.anchor is not None) + (event.tag is not None)):
        found = _PROPERTY.match(text, at)
        at = found.end() if found else at
    return at


def scalar_token(text: str, event: Any) -> Span:
    """The characters of a scalar with its quotes or its indicator.

    A block scalar goes to the end of its last line that is not blank. An empty plain scalar has no characters;
    see ``empty_token``.
    """
    end: int = event.end_mark.index
    start = content_start(text, event)
    if event.style in ("|", ">"):
        return Span(start, _block_end(text, start, end, event.value))
    return Span(start, end)


def empty_token(text: str, event: Any, before: int, *, is_root: bool) -> Span:
    """Where an empty plain scalar stands whose event follows a token that ends at ``before``.

    Right after its colon, if it has one. One that is a document stands right after the line that begins it. Parsers
    differ on it: one sees it after the colon, the other where the next token is.
    """
    at: int = event.end_mark.index
    if event.anchor is None and event.tag is None:
        if is_root:
            return Span(before, before)
        colon = _COLON.match(text, before, at)
        at = colon.end() if colon else at
    return Span(at, at)


def _block_end(text: str, start: int, end: int, value: str) -> int:
    header = HEADER.match(text, start, end)
    if header is None or "+" in header[1]:  # its blank lines are kept
        return start + len(_without_last_break(text[start:end]))
    content = value.rstrip("\n")
    if content[-1:] in (" ", "\t"):  # it may end with a line of spaces, which rest on the indentation
        found = pieces(text, Span(start, end), value) or ()
        ends = (piece.offset + len(piece.value) for piece in reversed(found) if piece.value != "\n")
        return next(ends, header.end())
    return max(start + len(text[start:end].rstrip(" \t\r\n")), header.end())


def _without_last_break(token: str) -> str:
    return token.removesuffix("\n").removesuffix("\r")
