"""``python -m fuzz HARNESS``: fuzz with one harness, or with ``all``; what fails is made small and written down."""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from fuzz import ROOT
from fuzz.campaign import Outcome, campaign, failure_of, smallest
from fuzz.harness import HARNESSES, load

FOUND = ROOT / "tests" / "regressions"
"""Where failing inputs are written, in a folder for each harness: the tests run them from then on."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Fuzz; 1 if something was found."""
    options = _options(arguments)
    names = HARNESSES if options.harness == "all" else (options.harness,)
    executions, seconds = options.executions, options.seconds
    if executions is None and seconds is None:
        seconds = 60.0
    if seconds is not None:
        seconds = seconds * options.jobs / len(names) if len(names) > 1 else seconds
    # One harness in several processes is several campaigns; several harnesses share the processes.
    shares = options.jobs if len(names) == 1 else 1
    work = [(name, options.seed + 1000 * share) for name in names for share in range(shares)]
    limit = None if executions is None else -(-executions // shares)
    run = _guided if options.atheris else _mutating
    found = False
    with ProcessPoolExecutor(options.jobs) as pool:
        for outcome in pool.map(run, *zip(*work, strict=True), [limit] * len(work), [seconds] * len(work)):
            print(outcome, flush=True)
            for failure, data in outcome.failures.items():
                found = True
                print(f"  {failure}\n  {_written(options.found, outcome.harness, data)}", flush=True)
    return int(found)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m fuzz", description=__doc__)
    parser.add_argument("harness", choices=("all", *HARNESSES))
    parser.add_argument("--executions", type=int, help="runs of a harness")
    parser.add_argument("--seconds", type=float, help="time for all of it; 60 where nothing is given")
    parser.add_argument("--seed", type=int, default=0, help="the same seed tries the same inputs")
    parser.add_argument("--jobs", type=int, default=1, help="processes")
    parser.add_argument("--atheris", action="store_true", help="let the code that an input reaches guide the search")
    parser.add_argument("--found", type=Path, default=FOUND, help="the folder for inputs that fail")
    options = parser.parse_args(arguments)
    if options.atheris and importlib.util.find_spec("atheris") is None:
        parser.error("atheris is not installed")
    return options


def _mutating(name: str, seed: int, executions: int | None, seconds: float | None) -> Outcome:
    return campaign(load(name), seed, executions=executions, seconds=seconds)


def _guided(name: str, seed: int, executions: int | None, seconds: float | None) -> Outcome:
    harness, outcome = load(name), Outcome(name)
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        limits = (str(-1 if executions is None else executions), str(0 if seconds is None else max(1, round(seconds))))
        command = [sys.executable, "-m", "fuzz.guided", name, str(seed + 1), *limits, folder]
        done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
        for path in sorted(Path(folder).iterdir()):
            data = path.read_bytes()
            failure = failure_of(harness, data)
            if failure:
                outcome.failures[failure] = smallest(harness, data, failure)
    outcome.seconds = time.monotonic() - begun
    for pattern, attribute in ((r"number_of_executed_units: (\d+)", "executions"), (r".*cov: (\d+)", "behaviours")):
        told = re.findall(pattern, done.stderr)
        if told:
            setattr(outcome, attribute, int(told[-1]))
    return outcome


def _written(folder: Path, harness: str, data: bytes) -> Path:
    path = folder / harness / hashlib.sha256(data).hexdigest()[:12]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


if __name__ == "__main__":
    sys.exit(main())
