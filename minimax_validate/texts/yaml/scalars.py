"""Read a scalar as it is written: quotes, escapes, folded lines and indentation, with the place of each character.

YAML 1.2 ends a line at LF, CR LF and CR alone. The parsers also end one at U+0085, U+2028 and U+2029, as YAML 1.1 did,
and some refuse escapes and characters that JSON has: where a text has such, its scalars are read here.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator
from itertools import islice
from typing import NamedTuple

from minimax_validate.texts.spans import Span


class Piece(NamedTuple):
    """A part of a scalar's value, and the offset in the text that its first character is from.

    A piece of several characters stands in the text as it is.
    """

    value: str
    offset: int


_BREAK = r"(?:\r\n?|\n)"
_BREAKS = re.compile(_BREAK)
_FOLD = rf"[ \t]*+(?={_BREAK})[ \t\r\n]++"
_PLAIN = re.compile(rf"(?P<fold>{_FOLD})|(?P<text>[^ \t\r\n]++(?:[ \t]++[^ \t\r\n]++)*+)|[ \t]++")
_SINGLE = re.compile(rf"(?P<fold>{_FOLD})|(?P<escape>'')|(?P<text>[^' \t\r\n]++(?:[ \t]++[^' \t\r\n]++)*+)|[ \t]++")
_DOUBLE = re.compile(
    rf"(?P<fold>{_FOLD})"
    rf"|(?P<joined>\\{_BREAK}[ \t\r\n]*+)"
    r"|(?P<pair>\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})"
    r"|(?P<escape>\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[^xuU\r\n]))"
    r'|(?P<text>[^"\\ \t\r\n]++(?:[ \t]++[^"\\ \t\r\n]++)*+)'
    r"|[ \t]++"
)
_ESCAPES = {
    "0": "\0",
    "a": "\a",
    "b": "\b",
    "t": "\t",
    "\t": "\t",
    "n": "\n",
    "v": "\v",
    "f": "\f",
    "r": "\r",
    "e": "\x1b",
    " ": " ",
    '"': '"',
    "/": "/",
    "\\": "\\",
    "N": "\x85",
    "_": "\xa0",
    "L": "\u2028",
    "P": "\u2029",
}
HEADER = re.compile(r"[|>]([-+0-9]*+)[ \t]*+(#[^\r\n]*+)?+")
_LINE = re.compile(rf"( *+)([^\r\n]*+)({_BREAK}|\Z)")
_FIRST_INDENTATION = re.compile(r"^( *)[^ \n]", re.MULTILINE)


class _Unreadable(ValueError):
    """A token is none that this module knows."""


def pieces(text: str, span: Span, value: str) -> tuple[Piece, ...] | None:
    """The parts of the scalar that ``span`` holds, in order, or None where they cannot be told.

    ``value`` is what a parser makes of the scalar: it says how far a block scalar is indented whose indicator leaves
    that to its parent.
    """
    if span.start == span.end:
        return ()
    try:
        match text[span.start]:
            case '"':
                return tuple(_flow(_DOUBLE, text, span.start + 1, span.end - 1))
            case "'":
                return tuple(_flow(_SINGLE, text, span.start + 1, span.end - 1))
            case "|" | ">":
                return tuple(_block(text, span, value))
            case _:
                return tuple(_flow(_PLAIN, text, span.start, span.end))
    except _Unreadable:
        return None


def reread(text: str, span: Span, value: str) -> str | None:
    """What a scalar stands for by its own characters, where a parser was given others of the same form.

    None where that cannot be told.
    """
    found = pieces(text, span, value)
    return None if found is None else "".join(piece.value for piece in found)


def offset_map(text: str, span: Span, value: str) -> Callable[[int], int]:
    """Where in the text each character of a scalar's value is from.

    The index after the last one is the end of what it is written in. A character that is written by an escape or by
    folding is from the first character of that. Where the scalar does not spell the value (the value is what a tag made
    of it), everything is from the start of the scalar: a rough place, but no wrong one.
    """
    found = pieces(text, span, value)
    if not found or "".join(piece.value for piece in found) != value:
        return lambda _: span.start
    starts = array("Q")
    length = 0
    for piece in found:
        starts.append(length)
        length += len(piece.value)
    end = max(found[-1].offset, min(_end_of_content(text, span), span.end))

    def place(index: int) -> int:
        if index >= length:
            return end
        number = bisect_right(starts, index) - 1
        return found[number].offset + index - starts[number]

    return place


def _end_of_content(text: str, span: Span) -> int:
    return span.end - 1 if text[span.start] in "\"'" else span.end


def _flow(tokens: re.Pattern[str], text: str, start: int, end: int) -> Iterator[Piece]:
    at = start
    while at < end:
        token = tokens.match(text, at, end)
        if token is None:
            raise _Unreadable
        found = token[0]
        match token.lastgroup:
            case "fold":
                yield from _folded(found, at)
            case "joined":
                yield from _broken(found, at)
            case "escape" if found == "''":
                yield Piece("'", at)
            case "escape":
                yield Piece(_escaped(found), at)
            case "pair":
                high, low = int(found[2:6], 16), int(found[8:12], 16)
                yield Piece(chr(0x10000 + (high - 0xD800 << 10) + (low - 0xDC00)), at)
            case _:
                yield Piece(found, at)
        at = token.end()


def _escaped(token: str) -> str:
    if token[1] in "xuU":
        digits = token[2:]
        code = int(digits, 16)
        if code > 0x10FFFF:
            raise _Unreadable
        return chr(code)
    if token[1] not in _ESCAPES:
        raise _Unreadable
    return _ESCAPES[token[1]]


def _folded(blank: str, offset: int) -> Iterator[Piece]:
    """White space with line breaks in it: one break is a space, and each of several but the first is itself."""
    breaks = list(_BREAKS.finditer(blank))
    if len(breaks) == 1:
        yield Piece(" ", offset + breaks[0].start())
    yield from _broken(blank, offset)


def _broken(blank: str, offset: int) -> Iterator[Piece]:
    """The line breaks behind the first one."""
    for found in islice(_BREAKS.finditer(blank), 1, None):
        yield Piece("\n", offset + found.start())


def _block(text: str, span: Span, value: str) -> Iterator[Piece]:
    header = HEADER.match(text, span.start, span.end)
    assert header is not None, "an indicator alone is one"
    literal, keeps, strips = text[span.start] == "|", "+" in header[1], "-" in header[1]
    first = _BREAKS.match(text, header.end())
    if first is None:
        return
    # The line break after the last line of a span is a part of the value, unless the indicator takes it away.
    last = _BREAKS.match(text, span.end) if span.end >= first.end() else None
    start, end = first.end(), last.end() if last else span.end
    indentation = _indentation(text, start, end, value, explicit=any(char.isdigit() for char in header[1]))
    pending: list[Piece] = []  # the line breaks that what follows them decides on
    folds = False  # whether the first of them is one that may become a space
    begun = False
    for line in _LINE.finditer(text, start, end):
        spaces, content, ending = line.groups()
        line_break = Piece("\n", line.start(3))
        is_short = len(spaces) < indentation
        if is_short and content.strip(" \t"):
            raise _Unreadable
        if is_short or (len(spaces) == indentation and not content):
            pending += [line_break] if ending else []
            continue
        at = line.start() + indentation
        written = text[at : line.start(3)]
        indented = written[0] in " \t"
        if folds and not indented and not literal:
            if len(pending) == 1:
                yield pending[0]._replace(value=" ")
            else:
                yield from pending[1:]
        else:
            yield from pending
        pending = [line_break] if ending else []
        yield Piece(written, at)
        begun, folds = True, not indented
    if keeps:
        yield from pending
    elif not strips and begun:
        yield from pending[:1]


def _indentation(text: str, start: int, end: int, value: str, *, explicit: bool) -> int:
    """How many spaces before each line are no content.

    With an indicator they are counted from the parent; what a parser left of the first line that has more than spaces
    tells them.
    """
    widest = 0
    for line in _LINE.finditer(text, start, end):
        widest = max(widest, len(line[1]))
        if line[2]:
            if not explicit:
                return max(widest, 1)
            kept = _FIRST_INDENTATION.search(value)
            return max(len(line[1]) - len(kept[1]), 1) if kept else 1
    if explicit:
        # Only spaces: the longest line of the value is the longest line of the text without the indentation.
        return max(widest - max(map(len, value.split("\n"))), 1)
    return max(widest, 1)
