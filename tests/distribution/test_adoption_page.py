"""The page on adoption is true: its commands run, and what it says of files and options is so."""

from __future__ import annotations

import os
import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from minimax_validate.cli import cli
from minimax_validate.project.adoption.workflow import FILE, FOLDER

PAGE = (Path(__file__).parents[2] / "docs" / "adoption.md").read_text("utf-8")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with one request that has an error; the home directory is another one."""
    folder = tmp_path / "repository"
    (folder / ".git").mkdir(parents=True)
    (folder / "a.yaml").write_text("messages:\n  - role: user\n    content: null\n", "utf-8")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("HOME", os.fspath(tmp_path))
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "BASH_COMPLETION_USER_DIR"):
        monkeypatch.delenv(name, raising=False)
    return folder


def test_commands_run() -> None:
    """What a console is shown to run succeeds."""
    commands = re.findall(r"^\$ minimax-validate (.*)$", PAGE, re.MULTILINE)
    assert commands
    for command in commands:
        assert CliRunner().invoke(cli, command.split()).exit_code == 0, command


def test_inline_commands_run() -> None:
    """So do the commands in sentences, but for the one that does not end."""
    commands = [" ".join(command.split()) for command in re.findall(r"`minimax-validate ([^`]+)`", PAGE)]
    assert "check --add-ignores ." in commands
    for command in commands:
        if command != "check --watch":
            assert CliRunner().invoke(cli, command.split()).exit_code in (0, 1), command


def test_the_comment_is_the_one_that_is_written(folder: Path) -> None:
    """The example is what --add-ignores makes of the request."""
    CliRunner().invoke(cli, ("check", "--add-ignores", "."))
    block = re.search(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    assert block
    assert block[1] == (folder / "a.yaml").read_text("utf-8")


def test_files_and_options_are_named() -> None:
    """The files that are written, and the options of the page, are those that there are."""
    assert f"`{FOLDER}/{FILE}`" in PAGE
    context = click.Context(cli)
    known = {
        option
        for name in ("check", "completion", "init")
        if (command := cli.get_command(context, name)) is not None
        for parameter in command.params
        for option in parameter.opts
    }
    assert set(re.findall(r"(?<![\w-])--[a-z][\w-]+", PAGE)) <= known
