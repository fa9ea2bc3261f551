"""The hooks as pre-commit runs them: from a commit of this project, in an environment that pre-commit makes."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from minimax_validate.project.config import OWN_FILE, SHARED_FILE
from minimax_validate.project.options import BASELINE

ROOT = Path(__file__).parents[2]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not (ROOT / ".git").exists(),
        reason="the hooks are tried from a checkout: which files are the project's, git knows",
    ),
    pytest.mark.skipif(shutil.which("git") is None, reason="pre-commit needs git"),
]

GOOD = {"messages": [{"role": "user", "content": "Name a river in Portugal."}]}
NULL_CONTENT = {"messages": [{"role": "user", "content": None}]}
WRONG_RANGE = GOOD | {"temperature": 1.5}


def git(*arguments: str, cwd: Path) -> str:
    """Run git as nobody in particular, whatever the user has configured.

    For pre-commit a hook's own variables are taken away.
    """
    identity = [
        "-c",
        "user.name=Nobody",
        "-c",
        "user.email=nobody@example.com",
        "-c",
        "commit.gpgsign=false",
        "-c",
        "init.defaultBranch=main",
    ]
    done = subprocess.run(
        ["git", *identity, *arguments], cwd=cwd, env=clean(), check=True, capture_output=True, encoding="utf-8"
    )
    return done.stdout


def clean(**variables: str) -> dict[str, str]:
    """The environment without what git and Python set for the process that runs the tests."""
    own = ("GIT_", "PRE_COMMIT", "PYTHON", "COVERAGE", "COV_", "MINIMAX_VALIDATE")
    return {name: value for name, value in os.environ.items() if not name.startswith(own)} | variables


def commit(folder: Path) -> None:
    """Make a repository of a folder, with everything in it committed."""
    git("init", "--quiet", cwd=folder)
    git("add", "--all", "--force", cwd=folder)
    git("commit", "--quiet", "--no-verify", "--message", "everything", cwd=folder)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This project as it stands, changes that are not committed yet included, as a repository of one commit."""
    copy = tmp_path_factory.mktemp("project")
    for name in git("ls-files", "-z", "--cached", "--others", "--exclude-standard", cwd=ROOT).split("\0"):
        if name and (ROOT / name).is_file():  # a file may be deleted and still be listed
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, copy / name)
    commit(copy)
    return copy


WORKER = """export default {
  fetch: (request, env) => env.AI.run("minimax/m2.7", {
    messages: [{ role: "user", content: null }],
  }),
};
"""


@pytest.fixture(scope="module")
def user(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A user's repository: good and bad requests, in several formats."""
    folder = tmp_path_factory.mktemp("user")
    texts = {
        "good.json": json.dumps(GOOD),
        "good.jsonl": f"{json.dumps(GOOD)}\n{json.dumps(GOOD)}\n",
        "good.yaml": "# a prompt\nmessages: [{role: user, content: Hello.}]\n",
        "bad.json": json.dumps(NULL_CONTENT),
        "bad.yml": "messages: [{role: user, content: ~}]\n",
        "bad.jsonc": f"// a prompt\n{json.dumps(NULL_CONTENT)}\n",
        "bad.jsonl": f"{json.dumps(GOOD)}\n{json.dumps(WRONG_RANGE)}\n",
        "notes.txt": "no request",
        "worker.ts": WORKER,
        ".pre-commit-config.yaml": "repos: []\n",
        BASELINE: '{"version": 1, "findings": []}\n',
    }
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
    commit(folder)
    return folder


def try_hooks(project: Path, user: Path, *arguments: str) -> tuple[int, str]:
    """Run ``pre-commit try-repo`` in the user's repository; the exit code and everything printed."""
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", "try-repo", str(project), *arguments],
        cwd=user,
        env=clean(PRE_COMMIT_HOME=str(project.parent / "pre-commit"), PRE_COMMIT_COLOR="never"),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, done.stdout


def test_good_files_pass(project: Path, user: Path) -> None:
    """Good requests pass, JSONL among them, and the hook did look at them.

    The hook of the whole tree sleeps while no configuration changes, and that of programs while no program does.
    """
    code, output = try_hooks(project, user, "--verbose", "--files", "good.json", "good.jsonl", "good.yaml")
    assert code == 0, output
    assert output.count("Passed") == 1
    assert "4 requests" in output
    assert output.count("Skipped") == 2


def test_programs_are_checked(project: Path, user: Path) -> None:
    """The hook of programs finds the fault in a call of the model."""
    code, output = try_hooks(project, user, "--files", "worker.ts")
    assert code == 1, output
    assert "worker.ts:3:41: MM110 error" in output


GIVEN = ("good.json", "bad.json", "bad.jsonl", "bad.yml", "bad.jsonc", "notes.txt")


def test_bad_files_fail(project: Path, user: Path) -> None:
    """Of bad requests each finding is shown, with its file and line, and none of a file that was not handed over."""
    code, output = try_hooks(project, user, "minimax-validate", "--files", *GIVEN)
    assert code == 1, output
    assert "Failed" in output
    assert "bad.json:1:" in output
    assert "MM110" in output
    assert "bad.jsonl:2:" in output
    assert "bad.yml:1:34: MM110" in output
    assert "bad.jsonc:2:" in output
    assert "MM105" in output
    assert "good.json:" not in output
    assert "notes.txt" not in output


@pytest.mark.parametrize("changed", [".pre-commit-config.yaml", BASELINE])
def test_changed_configuration_checks_everything(project: Path, user: Path, changed: str) -> None:
    """When a configuration file or the baseline changed, the second hook checks all requests, untouched ones too."""
    code, output = try_hooks(project, user, "minimax-validate-all", "--files", changed)
    assert code == 1, output
    assert "bad.json:1:" in output
    assert "bad.jsonl:2:" in output


def test_baseline_is_no_request(project: Path, user: Path) -> None:
    """The first hook is handed the baseline too, as it is a JSON file, and passes over it."""
    code, output = try_hooks(project, user, "minimax-validate", "--verbose", "--files", BASELINE)
    assert code == 0, output
    assert "skipped 1 file without a request" in output


@pytest.mark.parametrize("name", [OWN_FILE, SHARED_FILE, BASELINE, ".pre-commit-config.yaml"])
def test_what_wakes_the_second_hook(name: str) -> None:
    """The second hook goes by the names that the command itself knows, and by them in the top folder alone."""
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    files = next(hook["files"] for hook in hooks if hook["id"] == "minimax-validate-all")
    assert re.search(files, name)
    assert not re.search(files, f"sub/{name}")
    assert not re.search(files, name.replace(".", "x"))
