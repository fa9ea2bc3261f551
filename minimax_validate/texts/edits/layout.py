"""Lines of a text: where they begin and end, and what stands on them beside what is edited."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from functools import lru_cache

from minimax_validate.texts.edits.tree import Container
from minimax_validate.texts.spans import JSON_STRING, Span

NEWLINE = re.compile(r"\r\n|\n|\r")
_INDENT = re.compile(r"[ \t]*+")
_KEY_BEFORE = re.compile(rf"[ \t]*+(?:{JSON_STRING}[ \t]*+:[ \t]*+)?")


# Many places of one text are asked for one after the other, and a line may be as long as the text. A text may have a
# twin without its comments.
@lru_cache(2)
def _breaks(text: str) -> array[int]:
    """The offsets of all characters that end lines."""
    return array("Q", (found.start() for found in re.finditer("[\r\n]" if "\r" in text else "\n", text)))


def line_start(text: str, at: int) -> int:
    """The offset of the first character of the line that an offset is in."""
    breaks = _breaks(text)
    number = bisect_right(breaks, at - 1)
    return breaks[number - 1] + 1 if number else 0


def end_of_line(text: str, at: int) -> int:
    """The offset behind the last character of the line that an offset is in, its line end left out."""
    breaks = _breaks(text)
    number = bisect_right(breaks, at - 1)
    return breaks[number] if number < len(breaks) else len(text)


def indent_at(text: str, at: int) -> str:
    """The white space that the line of an offset begins with."""
    return _blanks(text, line_start(text, at))[0]


def with_line_end(text: str, span: Span) -> Span:
    """A span with the blanks behind it.

    With all of its lines and the end of the last, where nothing else stands on them.
    """
    end = _blanks(text, span.end).end()
    start = line_start(text, span.start)
    line_end = NEWLINE.match(text, end)
    return Span(start, line_end.end()) if line_end and not text[start : span.start].strip() else Span(span.start, end)


def with_line_start(text: str, span: Span) -> Span:
    """The same for what ends a container.

    Its lines with the line end before the first, as what follows begins at the end of the last.
    """
    start = line_start(text, span.start)
    end = _blanks(text, span.end).end()
    if not start or text[start : span.start].strip() or text[end : end + 1] not in ("", "\r", "\n"):
        return Span(span.start, end)
    return Span(start - (2 if text.endswith("\r\n", 0, start) else 1), span.end)


def _blanks(text: str, at: int) -> re.Match[str]:
    found = _INDENT.match(text, at)
    assert found is not None, "no blanks are some, too"
    return found


def is_multiline(text: str, container: Container) -> bool:
    """Whether members stand on lines of their own: the first one, or, where there is none, what holds the container."""
    start = container.span.start
    if container.members:
        return bool(NEWLINE.search(text, start, container.members[0].start))
    begins = line_start(text, start)
    return begins > 0 and _KEY_BEFORE.fullmatch(text, begins, start) is not None
