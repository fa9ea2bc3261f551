"""Changes to a text, as plain data."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from minimax_validate.diagnostic import Edit
from minimax_validate.positions import Span


class Replacement(NamedTuple):
    """Put ``text`` in the place of the characters of a span; an empty span is a place between two of them."""

    span: Span
    text: str


Rewrite = Callable[[str, Iterable[Edit]], tuple[Replacement, ...]]
"""Says what edits of a value change in its text: replacements in the order of their places, none of which overlap."""
