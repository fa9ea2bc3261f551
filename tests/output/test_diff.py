"""Unified differences of changes, wherever those are in a text."""

from __future__ import annotations

import difflib
from typing import NamedTuple

import pytest

from minimax_validate.output.color import Paint
from minimax_validate.output.formats.diff import unified


class Changed(NamedTuple):
    """A change of a text."""

    start: int
    before: bytes
    after: bytes


LINES = [f'{{"line": {number}}}\n'.encode() for number in range(40)]
DATA = b"".join(LINES)


def changes_of(*numbers: int) -> list[Changed]:
    """Changes of lines."""
    return [
        Changed(sum(map(len, LINES[:number])), LINES[number], LINES[number].replace(b"line", b"row"))
        for number in numbers
    ]


@pytest.mark.parametrize("numbers", [(0,), (39,), (3, 5, 30), tuple(range(0, 40, 2))])
def test_lines_are_counted_from_one_change_to_the_next(numbers: tuple[int, ...]) -> None:
    """The difference is that of the two texts, as the standard library sees it."""
    after = [line.replace(b"line", b"row") if number in numbers else line for number, line in enumerate(LINES)]
    expected = difflib.unified_diff(
        [line.decode() for line in LINES], [line.decode() for line in after], "log.jsonl", "log.jsonl"
    )
    found = unified("log.jsonl", DATA, changes_of(*numbers), Paint(on=False))
    assert [f"{line}\n" for line in found] == [line.rstrip("\n") + "\n" for line in expected]
