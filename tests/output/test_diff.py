"""Unified differences: what other programs make of them is the new text."""

from __future__ import annotations

import difflib
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from minimax_validate.output.color import Paint
from minimax_validate.output.formats.diff import unified

NEEDS_GIT = pytest.mark.skipif(shutil.which("git") is None, reason="git applies the differences")


@dataclass(frozen=True)
class Replaced:
    """A part of a file that is replaced."""

    start: int
    before: bytes
    after: bytes


@st.composite
def changed(draw: st.DrawFn) -> tuple[bytes, list[Replaced], bytes]:
    """A text, changes of it in order, and the new text."""
    data = b"".join(draw(st.lists(st.sampled_from([b"a\n", b"b\n", b"\n", b"c\r\n"]), max_size=12)))
    data += draw(st.sampled_from([b"", b"z"]))
    changes: list[Replaced] = []
    new, done = b"", 0
    while done <= len(data) and draw(st.booleans()):
        start = draw(st.integers(done, len(data)))
        stop = draw(st.integers(start, min(len(data), start + 3)))
        after = draw(st.sampled_from([b"", b"q", b"\nr\n", b"s\n", b"\n", b"t\nu"]))
        changes.append(Replaced(start, data[start:stop], after))
        new += data[done:start] + after
        done = stop + draw(st.integers(0, 20)) if stop < len(data) else len(data) + 1
        new += data[stop:done]
        done = min(done, len(data)) if stop < len(data) else done
    return data, changes, new + data[done:]


CASES = changed().filter(lambda case: b"\r" not in case[2].replace(b"\r\n", b""))
"""Without carriage returns inside of lines, which are spelled out."""


def applied(data: bytes, lines: list[str]) -> bytes:
    """What a difference makes of a text, by its own words."""
    old = data.split(b"\n")
    old = [line + b"\n" for line in old[:-1]] + [old[-1]] * bool(old[-1])
    new: list[bytes] = []
    at = 0
    for number, line in enumerate(lines[2:], 2):
        if line.startswith("@@"):
            begins, _, length = line.split()[1].removeprefix("-").partition(",")
            start = int(begins) - (length != "0")
            new += old[at:start]
            at = start
        elif line[0] in " -+":
            is_ended = number + 1 == len(lines) or not lines[number + 1].startswith("\\")
            text = line[1:].encode() + b"\n" * is_ended
            if line[0] != "+":
                assert old[at] == text
                at += 1
            if line[0] != "-":
                assert not new or new[-1].endswith(b"\n")
                new.append(text)
    return b"".join(new + old[at:])


@given(CASES)
def test_what_a_difference_says_is_what_changes(case: tuple[bytes, list[Replaced], bytes]) -> None:
    """Each old line is there, only a last line has no end, and the new lines are those of the new text."""
    data, changes, new = case
    lines = list(unified("f", data, changes, Paint(False)))
    assert bool(lines) is (data != new)
    assert applied(data, lines) == new


@NEEDS_GIT
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(CASES)
def test_git_applies_a_difference(tmp_path: Path, case: tuple[bytes, list[Replaced], bytes]) -> None:
    """A difference is one that git takes, at an end of a file without a line feed as well."""
    data, changes, new = case
    lines = list(unified("f", data, changes, Paint(False)))
    if not lines or not data or not new:
        return  # an empty file is another matter to git: it comes or goes
    (tmp_path / "f").write_bytes(data)
    patch = "\n".join(lines).encode() + b"\n"
    command = ["git", "apply", "-p0", "--whitespace=nowarn", "-"]
    done = subprocess.run(command, cwd=tmp_path, input=patch, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "f").read_bytes() == new


@pytest.mark.parametrize(
    ("data", "after", "expected"),
    [
        (
            b"a\nz",
            b"z\nnew",
            [" a", "-z", "\\ No newline at end of file", "+z", "+new", "\\ No newline at end of file"],
        ),
        (b"a\nz", b"z\n", [" a", "-z", "\\ No newline at end of file", "+z"]),
        (b"a\nz", b"", [" a", "-z", "\\ No newline at end of file"]),
    ],
)
def test_the_last_line(data: bytes, after: bytes, expected: list[str]) -> None:
    """A last line without an end is followed by the words for it, and by no others."""
    assert list(unified("f", data, [Replaced(2, b"z", after)], Paint(False)))[3:] == expected


LINES = [f'{{"line": {number}}}\n'.encode() for number in range(40)]
DATA = b"".join(LINES)


def changes_of(*numbers: int) -> list[Replaced]:
    """Changes of lines."""
    return [
        Replaced(sum(map(len, LINES[:number])), LINES[number], LINES[number].replace(b"line", b"row"))
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
