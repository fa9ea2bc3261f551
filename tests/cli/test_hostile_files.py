"""Files, streams and surroundings that are out to break the command."""

from __future__ import annotations

import gc
import io
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from minimax_validate.cli import cli, main
from minimax_validate.output.formats import FORMATS
from minimax_validate.project.atomic import PREFIX

GOOD = {"messages": [{"role": "user", "content": "What is the weather in Oslo?"}]}
BAD = {"messages": [{"role": "user", "content": None}]}
FIXABLE = {"messages": [{"role": "user", "content": "x" * 300}], "tools": []}

posix = pytest.mark.skipif(os.name != "posix", reason="the names, pipes, devices and signals of POSIX")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(path: Path, *payloads: object) -> Path:
    """A file with a payload a line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(payload) + "\n" for payload in payloads), "utf-8")
    return path


def run(*arguments: str) -> Result:
    """The command, run in this process."""
    return CliRunner().invoke(cli, arguments)


def start(
    *arguments: str | bytes, python: Sequence[str] = (), env: Mapping[str, str] | None = None, before: str = ""
) -> subprocess.CompletedProcess[bytes]:
    """The command in a process of its own; ``before`` are words of a shell in front of it."""
    command: list[str | bytes] = [sys.executable, *python, "-m", "minimax_validate", *arguments]
    if before:
        command = ["sh", "-c", f'{before}; exec "$@"', "sh", *command]
    return subprocess.run(command, capture_output=True, check=False, timeout=120, env=env)


@posix
@pytest.mark.slow
@pytest.mark.parametrize("output_format", FORMATS)
@pytest.mark.usefixtures("folder")
def test_names_that_are_no_text(output_format: str) -> None:
    """A name with a line break, a colour or bytes that are no UTF-8 is spelled out, and breaks no format."""
    names = (b"new\nline.json", b"red\x1b[31m.json", b"byte\xff.json")
    for name in names:
        try:
            Path(os.fsdecode(name)).write_text(json.dumps(BAD), "utf-8")
        except OSError:
            pytest.skip("this file system takes no such names")
    for arguments in ([b"."], list(names)):
        done = start("check", *arguments, "--output-format", output_format)
        assert done.returncode == 1
        assert b"Traceback" not in done.stderr
        assert b"\x1b" not in done.stdout + done.stderr
        assert not any(line.startswith(b"line.json") for line in (done.stdout + done.stderr).splitlines())


@posix
def test_pipes_in_the_way_of_a_walk(folder: Path) -> None:
    """Pipes that nobody writes to are not waited for, whatever they are called."""
    write(folder / "a.json", GOOD)
    (folder / "below").mkdir()
    for name in ("b.json", ".gitignore", "minimax-validate.toml", "pyproject.toml", "below/.gitignore", "below/c.yaml"):
        os.mkfifo(folder / name)
    done: list[Result] = []
    thread = threading.Thread(target=lambda: done.append(run("check", ".")), daemon=True)
    thread.start()
    thread.join(60)
    assert done, "it waits for a pipe"
    assert (done[0].exit_code, done[0].output) == (0, "no findings in 1 request (1 file)\n")


@posix
def test_devices_and_loops_of_links(folder: Path) -> None:
    """A walk reads no device, a loop of links is a finding, and neither keeps other files from being checked."""
    write(folder / "a.json", GOOD)
    (folder / "zero.json").symlink_to("/dev/zero")
    (folder / "tree").symlink_to(folder)
    assert run("check", ".").exit_code == 0
    (folder / "one.json").symlink_to("two.json")
    (folder / "two.json").symlink_to("one.json")
    (folder / ".gitignore").symlink_to(".gitignore")
    done = run("check", ".", "--output-format", "concise")
    assert done.exit_code == 1
    assert all(": MM002 error: cannot be read: " in line for line in done.stdout.splitlines())
    assert "in 3 requests" in done.stderr


def test_a_file_that_grows_and_shrinks(folder: Path) -> None:
    """A file that others write while it is read gives findings of what was read, and no crash."""
    path = write(folder / "a.jsonl", *[GOOD] * 50)
    text, over = path.read_bytes(), threading.Event()

    def change() -> None:
        length = 0
        while not over.is_set():
            length = (length + 997) % (3 * len(text))
            path.write_bytes((text * 3)[:length])

    thread = threading.Thread(target=change)
    thread.start()
    try:
        for option in ((), ("--fix",), ("--diff",)) * 15:
            done = run("check", "a.jsonl", *option)
            assert done.exception is None or isinstance(done.exception, SystemExit)
            assert done.exit_code in (0, 1, 2)
    finally:
        over.set()
        thread.join()
    assert [entry.name for entry in folder.iterdir()] == ["a.jsonl"]


@pytest.mark.parametrize("paths", [("a.json",), (".",), ("b.json",)])
@pytest.mark.parametrize("option", ["--output-file=./a.json", "--output=json=a.json"])
def test_findings_are_not_written_over_requests(folder: Path, paths: tuple[str, ...], option: str) -> None:
    """An output that is an input, or holds requests at all, is misuse, and stays as it is."""
    write(folder / "b.json", GOOD)
    before = write(folder / "a.json", BAD).read_bytes()
    done = run("check", *paths, option)
    assert done.exit_code == 2
    assert "write findings to another file" in done.output
    assert (folder / "a.json").read_bytes() == before


def test_findings_are_written_over_older_ones(folder: Path) -> None:
    """A report of an earlier run is replaced, also where a walk comes by it."""
    write(folder / "a.json", BAD)
    for _ in range(2):
        assert run("check", ".", "--output-format=json", "--output-file=report.json").exit_code == 1
    assert json.loads((folder / "report.json").read_text("utf-8"))[0]["code"] == "MM110"


@posix
@pytest.mark.slow
@pytest.mark.parametrize("number", [1, 2000])
def test_full_disk_behind_standard_output(folder: Path, number: int) -> None:
    """Standard output that takes nothing more is said in a line, with exit code 2, also where it is a lot."""
    if not Path("/dev/full").exists():
        pytest.skip("there is no device that is always full")
    write(folder / "a.jsonl", *[BAD] * number)
    done = start("check", "a.jsonl", before="exec >/dev/full")
    assert done.returncode == 2
    assert b"Error: cannot write standard output: no space left on device" in done.stderr
    assert b"Traceback" not in done.stderr
    # Findings are told, so that what cannot be said beside them takes nothing away.
    assert start("check", "a.jsonl", before="exec 2>/dev/full").returncode == 1


@posix
@pytest.mark.slow
@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&-", "<&- 2>&-", ">&- 2>&-", "<&- >&- 2>&-"])
def test_closed_streams(folder: Path, closed: str) -> None:
    """Without standard streams the exit code is the same, and nothing is printed into files."""
    before = write(folder / "a.json", BAD).read_bytes()
    done = start("check", "a.json", "--output", "concise=found.txt", before=f"exec {closed}")
    assert (done.returncode, b"Traceback" in done.stderr) == (1, False)
    assert (folder / "a.json").read_bytes() == before
    assert (folder / "found.txt").read_text("utf-8").count("\n") == 1
    assert start("check", "a.json", "--fix", "--unsafe-fixes", before=f"exec {closed}").returncode in (0, 1)
    assert json.loads((folder / "a.json").read_text("utf-8"))


@posix
@pytest.mark.slow
def test_few_open_files(folder: Path) -> None:
    """A process that may open few files says what it could not read, and breaks nothing."""
    for index in range(20):
        write(folder / f"{index}.json", FIXABLE)
    for limit in range(4, 12):
        done = start("check", ".", "--fix", before=f"ulimit -n {limit}")
        if b"minimax_validate" not in done.stderr:  # else the interpreter itself could not start
            assert done.returncode in (0, 1, 2)
        assert not list(folder.glob(f"{PREFIX}*"))
        assert all(json.loads(path.read_text("utf-8")) for path in folder.glob("*.json"))


@posix
@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ended_while_fixing(folder: Path, number: signal.Signals) -> None:
    """A run that is ended leaves each file old or new, nothing unfinished, and 128 and the signal as its exit code."""
    line = json.dumps(FIXABLE) + "\n"
    before = line * 3000
    codes = set()
    for delay in (0.3, 0.4, 0.5, 0.6, 0.8):
        for index in range(3):
            (folder / f"{index}.jsonl").write_text(before, "utf-8")
        process = subprocess.Popen(
            [sys.executable, "-m", "minimax_validate", "check", ".", "--fix"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(delay)
        process.send_signal(number)
        codes.add(process.wait(60))
        for path in folder.iterdir():
            assert path.suffix == ".jsonl"
            text = path.read_text("utf-8")
            assert text == before or (text.count("\n") == 3000 and '"tools"' not in text)
    # Before the command runs, the interpreter ends as the signal has it.
    assert codes <= {128 + number, -number, 0, 1}


@pytest.mark.slow
def test_two_at_once(folder: Path) -> None:
    """Two runs that fix the same files leave them fixed, and nothing else."""
    for index in range(60):
        write(folder / f"{index}.json", FIXABLE)
    command = [sys.executable, "-m", "minimax_validate", "check", ".", "--fix"]
    runs = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) for _ in range(2)]
    for each in runs:
        output, _ = each.communicate(timeout=120)
        assert b"Traceback" not in output
        assert each.returncode == 0 or b"it has changed since it was read" in output
    assert len(list(folder.iterdir())) == 60
    for path in folder.iterdir():
        assert "tools" not in json.loads(path.read_text("utf-8"))


@posix
@pytest.mark.slow
def test_same_words_everywhere(folder: Path) -> None:
    """Locales, hash seeds, optimisation, isolation and a missing home change no byte of what is said."""
    write(folder / "a.json", BAD)
    write(folder / "b.jsonl", FIXABLE, {**GOOD, "größe": "é"}, BAD)
    plain = {"PATH": os.environ.get("PATH", "")}
    expected = start("check", ".", env=plain)
    assert expected.returncode == 1
    surroundings: list[tuple[Sequence[str], Mapping[str, str]]] = [
        ((), {"PYTHONOPTIMIZE": "2"}),
        (("-I",), {}),
        (("-OO",), {"PYTHONHASHSEED": "1"}),
        ((), {"PYTHONHASHSEED": "4294967295", "LC_ALL": "tr_TR.UTF-8"}),
        (("-X", "utf8=1"), {"LC_ALL": "C.UTF-8", "LANG": "de_DE.UTF-8"}),
        ((), {"HOME": "/nonexistent"}),
    ]
    for python, variables in surroundings:
        done = start("check", ".", python=python, env={**plain, **variables})
        assert (done.returncode, done.stdout) == (1, expected.stdout), (python, variables)
    narrow = start("check", ".", env={**plain, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"})
    assert narrow.returncode == 1
    assert narrow.stdout.count(b"MM110") == expected.stdout.count(b"MM110")


@posix
@pytest.mark.slow
def test_working_directory_that_is_gone(folder: Path) -> None:
    """A run in a folder that was deleted is misuse, in one line."""
    gone = folder / "gone"
    gone.mkdir()
    done = start("check", before=f"cd {gone}; rmdir {gone}")
    assert (done.returncode, done.stderr) == (2, b"Error: the working directory no longer exists\n")


@posix
def test_working_directory_that_is_read_only(folder: Path) -> None:
    """A check needs to write nothing; what is to be written and cannot be is said."""
    write(folder / "a.json", FIXABLE)
    folder.chmod(0o555)
    try:
        assert run("check", ".").exit_code in (0, 1)
        if os.access(folder, os.W_OK):
            pytest.skip("nothing is read-only to the superuser")
        assert run("check", ".", "--fix").exit_code == 2
        assert run("check", ".", "--output-file=found.txt").exit_code == 2
    finally:
        folder.chmod(0o755)
    assert [entry.name for entry in folder.iterdir()] == ["a.json"]


@pytest.mark.slow
def test_crash_report_holds_no_text(folder: Path) -> None:
    """What is printed of a defect says where it is, and nothing of the values at hand."""
    write(folder / "a.json", GOOD)
    script = folder / "crash.py"
    script.write_text(
        "import sys\n"
        "from minimax_validate.cli import main\n"
        "from minimax_validate.engine import validator\n"
        "def check(self, payload):\n"
        "    try:\n"
        "        raise KeyError(str(payload))\n"
        "    except KeyError as error:\n"
        "        raise ValueError(repr(payload)) from error\n"
        "validator.Validator.check = check\n"
        "import minimax_validate.texts.checked as checked\n"
        "checked.check_document = lambda validator, document: check(validator, document.value)\n"
        "import minimax_validate.project.checking as checking\n"
        "checking.check_document = checked.check_document\n"
        "sys.argv = ['minimax-validate', 'check', 'a.json']\n"
        "main()\n",
        "utf-8",
    )
    done = subprocess.run([sys.executable, str(script)], capture_output=True, check=False)
    assert done.returncode == 2
    assert b"KeyError: (" in done.stderr
    assert b"ValueError: (" in done.stderr
    assert b"internal error" in done.stderr
    assert b"Oslo" not in done.stdout + done.stderr


@posix
@pytest.mark.slow
@pytest.mark.parametrize("arguments", [("rule", "MM110"), ("rule", "MM003", "--output-format", "json"), ("--help",)])
def test_full_disk_behind_other_commands(arguments: tuple[str, ...]) -> None:
    """A disk that is full behind standard output is an error of its own, and no defect, whatever is printed."""
    if not Path("/dev/full").exists():
        pytest.skip("the system has no /dev/full")
    done = start(*arguments, before="exec >/dev/full")
    assert done.returncode == 2
    assert done.stderr.decode() == "Error: cannot write standard output: no space left on device\n"


@posix
@pytest.mark.slow
@pytest.mark.parametrize("arguments", [("rule", "MM110"), ("rule", "MM003", "--output-format", "json")])
def test_reader_that_has_gone(arguments: tuple[str, ...]) -> None:
    """If nobody reads what is printed, the command ends at once, without a word, and not with 0."""
    ours, theirs = os.pipe()
    os.close(ours)
    command = [sys.executable, "-m", "minimax_validate", *arguments]
    done = subprocess.run(command, stdout=theirs, stderr=subprocess.PIPE, check=False, timeout=120)
    os.close(theirs)
    assert (done.returncode, done.stderr) == (1, b"")


def test_main_in_a_program_that_has_other_streams(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that calls ``main`` may have put anything that takes text in the place of standard output."""
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    monkeypatch.setattr(gc, "set_threshold", lambda *_: None)
    monkeypatch.setattr(sys, "argv", ["minimax-validate", "rule", "MM110"])
    printed = io.StringIO()
    monkeypatch.setattr(sys, "stdout", printed)
    with pytest.raises(SystemExit) as raised:
        main()
    assert not raised.value.code
    assert "null-content" in printed.getvalue()


def test_main_in_a_folder_that_is_gone(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a working directory the command says so, and checks nothing."""
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    monkeypatch.setattr(gc, "set_threshold", lambda *_: None)
    monkeypatch.setattr(sys, "argv", ["minimax-validate", "check", "."])

    def gone() -> str:
        raise FileNotFoundError

    monkeypatch.setattr(os, "getcwd", gone)
    with pytest.raises(SystemExit) as raised:
        main()
    monkeypatch.undo()
    assert raised.value.code == 2
    assert capsys.readouterr().err == "Error: the working directory no longer exists\n"


def test_main_whose_reader_has_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    """If nobody reads standard output any more, ``main`` ends with the code of findings, and without a word."""

    class Closed(io.StringIO):
        def write(self, _: str) -> int:
            raise BrokenPipeError

    monkeypatch.setattr(signal, "signal", lambda *_: None)
    monkeypatch.setattr(gc, "set_threshold", lambda *_: None)
    monkeypatch.setattr(sys, "argv", ["minimax-validate", "rule", "MM110"])
    monkeypatch.setattr(sys, "stdout", Closed())
    with pytest.raises(SystemExit) as raised:
        main()
    assert raised.value.code == 1
