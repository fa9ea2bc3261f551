"""Ranges of a text, and what can be asked of where things are in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from minimax_validate.values.diagnostic import Focus
from minimax_validate.values.pointer import Pointer

Wanted = tuple[Pointer, Focus]
"""A place that somebody asks for: a pointer, and which characters of what it leads to."""


class Span(NamedTuple):
    """A range of a text in Unicode code points from 0: ``start`` included, ``end`` not."""

    start: int
    end: int


Locate = Callable[[str, Iterable[Wanted]], Mapping[Wanted, Span]]
"""Finds places in a text; a place that is not there gets the span of its nearest ancestor that is."""

BYTE_ORDER_MARK = "\ufeff"

# Possessive quantifiers keep every match linear, on text of any kind.
JSON_STRING = r'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
"""The expression of a string of JSON with its quotes, which a dot must match any character in."""


class Repeat(NamedTuple):
    """A key that stands in an object ``times`` times, and the tokens of the first and the last one."""

    pointer: Pointer
    key: str
    first: Span
    last: Span
    times: int
