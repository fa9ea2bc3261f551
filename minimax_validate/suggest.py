"""Guess which word was meant."""

from __future__ import annotations

from collections.abc import Iterable

LONGEST = 64
"""Code points of a word worth guessing at: matching is quadratic, and nobody mistypes a name that long."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that this one was surely meant to be, or None."""
    from difflib import get_close_matches  # only findings need it, and its import costs more than a check

    if not word or len(word) > LONGEST:
        return None
    by_spelling = {candidate.casefold().replace("-", "_"): candidate for candidate in known}
    spelled = word.casefold().replace("-", "_")
    matches = get_close_matches(spelled, by_spelling, n=1, cutoff=0.75)
    return by_spelling[matches[0]] if matches and by_spelling[matches[0]] != word else None


def did_you_mean(word: object, known: Iterable[str]) -> str:
    """A clause for the end of a message, empty where nothing is near."""
    guess = nearest(word, known) if isinstance(word, str) else None
    return f'; did you mean "{guess}"?' if guess else ""
