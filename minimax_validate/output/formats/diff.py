"""Differences between texts, as ``diff -u`` writes them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Protocol

from minimax_validate.output.color import Paint
from minimax_validate.output.escape import visible

_CONTEXT = 3
"""Lines around a change."""

_UNENDED = "\\ No newline at end of file"


class Change(Protocol):
    """What becomes of a part of a file that begins at ``start``, in bytes."""

    @property
    def start(self) -> int:
        """The offset."""
        ...

    @property
    def before(self) -> bytes:
        """What it is."""
        ...

    @property
    def after(self) -> bytes:
        """What it becomes."""
        ...


@dataclass(frozen=True, slots=True)
class _Step:
    """Old lines from ``start`` to ``end``, both counted from 0, and the new ones in their place."""

    start: int
    end: int
    lines: tuple[bytes, ...]


def unified(name: str, data: bytes, changes: Iterable[Change], paint: Paint) -> Iterator[str]:
    """The lines of a unified difference, without line ends; nothing where nothing changes.

    What would act on a terminal or a log is spelled out, so a text that holds such has a difference to look at, and
    none to apply.
    """
    lines = data.split(b"\n")
    steps = list(_steps(data, changes))
    if not steps:
        return
    shown = visible(name)
    yield paint.bold(f"--- {shown}")
    yield paint.bold(f"+++ {shown}")
    grown = 0
    for group in _groups(steps):
        start, end = max(group[0].start - _CONTEXT, 0), min(group[-1].end + _CONTEXT, _number_of(lines))
        grows = sum(len(step.lines) - (step.end - step.start) for step in group)
        yield paint("cyan", f"@@ -{_range(start, end)} +{_range(start + grown, end + grown + grows)} @@")
        yield from _hunk(lines, group, start, end, paint)
        grown += grows


def _steps(data: bytes, changes: Iterable[Change]) -> Iterator[_Step]:
    at = line = 0
    for change in changes:
        # From one change to the next: to count from the start each time would be quadratic.
        if change.start < at:
            at = line = 0
        line += data.count(b"\n", at, change.start)
        at = change.start
        yield from _steps_of(data, change, line)


def _steps_of(data: bytes, change: Change, first: int) -> Iterator[_Step]:
    """The steps of a change that begins in the line of a number, counted from 0."""
    # A part may begin and end inside a line.
    head = data[data.rfind(b"\n", 0, change.start) + 1 : change.start]
    end = change.start + len(change.before)
    line_end = data.find(b"\n", end)
    tail = data[end : line_end if line_end >= 0 else len(data)]
    before, after = ((head + text + tail).split(b"\n") for text in (change.before, change.after))
    for tag, start, stop, new_start, new_stop in SequenceMatcher(None, before, after).get_opcodes():
        if tag != "equal":
            yield _Step(first + start, first + stop, tuple(after[new_start:new_stop]))


def _groups(steps: Sequence[_Step]) -> Iterator[list[_Step]]:
    """Steps that are so near that their context meets."""
    group = [steps[0]]
    for step in steps[1:]:
        if step.start - group[-1].end > 2 * _CONTEXT:
            yield group
            group = []
        group.append(step)
    yield group


def _number_of(lines: Sequence[bytes]) -> int:
    return len(lines) - (lines[-1] == b"")


def _range(start: int, end: int) -> str:
    length = end - start
    return f"{start + 1}" if length == 1 else f"{start + bool(length)},{length}"


def _hunk(lines: Sequence[bytes], group: Iterable[_Step], start: int, end: int, paint: Paint) -> Iterator[str]:
    at = start
    for step in group:
        yield from (_shown(" ", line) for line in lines[at : step.start])
        yield from (paint("red", _shown("-", line)) for line in lines[step.start : step.end])
        if step.end == len(lines):
            yield _UNENDED
        yield from (paint("green", _shown("+", line)) for line in step.lines)
        at = step.end
    yield from (_shown(" ", line) for line in lines[at:end])
    if end == len(lines):
        yield _UNENDED


def _shown(sign: str, line: bytes) -> str:
    text = line.decode(errors="backslashreplace")
    ending = "\r" if text.endswith("\r") else ""
    return sign + "\t".join(map(visible, text.removesuffix("\r").split("\t"))) + ending
