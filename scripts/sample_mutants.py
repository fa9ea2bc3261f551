"""Try a sample of the mutants of files or folders, each on the tests that reach its lines, and print the survivors.

``python scripts/sample_mutants.py minimax_validate/texts/yaml --tests tests/texts --sample 60 --seed 1`` runs the tests
once to learn which of them reach which lines. A mutant inside a function then takes its place in a process of its own,
where all is imported already; one outside of functions is imported in place of the real module, as by ``mutate.py``,
which makes the mutants.
"""

from __future__ import annotations

import argparse
import ast
import gc
import importlib
import multiprocessing
import os
import pickle
import random
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from inspect import CO_OPTIMIZED
from pathlib import Path
from types import CodeType, FunctionType

import coverage
import mutate
import pytest
from mutate import Mutant, Swap

OPTIONS = [
    "-q",
    "-m",
    "not slow",
    "-p",
    "no:cacheprovider",
    "--disable-plugin-autoload",
    "-p",
    "syrupy",
    "--capture=sys",
    "--snapshot-warn-unused",
]
UNFIT = 77
"""The exit status of a process that could not put a mutant in its place."""
MOST = 400
"""Tests that a mutant is shown to at most, the quickest of its own wing first."""


@dataclass
class Reach:
    """Which tests reach which lines, and what they take: tests by number, seconds of the processor."""

    lines: dict[tuple[str, int], set[int]] = field(default_factory=lambda: defaultdict(set))
    seconds: dict[int, float] = field(default_factory=dict)
    failed: set[int] = field(default_factory=set)


@dataclass
class Outcome:
    """What the first process hands back: numbers of mutants, and the tests that reach each file, quickest first."""

    survivors: set[int] = field(default_factory=set)
    unreached: set[int] = field(default_factory=set)
    unfit: set[int] = field(default_factory=set)
    tests: dict[str, list[str]] = field(default_factory=dict)


def in_functions(tree: ast.Module) -> set[int]:
    """The identities of the nodes that run when a function is called."""
    functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
    return {id(node) for function in functions for statement in function.body for node in ast.walk(statement)}


def lines(node: ast.AST) -> set[int]:
    """The lines on which a node, or what it is made of, begins."""
    return {part.lineno for part in ast.walk(node) if isinstance(part, ast.expr | ast.stmt)}


def codes(code: CodeType) -> Iterator[CodeType]:
    """The code of all functions inside of one."""
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            if constant.co_flags & CO_OPTIMIZED:
                yield constant
            yield from codes(constant)


def put_in_place(mutant: Mutant, functions: Sequence[FunctionType]) -> bool:
    """Give the functions of a module the code of a mutant; whether that can be done."""
    tree = ast.fix_missing_locations(Swap(mutant).visit(mutant.tree))
    new = {(code.co_qualname, code.co_firstlineno): code for code in codes(compile(tree, str(mutant.path), "exec"))}
    try:
        for function in functions:
            key = function.__code__.co_qualname, function.__code__.co_firstlineno
            if key in new:
                function.__code__ = new[key]
    except ValueError:  # it has other names of the functions around it
        return False
    return True


