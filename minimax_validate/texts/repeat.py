"""A key that stands in an object more than once."""

from __future__ import annotations

from dataclasses import dataclass

from minimax_validate.texts.json.places import Span
from minimax_validate.values.pointer import Pointer


@dataclass(frozen=True, slots=True)
class Repeat:
    """A key that stands in an object ``times`` times, and the tokens of the first and the last one."""

    pointer: Pointer
    key: str
    first: Span
    last: Span
    times: int
