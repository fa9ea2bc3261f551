"""Changes to a text, as plain data."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from minimax_validate.texts.spans import Span
from minimax_validate.values.diagnostic import Edit


class UnwritableError(ValueError):
    """Edits that cannot be carried out in a text, such as one of a value that an alias stands for."""


class Replacement(NamedTuple):
    """Put ``text`` in the place of the characters of a span; an empty span is a place between two of them."""

    span: Span
    text: str


Rewrite = Callable[[str, Iterable[Edit]], tuple[Replacement, ...]]
"""Says what edits of a value change in its text, in the order of the places, or raises ``UnwritableError``."""


def in_order(replacements: Iterable[Replacement]) -> tuple[Replacement, ...]:
    """Replacements in the order of their places; of those at one place, what only puts something in comes first.

    Two that only take characters away, some of them the same, are one.
    """
    found: list[Replacement] = []
    for replacement in sorted(replacements, key=lambda replacement: replacement.span):
        span, text = replacement
        if not text and found and not found[-1].text and span.start < found[-1].span.end:
            last = found[-1].span
            found[-1] = Replacement(Span(last.start, max(last.end, span.end)), "")
        else:
            found.append(replacement)
    return tuple(found)


def replaced(text: str, replacements: Iterable[Replacement]) -> str:
    """A text with replacements made.

    Raises:
        UnwritableError: they overlap.
    """
    parts: list[str] = []
    done = 0
    for span, new in in_order(replacements):
        if span.start < done:
            raise UnwritableError("two edits change the same characters")
        parts += (text[done : span.start], new)
        done = span.end
    return "".join((*parts, text[done:]))
