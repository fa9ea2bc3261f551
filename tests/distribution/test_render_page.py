"""The page about render is true: its commands run, and it names each reason for which a part is dropped."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from minimax_validate.cli import cli
from minimax_validate.tokens.segments import Kind, Why

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "render.md").read_text("utf-8")
COMMANDS = re.findall(r"^\$ (?:cat (\S+) \| )?minimax-validate (render .+)$", PAGE, re.MULTILINE)


def test_every_reason_is_explained() -> None:
    """The rules that the segments name are on the page, those that it does not know aside."""
    assert {rule for _, rule in (why.value for why in Why if why is not Why.MALFORMED)} <= {
        *re.findall(r"MM\d{3}", PAGE)
    }
    assert all(f"`{kind.value}`" in PAGE for kind in Kind)


@pytest.mark.parametrize(("file", "command"), COMMANDS)
def test_the_commands_run(file: str, command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each works as it stands, in a checkout."""
    monkeypatch.chdir(ROOT)
    done = CliRunner().invoke(cli, command.split(), input=Path(file).read_text("utf-8") if file else None)
    assert done.exit_code == 0, done.output
