"""What counts tokens: any callable that takes a text, under a name, with its faults turned into one error."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Protocol

REPLACEMENT = "\ufffd"

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


class Counter(Protocol):
    """Anything that counts the tokens of a text: any ``Callable[[str], int]``."""

    def __call__(self, text: str, /) -> int:
        """The number of tokens of a text, without any that frame it."""
        ...


class CounterError(Exception):
    """A counter cannot be built, or failed on a text; the message says what to do about it or what happened."""


@dataclass(frozen=True, slots=True)
class TokenCounter:
    """A counter with the name that findings call it by.

    ``exact`` says whether the counts are those of the model itself: only such a count can prove that a prompt is too
    long.
    """

    name: str
    counter: Counter
    exact: bool = True

    def __call__(self, text: str, /) -> int:
        """As ``count``."""
        return self.count(text)

    def count(self, text: str) -> int:
        """The number of tokens of a text.

        Lone surrogates, which no tokenizer takes, are counted as the replacement character U+FFFD.

        Raises:
            CounterError: the counter raised, panicked, or gave something other than a number of tokens.
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
    """Take any callable as an exact counter; it goes by ``name``, else by its own name."""
    if isinstance(counter, TokenCounter):
        return counter
    own = getattr(counter, "__name__", type(counter).__name__)
    return TokenCounter(name or str(own), counter)
