"""What the command costs as a whole process: ``python -m benchmarks --only command``."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.payloads import conversation
from benchmarks.peers.validators import SCHEMA_FILE
from benchmarks.processes import SCRIPTS, Command, compare_commands, ours, python
from benchmarks.results import Result

FILES = 500


def measured(rounds: int) -> Iterator[Result]:
    """One file and many, beside the command of ``check-jsonschema`` with the vendor's schema."""
    section = "The command, as a whole process"
    with tempfile.TemporaryDirectory() as folder:
        text = json.dumps(conversation(), indent=2)
        files = [Path(folder) / f"{number}.json" for number in range(FILES)]
        for file in files:
            file.write_text(text, "utf-8")
        one, many = (str(files[0]),), tuple(map(str, files))
        check_one, check_many = ours("check", *one, "--isolated"), ours("check", *many, "--isolated")
        yield Result(section, "one file", "check-jsonschema", compare_commands(check_one, _peer(one), rounds), 0.35)
        yield Result(section, "one file", "bare Python", compare_commands(check_one, python("-c", ""), rounds))
        yield Result(section, f"{FILES} files", "check-jsonschema", compare_commands(check_many, _peer(many), rounds))


def _peer(files: tuple[str, ...]) -> Command:
    return Command((str(SCRIPTS / "check-jsonschema"), "--schemafile", str(SCHEMA_FILE), *files))
