"""Run a harness on mutated inputs, again and again, and keep what fails."""

from __future__ import annotations

import signal
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from types import FrameType

from fuzz.harness import Harness, LawError
from fuzz.known import known
from fuzz.minimise import minimised
from fuzz.mutate import mutated

LONGEST = 12_000
"""Bytes of an input."""
PATIENCE = 30
"""Seconds of the processor after which an input counts as one that never ends.

One that waits gets twenty times as long, so that a busy machine makes no failure.
"""
_MOST_KEPT = 5_000


class TooSlowError(Exception):
    """An input that takes longer than anybody waits."""


@dataclass(slots=True)
class Outcome:
    """What came of a campaign; ``failures`` are the smallest inputs found, by how they fail."""

    harness: str
    executions: int = 0
    seconds: float = 0.0
    behaviours: int = 0
    failures: dict[str, bytes] = field(default_factory=dict)
    known: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        rate = self.executions / self.seconds if self.seconds else 0
        told = f"{self.executions:,} executions, {rate:,.0f}/s, {self.behaviours:,} behaviours"
        return f"{self.harness}: {told}, {len(self.failures)} failures" + (
            f", {sum(self.known.values())} known" if self.known else ""
        )


def failure_of(harness: Harness, data: bytes) -> str:
    """How a harness fails on an input, in words that are the same for the same fault; empty if it does not."""
    try:
        with _patience():
            harness.run(data)
    except Exception as error:  # whatever is raised is a failure: that is what is looked for
        return _told(error)
    return ""


def smallest(harness: Harness, data: bytes, failure: str) -> bytes:
    """The smallest input found on which a harness still fails in this way."""
    return minimised(data, lambda other: failure_of(harness, other) == failure, is_json=harness.is_json)


def campaign(harness: Harness, seed: int, *, executions: int | None = None, seconds: float | None = None) -> Outcome:
    """Mutate and run until one of the limits is reached: the same inputs for the same seed.

    Each failure is made smaller once; others that fail in the same way are dropped.
    """
    random = Random(f"{harness.name} {seed}")
    pool = list(dict.fromkeys(harness.seeds())) or [b""]
    random.shuffle(pool)
    seeds = len(pool)
    outcome = Outcome(harness.name)
    seen: set[object] = set()
    begun = time.monotonic()
    while (executions is None or outcome.executions < executions) and (
        seconds is None or time.monotonic() - begun < seconds
    ):
        number = outcome.executions
        # Seeds and mutations take turns, so that a short campaign has some of both.
        if number % 2 == 0 and number // 2 < seeds:
            data = pool[number // 2]
        else:
            # Half of the time from what was new last: there is more to find.
            recent = len(pool) > seeds and random.random() < 0.5
            # The shorter of two: a short input takes less time, and more of its mutations matter.
            data = min((pool[random.randrange(seeds if recent else 0, len(pool))] for _ in range(2)), key=len)
            data = mutated(data, pool, random, is_json=harness.is_json, most=LONGEST)
        outcome.executions += 1
        try:
            with _patience():
                behaviour = harness.run(data)
        except Exception as error:  # whatever is raised is a failure to keep
            _keep(outcome, harness, data, _told(error))
            continue
        if behaviour not in seen:
            seen.add(behaviour)
            if data not in pool[:seeds] and len(pool) < _MOST_KEPT:
                pool.append(data)
    outcome.seconds = time.monotonic() - begun
    outcome.behaviours = len(seen)
    return outcome


def _keep(outcome: Outcome, harness: Harness, data: bytes, failure: str) -> None:
    if known(harness.name, failure) is not None:
        outcome.known[failure] += 1
    elif failure not in outcome.failures:
        # Each attempt to make a slow input smaller would take as long again.
        is_slow = failure == TooSlowError.__name__
        outcome.failures[failure] = data if is_slow else smallest(harness, data, failure)


def _told(error: Exception) -> str:
    if isinstance(error, LawError):
        return str(error).split(":")[0]
    frames = [
        frame for frame in traceback.extract_tb(error.__traceback__) if Path(frame.filename).parent.name != "fuzz"
    ]
    last = frames[-1] if frames else None
    if isinstance(error, TooSlowError) or last is None:
        return type(error).__name__
    ours = next((frame for frame in reversed(frames) if "minimax_validate" in frame.filename), last)
    return f"{type(error).__name__} at {ours.filename.rpartition('minimax_validate/')[2]}, {ours.name}"


@contextmanager
def _patience() -> Iterator[None]:
    def give_up(_signal: int, _frame: FrameType | None) -> None:
        raise TooSlowError

    timers = ((signal.SIGPROF, signal.ITIMER_PROF, PATIENCE), (signal.SIGALRM, signal.ITIMER_REAL, 20 * PATIENCE))
    before = [signal.signal(number, give_up) for number, _, _ in timers]
    for _, timer, seconds in timers:
        signal.setitimer(timer, seconds)
    try:
        yield
    finally:
        for (number, timer, _), handler in zip(timers, before, strict=True):
            signal.setitimer(timer, 0)
            signal.signal(number, handler)
