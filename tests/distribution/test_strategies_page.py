"""The page about the strategies is true.

Its programs run as the tests that they are, and its table is that of the code.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from minimax_validate import strategies
from minimax_validate.rules.catalogue import RULES
from minimax_validate.strategies.faults import NOT_PLANTED

PAGE = (Path(__file__).parents[2] / "docs" / "strategies.md").read_text("utf-8")
PROGRAMS = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)


def found_in(program: str) -> Iterator[Any]:
    """The test functions of a program."""
    names: dict[str, Any] = {}
    exec(compile(program, "strategies.md", "exec"), names)
    yield from (pytest.param(value, id=name) for name, value in names.items() if name.startswith("test_"))


CASES = [case for program in PROGRAMS for case in found_in(program)]


@pytest.mark.parametrize("test", CASES)
def test_programs_run(test: Any) -> None:
    """Each test of the page passes."""
    test()


def test_every_program_has_a_test() -> None:
    """No program of the page is there to be read only."""
    assert len(PROGRAMS) == len(CASES) > 0


def test_every_strategy_is_told() -> None:
    """The table of the page has a line for each public strategy."""
    rows = re.findall(r"^\| `(\w+)\(", PAGE, re.MULTILINE)
    assert sorted(rows) == sorted(name for name in strategies.__all__ if name[0].islower())


def test_what_is_not_planted_is_told() -> None:
    """The page names every rule whose faults are not planted, and says why, in the words of the code."""
    rows = re.findall(r"^\| (MM\d{3}) (\S+) \| (.*) \|$", PAGE, re.MULTILINE)
    names = {rule.code: rule.name for rule in RULES}
    assert rows == [(code, names[code], reason) for code, reason in NOT_PLANTED.items()]


def test_missing_hypothesis_is_told() -> None:
    """Where Hypothesis is not installed, the import says what to install."""
    program = "import sys; sys.modules['hypothesis'] = None; import minimax_validate.strategies"
    done = subprocess.run([sys.executable, "-c", program], check=False, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == (
        "ModuleNotFoundError: minimax_validate.strategies needs Hypothesis: pip install 'minimax-validate[testing]'"
    )
