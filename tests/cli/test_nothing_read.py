"""A run that found nothing to check says so, in every format, and says what it did not read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result

from minimax_validate.cli import cli
from minimax_validate.output.formats import FORMATS
from minimax_validate.project import fixing
from minimax_validate.texts import readers
from minimax_validate.texts.document import Document

REQUEST = {"model": "minimax/m2.7", "messages": [{"role": "user", "content": "Hi"}]}
TURNS = REQUEST["messages"]
NOTHING = "no request was found: nothing was checked"
KINDS = "2 files contain messages in an unsupported format: 1 LangSmith export, 1 notebook"
NOTEBOOK = {
    "cells": [{"cell_type": "code", "source": [f"send({json.dumps(REQUEST)})"]}],
    "metadata": {"kernelspec": {"language": "R"}},
    "nbformat": 4,
}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with a notebook of R, an export, and a file that holds no messages."""
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "ask.ipynb", NOTEBOOK)
    write(tmp_path / "empty.ipynb", {"cells": [], "nbformat": 4})
    write(tmp_path / "export.jsonl", {"inputs": {"messages": TURNS}, "outputs": {}})
    write(tmp_path / "package.json", {"name": "weather"})
    return tmp_path


def write(path: Path, value: object) -> None:
    """A file with a value."""
    path.write_text(value if isinstance(value, str) else json.dumps(value), "utf-8")


def run(*arguments: str) -> Result:
    """The command ``check``."""
    return CliRunner().invoke(cli, ("check", *arguments))


@pytest.mark.parametrize("output_format", FORMATS)
def test_every_format_says_so(output_format: str) -> None:
    """A run without a request says so beside the findings, and in each format that has a place for it."""
    done = run(".", "--output-format", output_format)
    summary = done.stdout if output_format == "text" else done.stderr
    assert (done.exit_code, summary) == (0, f"{NOTHING}; skipped 2 files without a request\n{KINDS}\n")
    said = f"{NOTHING}; {KINDS}"
    match output_format:
        case "json" | "gitlab":
            assert json.loads(done.stdout) == []
        case "json-lines":
            assert json.loads(done.stdout) == {"notice": said}
        case "github":
            assert done.stdout == f"::notice title=minimax-validate::{said}\n"
        case "markdown":
            assert done.stdout == f"## minimax-validate\n\nN{said[1:]}.\n"
        case "sarif":
            (invocation,) = json.loads(done.stdout)["runs"][0]["invocations"]
            assert invocation["toolExecutionNotifications"] == [{"level": "warning", "message": {"text": said}}]
        case "junit":
            (suite,) = ElementTree.fromstring(done.stdout)
            (case,) = suite
            assert (suite.get("tests"), suite.get("failures"), suite.get("skipped")) == ("1", "0", "1")
            assert [(child.tag, child.get("message")) for child in case] == [("skipped", said)]
        case "concise":
            assert done.stdout == ""


@pytest.mark.parametrize("output_format", FORMATS)
def test_a_run_with_a_request_says_nothing_of_it(folder: Path, output_format: str) -> None:
    """A clean run writes what it always did, and tells what it did not read in its summary alone."""
    write(folder / "good.json", REQUEST)
    done = run(".", "--output-format", output_format)
    assert "no request" not in done.output
    assert done.output.count(KINDS) == 1


