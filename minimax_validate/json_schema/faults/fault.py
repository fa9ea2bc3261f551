"""What can be wrong with a schema, as values."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from minimax_validate.values.diagnostic import Focus
from minimax_validate.values.pointer import Pointer

MOST_GUESSES = 16
"""Words worth guessing at in one schema, and names worth guessing among."""


class SchemaFault(NamedTuple):
    """One mistake in a schema.

    ``pointer`` is into the schema, ``message`` says what is wrong, ``hint`` goes on with a way out.
    """

    pointer: Pointer
    message: str
    hint: str = ""
    focus: Focus = "value"

    @property
    def text(self) -> str:
        """Message and hint."""
        return self.message + self.hint


class SchemaFaults(NamedTuple):
    """What is wrong with a schema; all three are empty for a sound one."""

    keywords: tuple[SchemaFault, ...] = ()
    """What draft 2020-12 does not take."""
    references: tuple[SchemaFault, ...] = ()
    """References to what is not in the schema."""
    required: tuple[SchemaFault, ...] = ()
    """Required names that are not declared beside."""


class Guesses:
    """Did-you-mean, so often as is good for anyone: each guess compares a word with all that are known."""

    def __init__(self) -> None:
        self._left = MOST_GUESSES

    def __call__(self, guess: Callable[[str, Iterable[str]], Any], word: str, known: Any) -> Any:
        """The guess, or None."""
        self._left -= 1
        return guess(word, known) if self._left >= 0 and len(known) <= MOST_GUESSES**2 else None
