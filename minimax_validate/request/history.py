"""The messages of a request in the chat format, with the way back to the places that they come from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from minimax_validate.request.dialects.dialect import Dialect


@dataclass(frozen=True, slots=True)
class Passage:
    """Neighbouring messages in one dialect, from ``start`` up to ``stop``, and what they are in the chat format."""

    start: int
    stop: int
    dialect: Dialect
    messages: tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class History:
    """The messages of a request in the chat format.

    ``origins`` are the indexes that the messages come from in the history as it was given, and ``passages`` are those
    of it that were converted.
    """

    messages: Sequence[Any]
    origins: Sequence[int]
    passages: tuple[Passage, ...] = ()

    @classmethod
    def of_natives(cls, messages: Sequence[Any]) -> History:
        """Messages that are in the chat format."""
        return cls(messages, range(len(messages)))

    @cached_property
    def foreign(self) -> frozenset[int]:
        """The indexes of the messages in a dialect, as they were given."""
        return frozenset(index for passage in self.passages for index in range(passage.start, passage.stop))
