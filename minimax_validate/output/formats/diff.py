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
    """Old lines from ``start`` to ``end``, both counted from 0, and the new ones in their place.

    A line has its end, unless it is the last one and has none.
    """

    start: int
    end: int
    lines: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class _Region:
    """Whole lines from ``start`` to ``end``, offsets in bytes, and what becomes of them."""

    start: int
    end: int
    after: bytes


def unified(name: str, data: bytes, changes: Iterable[Change], paint: Paint) -> Iterator[str]:
    """The lines of a unified difference, without line ends; nothing where nothing changes.

    The changes are in the order of their offsets. What would act on a terminal or a log is spelled out, so a text that
    holds such has a difference to look at, and none to apply.
    """
    lines = _lines(data)
    steps = list(_steps(data, _regions(data, changes)))
    if not steps:
        return
    shown = visible(name)
    yield paint.bold(f"--- {shown}")
    yield paint.bold(f"+++ {shown}")
    grown = 0
    for group in _groups(steps):
        start, end = max(group[0].start - _CONTEXT, 0), min(group[-1].end + _CONTEXT, len(lines))
        grows = sum(len(step.lines) - (step.end - step.start) for step in group)
        yield paint("cyan", f"@@ -{_range(start, end)} +{_range(start + grown, end + grown + grows)} @@")
        yield from _hunk(lines, group, start, end, paint)
        grown += grows


def _lines(data: bytes) -> list[bytes]:
    """The lines of a text, each with its end: a line feed, as programs that apply differences have it."""
    *ended, last = data.split(b"\n")
    return [line + b"\n" for line in ended] + [last] * bool(last)


def _regions(data: bytes, changes: Iterable[Change]) -> Iterator[_Region]:
    """The whole lines of each change; changes that meet in a line are one."""
    region: _Region | None = None
    for change in changes:
        stop = change.start + len(change.before)
        line_end = data.find(b"\n", stop) + 1 or len(data)
        start = data.rfind(b"\n", 0, change.start) + 1
        if region is not None and start < region.end:
            kept = region.after[: len(region.after) - (region.end - change.start)]
            region = _Region(region.start, line_end, kept + change.after + data[stop:line_end])
            continue
        if region is not None:
            yield region
        region = _Region(start, line_end, data[start : change.start] + change.after + data[stop:line_end])
    if region is not None:
        yield region


def _steps(data: bytes, regions: Iterable[_Region]) -> Iterator[_Step]:
    number = counted = 0
    for region in regions:
        number += data.count(b"\n", counted, region.start)
        counted = region.start
        before, after = _lines(data[region.start : region.end]), _lines(region.after)
        for tag, start, stop, new_start, new_stop in SequenceMatcher(None, before, after).get_opcodes():
            if tag != "equal":
                yield _Step(number + start, number + stop, tuple(after[new_start:new_stop]))


def _groups(steps: Sequence[_Step]) -> Iterator[list[_Step]]:
    """Steps that are so near that their context meets."""
    group = [steps[0]]
    for step in steps[1:]:
        if step.start - group[-1].end > 2 * _CONTEXT:
            yield group
            group = []
        group.append(step)
    yield group


def _range(start: int, end: int) -> str:
    length = end - start
    return f"{start + 1}" if length == 1 else f"{start + bool(length)},{length}"


def _hunk(lines: Sequence[bytes], group: Iterable[_Step], start: int, end: int, paint: Paint) -> Iterator[str]:
    at = start
    for step in group:
        yield from _shown(" ", lines[at : step.start])
        yield from _shown("-", lines[step.start : step.end], paint, "red")
        yield from _shown("+", step.lines, paint, "green")
        at = step.end
    yield from _shown(" ", lines[at:end])


def _shown(sign: str, lines: Iterable[bytes], paint: Paint | None = None, color: str = "") -> Iterator[str]:
    for line in lines:
        text = line.removesuffix(b"\n").decode(errors="backslashreplace")
        ending = "\r" if text.endswith("\r") else ""
        spelled = sign + "\t".join(map(visible, text.removesuffix("\r").split("\t"))) + ending
        yield paint(color, spelled) if paint else spelled
        if not line.endswith(b"\n"):
            yield _UNENDED
