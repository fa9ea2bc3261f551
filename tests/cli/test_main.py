"""How the command as a whole ends: its exit codes, its streams, and what it says of defects."""

from __future__ import annotations

import errno
import gc
import os
import signal
import sys
from collections.abc import Callable
from io import BytesIO, TextIOWrapper
from pathlib import Path

import click
import pytest
from screens import Stream

from minimax_validate import cli as package
from minimax_validate.cli import COMMANDS, cli, main
from minimax_validate.project.ending import end_once

BAD = '{"messages": [{"role": "us…", "content": "Hi"}]}'


@pytest.fixture(autouse=True)
def process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """A working directory with a bad request, and what ``main`` sets for the whole process, which is not done here."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bad.json").write_text(BAD, "utf-8")
    done: dict[str, object] = {}
    monkeypatch.setattr(signal, "signal", lambda number, handler: done.update({"signal": (number, handler)}))
    monkeypatch.setattr(gc, "set_threshold", lambda *numbers: done.update({"threshold": numbers}))
    return done


Ended = tuple[int, str, str]
"""An exit code, and what is on standard output and on standard error."""
Run = Callable[..., Ended]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the command with arguments; ``streams`` take the place of standard output and standard error."""

    def run(*arguments: str, streams: tuple[Stream, Stream] | None = None) -> Ended:
        out, error = streams or (Stream(is_terminal=False), Stream(is_terminal=False))
        with monkeypatch.context() as patch:
            patch.setattr(sys, "argv", ["minimax-validate", *arguments])
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", error)
            with pytest.raises(SystemExit) as raised:
                main()
        return int(raised.value.code or 0), out.text, error.text

    return run


def test_findings_and_misuse(run: Run) -> None:
    """Findings end with 1, a clean run with 0, and misuse, which is explained on standard error, with 2."""
    code, out, error = run("check", "bad.json", "--output-format", "concise")
    assert (code, out.startswith("bad.json:1:24: MM112 "), error.startswith("1 error")) == (1, True, True)
    assert run("check", "bad.json", "--exit-zero")[0] == 0
    assert run("check", "--nonsense")[:2] == (2, "")
    code, out, error = run("chekc")
    assert (code, out) == (2, "")
    assert error.startswith("Usage: ")
    assert "minimax-validate [OPTIONS] COMMAND [ARGS]..." in error  # whichever program runs the tests stands before it
    assert error.endswith("Error: unknown command 'chekc'; did you mean \"check\"?\n")
    assert "-x" in run("-x", "check")[2]
    assert "unknown command" not in run("-x", "check")[2]


def test_help_of_the_whole_command(run: Run) -> None:
    """All commands are listed, and the end names exit codes, variables and the documentation."""
    code, out, error = run("--help")
    assert (code, error) == (0, "")
    lines = out[out.index("Commands:") : out.index("Examples:")].splitlines()[1:]
    assert [line.split()[0] for line in lines if line] == list(COMMANDS)
    assert "\nExit codes:\n" in out
    assert "\nEnvironment variables:\n" in out
    assert out.endswith("/index.md\n")
    assert run("-h") == (code, out, error)


