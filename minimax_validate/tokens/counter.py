"""What counts tokens: any callable that takes a text, under a name, with its faults turned into one error."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Protocol

REPLACEMENT = "\ufffd"

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


class Counter(Protocol):
    """A function that counts the tokens of a text: any ``Callable[[str], int]``."""

    def __call__(self, text: str, /) -> int:
        """Return the number of tokens of a text, without special tokens before or after it."""
        ...


class CounterError(Exception):
    """Raised if a counter cannot be created, or if it failed for a text."""


@dataclass(frozen=True, slots=True)
class TokenCounter:
    """A counter with a name, which findings show.

    ``exact`` says whether it counts as the model does. Only an exact count can prove that a prompt is too long.
    """

    name: str
    counter: Counter
    exact: bool = True

    def __call__(self, text: str, /) -> int:
        """Call ``count``."""
        return self.count(text)

    def count(self, text: str) -> int:
        """Return the number of tokens of a text.

        Unpaired surrogates, which no tokenizer accepts, are counted as the replacement character U+FFFD.

        Raises:
            CounterError: the counter failed, or returned something other than a number of tokens.
        """
        if not text.isascii():
            text = _LONE_SURROGATE.sub(REPLACEMENT, text)
        try:
            tokens: object = self.counter(text)  # whatever its type says, it is somebody else's code
        except (KeyboardInterrupt, SystemExit, GeneratorExit):
            raise
        except BaseException as error:  # a panic in Rust code is no Exception
            raise CounterError(f"{self.name} failed on a text of {len(text):,} characters: {error}") from error
        if isinstance(tokens, bool) or not isinstance(tokens, int) or tokens < 0:
            raise CounterError(f"{self.name} returned {tokens!r} instead of a number of tokens")
        return tokens


def named_counter(counter: Counter | TokenCounter, name: str | None = None) -> TokenCounter:
    """Return a callable as an exact counter named ``name``; by default, it has the name of the callable."""
    if isinstance(counter, TokenCounter):
        return counter
    own = getattr(counter, "__name__", type(counter).__name__)
    return TokenCounter(name or str(own), counter)
