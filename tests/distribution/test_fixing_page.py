"""The page about fixing is true: its commands run, and its table has each fix that there is."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from minimax_validate import check
from minimax_validate.cli import cli
from minimax_validate.rules.catalogue import RULES

PAGE = (Path(__file__).parents[2] / "docs" / "fixing.md").read_text("utf-8")
ROWS = re.findall(r"^\| (MM\d+) (\S+) \|[^|]+\| (safe|unsafe) \|", PAGE, re.MULTILINE)


def test_every_fix_has_its_reason() -> None:
    """Each kind of fix that the examples of a rule show is a row of the table, and no row is of a rule without any."""
    shown = {
        (finding.code, finding.name, "safe" if finding.fix.safe else "unsafe")
        for rule in RULES
        for example in rule.invalid
        for finding in check(example.payload).diagnostics
        if finding.fix and finding.code == rule.code
    }
    assert shown <= set(ROWS)
    assert {code for code, *_ in ROWS} == {code for code, *_ in shown}
    assert [row[0] for row in ROWS] == sorted(row[0] for row in ROWS)


def test_command_of_the_walk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The one command of the recipe leaves a history that has no finding."""
    (command,) = re.findall(r"^\$ minimax-validate (check prompts .+)$", PAGE, re.MULTILINE)
    body = (Path(__file__).parents[2] / "fixtures" / "invalid" / "openai-history.json").read_text("utf-8")
    (tmp_path / "prompts").mkdir()
    (tmp_path / "prompts" / "history.json").write_text(body, "utf-8")
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(cli, command.split())
    assert done.exit_code == 0, done.output
    assert check(json.loads((tmp_path / "prompts" / "history.json").read_text("utf-8"))).diagnostics == ()
