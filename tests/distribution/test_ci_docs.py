"""The page on CI is true: its commands run, its examples are what they say, and no format is missing."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from minimax_validate.cli import cli
from minimax_validate.output.formats import FORMATS

PAGE = (Path(__file__).parents[2] / "docs" / "ci.md").read_text("utf-8")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with a request that has one error."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "prompts").mkdir()
    (tmp_path / "prompts" / "bad.json").write_text('{"messages": [{"role": "user", "content": null}]}', "utf-8")
    return tmp_path


def test_every_format_is_explained() -> None:
    """The table has a row for each format, in the order in which the command lists them."""
    section = PAGE.partition("\n## GitLab")[0]
    assert re.findall(r"^\| `([\w-]+)` \|", section, re.MULTILINE) == list(FORMATS)


@pytest.mark.usefixtures("folder")
def test_commands_run() -> None:
    """What a console is shown to run finds what there is."""
    commands = re.findall(r"^\$ minimax-validate (.*)$", PAGE, re.MULTILINE)
    assert commands
    for command in commands:
        assert CliRunner().invoke(cli, command.split()).exit_code == 1, command


def test_gitlab_job(folder: Path) -> None:
    """The job of GitLab writes the reports that it hands over."""
    section = PAGE.partition("## GitLab")[2]
    block = re.search(r"```yaml\n(.*?)```", section, re.DOTALL)
    assert block
    (job,) = yaml.safe_load(block[1]).values()
    _, command = job["script"]
    assert CliRunner().invoke(cli, command.split()[1:]).exit_code == 1
    reports = job["artifacts"]["reports"]
    assert json.loads((folder / reports["codequality"]).read_text("utf-8"))[0]["severity"] == "critical"
    assert (folder / reports["junit"]).read_text("utf-8").startswith("<?xml")