@pytest.mark.parametrize("by", ["option", "configuration", "variable"])
def test_no_requests_can_fail_a_run(folder: Path, by: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that found no request ends with 1 where that is asked for, and one that found any is not concerned."""
    if by == "configuration":
        write(folder / "minimax-validate.toml", "fail-on-no-requests = true\n")
    if by == "variable":
        monkeypatch.setenv("MINIMAX_VALIDATE_CHECK_FAIL_ON_NO_REQUESTS", "1")
    option = ("--fail-on-no-requests",) if by == "option" else ()
    assert run(".", *option).exit_code == 1
    assert run(".", *option, "--exit-zero").exit_code == 0
    assert "fail-on-no-requests = true\n" in run("--show-settings", *option).stdout
    write(folder / "good.json", REQUEST)
    assert run(".", *option).exit_code == 0


def test_the_switch_is_true_or_false(folder: Path) -> None:
    """Another value in the configuration is an error."""
    write(folder / "minimax-validate.toml", "fail-on-no-requests = 1\n")
    done = run(".")
    assert (done.exit_code, "fail-on-no-requests must be true or false, not 1" in done.stderr) == (2, True)


def test_files_are_shown_with_their_requests(folder: Path) -> None:
    """--show-files lists what would be checked, with the number of requests, and checks nothing."""
    write(folder / "good.json", [REQUEST, REQUEST])
    write(folder / "lines.jsonl", f'{json.dumps(REQUEST)}\n{{"messages": [{{"role": "user",\n{json.dumps(REQUEST)}\n')
    write(folder / "bad.json", {"messages": [{"role": "user", "content": None}]})
    done = run(".", "--show-files")
    assert done.exit_code == 0
    assert done.stdout.splitlines() == [
        "bad.json: 1 request",
        "good.json: 2 requests",
        "lines.jsonl: 2 requests, 1 text that cannot be read",
    ]
    assert done.stderr == f"{KINDS}\n"


def test_named_files_are_shown_as_a_check_takes_them(folder: Path) -> None:
    """A named file that cannot be read would be checked; a search skips it if nothing in it looks like a request."""
    write(folder / "tsconfig.json", "{ // comments\n}")
    assert run("tsconfig.json", "--show-files").stdout == "tsconfig.json: 1 text that cannot be read\n"
    assert run(".", "--show-files").stdout == ""
    assert "tsconfig.json: skipped: it has no request\n" in run(".", "--show-files", "--verbose").stdout


def test_verbose_says_what_is_passed_over(folder: Path) -> None:
    """With --verbose, --show-files tells of each file and folder that is passed over why that is."""
    (folder / ".git").mkdir()
    write(folder / ".gitignore", "*.tmp.json\n")
    for name in ("a.tmp.json", "old.json", "notes.txt", "good.json"):
        write(folder / name, REQUEST)
    assert run(".", "--show-files", "--verbose", "--exclude", "old.json").stdout.splitlines() == [
        "good.json: 1 request",
        ".git: skipped: directories with this name are never searched",
        ".gitignore: skipped: its file type is not supported",
        "a.tmp.json: skipped: a .gitignore file ignores it",
        "ask.ipynb: skipped: it contains messages in an unsupported format: notebook",
        "empty.ipynb: skipped: it has no request",
        "export.jsonl: skipped: it contains messages in an unsupported format: LangSmith export",
        "notes.txt: skipped: its file type is not supported",
        "old.json: skipped: it matches `exclude`",
        "package.json: skipped: it has no request",
    ]


def test_verbose_knows_what_is_included(folder: Path) -> None:
    """Where the configuration says what is included, all else is passed over for that reason, and is not counted."""
    write(folder / "minimax-validate.toml", 'include = ["*.jsonl"]\n')
    done = run(".", "--show-files", "--verbose")
    assert "ask.ipynb: skipped: it does not match `include`\n" in done.stdout
    assert done.stderr == "1 file contains messages in an unsupported format: 1 LangSmith export\n"


def test_verbose_goes_with_show_files() -> None:
    """--verbose alone is misuse."""
    done = run(".", "--verbose")
    assert (done.exit_code, "--verbose requires --show-files." in done.stderr) == (2, True)


def test_a_difference_says_so() -> None:
    """--diff says that no request was found, and in what forms messages are; --fix says it as a check does."""
    done = run(".", "--diff")
    said = f"nothing to fix: no request was found\n{KINDS}\n"
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", said)
    assert run(".", "--diff", "--fail-on-no-requests").exit_code == 1
    assert run(".", "--fix").stdout == f"{NOTHING}; skipped 2 files without a request\n{KINDS}\n"


def test_a_difference_of_a_request_says_nothing_of_it(folder: Path) -> None:
    """One request is enough for --diff to have found something."""
    write(folder / "ask.json", REQUEST)
    assert run("ask.json", "--diff").stderr == "nothing to fix\n"
    assert run(".", "--diff", "--fail-on-no-requests").exit_code == 0


@pytest.mark.parametrize("option", ["--fix", "--diff"])
def test_fixing_glances_as_a_check_does(folder: Path, option: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Prose that does not name the model is not read to be fixed, unless it is named or included."""
    read: list[str] = []

    def reading(name: str, stream: BinaryIO) -> Iterator[Document]:
        read.append(name)
        return readers.read(name, stream)

    monkeypatch.setattr(fixing, "read", reading)
    write(folder / "ask.md", f"```json\n{json.dumps({'messages': [{'role': 'user', 'content': None}]})}\n```\n")
    write(folder / "ask.json", REQUEST)
    run(".", option)
    assert sorted(read) == ["ask.ipynb", "ask.json", "export.jsonl"]
    run("ask.md", option)
    assert read[3:] == ["ask.md"]
    write(folder / "minimax-validate.toml", 'include = ["*.md"]\n')
    run(".", option)
    assert read[4:] == ["ask.md"]


def test_fixing_knows_what_is_included(folder: Path) -> None:
    """All requests of a file that is included are looked at, and what cannot be written is told."""
    body = {"messages": [{"role": "user", "content": "Hi"}], "n": 2}
    write(folder / "ask.md", f"Ask minimax/m2.7:\n\n```json\n{json.dumps(body)}\n```\n")
    assert "not made" not in run(".", "--fix").stderr
    write(folder / "minimax-validate.toml", 'include = ["*.md"]\n')
    assert "ask.md: 1 fix not applied: " in run(".", "--fix", "--unsafe-fixes").stderr


def test_prose_that_links_nowhere_is_nothing(folder: Path) -> None:
    """Of Markdown that a walk cannot read, nothing is known to be meant; where it is named, it is told."""
    (folder / "README.md").symlink_to("docs/README.md")
    (folder / "ask.json").symlink_to("docs/ask.json")
    assert [line.partition(" ")[0] for line in run(".", "--output-format", "concise").stdout.splitlines()] == [
        "ask.json:1:1:"
    ]
    assert run(".", "--diff").stderr.count(" MM002 ") == 1
    assert "README.md:1:1: MM002" in run("README.md", "--output-format", "concise").stdout
    assert "README.md:1:1: MM002" in run("README.md", "--diff").stderr


def test_notebook_that_is_no_json_is_told_where_it_is_named(folder: Path) -> None:
    """A notebook that is cut off is a finding if it is named, and skipped on a walk."""
    write(folder / "cut.ipynb", '{"cells": ["minimax/m2.7", "messages"')
    assert run("cut.ipynb", "--output-format", "concise").stdout.startswith("cut.ipynb:1:38: MM001 ")
    assert "cut.ipynb" not in run(".", "--output-format", "concise").stdout
