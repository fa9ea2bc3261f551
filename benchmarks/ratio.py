"""Time two things in turn, so that what disturbs the machine disturbs both."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ratio:
    """``ours`` and ``theirs`` are the median seconds of one call.

    ``low``, ``middle`` and ``high`` span the ratios pair by pair.
    """

    ours: float
    theirs: float
    low: float
    middle: float
    high: float

    @classmethod
    def of(cls, pairs: Sequence[tuple[float, float]], repeats: int = 1) -> Ratio:
        """The ratio of pairs of times, each of so many calls."""
        ratios = sorted(our / their for our, their in pairs)
        return cls(
            statistics.median(our for our, _ in pairs) / repeats,
            statistics.median(their for _, their in pairs) / repeats,
            ratios[0],
            statistics.median(ratios),
            ratios[-1],
        )

    def row(self, name: str, budget: float | None = None) -> str:
        """A line of a table, with the ratio that is hoped for."""
        hoped = "" if budget is None else f"  (at most {budget:g})"
        times = f"{_spelled(self.ours):>9} {_spelled(self.theirs):>9}"
        return f"{name:<46} {times}   {self.middle:5.2f}  [{self.low:.2f} to {self.high:.2f}]{hoped}"


HEADER = f"{'':<46} {'ours':>9} {'theirs':>9}   ratio  [from pair to pair]"


def compare(
    ours: Callable[[], object], theirs: Callable[[], object], *, rounds: int = 25, seconds: float = 0.02
) -> Ratio:
    """Time both in turn, ``rounds`` times, each for about ``seconds`` of calls; one round before does not count."""
    repeats = [max(1, round(seconds / _time(call, 3))) for call in (ours, theirs)]
    pairs = [(_time(ours, repeats[0]), _time(theirs, repeats[1])) for _ in range(rounds + 1)][1:]
    return Ratio.of(pairs)


def _time(call: Callable[[], object], repeats: int) -> float:
    start = time.perf_counter()
    for _ in range(repeats):
        call()
    return (time.perf_counter() - start) / repeats


def _spelled(seconds: float) -> str:
    return f"{seconds * 1e6:.2f} us" if seconds < 1e-3 else f"{seconds * 1e3:.2f} ms"
