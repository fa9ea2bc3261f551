"""Large files of JSON Lines, as whole processes: beside parsing alone, and beside others that do the schema alone.

``python -m benchmarks --only lines``. The peers for Node.js are measured if ``--node`` names a folder in which
``npm install ajv @sourcemeta/jsonschema`` was run.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import corpus
from benchmarks.peers.validators import OF_VALUES, SCHEMA_FILE
from benchmarks.processes import Command, compare_commands, ours, python, run
from benchmarks.ratio import Ratio
from benchmarks.results import Result

MEBIBYTES = 200
"""The most that each process may take."""


def measured(megabytes: int, rounds: int, node: Path | None) -> Iterator[Result]:
    """Files of each kind; the peers have the mixed one."""
    with tempfile.TemporaryDirectory() as folder:
        for kind in corpus.KINDS:
            file = Path(folder) / f"{kind}.jsonl"
            count = corpus.write(file, kind, megabytes * 1_000_000)
            parse = _parse(file)
            section = f"{megabytes} MB of JSON Lines, {kind}: {count:,} requests"
            for jobs, limit in ((1, None), (2, 2.0 if kind == "mixed" else None)):
                name = f"minimax-validate, {jobs} {'core' if jobs == 1 else 'cores'}"
                ratio = compare_commands(_check(file, jobs), parse, rounds)
                yield Result(section, name, "orjson.loads of each line", ratio, limit)
            ratio = compare_commands(_check(file, 1), _check(file, 2), rounds)
            yield Result(section, "minimax-validate, 1 core", "the same, 2 cores", ratio, 1.7, is_least=True)
            if kind == "mixed":
                for name, command in _peers(file, node):
                    yield Result(section, f"{name}, schema only", "orjson.loads of each line", _once(command, parse))
            yield _memory(section, file)
            file.unlink()


def _memory(section: str, file: Path) -> Result:
    peak = run(_check(file, 2)).mebibytes
    ratio = peak / MEBIBYTES
    return Result(
        section, "MiB of the largest process", f"{MEBIBYTES} MiB", Ratio(peak, MEBIBYTES, ratio, ratio, ratio), 1
    )


def _check(file: Path, jobs: int) -> Command:
    options = ("--isolated", "--jobs", str(jobs), "--output-format", "json-lines")
    return ours("check", str(file), *options, exits=(0, 1))


def _parse(file: Path) -> Command:
    return _peer("orjson", file)


def _peer(name: str, file: Path) -> Command:
    return python("-m", "benchmarks.peers.validators", name, str(file))


def _peers(file: Path, node: Path | None) -> Iterator[tuple[str, Command]]:
    for name in OF_VALUES:
        yield name, _peer(name, file)
    if node is not None and (program := shutil.which("node")):
        script = str(Path(__file__).parent / "peers" / "ajv.mjs")
        yield "ajv", Command((program, script, str(SCHEMA_FILE), str(file)), folder=node)
    if node is not None and (sourcemeta := node / "node_modules" / ".bin" / "jsonschema").exists():
        options = ("validate", "--fast", "--continue")
        yield "sourcemeta", Command((str(sourcemeta), *options, str(SCHEMA_FILE), str(file)), exits=(0, 2))


def _once(command: Command, parse: Command) -> Ratio:
    """Peers may take minutes, and one pair says enough of them."""
    return Ratio.of([(run(command).seconds, run(parse).seconds)])
