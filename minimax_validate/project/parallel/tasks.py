"""Cut a run into tasks: parts of long files, and groups of small ones."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum
from itertools import islice
from pathlib import Path

from minimax_validate.project.discover import Found
from minimax_validate.project.files import display_name, opened, size_and_version
from minimax_validate.project.parallel.blocks import BLOCK, stretches
from minimax_validate.texts.readers import reads_lines
from minimax_validate.texts.readers.jsonl import Stretch
from minimax_validate.values.urls import is_url

GROUP = 1024 * 1024
"""Bytes of the files that are one task; most files of a walk hold no request, and take no more than a look."""

MOST_FILES = 256
"""Files of one task."""

_MEMORY = "memory://"
_OF_THIS_PROCESS = tuple(f"{os.sep}{folder}{os.sep}" for folder in ("dev", "proc"))


@dataclass(frozen=True, slots=True)
class Piece:
    """A file, or the ``stretch`` of it that is one task; ``inode`` tells that it is still the same file."""

    found: Found
    stretch: Stretch | None = None
    inode: int = 0

    @property
    def is_last(self) -> bool:
        """Whether no other piece of the file follows."""
        return self.stretch is None or self.stretch.end is None


class Step(Enum):
    """What is done with the pieces of a task."""

    CHECK = "check them"
    FIX = "fix their files, and check them then"
    CHANGE = "say what fixing would change in them"


@dataclass(frozen=True, slots=True)
class Task:
    """Pieces that are checked one after the other; a task that is not ``movable`` is for this process alone."""

    pieces: tuple[Piece, ...]
    movable: bool = True
    step: Step = Step.CHECK


@dataclass(frozen=True, slots=True)
class Long:
    """A file that is worth to be cut, of a ``size`` in bytes; ``inode`` is that of a piece."""

    found: Found
    size: int
    inode: int


Cut = Callable[[Iterable[Task | Long], int], Iterator[Task]]
"""Makes tasks of long files, each of about so many bytes, and keeps the order of all that comes."""


def cut_here(coming: Iterable[Task | Long], block: int) -> Iterator[Task]:
    """Cut long files by reading them in this process."""
    for item in coming:
        if isinstance(item, Task):
            yield item
        else:
            yield from _parts(item, block)


def tasks(
    files: Iterable[Found], step: Step = Step.CHECK, *, block: int = BLOCK, group: int = GROUP, cut: Cut = cut_here
) -> Iterator[Task]:
    """The tasks of a run, in the order of its files."""
    return (replace(task, step=step) for task in cut(_tasks(files, block, group), block))


def parts_of(long: Long, stretches: Iterable[Stretch]) -> Iterator[Task]:
    """The tasks of a long file that is cut."""
    return (Task((Piece(long.found, stretch, long.inode),)) for stretch in stretches)


def is_cut(found: Found, *, block: int = BLOCK) -> bool:
    """Whether a file is several tasks."""
    status = size_and_version(found.path)
    if status is None or not _is_movable(found.path) or status[0] < 2 * block:
        return False
    return any(task.pieces[0].stretch for task in islice(_parts(Long(found, *status), block), 1))


def _tasks(files: Iterable[Found], block: int, group: int) -> Iterator[Task | Long]:
    small: list[Piece] = []
    size = 0
    for found in files:
        status = size_and_version(found.path)
        is_movable = _is_movable(found.path)
        is_long = is_movable and status is not None and status[0] >= 2 * block
        if small and (is_long or not is_movable or size >= group or len(small) >= MOST_FILES):
            yield Task(tuple(small))
            small, size = [], 0
        if not is_movable:
            yield Task((Piece(found),), movable=False)
        elif is_long and status is not None:
            yield Long(found, *status)
        else:
            small.append(Piece(found))
            size += status[0] if status is not None else 0
    if small:
        yield Task(tuple(small))


def _parts(long: Long, block: int) -> Iterator[Task]:
    path = long.found.path
    with contextlib.suppress(OSError), opened(path) as stream:  # reading it says why it cannot be read
        if reads_lines(display_name(path), stream):
            yield from parts_of(long, stretches(stream, block))
            return
    yield Task((Piece(long.found),))


def _is_movable(path: str | Path) -> bool:
    """Whether another process finds the same at a path: a pipe can be read but once, and ``/dev/stdin`` is its own."""
    if is_url(path):
        return not os.fspath(path).startswith(_MEMORY)
    try:
        is_regular = stat.S_ISREG(os.stat(path).st_mode)
    except (OSError, ValueError):
        return True
    return is_regular and not os.path.abspath(path).startswith(_OF_THIS_PROCESS)
