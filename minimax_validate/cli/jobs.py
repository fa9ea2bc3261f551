"""Decide in how many processes a run checks: to start some is worth it for much input alone."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from itertools import chain

from minimax_validate.project.discover import Found
from minimax_validate.project.files import size_and_version

MUCH = 8 * 1024 * 1024
"""Bytes of files from which on several processes are faster than one, start-up included."""


def crew(files: Iterable[Found], jobs: int | None) -> tuple[int, Iterator[Found]]:
    """How many processes check files, and the files; where nobody said how many, that depends on how much there is."""
    if jobs is not None:
        return jobs, iter(files)
    number = cores()
    if number == 1:
        return 1, iter(files)
    coming = iter(files)
    seen: list[Found] = []
    size = 0
    for found in coming:
        seen.append(found)
        size += _size(found)
        if size >= MUCH:
            return number, chain(seen, coming)
    return 1, iter(seen)


def cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _size(found: Found) -> int:
    status = size_and_version(found.path)
    return status[0] if status else 0
