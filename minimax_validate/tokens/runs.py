"""Find long runs of one repeated byte, such as rulers, padding and indents, at a small part of the cost of an estimate.

A vocabulary has tokens of many equal characters, so such a run is far fewer tokens than its pairs of bytes suggest.
"""

from __future__ import annotations

from collections.abc import Sequence

SHORTEST_RUN = 32
"""The fewest bytes of a long run."""

# Every 16th byte is compared with those 5, 10 and 16 bytes behind it. A run of 32 bytes holds four such bytes, wherever
# it begins: the first at most 15 bytes behind its beginning, the last 16 bytes behind the first. Multiples of five meet
# different bytes of a character of two or three bytes that is repeated.
_STEP = 16
_OFFSETS = (5, 10)


def _equal_samples(encoded: bytes) -> bytes:
    """A zero for every 16th byte that is equal to those it is compared with, else another byte.

    The samples are laid on top of each other as big integers.
    """
    every = encoded[::_STEP]
    samples = int.from_bytes(every, "little")
    differences = samples ^ samples >> 8
    for offset in _OFFSETS:
        differences |= samples ^ int.from_bytes(encoded[offset::_STEP], "little")
    return differences.to_bytes(len(every), "little")


def _end_of_run(encoded: bytes, place: int, byte: bytes) -> int:
    """The place behind the last of the equal bytes that begin at ``place``."""
    width = SHORTEST_RUN
    while True:
        piece = encoded[place : place + width]
        rest = piece.lstrip(byte)
        if rest or len(piece) < width:
            return place + len(piece) - len(rest)
        # Each look is longer than all before it together, so the cost is that of the run.
        width *= 4


def long_runs(encoded: bytes) -> Sequence[tuple[int, int]]:
    """The byte and the length of each run of at least ``SHORTEST_RUN`` equal bytes, in order.

    ``encoded`` is a text in UTF-8, so the bytes of long runs are ASCII.
    """
    if len(encoded) < SHORTEST_RUN:
        return ()
    differences = _equal_samples(encoded)
    sample = differences.find(0)
    if sample < 0:
        return ()
    runs: list[tuple[int, int]] = []
    while sample >= 0:
        place = sample * _STEP
        byte = encoded[place : place + 1]
        end = _end_of_run(encoded, place, byte)
        # What the run has before this place is fewer than 16 bytes, else the sample before were equal too.
        before = encoded[max(0, place - _STEP + 1) : place]
        length = end - place + len(before) - len(before.rstrip(byte))
        if length >= SHORTEST_RUN:
            runs.append((encoded[place], length))
        sample = differences.find(0, max(sample + 1, -(-end // _STEP)))
    return runs
