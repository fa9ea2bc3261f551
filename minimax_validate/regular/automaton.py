"""Run a pattern: all ways to read a text are followed at once, so that time grows with the length of the text and no faster."""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache
from typing import NamedTuple

from minimax_validate.regular.syntax import Chars, Choice, Edge, Node, Ranges, Repeat, Sequence, UnreadError, complement, read

MOST_STATES = 2_000
"""States of an automaton; bounds of repetitions multiply them."""

MOST_STEPS = 10_000_000
"""States times characters of a text that are looked at: seconds of work at the most, and far less where states come again."""

_MOST_KEPT = 4_096
_MOST_PATTERNS = 256
_LONGEST_PATTERN = 10_000


class _Step(NamedTuple):
    """A state that a character leads out of, to another one; ``starts`` are where the ranges that do begin, ``ends`` where they end."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    target: int

    def takes(self, code: int) -> bool:
        at = bisect_right(self.starts, code) - 1
        return at >= 0 and code <= self.ends[at]


class _Fork(NamedTuple):
    """A state that leads to others by itself, at any place of a text or (True, False) at its start or its end alone."""

    targets: tuple[int, ...]
    edge: bool | None = None


_ACCEPT = 0
_States = frozenset[int]


class Automaton:
    """A pattern made ready. Safe to share between threads: what it remembers is worked out anew where it is missing.

    Raises:
        UnreadError: the pattern is not read here, or has too many states.
    """

    def __init__(self, pattern: str) -> None:
        if len(pattern) > _LONGEST_PATTERN:
            raise UnreadError("a pattern that is too long")
        self._states: list[_Step | _Fork] = [_Fork(())]
        self._start = self._build(read(pattern), _ACCEPT)
        self._closures: dict[tuple[_States, bool, bool], _States] = {}
        self._steps: dict[tuple[_States, str], _States] = {}

    def finds(self, text: str) -> bool | None:
        """Whether a part of a text matches; None where the text is too long to tell."""
        if len(text) * len(self._states) > MOST_STEPS:
            return None
        reached: _States = frozenset()
        last = len(text)
        for index in range(last + 1):
            here = self._closure(reached, index == 0, index == last)
            if _ACCEPT in here:
                return True
            if index < last:
                reached = self._after(here, text[index])
        return False

    def _closure(self, reached: _States, at_start: bool, at_end: bool) -> _States:
        """All states that can be come to without a character; a match may begin at any place."""
        key = (reached, at_start, at_end)
        known = self._closures.get(key)
        if known is not None:
            return known
        found: set[int] = set()
        waiting = [*reached, self._start]
        while waiting:
            number = waiting.pop()
            if number in found:
                continue
            found.add(number)
            state = self._states[number]
            if isinstance(state, _Fork) and (state.edge is None or (at_start if state.edge else at_end)):
                waiting += state.targets
        closed = frozenset(number for number in found if number == _ACCEPT or isinstance(self._states[number], _Step))
        if len(self._closures) < _MOST_KEPT:
            self._closures[key] = closed
        return closed

    def _after(self, here: _States, char: str) -> _States:
        key = (here, char)
        known = self._steps.get(key)
        if known is not None:
            return known
        code = ord(char)
        states = (self._states[number] for number in here)
        reached = frozenset(state.target for state in states if isinstance(state, _Step) and state.takes(code))
        if len(self._steps) < _MOST_KEPT:
            self._steps[key] = reached
        return reached

    def _add(self, state: _Step | _Fork) -> int:
        if len(self._states) >= MOST_STATES:
            raise UnreadError("a pattern that is too large")
        self._states.append(state)
        return len(self._states) - 1

    def _build(self, node: Node, target: int) -> int:
        """The state at which a part begins that leads to a target."""
        match node:
            case Chars(ranges, negated):
                merged = _merged(ranges)
                merged = complement(merged) if negated else merged
                return self._add(_Step(tuple(low for low, _ in merged), tuple(high for _, high in merged), target))
            case Edge(at_start):
                return self._add(_Fork((target,), at_start))
            case Sequence(parts):
                for part in reversed(parts):
                    target = self._build(part, target)
                return target
            case Choice(branches):
                return self._add(_Fork(tuple(self._build(branch, target) for branch in branches)))
            case Repeat(part, low, high):
                return self._repeat(part, low, high, target)

    def _repeat(self, part: Node, low: int, high: int | None, target: int) -> int:
        if high is None:
            loop = self._add(_Fork((target,)))
            self._states[loop] = _Fork((self._build(part, loop), target))
            target = loop
        else:
            end = target
            for _ in range(high - low):
                target = self._add(_Fork((self._build(part, target), end)))
        for _ in range(low):
            target = self._build(part, target)
        return target


def _merged(ranges: Ranges) -> Ranges:
    """Ranges in order, none of which touch."""
    return complement(complement(ranges))


@lru_cache(_MOST_PATTERNS)
def automaton(pattern: str) -> Automaton | None:
    """A pattern made ready, or the same one as before; None where it is not read here."""
    try:
        return Automaton(pattern)
    except UnreadError:
        return None


def may_match(pattern: str, text: str) -> bool:
    """Whether a part of a text matches a pattern, or that cannot be told."""
    found = automaton(pattern)
    return found is None or found.finds(text) is not False
