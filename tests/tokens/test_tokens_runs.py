"""Long runs of one byte are found wherever they stand, and nothing else is."""

from __future__ import annotations

from itertools import groupby
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minimax_validate.tokens.run_lengths import RUN_LENGTHS
from minimax_validate.tokens.runs import SHORTEST_RUN, long_runs

STRETCHES = st.tuples(st.sampled_from("ab \n\0'é語🎉"), st.integers(1, 80)).map(lambda pair: pair[0] * pair[1])
TEXTS = st.lists(STRETCHES | st.text(max_size=40), max_size=8).map("".join)


def runs_one_by_one(encoded: bytes) -> list[tuple[int, int]]:
    """The long runs, by a look at every byte."""
    runs = [(byte, len(list(equal))) for byte, equal in groupby(encoded)]
    return [(byte, length) for byte, length in runs if length >= SHORTEST_RUN]


@given(TEXTS)
@settings(deadline=None)
def test_long_runs_are_those_that_a_look_at_every_byte_finds(text: str) -> None:
    """Samples find every long run, its whole length, and nothing else."""
    encoded = text.encode("utf-8", "surrogatepass")
    assert list(long_runs(encoded)) == runs_one_by_one(encoded)


@pytest.mark.parametrize("before", range(35))
@pytest.mark.parametrize("length", [SHORTEST_RUN - 1, SHORTEST_RUN, SHORTEST_RUN + 1, 500])
def test_a_run_may_begin_anywhere(before: int, length: int) -> None:
    """A run is found at every distance from the samples, at the end of a text and before its end."""
    for after in ("", "x", "yz" * 40):
        encoded = ("pq" * 20)[:before].encode() + b"=" * length + after.encode()
        assert list(long_runs(encoded)) == ([(ord("="), length)] if length >= SHORTEST_RUN else [])


@pytest.mark.parametrize("unit", ["0123456789abcdef", "ab", "é", "語", "🎉", "語語🎉", "-" * 31 + "\n"])
def test_repeated_units_are_no_runs(unit: str) -> None:
    """A text that repeats more than one byte has no long run, though samples of it are equal."""
    assert list(long_runs((unit * 500).encode())) == []


def test_runs_that_touch_are_told_apart() -> None:
    """Each of several runs in a row has its own length, the short ones left out."""
    rng = Random(5)
    runs = [(rng.choice("abc "), rng.randint(1, 90)) for _ in range(300)]
    encoded = "".join(character * length for character, length in runs).encode()
    assert list(long_runs(encoded)) == runs_one_by_one(encoded)


def test_every_byte_of_ascii_has_a_length() -> None:
    """A token of a run is at least one byte, and its byte is ASCII."""
    assert len(RUN_LENGTHS) == 128
    assert min(RUN_LENGTHS) >= 1
