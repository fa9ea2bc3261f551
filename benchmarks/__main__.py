"""Measure all that has a limit, and print one table: ``python -m benchmarks``.

Install the wheel first, not a checkout that can be edited, and leave the machine alone. ``--write`` puts the table and
its chart into ``docs/performance.md``. What else is measured has commands of its own: ``python -m benchmarks.walk``,
``tokens``, ``clients``, ``formats``, ``fixing``, ``source`` and ``server``.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from benchmarks import command, growth, library, lines
from benchmarks.page import write
from benchmarks.results import Result, lines_of

SECTIONS = ("library", "command", "lines", "growth")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure all that has a limit.")
    parser.add_argument("--only", choices=SECTIONS, action="append", help="measure this section only; repeatable")
    parser.add_argument("--rounds", type=int, default=7, help="how often each pair is timed")
    parser.add_argument("--megabytes", type=int, default=200, help="the size of the files of JSON Lines")
    parser.add_argument("--node", type=Path, help="a folder with ajv and @sourcemeta/jsonschema in node_modules")
    parser.add_argument("--write", action="store_true", help="write docs/performance.md and its chart")
    options = parser.parse_args()
    results: list[Result] = []
    for line in lines_of(_kept(_measured(options), results)):
        print(line, flush=True)
    if options.write:
        write(results)


def _measured(options: argparse.Namespace) -> Iterator[Result]:
    wanted = options.only or SECTIONS
    if "library" in wanted:
        yield from library.measured(options.rounds)
    if "command" in wanted:
        yield from command.measured(options.rounds)
    if "lines" in wanted:
        yield from lines.measured(options.megabytes, options.rounds, options.node)
    if "growth" in wanted:
        yield from growth.measured()


def _kept(results: Iterator[Result], into: list[Result]) -> Iterator[Result]:
    for result in results:
        into.append(result)
        yield result


if __name__ == "__main__":
    main()
