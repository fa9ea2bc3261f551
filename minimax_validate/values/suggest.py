"""Guess which word was meant."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache

LONGEST = 64
"""Code points of a word worth guessing at: matching is quadratic, and nobody mistypes a name that long."""


_MOST_KEPT = 1024
_LONGEST_KEPT = 512


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that this one was surely meant to be, or None."""
    if not word or len(word) > LONGEST:
        return None
    words = tuple(known)
    # Programs make the same mistake each time; many long words are not worth remembering.
    guess = _kept if sum(map(len, words)) <= _LONGEST_KEPT else _nearest
    return guess(word, words)


def _nearest(word: str, known: tuple[str, ...]) -> str | None:
    from difflib import get_close_matches  # only findings need it, and its import costs more than a check

    by_spelling = {candidate.casefold().replace("-", "_"): candidate for candidate in known}
    spelled = word.casefold().replace("-", "_")
    matches = get_close_matches(spelled, by_spelling, n=1, cutoff=0.75)
    return by_spelling[matches[0]] if matches and by_spelling[matches[0]] != word else None


_kept = lru_cache(_MOST_KEPT)(_nearest)


def is_one_edit_away(word: str, other: str) -> bool:
    """Whether one character more, less, other or swapped with its neighbour makes one word of the other."""
    from difflib import SequenceMatcher

    changes = [step for step in SequenceMatcher(None, word, other, autojunk=False).get_opcodes() if step[0] != "equal"]
    sizes = [(to - start, end - begin) for _, start, to, begin, end in changes]
    if len(sizes) == 2:  # a swap is one character less here, and the same one more there
        return sorted(sizes) == [(0, 1), (1, 0)] and sorted(word) == sorted(other)
    return len(sizes) == 1 and max(sizes[0]) <= 1


def did_you_mean(word: object, known: Iterable[str]) -> str:
    """A clause for the end of a message, empty where nothing is near."""
    guess = nearest(word, known) if isinstance(word, str) else None
    return f"; did you mean {json.dumps(guess, ensure_ascii=not guess.isprintable())}?" if guess else ""
