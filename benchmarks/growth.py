"""How time and memory grow with what a run has many of.

``python -m benchmarks.growth`` prints them for all axes at a number and at ten times that, and with words behind it for
those whose names hold one. Each is measured in a process of its own, whose imports and first small run are not part of
it. What grows over 12 times, takes over 2 seconds for up to 5 MB, or over 256 MiB, is marked.
"""

from __future__ import annotations

import contextlib
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.growth_axes import AXES, Input
from benchmarks.ratio import Ratio
from benchmarks.results import Result
from minimax_validate.cli import cli, collect_rarely

MOST_TIMES, MOST_SECONDS, MOST_MIB, SIZE = 12.0, 2.0, 256, 5_000_000
_LEAST = 0.02
"""Seconds below which the ratio of two runs says nothing."""


def main() -> None:
    """Print the table."""
    names = sys.argv[1:]
    if names[:1] == ["--one"]:
        _measure_here(names[1], int(names[2]))
        return
    print(f"{'':<32} {'n':>8} {'10 n':>8} {'size':>9} {'t(n)':>8} {'t(10 n)':>8} {'times':>6} {'MiB':>5} {'MiB':>5}")
    for axis in AXES:
        if not names or any(name in axis.name for name in names):
            print(_row(axis.name, axis.number), flush=True)


def measured() -> Iterator[Result]:
    """Ten times as many of each axis, beside a tenth of that; the median of three pairs."""
    for axis in AXES:
        pairs = [(_measured(axis.name, 10 * axis.number)[1], _measured(axis.name, axis.number)[1]) for _ in range(3)]
        ratio = Ratio.of([(many, max(few, _LEAST)) for many, few in pairs])
        many = f"{axis.name}: {10 * axis.number:,}"
        yield Result("Growth", many, f"{axis.number:,}", ratio, MOST_TIMES)


def _row(name: str, number: int) -> str:
    try:
        _, few, small = _measured(name, number)
        size, many, large = _measured(name, 10 * number)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        return f"{name:<32} {number:>8,} {10 * number:>8,} {type(error).__name__}"
    times = many / max(few, _LEAST)
    is_over = times > MOST_TIMES or (many > MOST_SECONDS and size <= SIZE) or (large > MOST_MIB and size <= SIZE)
    return (
        f"{name:<32} {number:>8,} {10 * number:>8,} {size / 1e6:>6.2f} MB {few:>6.2f} s {many:>6.2f} s {times:>6.1f} "
        f"{small:>5} {large:>5}{'  over' * is_over}"
    )


def _measured(name: str, number: int) -> tuple[int, float, int]:
    """Bytes of the input, seconds of the run, and MiB of the process at its peak."""
    command = [sys.executable, "-m", "benchmarks.growth", "--one", name, str(number)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    size, seconds, peak = done.stdout.split()
    return int(size), float(seconds), int(peak)


def _measure_here(name: str, number: int) -> None:
    collect_rarely()  # as the command does
    axis = next(axis for axis in AXES if axis.name == name)
    with tempfile.TemporaryDirectory() as folder, Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        os.chdir(folder)
        with contextlib.redirect_stdout(nowhere), contextlib.redirect_stderr(nowhere):
            _run(axis.make(3))
            given = axis.make(number)
            seconds = _run(given)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(len(given.text.encode()) + sum(map(len, (given.beside or {}).values())), seconds, peak)


def _run(given: Input) -> float:
    for name, text in ((given.name, given.text), *(given.beside or {}).items()):
        Path(name).write_text(text, encoding="utf-8")
    isolated = () if "--config" in given.options else ("--isolated",)
    start = time.process_time()
    cli.main(["check", given.name, "--jobs", "1", *isolated, *given.options], standalone_mode=False)
    return time.process_time() - start


if __name__ == "__main__":
    main()
