"""A run with thousands of findings: a terminal shows the first of each rule, everything else gets all of them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from screens import run_at_terminal

from minimax_validate.cli import cli

NULL = {"messages": [{"role": "user", "content": None}]}
HOT = {"messages": [{"role": "user", "content": "Hi"}], "temperature": 2}
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="pseudo terminals are those of POSIX")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with 60 findings of MM110 and, after the first 20 of them, one of MM105."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CI", raising=False)
    lines = [NULL] * 20 + [HOT] + [NULL] * 40
    (tmp_path / "log.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    return tmp_path


def run_at_real_terminal(*arguments: str) -> str:
    """What a terminal shows that is standard output and standard error of the command, in a process of its own."""
    leader, follower = os.openpty()
    with os.fdopen(leader, "rb", buffering=0) as screen:
        command = [sys.executable, "-m", "minimax_validate", "check", *arguments]
        environment = {**os.environ, "NO_COLOR": "1"}
        with subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=follower, stderr=follower, env=environment
        ) as process:
            os.close(follower)
            written = b""
            try:
                while part := screen.read(65536):
                    written += part
            except OSError:  # how a terminal that nobody holds any more says that it has ended
                pass
            process.wait(timeout=60)
    return written.decode().replace("\r\n", "\n")


def shown(output: str) -> list[tuple[str, str]]:
    """The place and the code of each finding of a text."""
    return [(found[1], found[2]) for found in re.finditer(r"^(\S+:\d+):\d+: (MM\d+) ", output, re.MULTILINE)]


@POSIX
@pytest.mark.usefixtures("folder")
def test_a_terminal_shows_the_first_of_a_flood() -> None:
    """Of more than 50 findings of a rule a terminal shows 10, and the number of the others at the end."""
    output = run_at_real_terminal("log.jsonl")
    found = shown(output)
    assert found == [*((f"log.jsonl:{line}", "MM110") for line in range(1, 11)), ("log.jsonl:21", "MM105")]
    assert "\n\nand 50 more of MM110 (`--show-all` lists them)\n\ncount" in output
    assert output.endswith("\n61 errors in 61 requests (1 file); 61 fixable with --fix --unsafe-fixes\n")


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("arguments", "environment", "number"),
    [
        ([], {}, 11),
        ([], {"CI": "false"}, 11),
        ([], {"CI": "0"}, 11),
        (["--show-all"], {}, 61),
        ([], {"MINIMAX_VALIDATE_CHECK_SHOW_ALL": "1"}, 61),
        ([], {"CI": "true"}, 61),
        ([], {"CI": "1"}, 61),
        (["--output-format", "concise"], {}, 61),
    ],
)
def test_everything_is_shown_on_demand(
    monkeypatch: pytest.MonkeyPatch, arguments: list[str], environment: dict[str, str], number: int
) -> None:
    """With --show-all, in CI and in other formats, a terminal shows each finding."""
    for name, value in {"NO_COLOR": "1", **environment}.items():
        monkeypatch.setenv(name, value)
    output = run_at_terminal("check", "log.jsonl", *arguments).stdout
    assert len(shown(output)) == number
    assert ("and 50 more of MM110" in output) is (number == 11)


def test_standard_input_waits_for_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of standard input, which may never end, a terminal shows the first 50 findings of a rule."""
    monkeypatch.setenv("NO_COLOR", "1")
    given = (folder / "log.jsonl").read_bytes()
    output = run_at_terminal("check", "-", "--stdin-filename", "in.jsonl", stdin=given).stdout
    assert len(shown(output)) == 51
    assert "and 10 more of MM110" in output


def run(*arguments: str) -> Result:
    """The command, run in this process: its output is not a terminal."""
    return CliRunner().invoke(cli, ("check", *arguments))


@pytest.mark.usefixtures("folder")
def test_other_outputs_are_complete() -> None:
    """A pipe and a file get every finding."""
    assert len(shown(run("log.jsonl").stdout)) == 61
    run("log.jsonl", "--output-file", "findings.txt")
    assert len(shown(Path("findings.txt").read_text("utf-8"))) == 61


@pytest.mark.usefixtures("folder")
def test_a_long_run_ends_with_a_table_of_its_rules() -> None:
    """More than 20 findings of more than one rule are summed up by rule, before the summary in one line."""
    assert run("log.jsonl").stdout.splitlines()[-5:] == [
        "count  code   severity  rule          fixes",
        "   60  MM110  error     null-content  60 unsafe",
        "    1  MM105  error     out-of-range  1 unsafe",
        "",
        "61 errors in 61 requests (1 file); 61 fixable with --fix --unsafe-fixes",
    ]


@pytest.mark.usefixtures("folder")
def test_the_table_is_written_once() -> None:
    """With --statistics the table takes the place of the findings, and is not repeated before the summary."""
    output = run("log.jsonl", "--statistics").stdout
    assert output.count("count  code") == 1
    assert shown(output) == []


@pytest.mark.parametrize(
    ("lines", "arguments"),
    [
        ([NULL] * 19 + [HOT], []),
        ([NULL] * 30, []),
        ([NULL] * 30 + [HOT], ["--quiet"]),
        ([NULL] * 30 + [HOT], ["--output-format", "concise"]),
    ],
)
def test_other_runs_have_no_table(folder: Path, lines: list[object], arguments: list[str]) -> None:
    """20 findings, findings of one rule, --quiet and other formats have no table."""
    (folder / "log.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    assert "count  code" not in run("log.jsonl", *arguments).output


def test_what_fix_cannot_apply_is_not_counted_as_fixable(folder: Path) -> None:
    """Statistics count fixes that --fix can apply: a recording is never rewritten."""
    recorded = {"method": "POST", "url": "https://api.cloudflare.com/client/v4/accounts/a/ai/v1/chat/completions"}
    body = json.dumps({"model": "minimax/m2.7", **NULL})
    (folder / "calls.jsonl").write_text(json.dumps({**recorded, "body": body}) + "\n", "utf-8")
    lines = run("calls.jsonl", "--statistics").output.splitlines()
    assert lines[1].split() == ["1", "MM110", "error", "null-content"]
    assert "= fix (by hand): " in run("calls.jsonl").output
    (folder / "log.jsonl").write_text(json.dumps(NULL) + "\n", "utf-8")
    assert "= fix (unsafe): " in run("log.jsonl").output
