"""The README is true: what it shows is what happens."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
BLOCKS = [
    [line.removeprefix("$ ") for line in block.splitlines() if line.startswith("$ ")]
    for block in re.findall(r"```console\n(.*?)```", README, re.DOTALL)
]
FIRST_RUN, *OTHERS = BLOCKS
(DEVELOPMENT,) = (block for block in OTHERS if "pytest" in block)
SESSIONS = [command for block in OTHERS if block is not DEVELOPMENT for command in block]


def checkout(folder: Path) -> Path:
    """A copy of the working tree, as a fresh clone would have it."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    for name in listed.stdout.splitlines():
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    return folder


def test_generated_parts_are_current() -> None:
    """The rule table, the printed finding and the pages of the rules are what the rules give."""
    done = subprocess.run(
        [sys.executable, "scripts/generate.py", "--check"], cwd=ROOT, check=False, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_picture_needs_nothing_from_elsewhere() -> None:
    """The picture is there, is sound XML, shows what the command says, and loads nothing."""
    (name,) = re.findall(r"!\[[^\]]+\]\((.*?)\)", README)
    text = (ROOT / name).read_text("utf-8")
    shown = "".join(ElementTree.fromstring(text).itertext())
    assert "minimax-validate check fixtures/invalid/separated-result.json" in shown
    assert "MM204 error" in shown
    assert "\x1b" not in text
    assert re.findall(r"https?://[^\"]+", text) == ["http://www.w3.org/2000/svg"]
    assert not re.search(r"url\(|@import|<script|<image|href=", text)


def run(script: list[str], folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run commands in one shell, as a user pastes them."""
    return subprocess.run(
        ["bash", "-c", "\n".join(script)],
        cwd=folder,
        env={name: value for name, value in os.environ.items() if name != "PYTHONPATH"} | environment,
        check=False,
        capture_output=True,
        text=True,
    )


@pytest.mark.slow
def test_first_run_in_a_fresh_checkout(tmp_path: Path) -> None:
    """The commands that a new user copies work as they are: the install prints nothing, the check shows a finding."""
    done = run(FIRST_RUN, checkout(tmp_path), PIP_DISABLE_PIP_VERSION_CHECK="1")
    # What pip says of its own settings on standard error depends on the machine.
    assert done.stdout.startswith("fixtures/invalid/null-content.json:8:18: MM110 error: ")
    assert done.returncode == 1


@pytest.mark.slow
def test_development_install_in_a_fresh_checkout(tmp_path: Path) -> None:
    """The commands for developers work in the environment of the first run; the tests are only collected here."""
    script = ["set -e", FIRST_RUN[0], *DEVELOPMENT]
    options = {"PYTEST_ADDOPTS": "--collect-only -q --snapshot-warn-unused"}
    done = run(script, checkout(tmp_path), **options)
    assert done.returncode == 0, done.stdout + done.stderr


def test_other_commands_run_in_a_fresh_checkout(tmp_path: Path) -> None:
    """Every other command, in the order of the page, finds the files that it names, and ends as the page says."""
    folder = checkout(tmp_path)
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    for command in SESSIONS:
        done = run([command], folder, PATH=path)
        is_clean = command.startswith("cp ") or "fixtures/valid" in command or "--fix" in command
        assert done.returncode == (0 if is_clean else 1), command + done.stdout + done.stderr
        assert bool(done.stdout) is not command.startswith("cp ")


def test_commands_name_no_other_program() -> None:
    """Nothing but the command, and what every system has, is run outside of the install."""
    assert {command.split()[0] for command in SESSIONS} == {"cat", "cp", "minimax-validate"}


@pytest.mark.parametrize("program", re.findall(r"```python\n(.*?)```", README, re.DOTALL))
def test_programs_run(program: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The programs of the README run, and find what they are made to find."""
    exec(compile(program, "README.md", "exec"), {})
    assert "MM110 ('messages', 0, 'content')" in capsys.readouterr().out


def test_hook_exists() -> None:
    """The hook that the README tells to use is one that the project offers."""
    (identifier,) = re.findall(r"- id: (\S+)", README)
    hooks = (ROOT / ".pre-commit-hooks.yaml").read_text("utf-8")
    assert f"- id: {identifier}\n" in hooks
