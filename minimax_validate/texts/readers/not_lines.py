"""Know a text that is no JSON Lines by its first line at fault: one finding says so, not one a line."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain

from minimax_validate.texts.document import Document, Fault, Walk
from minimax_validate.texts.json.syntax import RECORD_SEPARATOR
from minimax_validate.texts.readers.faults import syntax_fault
from minimax_validate.texts.spans import BYTE_ORDER_MARK, Span

_SHOWN = 1024 * 1024
"""Bytes of a text that a finding and a walk look at."""

_BRACKETS = {"{": "an object", "[": "an array"}


class Ahead:
    """Lines one by one, with a look at the next ones that are not blank."""

    def __init__(self, lines: Iterable[bytes]) -> None:
        self._lines = iter(lines)
        self._seen: deque[bytes] = deque()

    def __iter__(self) -> Iterator[bytes]:
        while True:
            while self._seen:
                yield self._seen.popleft()
            for line in self._lines:
                yield line
                if self._seen:
                    break
            else:
                return

    def next_said(self) -> bytes:
        """The next line that says something, which stays to be given; nothing where none follows."""
        lines = chain(tuple(self._seen), map(self._kept, self._lines))
        return next((line for line in lines if line.strip()), b"")

    def _kept(self, line: bytes) -> bytes:
        self._seen.append(line)
        return line


def other_than_lines(document: Document, ahead: Ahead, *, is_first: bool) -> Document | None:
    """What a text is that goes wrong at a line, as a document; None if it is JSON Lines all the same.

    The line is the document. Where it ``is_first``, it may be of a template; it may be of a JSON text sequence, whose
    finding says so. Or it opens an object or array that goes on below: then the lines are one text, which is not read.
    """
    text = document.source.text
    if document.walk is Walk.PASSES_OVER and is_first:
        return document
    if text.startswith(RECORD_SEPARATOR):
        return _whole(document, ahead, document.faults)
    opening = _opening(document)
    following = ahead.next_said() if opening is not None else b""
    if opening is None or not following:
        return None
    is_alone = not text[opening.end :].strip()
    if _is_json(following) and not (is_alone and text[opening.start] == "["):
        return None  # the line is cut short, and the next one is whole
    message = (
        f"{_BRACKETS[text[opening.start]]} spans several lines, but JSON Lines must have one value per line; the rest"
        " was not checked (use a .json file for a single value)"
    )
    return _whole(document, ahead, (syntax_fault(message, opening),))


def _whole(document: Document, lines: Iterable[bytes], faults: tuple[Fault, ...]) -> Document:
    """The document of a line with the lines below it, as far as anybody looks."""
    parts = [document.source.text.encode(errors="surrogatepass")]
    size = len(parts[0])
    for line in lines:
        parts.append(line.removesuffix(b"\n").removesuffix(b"\r"))
        size += len(line)
        if size > _SHOWN:
            break
    text = b"\n".join(parts).decode(errors="replace")
    return replace(document, source=replace(document.source, text=text), faults=faults)


def _opening(document: Document) -> Span | None:
    """The bracket that is still open where the line ends, if that is all that is wrong with it."""
    text = document.source.text
    (fault,) = document.faults
    if not fault.related or fault.span.start < len(text.rstrip(" \t\r\n")):
        return None
    (opening,) = fault.related
    if text[opening.start] not in _BRACKETS:
        return None
    first = len(text) - len(text.lstrip(BYTE_ORDER_MARK + " \t\r\n"))
    return Span(first, first + 1)


def _is_json(line: bytes) -> bool:
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True
