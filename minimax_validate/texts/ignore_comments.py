"""Comments that ignore findings where they stand: ``minimax-validate: ignore[MM503]``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from minimax_validate.texts.spans import Span

MARK = "minimax-validate:"
"""What makes a comment one of these; a text without it need not be searched for comments."""

_ORDER = re.compile(rf"{MARK}[ \t]*(ignore\[([^\]\r\n]*)\])?")


@dataclass(frozen=True, slots=True)
class IgnoreComment:
    """One comment: its place, the selectors in it, and whether it stands alone on its line.

    Beside a value it ignores the findings that begin on its line; alone on a line, those of the request that it stands
    in or right above. Without selectors (``ignore`` with no brackets, another word) it ignores nothing. ``row`` is its
    line where lines of the file are others, as in a program that stands in a string.
    """

    span: Span
    selectors: tuple[str, ...]
    alone: bool
    row: Span | None = None


def ignore_comments_in(text: str, comments: Iterable[Span]) -> tuple[IgnoreComment, ...]:
    """The comments among those of a text that are meant to ignore findings."""
    return tuple(_ignore_comments(text, comments)) if MARK in text else ()


def _ignore_comments(text: str, comments: Iterable[Span]) -> Iterator[IgnoreComment]:
    done = 0  # what stands before it was looked at: a line may be as long as the text, and full of comments
    for comment in comments:
        done = min(done, comment.start)
        line = max(text.rfind("\n", done, comment.start), text.rfind("\r", done, comment.start)) + 1
        alone = (line > 0 or done == 0) and not text[line : comment.start].strip()
        done = comment.end
        order = _ORDER.search(text, *comment)
        if order is not None:
            selectors = tuple(filter(None, map(str.strip, (order[2] or "").split(","))))
            yield IgnoreComment(comment, selectors, alone)
