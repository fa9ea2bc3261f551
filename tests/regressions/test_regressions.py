"""Inputs that fuzzing found: each file is run by the harness that its folder is named after."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

from fuzz.campaign import TooSlowError, campaign, failure_of
from fuzz.harness import HARNESSES, Harness, LawError, expect, load
from fuzz.minimise import minimised

ROOT = Path(__file__).parents[2]
FOUND = sorted(path for path in Path(__file__).parent.glob("*/*") if path.parent.name in HARNESSES)


@pytest.mark.parametrize("path", FOUND, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_found_input(path: Path) -> None:
    """What failed once does not fail again."""
    load(path.parent.name).run(path.read_bytes())


def test_every_folder_is_a_harness() -> None:
    """No input is left out because its folder is misspelled."""
    folders = {path.name for path in Path(__file__).parent.iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert folders <= set(HARNESSES)


def test_every_harness_is_named() -> None:
    """Each module of the harnesses is run by all."""
    modules = {path.stem for path in (ROOT / "fuzz" / "harnesses").glob("*.py")} - {"__init__"}
    assert modules == set(HARNESSES)


@pytest.mark.parametrize("name", HARNESSES)
def test_harness_holds_on_mutated_seeds(name: str) -> None:
    """A few mutated inputs of each harness hold its laws, and the same seed does the same things."""
    first, second = (campaign(load(name), 5, executions=40) for _ in range(2))
    assert first.failures == {}
    assert (first.executions, first.behaviours) == (second.executions, second.behaviours)


def _refuses_ab(data: bytes) -> int:
    expect(b"ab" not in data, "no ab: in it")
    return len(data)


def test_a_failure_is_kept_and_made_small() -> None:
    """A law that does not hold is found, and told by the smallest input."""
    toy = Harness("toy", lambda: (b"aaaa bbbb",), _refuses_ab)
    outcome = campaign(toy, 1, executions=2_000)
    assert outcome.failures == {"no ab": b"ab"}
    assert failure_of(toy, b"a") == ""
    with pytest.raises(LawError):
        toy.run(b"ab")


def test_a_slow_input_is_kept_as_it_is() -> None:
    """Each attempt to make it smaller would take as long as the input itself."""
    tried: list[bytes] = []

    def never_ends(data: bytes) -> None:
        tried.append(data)
        raise TooSlowError

    outcome = campaign(Harness("toy", lambda: (b"aaaa bbbb",), never_ends), 1, executions=5)
    assert outcome.failures == {"TooSlowError": b"aaaa bbbb"}
    assert len(tried) == 5


def test_values_are_made_small_as_values() -> None:
    """What is JSON stays JSON while it gets smaller."""
    data = b'{"a": [1, {"b": "needle in hay"}], "c": [5, 6, 7]}'
    assert minimised(data, lambda other: b'"b"' in other and other[:1] == b"{", is_json=True) == b'{"b"'
    assert minimised(data, lambda other: b"needle" in other, is_json=True) == b"needle"


@pytest.mark.slow
def test_a_minute_of_fuzzing() -> None:
    """All harnesses in turn for about a minute, from one seed: by executions, so that each run does the same."""
    command = [sys.executable, "-m", "fuzz", "all", "--executions", "1000", "--seed", "18"]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
@pytest.mark.skipif(importlib.util.find_spec("atheris") is None, reason="atheris is not installed")
def test_atheris_runs_a_harness() -> None:
    """The same harness runs under atheris."""
    command = [sys.executable, "-m", "fuzz", "baseline", "--atheris", "--executions", "500"]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "500 executions" in done.stdout or "501 executions" in done.stdout
