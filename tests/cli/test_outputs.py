"""Where findings are written: formats, files, several of them, and what happens when one of them cannot be."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import tomllib
from io import BytesIO, StringIO
from pathlib import Path
from typing import NoReturn

import pytest
from click.testing import CliRunner, Result

from minimax_validate import Validator
from minimax_validate.cli import cli
from minimax_validate.cli.outputs import Target, Teller
from minimax_validate.output.formats import FORMATS, load_format
from minimax_validate.output.formats.json import Format
from minimax_validate.output.formats.writer import Style
from minimax_validate.project.checking import check_documents
from minimax_validate.project.files import read_stream
from minimax_validate.project.options import Output
from minimax_validate.rules.catalogue import BY_CODE

GOOD = {"messages": [{"role": "user", "content": "Which platform?"}]}
BAD = {"messages": [{"role": "user", "content": None}]}
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="links, modes and devices are those of POSIX")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with a request that has one error."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bad.json").write_text(json.dumps(BAD), "utf-8")
    return tmp_path


def run(*arguments: str, env: dict[str, str] | None = None) -> Result:
    """The check command, run in this process over the bad request."""
    return CliRunner().invoke(cli, ("check", "bad.json", *arguments), env=env)


def files(folder: Path) -> set[str]:
    """The names in a folder, but for the request."""
    return {path.name for path in folder.iterdir()} - {"bad.json"}


@pytest.mark.parametrize("output_format", FORMATS)
def test_output_file(folder: Path, output_format: str) -> None:
    """With --output-file the file gets what standard output would; only the summary is still said."""
    to_stdout = run("--output-format", output_format)
    to_file = run("--output-format", output_format, "--output-file", "report")
    assert (to_file.exit_code, to_file.output) == (
        1,
        "1 error in 1 request (1 file); 1 fixable with --fix --unsafe-fixes\n",
    )
    summary = to_file.output if output_format == "text" else ""
    assert (folder / "report").read_bytes().decode() + summary == to_stdout.stdout
    assert files(folder) == {"report"}


def test_several_outputs(folder: Path) -> None:
    """Each --output is written beside the main one, and all are those of one run."""
    done = run(
        "--output-format",
        "concise",
        "--output",
        "sarif=out.sarif",
        "--output",
        "junit=junit.xml",
        "--output",
        "json=a=b.json",
    )
    assert done.stdout.startswith("bad.json:1:43: MM110 error")
    assert json.loads((folder / "out.sarif").read_text("utf-8"))["runs"][0]["results"][0]["ruleId"] == "MM110"
    assert (folder / "junit.xml").read_text("utf-8").startswith("<?xml")
    assert json.loads((folder / "a=b.json").read_text("utf-8"))[0]["code"] == "MM110"
    assert files(folder) == {"out.sarif", "junit.xml", "a=b.json"}


def test_clean_run_writes_empty_documents(folder: Path) -> None:
    """A clean run renews the files, so that no old finding stays in one."""
    (folder / "report.json").write_text("old", "utf-8")
    (folder / "bad.json").write_text(json.dumps(GOOD), "utf-8")
    assert run("--output", "json=report.json").exit_code == 0
    assert (folder / "report.json").read_text("utf-8") == "[]\n"


def test_an_output_may_take_standard_output(folder: Path) -> None:
    """Where an --output is to standard output and nothing else is asked for, it stands there alone."""
    done = run("--output", "junit=junit.xml", "--output", "json=-")
    assert json.loads(done.stdout)[0]["code"] == "MM110"
    assert done.stderr.startswith("1 error in 1 request")
    assert files(folder) == {"junit.xml"}


def test_main_output_beside_one_to_standard_output(folder: Path) -> None:
    """An --output-file leaves standard output to another format."""
    done = run("--output-format", "concise", "--output-file", "report.txt", "--output", "json=-")
    assert json.loads(done.stdout)[0]["code"] == "MM110"
    assert (folder / "report.txt").read_text("utf-8").startswith("bad.json:1:43: MM110 error")


def test_output_file_may_be_standard_output(folder: Path) -> None:
    """- is standard output in all options."""
    assert run("--output-format", "concise", "--output-file", "-").stdout.startswith("bad.json:1:43: MM110 error")
    assert files(folder) == set()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--output-format", "sariff"), 'unknown format "sariff"; did you mean "sarif"?'),
        (("--output-format", "xml"), 'unknown format "xml"; use text, concise, json,'),
        (("--output", "json_line=x"), 'unknown format "json_line"; did you mean "json-lines"?'),
        (("--output", "out.sarif"), 'unknown format "out.sarif"'),
        (("--output", "sarif"), '"sarif" has no file; write sarif=FILE, or sarif=- for standard output'),
        (("--output", "sarif="), '"sarif=" has no file'),
        (("--output", "=x.sarif"), 'unknown format ""'),
        (("--output", "json=x", "--output", "sarif=./x"), "json and sarif cannot both be written to ./x"),
        (("--output-file", "x", "--output", "sarif=x"), "text and sarif cannot both be written to x"),
        (("--output", "json=-", "--output", "sarif=-"), "json and sarif cannot both be written to standard output"),
        (
            ("--output-format", "text", "--output", "sarif=-"),
            "text and sarif cannot both be written to standard output",
        ),
        (("--output", f"json={Path('no') / 'x'}"), f"cannot write {Path('no') / 'x'}: the directory no does not exist"),
        (("--output-file", f"{Path('no') / 'x'}"), f"cannot write {Path('no') / 'x'}: the directory no does not exist"),
        (("--output", "json=folder"), "cannot write folder: is a directory"),
        (("--write-baseline", "--output", "json=x"), "--write-baseline cannot be used together with"),
    ],
)
def test_misuse(folder: Path, arguments: tuple[str, ...], message: str) -> None:
    """Outputs that cannot be are misuse, told before anything is checked, and nothing is written."""
    (folder / "folder").mkdir()
    done = run(*arguments)
    assert done.exit_code == 2
    assert message in " ".join(done.stderr.split())
    assert done.stdout == ""
    assert files(folder) == {"folder"}


@POSIX
def test_two_names_of_one_file(folder: Path) -> None:
    """A link is the file that it leads to."""
    (folder / "link").symlink_to("x")
    assert "cannot both be written" in run("--output", "json=link", "--output", "sarif=x").stderr


def test_nothing_is_half_written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the run fails, files are what they were, and nothing is left beside them."""

    def fail(*_: object) -> NoReturn:
        raise RuntimeError("a defect")

    monkeypatch.setattr(Format, "finish", fail)
    (folder / "old.json").write_text("old", "utf-8")
    done = run("--output", "json=old.json", "--output", "sarif=new.sarif")
    assert isinstance(done.exception, RuntimeError)
    assert (folder / "old.json").read_text("utf-8") == "old"
    assert files(folder) == {"old.json"}


