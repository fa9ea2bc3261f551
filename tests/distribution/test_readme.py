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
from click.testing import CliRunner

from minimax_validate.cli import cli

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
CONSOLE = [
    line.removeprefix("$ ")
    for block in re.findall(r"```console\n(.*?)```", README, re.DOTALL)
    for line in block.splitlines()
    if line.startswith("$ ")
]
INSTALLS = [command for command in CONSOLE if "venv" in command]
SESSIONS = [command for command in CONSOLE if command not in INSTALLS]


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


@pytest.mark.slow
@pytest.mark.parametrize("command", INSTALLS)
def test_install_commands_work_in_a_fresh_checkout(command: str, tmp_path: Path) -> None:
    """The two commands that a new user copies work as they are; the tests are collected there, and run elsewhere."""
    environment = {**os.environ, "PYTEST_ADDOPTS": "--collect-only -q --snapshot-warn-unused"}
    environment.pop("PYTHONPATH", None)
    done = subprocess.run(
        ["bash", "-c", command], cwd=checkout(tmp_path), env=environment, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("command", SESSIONS)
def test_session_commands_run(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every other command line of the README is accepted, and ends with findings or without."""
    healthy = '{"messages": [{"role": "user", "content": "Hi"}]}'
    (tmp_path / "prompts").mkdir()
    for name in ("prompts/hello.json", "request.json", "logs.jsonl"):
        (tmp_path / name).write_text(healthy, "utf-8")
    monkeypatch.chdir(ROOT if "fixtures/" in command else tmp_path)
    words = command.rpartition("| ")[2].split()
    assert words[0] == "minimax-validate"
    done = CliRunner().invoke(cli, words[1:], input=healthy)
    assert done.exit_code in (0, 1), done.output
    assert done.exit_code == ("fixtures/invalid" in command)


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
