"""What SECURITY.md and the page on pull requests say is so."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from minimax_validate.cli import cli
from minimax_validate.output.redact import EXCERPT

ROOT = Path(__file__).parents[2]
SECURITY = (ROOT / "SECURITY.md").read_text("utf-8")
PAGE = (ROOT / "docs" / "security-in-ci.md").read_text("utf-8")


def test_each_promise_names_tests_that_exist() -> None:
    """Every row of the table of promises has tests, and each is a file with tests in it."""
    rows = re.findall(r"^\| \*\*(.+?)\*\*.*\| (.+?) \|$", SECURITY, re.MULTILINE)
    assert len(rows) == SECURITY.count("\n| **")
    for promise, tests in rows:
        named = re.findall(r"`(tests/[^`]+\.py)`", tests)
        assert named, promise
        for name in named:
            assert "\ndef test_" in (ROOT / name).read_text("utf-8"), name


def test_the_length_of_excerpts() -> None:
    """The number of characters that may be shown is the one that the code has."""
    assert set(re.findall(r"(\d+) characters", SECURITY)) == {str(EXCERPT)}


def workflow() -> dict[str, Any]:
    """The workflow that the page shows."""
    block = re.search(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    assert block
    parsed: dict[str, Any] = yaml.safe_load(block[1])
    return parsed


def test_inputs_of_the_workflow_are_those_of_the_action() -> None:
    """The workflow gives the action inputs that it has."""
    action = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    *_, step = workflow()["jobs"]["requests"]["steps"]
    assert step["with"].keys() <= action["inputs"].keys()


@pytest.mark.slow
def test_workflow_uses_the_base_branch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pull request that ignores everything, by a link and a .gitignore, is judged by the base branch all the same."""
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")

    def git(*arguments: str) -> None:
        who = ("-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false")
        subprocess.run(["git", *who, *arguments], check=True, capture_output=True)

    own = tmp_path / "minimax-validate.toml"
    git("init", "--initial-branch=main")
    own.write_text('ignore = ["MM009"]\n', "utf-8")
    git("add", ".")
    git("commit", "-m", "base")
    git("checkout", "-b", "change")
    own.unlink()
    (tmp_path / "all.toml").write_text('exclude = ["*"]\n', "utf-8")
    own.symlink_to("all.toml")
    (tmp_path / ".gitignore").write_text("*.json\n", "utf-8")
    (tmp_path / "a.json").write_text(json.dumps({"messages": [{"role": "user", "content": None}]}), "utf-8")
    git("add", "--force", ".")
    git("commit", "-m", "change")
    git("checkout", "main")
    git("merge", "--no-ff", "--no-edit", "change")
    assert CliRunner().invoke(cli, ["check"]).exit_code == 0
    (take,) = (step["run"] for step in workflow()["jobs"]["requests"]["steps"] if "run" in step)
    subprocess.run(["sh", "-ec", take], check=True, capture_output=True)
    done = CliRunner().invoke(cli, ["check", "--config", "minimax-validate.toml", "--isolated"])
    assert done.exit_code == 1
    assert "MM110" in done.output
    assert done.output.rstrip().endswith("; 1 rule is ignored by configuration")
