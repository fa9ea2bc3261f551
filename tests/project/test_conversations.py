"""Arrays of messages on a walk: conversations are found, other arrays are passed over."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from minimax_validate.cli import cli

FAULTY = '[{"role": "system", "content": "Be brief."}, {"role": "developer", "content": "Hi"}]'
PEOPLE = '[{"name": "Ann", "role": "admin", "content": "x"}, {"name": "Bo", "role": "user"}]'


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("prompt.json", FAULTY, True),
        ("prompts.jsonl", FAULTY + "\n" + FAULTY + "\n", True),
        ("prompt.yaml", "- {role: system, content: Be brief.}\n- {role: developer, content: Hi}\n", True),
        ("people.json", PEOPLE, False),
        ("roles.yaml", "- {role: owner, content: x}\n", False),
    ],
)
def test_walk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, text: str, found: bool) -> None:
    """A walk checks the messages of a bare array, and of nothing that only has roles."""
    (tmp_path / name).write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(cli, ["check", ".", "--output-format", "concise"])
    assert ("MM112" in done.output) == found
    assert done.exit_code == int(found)
