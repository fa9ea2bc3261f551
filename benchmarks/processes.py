"""Whole processes: how long they take, and how much memory."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.ratio import Ratio

SCRIPTS = Path(sysconfig.get_path("scripts"))
ROOT = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Command:
    """A command line, the folder that it runs in, and the exit codes with which it has done its work."""

    line: tuple[str, ...]
    folder: Path = ROOT
    exits: tuple[int, ...] = (0,)


@dataclass(frozen=True, slots=True)
class Run:
    """``seconds`` by the clock, and ``mebibytes`` at most in any one process of it."""

    seconds: float
    mebibytes: float


def run(command: Command) -> Run:
    """Run a command once; what it prints is thrown away.

    Raises:
        CalledProcessError: it did not do its work.
    """
    start = time.perf_counter()
    with subprocess.Popen(
        command.line, cwd=command.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=_environment()
    ) as process:
        # Of a process and of all that it waited for, the largest.
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - start
    if process.returncode not in command.exits:
        raise subprocess.CalledProcessError(process.returncode, command.line)
    return Run(seconds, usage.ru_maxrss / 1024)


def compare_commands(ours: Command, theirs: Command, rounds: int) -> Ratio:
    """Run both in turn, ``rounds`` times; one round before does not count."""
    pairs = [(run(ours).seconds, run(theirs).seconds) for _ in range(rounds + 1)][1:]
    return Ratio.of(pairs)


def ours(*arguments: str, exits: Sequence[int] = (0,)) -> Command:
    """A command of this project."""
    return Command((str(SCRIPTS / "minimax-validate"), *arguments), exits=tuple(exits))


def python(*arguments: str) -> Command:
    """The Python that runs the benchmarks."""
    return Command((sys.executable, *arguments))


def _environment() -> Mapping[str, str]:
    # Without compiled files each start would compile all modules anew.
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