@pytest.mark.parametrize("error", [KeyboardInterrupt(), click.Abort()])
def test_interrupt(run: Run, monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    """An interrupt ends with 130, without a word."""
    assert run_raising(run, monkeypatch, error) == (130, "", "")


def test_reader_has_gone(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """If nobody reads standard output any more, the run ends as with findings, without a word."""
    assert run_raising(run, monkeypatch, BrokenPipeError()) == (1, "", "")


def test_full_disk(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk behind standard output is an error of its own, and no defect."""
    error = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    said = "Error: cannot write standard output: no space left on device\n"
    assert run_raising(run, monkeypatch, error) == (2, "", said)


@pytest.mark.parametrize("error", [OSError(errno.EACCES, "secret"), ValueError("secret"), KeyError("secret")])
def test_defect(run: Run, monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    """A defect is misuse of ours: its place and kind are said on standard error, and not its message."""
    code, out, said = run_raising(run, monkeypatch, error)
    assert (code, out) == (2, "")
    assert said.startswith("Traceback (most recent call last):\n")
    assert f"\n{type(error).__name__}: (message omitted because it may contain text of a request)\n" in said
    assert said.endswith(": internal error at the place shown above; the requests were not checked completely.\n")
    assert "secret" not in said
    assert "\n\n" not in said


def run_raising(run: Run, monkeypatch: pytest.MonkeyPatch, error: BaseException) -> Ended:
    """A run in which something is raised."""

    def fail(*_: object, **__: object) -> None:
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(cli, "main", fail)
        return run("check")


def test_narrow_streams(run: Run) -> None:
    """A stream whose encoding cannot show a character gets its escape."""
    out, error = Stream(is_terminal=False), Stream(is_terminal=False)
    for stream in (out, error):
        stream.reconfigure(encoding="latin-1", errors="strict")
    assert run("check", "bad.json", "none…json", streams=(out, error))[0] == 2
    assert 'role "us\\u2026" is not accepted' in out.text
    assert "Error: none\\u2026json does not exist." in error.text


def test_end_is_asked_for(run: Run, process: dict[str, object]) -> None:
    """Who ends the process has unfinished files removed, and a run seldom searches for garbage."""
    threshold = gc.get_threshold()
    run("--version")
    assert process == {"signal": (signal.SIGTERM, end_once), "threshold": (1_000_000, *threshold[1:])}


def test_garbage_is_collected_after_an_import() -> None:
    """The collector pauses only while a subcommand is imported."""
    assert gc.isenabled()
    assert cli.get_command(click.Context(cli), "rule") is not None
    assert gc.isenabled()
    assert gc.get_freeze_count() > 0
    assert cli.get_command(click.Context(cli), "none") is None


@pytest.mark.parametrize("name", ["stdin", "stdout", "stderr"])
def test_stream_that_is_missing(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """A standard stream that the process was started without becomes the null device, and the others stay."""
    streams = {each: TextIOWrapper(BytesIO()) for each in ("stdin", "stdout", "stderr") if each != name}
    for each in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(sys, each, streams.get(each))
    package._open_closed_streams()
    opened = getattr(sys, name)
    assert {each: getattr(sys, each) for each in streams} == streams
    assert (opened.name, opened.encoding, opened.mode) == (os.devnull, "utf-8", "r" if name == "stdin" else "w")
    opened.close()


def test_numbers_of_closed_streams(monkeypatch: pytest.MonkeyPatch) -> None:
    """The number of a standard stream that is closed is taken, for reading or for writing, before a file gets it."""
    opened = []

    def status(number: int) -> None:
        if number:
            raise OSError(errno.EBADF, "closed")

    monkeypatch.setattr(os, "fstat", status)
    monkeypatch.setattr(os, "open", lambda *arguments: opened.append(arguments))
    package._open_closed_streams()
    monkeypatch.undo()
    assert opened == [(os.devnull, os.O_WRONLY)] * 2


@pytest.mark.skipif(os.name == "nt", reason="pipes are those of POSIX")
def test_output_is_let_go_of(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is left in the buffer of a pipe that nobody reads raises nothing when the stream is closed."""
    ours, theirs = os.pipe()
    os.close(ours)
    pipe = os.fdopen(theirs, "w", encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["minimax-validate", "rule", "MM110"])
    monkeypatch.setattr(sys, "stdout", pipe)
    with pytest.raises(SystemExit) as raised:
        main()
    assert raised.value.code == 1
    pipe.close()


def test_warning_of_unknown_variables(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A variable without effect is a warning on standard error of the command that is called, and of no other."""
    monkeypatch.setenv("MINIMAX_VALIDATE_SCHEMA_NAMES", "1")
    warning = "warning: unknown environment variable MINIMAX_VALIDATE_SCHEMA_NAMES"
    assert run("schema")[2].startswith(warning)
    assert run("rule")[2] == ""
    assert run("--version")[2] == ""
    assert "unknown environment variable" not in run("schemas")[2]