class Sampling:
    """A plugin of pytest that runs mutants in place of the tests' loop."""

    def __init__(self, sample: Sequence[Mutant], jobs: int, seconds: int) -> None:
        self.sample = sample
        self.jobs = jobs
        self.seconds = seconds
        self.outcome = Outcome()
        self.on_failure: Callable[[], None] = lambda: None

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """A failed test ends the process of a mutant."""
        if report.failed:
            self.on_failure()

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Learn what the tests reach, then try each mutant."""
        for module in {mutant.module for mutant in self.sample}:  # many are imported when they are needed
            importlib.import_module(module)
        gc.unfreeze()  # a test file may call the command when it is imported, and that hides functions from the search
        gc.collect()
        functions = defaultdict(list)
        for found in gc.get_objects():
            if isinstance(found, FunctionType):
                functions[found.__code__.co_filename].append(found)
        gc.freeze()  # after this, the collector neither lists nor touches what is there
        reach = self.reach(session.items)
        print(f"{len(session.items)} tests, {len(reach.failed)} fail without any change", flush=True)
        for path in {str(mutant.path) for mutant in self.sample}:
            numbers = set().union(*(found for (name, _), found in reach.lines.items() if name == path))
            self.outcome.tests[path] = [
                session.items[number].nodeid for number in self.ordered(session, reach, numbers, path)
            ]
        running: dict[int, int] = {}
        for number, mutant in enumerate(self.sample):
            if id(mutant.old) not in in_functions(mutant.tree):
                self.outcome.unfit.add(number)
                continue
            numbers = set().union(*(reach.lines.get((str(mutant.path), line), set()) for line in lines(mutant.old)))
            if not numbers:
                self.outcome.unreached.add(number)
                continue
            while len(running) >= self.jobs:
                self.collect(running)
            chosen = [session.items[one] for one in self.ordered(session, reach, numbers, str(mutant.path))]
            pid = os.fork()
            if not pid:
                self.run(mutant, functions[str(mutant.path)], chosen)
            running[pid] = number
        while running:
            self.collect(running)
        return True

    def ordered(self, session: pytest.Session, reach: Reach, numbers: set[int], path: str) -> list[int]:
        """The tests to run: those of the own wing first, the quickest of them first, as many as there is time for."""
        wing = Path(path).relative_to(mutate.ROOT / "minimax_validate").parts[0].removesuffix(".py")

        def rank(number: int) -> tuple[bool, float]:
            return f"/{wing}/" not in str(session.items[number].path), reach.seconds[number]

        chosen: list[int] = []
        spent = 0.0
        for number in sorted(numbers - reach.failed, key=rank):
            spent += reach.seconds[number]
            if len(chosen) == MOST or (spent > self.seconds and chosen):
                break
            chosen.append(number)
        return chosen

    def collect(self, running: dict[int, int]) -> None:
        """Wait until one process ends."""
        pid, status = os.wait()
        number = running.pop(pid)
        code = os.waitstatus_to_exitcode(status)
        if code == 0:
            self.outcome.survivors.add(number)
            print(f"survives: {self.sample[number]}", flush=True)
        elif code == UNFIT:
            self.outcome.unfit.add(number)

    def run(self, mutant: Mutant, functions: Sequence[FunctionType], chosen: Sequence[pytest.Item]) -> None:
        """Run tests on a mutant in this process, and end it."""
        self.on_failure = lambda: os._exit(1)
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, 1)
        os.dup2(nothing, 2)
        signal.setitimer(signal.ITIMER_VIRTUAL, 10 + 3 * self.seconds)
        signal.alarm(600)
        try:
            if not put_in_place(mutant, functions):
                os._exit(UNFIT)
            self.run_items(chosen, lambda _: None)
        except BaseException:  # the mutant broke pytest itself
            os._exit(1)
        os._exit(0)

    def run_items(self, items: Sequence[pytest.Item], before: Callable[[pytest.Item], None]) -> None:
        """Run tests one after the other."""
        for item, following in zip(items, [*items[1:], None], strict=True):
            before(item)
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)

    def reach(self, items: Sequence[pytest.Item]) -> Reach:
        """Run all tests once, in as many processes as there are jobs."""
        parts = []
        for job in range(self.jobs):
            with tempfile.NamedTemporaryFile(delete=False) as file:
                pid = os.fork()
                if not pid:
                    try:
                        self.learn(items[job :: self.jobs], range(job, len(items), self.jobs), file.name)
                    except BaseException:
                        traceback.print_exc()
                    os._exit(1)
                parts.append((pid, file.name))
        whole = Reach()
        for pid, name in parts:
            _, status = os.waitpid(pid, 0)
            if status:
                sys.exit(f"a process that ran the tests ended with {status}")
            part: Reach = pickle.loads(Path(name).read_bytes())
            for place, numbers in part.lines.items():
                whole.lines[place] |= numbers
            whole.seconds |= part.seconds
            whole.failed |= part.failed
        return whole

    def learn(self, items: Sequence[pytest.Item], numbers: range, file: str) -> None:
        """Run some tests in this process, write what they reach to a file, and end the process."""
        reach = Reach()
        places = sorted({str(mutant.path) for mutant in self.sample})
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, 1)
        measured = coverage.Coverage(data_file=None, branch=False, include=places, config_file=False)
        now, since = -1, 0.0
        remaining = iter(numbers)

        def before(_: pytest.Item) -> None:
            nonlocal now, since
            if now >= 0:
                reach.seconds[now] = time.process_time() - since
            now, since = next(remaining), time.process_time()
            measured.switch_context(str(now))

        self.on_failure = lambda: reach.failed.add(now)
        measured.start()
        self.run_items(items, before)
        measured.stop()
        if now >= 0:
            reach.seconds[now] = time.process_time() - since
        data = measured.get_data()
        for place in data.measured_files():
            for line, contexts in data.contexts_by_lineno(place).items():
                reach.lines[place, line] = {int(context) for context in contexts if context}
        reach.lines = dict(reach.lines)
        Path(file).write_bytes(pickle.dumps(reach))
        os._exit(0)


def first(sample: Sequence[Mutant], arguments: argparse.Namespace, file: str) -> None:
    """Try the mutants inside of functions, in a process that has imported everything; write the outcome to a file."""
    plugin = Sampling(sample, arguments.jobs, arguments.seconds)
    if pytest.main([*OPTIONS, *arguments.tests], plugins=[plugin]) != pytest.ExitCode.OK:
        os._exit(1)
    Path(file).write_bytes(pickle.dumps(plugin.outcome))


def import_survives(mutant: Mutant, tests: Sequence[str]) -> bool:
    """Whether tests pass that import a mutant in place of the real module."""
    mutate.selections = lambda _: [list(tests)]  # type: ignore[assignment]
    return mutate.survives(mutant)


def main() -> None:
    """Draw the sample, try it, print the survivors, and count."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+", type=Path, help="files or folders of code")
    parser.add_argument("--tests", nargs="+", default=["tests"], help="files or folders of tests")
    parser.add_argument("--sample", type=int, default=60, help="how many mutants")
    parser.add_argument("--seed", type=int, default=1, help="the same seed draws the same mutants from the same code")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="how many processes at a time")
    parser.add_argument("--seconds", type=int, default=20, help="of the processor, for the tests of one mutant")
    arguments = parser.parse_args()
    sys.path.insert(0, str(mutate.ROOT))
    os.chdir(mutate.ROOT)
    files = [file for path in arguments.paths for file in (sorted(path.rglob("*.py")) if path.is_dir() else [path])]
    every = [mutant for file in files for mutant in mutate.mutants(file.resolve())]
    sample = random.Random(arguments.seed).sample(every, min(arguments.sample, len(every)))
    room = tempfile.mkdtemp()
    tempfile.tempdir = os.environ["TMPDIR"] = room
    try:
        file = str(Path(room, "outcome"))
        forking = multiprocessing.get_context("fork")
        process = forking.Process(target=first, args=(sample, arguments, file))
        process.start()
        process.join()
        if process.exitcode:
            sys.exit("The tests could not be run.")
        outcome: Outcome = pickle.loads(Path(file).read_bytes())
        late = sorted(outcome.unfit)
        tests = [outcome.tests[str(sample[number].path)] for number in late]
        with forking.Pool(arguments.jobs, maxtasksperchild=1) as pool:
            answers = pool.starmap(import_survives, zip([sample[one] for one in late], tests, strict=True), chunksize=1)
    finally:
        shutil.rmtree(room, ignore_errors=True)
    for number, lives in zip(late, answers, strict=True):
        if lives:
            outcome.survivors.add(number)
            print(f"survives: {sample[number]}")
    for number in sorted(outcome.unreached):
        print(f"reached by no test: {sample[number]}")
    killed = len(sample) - len(outcome.survivors) - len(outcome.unreached)
    print(
        f"{killed} of {len(sample)} mutants killed, {killed / len(sample):.1%} (of {len(every)}, seed {arguments.seed})"
    )


if __name__ == "__main__":
    main()