def test_full_disk_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that cannot be written to the end is told by its name, and is not put in place."""

    def fail(*_: object) -> NoReturn:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Format, "write", fail)
    done = run("--output", "json=report.json")
    assert (done.exit_code, done.stderr) == (2, "Error: cannot write report.json: no space left on device\n")
    assert files(folder) == set()


@POSIX
def test_file_is_replaced_where_it_is(folder: Path) -> None:
    """A link stays a link, and a file keeps its mode."""
    (folder / "deep").mkdir()
    target = folder / "deep" / "real.json"
    target.write_text("old", "utf-8")
    target.chmod(0o640)
    (folder / "link.json").symlink_to(target)
    run("--output", "json=link.json")
    assert (folder / "link.json").is_symlink()
    assert json.loads(target.read_text("utf-8"))[0]["code"] == "MM110"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


@POSIX
def test_devices_are_written_to(folder: Path) -> None:
    """A device is no file that could be replaced."""
    before = Path(os.devnull).stat().st_rdev
    assert run("--output", f"json={os.devnull}").exit_code == 1
    assert Path(os.devnull).stat().st_rdev == before
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "minimax_validate",
            "check",
            "bad.json",
            "--output-file",
            "/dev/stdout",
            "--output-format",
            "concise",
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.startswith("bad.json:1:43: MM110 error")
    assert files(folder) == set()


def test_statistics_leave_files_alone(folder: Path) -> None:
    """--statistics takes the place of the findings on standard output, and files are written as they were asked for."""
    done = run("--statistics", "--output", "json=report.json")
    assert done.stdout.startswith("count  code")
    assert "content is null" not in done.stdout
    assert json.loads((folder / "report.json").read_text("utf-8"))[0]["code"] == "MM110"


ACTIONS = {"GITHUB_ACTIONS": "true"}


@pytest.mark.usefixtures("folder")
def test_github_is_the_default_in_its_actions() -> None:
    """In GitHub Actions findings become annotations, and the summary stands apart."""
    done = run(env=ACTIONS)
    assert done.stdout.startswith("::error title=MM110 null-content,file=bad.json,")
    assert done.stderr.startswith("1 error in 1 request")
    assert run(env={"GITHUB_ACTIONS": "false"}).stdout.startswith("bad.json:1:43: MM110")


def test_any_choice_wins_over_that_default(folder: Path) -> None:
    """A format chosen on the command line, in the environment or in the configuration is kept in GitHub Actions."""
    assert run("--output-format", "concise", env=ACTIONS).stdout.startswith("bad.json")
    assert run(env={**ACTIONS, "MINIMAX_VALIDATE_CHECK_OUTPUT_FORMAT": "json"}).stdout.startswith("[")
    assert run("--output", "json=-", env=ACTIONS).stdout.startswith("[")
    run("--output-file", "report.txt", env=ACTIONS)
    assert (folder / "report.txt").read_text("utf-8").startswith("bad.json:1:43")
    (folder / "minimax-validate.toml").write_text('output-format = "concise"', "utf-8")
    assert run(env=ACTIONS).stdout.startswith("bad.json")


def test_environment(folder: Path) -> None:
    """Outputs may be set by variables, several with spaces between them."""
    done = run(
        env={
            "MINIMAX_VALIDATE_CHECK_OUTPUT": "sarif=out.sarif junit=junit.xml",
            "MINIMAX_VALIDATE_CHECK_OUTPUT_FILE": "out.txt",
        }
    )
    assert done.exit_code == 1
    assert files(folder) == {"out.sarif", "junit.xml", "out.txt"}


@pytest.mark.usefixtures("folder")
def test_settings_show_outputs() -> None:
    """--show-settings tells the format, and in comments what goes to files: that is no part of a configuration."""
    shown = run("--show-settings", "--output-format", "concise", "--output", "sarif=out.sarif").stdout
    assert tomllib.loads(shown)["output-format"] == "concise"
    assert '# sarif is written to "out.sarif"' in shown.splitlines()


def test_repository_is_found(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """GitHub is told files from the root of the repository, people from the working directory."""
    (folder / ".git").mkdir()
    (folder / "services").mkdir()
    (folder / "bad.json").rename(folder / "services" / "bad.json")
    monkeypatch.chdir(folder / "services")
    assert ",file=services/bad.json," in run("--output-format", "github").stdout
    assert run("--output-format", "concise").stdout.startswith("bad.json:")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--output", "json=bad.json"), "bad.json is one of the checked files; write findings to another file"),
        (("--output-file", "link"), "link is one of the checked files; write findings to another file"),
        (("none.json", "--output", "json=bad.json"), "bad.json is one of the checked files"),
        (("--output", "json=asks.jsonl"), "asks.jsonl contains requests; write findings to another file"),
        (
            ("--output-format", "json", "--output-file", "-", "--output", "sarif=asks.jsonl"),
            "asks.jsonl contains requests",
        ),
        (("--output-file", "new.txt", "--output", "sarif=asks.jsonl"), "asks.jsonl contains requests"),
        (("--output-file", "notes.txt", "--output", "sarif=asks.jsonl"), "asks.jsonl contains requests"),
        (("--output", "json=cut.json"), ""),
        (("--output", "json=other.json"), ""),
        (("--output-file", "notes.txt"), ""),
    ],
)
def test_no_request_is_written_over(folder: Path, arguments: tuple[str, ...], said: str) -> None:
    """A checked file, or another one that is read as requests, is never the place of findings; other files may be."""
    (folder / "asks.jsonl").write_text(f'{{"a": 1}}\n{json.dumps(GOOD)}\n', "utf-8")
    (folder / "cut.json").write_text('{"messages": [', "utf-8")
    (folder / "other.json").write_text('{"name": "weather"}', "utf-8")
    (folder / "notes.txt").write_text(json.dumps(GOOD), "utf-8")
    (folder / "link").symlink_to("bad.json")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    done = run(*arguments)
    after = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert (done.exit_code, said in done.stderr) == (2 if said else 1, True)
    assert (after == before) is bool(said)
    assert {name: after[name] for name in ("bad.json", "asks.jsonl")} == {
        name: before[name] for name in ("bad.json", "asks.jsonl")
    }


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize(
    ("option", "whole"), [((), {"json", "text"}), (("--redact",), set()), (("--no-redact",), {"json", "sarif", "text"})]
)
def test_each_output_is_redacted_by_its_format(
    folder: Path, option: tuple[str, ...], whole: set[str], jobs: str
) -> None:
    """In one run, outputs with whole texts and with excerpts can be written; an option decides for all of them."""
    words = "Tell nobody of the harbour cat"
    (folder / "bad.json").write_text(json.dumps({"messages": [{"role": words, "content": ""}]}), "utf-8")
    done = run("--output-file", "text", "--output", "sarif=sarif", "--output", "json=json", "--jobs", jobs, *option)
    assert done.exit_code == 1
    written = {name: (folder / name).read_text("utf-8") for name in ("json", "sarif", "text")}
    assert all(words[:20] in text for text in written.values())
    assert {name for name, text in written.items() if words in text} == whole


@pytest.mark.parametrize(("live", "flushes"), [(True, 2), (False, 0)])
def test_live_findings_are_passed_on(live: bool, flushes: int) -> None:
    """What comes from a pipe is passed on as it comes, to standard output and to no file."""

    class Counting(StringIO):
        flushes = 0

        def flush(self) -> None:
            self.flushes += 1

    streams = {name: Counting() for name in ("-", "file")}
    targets = [
        Target(Output("concise", name), load_format("concise")(BY_CODE, stream, Style()), is_cut=False)
        for name, stream in streams.items()
    ]
    teller = Teller(tuple(targets), live)
    (checked,) = check_documents(read_stream("a.json", BytesIO(json.dumps(BAD).encode())), Validator(), named=True)
    teller(checked)
    teller(checked)
    assert {name: stream.flushes for name, stream in streams.items()} == {"-": flushes, "file": 0}
    assert {name: stream.getvalue().count("MM110") for name, stream in streams.items()} == {"-": 2, "file": 2}
