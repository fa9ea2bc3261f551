"""What checking a long file costs beside parsing its lines, in one process and in two: ``python -m benchmarks.bulk``.

The corpus is made anew (``bulk_corpus``). Each round parses the lines with orjson in a process of its own, and checks
the file in one process and in as many as are asked for, one run after the other. Medians are printed: seconds on the
clock, seconds of processors, both over what parsing takes, and the peak of memory of the largest process. Where others
use the machine at the same time, the processors' seconds count. ``--command`` names the executable to measure, such as
one that is installed from a wheel.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from benchmarks.bulk_corpus import SHARES, write_corpus

_PARSE = """
import sys, orjson
with open(sys.argv[1], "rb") as stream:
    for line in stream:
        orjson.loads(line)
"""


class Cost(NamedTuple):
    """Seconds on the clock and of processors, and MiB of the largest process."""

    clock: float
    processors: float
    peak: float


def main() -> None:
    """Print a table for each kind of corpus."""
    parser = argparse.ArgumentParser(description="Measure the check of long files.")
    parser.add_argument("--megabytes", type=int, default=200, help="size of the corpus")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is measured")
    parser.add_argument("--jobs", type=int, nargs="*", default=[1, 2], help="numbers of processes")
    parser.add_argument("--kinds", nargs="*", choices=list(SHARES), default=list(SHARES), help="kinds of corpus")
    parser.add_argument("--format", default="json-lines", help="how findings are written")
    parser.add_argument("--command", default=f"{sys.executable} -m minimax_validate", help="what is measured")
    options = parser.parse_args()
    print(f"{'':<10} {'jobs':>5} {'clock':>9} {'cpu':>9} {'clock/orjson':>13} {'cpu/orjson':>11} {'MiB':>6}")
    for kind in options.kinds:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "corpus.jsonl")
            number = write_corpus(path, options.megabytes * 10**6, kind)
            check = [*options.command.split(), "check", "--isolated", "--output-format", options.format, str(path)]
            commands = {0: [sys.executable, "-c", _PARSE, str(path)]}
            commands |= {jobs: [*check, "--jobs", str(jobs)] for jobs in options.jobs}
            rounds = [{jobs: _cost(command) for jobs, command in commands.items()} for _ in range(options.rounds)]
        print(f"{kind}: {number:,} requests")
        for jobs in commands:
            clock = statistics.median(costs[jobs].clock for costs in rounds)
            cpu = statistics.median(costs[jobs].processors for costs in rounds)
            by_clock = statistics.median(costs[jobs].clock / costs[0].clock for costs in rounds)
            by_cpu = statistics.median(costs[jobs].processors / costs[0].processors for costs in rounds)
            peak = max(costs[jobs].peak for costs in rounds)
            name = str(jobs or "orjson")
            print(
                f"{'':<10} {name:>6} {clock:>7.2f} s {cpu:>7.2f} s {by_clock:>13.2f} {by_cpu:>11.2f} {peak:>6.0f}",
                flush=True,
            )


def _cost(command: list[str]) -> Cost:
    start = time.perf_counter()
    with Path(os.devnull).open("wb") as nowhere:
        process = subprocess.Popen(command, stdout=nowhere, stderr=nowhere)
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise subprocess.CalledProcessError(process.returncode, command)
    return Cost(time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


if __name__ == "__main__":
    main()
