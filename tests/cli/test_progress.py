"""Progress: there for a person at a terminal, gone before anything else is written, and nowhere else."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

import pytest
from screens import Stream, run_at_terminal

from minimax_validate.cli import cli
from minimax_validate.cli.progress import Progress

LINE = {"messages": [{"role": "user", "content": "How deep is the lock?"}]}
BAD = {"messages": [{"role": "user", "content": None}]}
CLEAR = "\r\x1b[K"
# Nobody waits in a test: each request is told of.
IMPATIENT = (
    "import minimax_validate.cli.progress as progress; progress.PATIENCE = 0; from "
    "minimax_validate.cli import main; main()"
)


def run_at_real_terminal(folder: Path, *arguments: str) -> tuple[str, str]:
    """What the command writes to a standard output that is a file, and to a standard error that is a terminal."""
    leader, follower = os.openpty()
    with os.fdopen(leader, "rb", buffering=0) as screen, (folder / "out.txt").open("w+", encoding="utf-8") as out:
        command = [sys.executable, "-c", IMPATIENT, "check", *arguments]
        with subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=out, stderr=follower) as process:
            os.close(follower)
            written = b""
            try:
                while part := screen.read(4096):
                    written += part
            except OSError:  # how a terminal that nobody holds any more says that it has ended
                pass
            process.wait(timeout=60)
        out.seek(0)
        return out.read(), written.decode()


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """A folder with a file of good requests, and a bad one among them."""
    lines = [LINE] * 20 + [BAD] + [LINE] * 20
    (tmp_path / "log.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    return tmp_path


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo terminals are those of POSIX")
def test_on_a_terminal(log: Path) -> None:
    """Counts and a rate are rewritten on one line, and the line is empty when findings and the summary are written."""
    output, screen = run_at_real_terminal(log, "log.jsonl", "--output-format", "concise")
    assert output.startswith("log.jsonl:21:43: MM110")
    words, _, summary = screen.rpartition("\r\x1b[K")
    assert summary.replace("\r", "") == "1 error in 41 requests (1 file); 1 fixable with --fix --unsafe-fixes\n"
    lines = words.split("\r\x1b[K")
    assert all("\n" not in line for line in lines)
    assert lines[1].startswith("checked 20 requests (")
    assert lines[-1].startswith("checked 41 requests (")
    # The line is gone before the finding of request 21 is written, and comes back after it.
    before = next(index for index, line in enumerate(lines) if line.startswith("checked 21 "))
    assert lines[before + 1] == ""
    assert lines[before + 2].startswith("checked 41 ")


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo terminals are those of POSIX")
def test_in_several_processes(log: Path) -> None:
    """What other processes have checked is counted too, and the line is gone before a finding is written."""
    for number in range(3):
        (log / f"{number}.json").write_text(json.dumps(BAD if number == 1 else LINE), "utf-8")
    output, screen = run_at_real_terminal(log, ".", "--exclude", "out.txt", "--jobs", "2", "--output-format", "concise")
    assert [line.split(": ")[0] for line in output.splitlines()] == ["1.json:1:43", "log.jsonl:21:43"]
    words, _, summary = screen.rpartition("\r\x1b[K")
    assert summary.startswith("2 errors in 44 requests (4 files)")
    assert words.startswith("\r\x1b[Kchecked 44 requests (")


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo terminals are those of POSIX")
def test_quiet(log: Path) -> None:
    """--quiet has none."""
    assert run_at_real_terminal(log, "log.jsonl", "--quiet", "--output-format", "concise")[1] == ""


def test_not_on_a_pipe(log: Path) -> None:
    """Where standard error is no terminal, nothing of it is written there."""
    command = [sys.executable, "-c", IMPATIENT, "check", "log.jsonl"]
    done = subprocess.run(command, cwd=log, check=False, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr == ""


@pytest.fixture
def impatient(log: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder as the working directory of runs that report each request at once."""
    monkeypatch.chdir(log)
    monkeypatch.setattr("minimax_validate.cli.progress.PATIENCE", 0)
    return log


def on_one_screen(*arguments: str, is_terminal: bool) -> str:
    """What a run writes to one stream that is standard output and standard error."""
    screen = Stream(is_terminal=is_terminal)
    with redirect_stdout(screen), redirect_stderr(screen):
        cli.main(["check", ".", "--output-format", "concise", *arguments], standalone_mode=False)
    return screen.text


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--jobs", "1"), "checked 42 requests ("),
        (("--jobs", "2"), "checked 42 requests ("),
        (("--fix", "--unsafe-fixes"), "looked for fixes in 42 requests ("),
        (("--diff", "--unsafe-fixes", "--jobs", "1"), "looked for fixes in 42 requests ("),
        (("--diff", "--unsafe-fixes", "--jobs", "2"), "looked for fixes in 42 requests ("),
    ],
)
def test_nothing_of_it_is_left(
    impatient: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], words: str
) -> None:
    """Before anything else is written the line is removed: a screen shows in the end what a pipe gets."""
    monkeypatch.setenv("NO_COLOR", "1")
    written = []
    for is_terminal in (False, True):
        for name, payloads in (("log.jsonl", [LINE] * 20 + [BAD] + [LINE] * 20), ("two.json", [BAD])):
            (impatient / name).write_text("".join(json.dumps(payload) + "\n" for payload in payloads), "utf-8")
        written.append(on_one_screen(*arguments, is_terminal=is_terminal))
    plain, screen = written
    assert words in screen
    assert CLEAR not in plain
    assert "\n".join(line.rpartition(CLEAR)[2] for line in screen.split("\n")) == plain


@pytest.mark.parametrize(
    ("arguments", "stderr", "shown"),
    [((), True, True), (("--quiet",), True, False), ((), False, False), (("--diff", "--quiet"), True, False)],
)
@pytest.mark.usefixtures("impatient")
def test_who_sees_progress(arguments: tuple[str, ...], stderr: bool, shown: bool) -> None:
    """The line is for a terminal behind standard error, unless the run is quiet, whatever standard output is."""
    done = run_at_terminal("check", "log.jsonl", *arguments, stdout=False, stderr=stderr)
    assert (CLEAR in done.stderr) is shown
    assert CLEAR not in done.stdout


def test_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is said before a second has gone by, then once a second, with the rate since the start."""
    now = 100.0
    monkeypatch.setattr("time.monotonic", lambda: now)
    stream = StringIO()
    shown = Progress(stream, on=True)
    for now, requests in ((100.5, 10), (101.5, 3000), (102.0, 3500), (102.5, 5000)):  # noqa: B007
        shown.update(requests)
    shown.clear()
    shown.clear()
    assert (
        stream.getvalue() == "\r\x1b[Kchecked 3,000 requests (2,000/s)\r\x1b[Kchecked 5,000 requests (2,000/s)\r\x1b[K"
    )
