"""What ``check`` writes, to which of its two streams, and what it ends with."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from syrupy.assertion import SnapshotAssertion

from minimax_validate.cli import cli

GOOD = {"messages": [{"role": "user", "content": "Hi."}]}
BAD = {"messages": [{"role": "user", "content": None}]}
WARNED = {**GOOD, "model": "gpt-4o"}
FIXABLE = {**GOOD, "tools": []}
EXPORT = {"inputs": GOOD, "outputs": {}}


def write(name: str, *lines: object) -> None:
    """A file with texts or payloads, one a line."""
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{line if isinstance(line, str) else json.dumps(line)}\n" for line in lines), "utf-8")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with findings of two severities, messages that are not read, and a configuration that is not used."""
    monkeypatch.chdir(tmp_path)
    write("bad.json", BAD)
    write("export.jsonl", EXPORT)
    write("sub/fixable.json", FIXABLE)
    write("sub/minimax-validate.toml", 'fail-on = "info"')
    write("warned.json", WARNED)
    return tmp_path


def written(*arguments: str, stdin: str | None = None) -> str:
    """The exit code of a run, and what is on its streams."""
    done = CliRunner().invoke(cli, ["check", *arguments], input=stdin)
    assert done.exception is None or isinstance(done.exception, SystemExit)
    return f"exit code {done.exit_code}\n--- stdout\n{done.stdout}--- stderr\n{done.stderr}"


CONCISE = ("--output-format", "concise")


@pytest.mark.parametrize(
    "arguments",
    [
        ("--max-warnings", "0"),
        ("--max-warnings", "0", "nope.json", ".", *CONCISE),
        ("--quiet", "--max-warnings", "0", *CONCISE),
        ("sub", "--isolated", "--fail-on", "warning"),
        ("sub", "--config", "sub/minimax-validate.toml", "--quiet", *CONCISE),
        ("--statistics",),
        ("--statistics", "--quiet"),
        ("--statistics", "--output-format", "json"),
        ("--fix", "--show-fixes"),
        ("--fix", "--show-fixes", *CONCISE),
        ("--fix", "--show-fixes", "--statistics", "--quiet", *CONCISE),
        ("--diff",),
        ("--diff", "--unsafe-fixes"),
        ("--diff", "--quiet", "--exit-zero", "nope.json", "."),
        ("--write-baseline",),
        ("--write-baseline", "--baseline", "sub/known.json"),
        ("--show-files", "nope.json", "."),
        ("--show-files", "--verbose", "--exclude", "sub"),
        ("--add-ignores", "nope.json", "."),
    ],
    ids=" ".join,
)
def test_files(arguments: tuple[str, ...], snapshot: SnapshotAssertion) -> None:
    """Findings, lists and differences are for standard output; warnings, and all beside such text, for the other."""
    assert written(*arguments) == snapshot


@pytest.mark.parametrize(
    "arguments",
    [(), ("--quiet",), ("--exit-zero",), ("--fail-on", "warning"), ("--write-baseline",), ("--diff",)],
    ids=" ".join,
)
@pytest.mark.parametrize("severity", ["error", "warning"])
def test_text_that_cannot_be_read(arguments: tuple[str, ...], severity: str, snapshot: SnapshotAssertion) -> None:
    """A text that cannot be read is always reported, and fails a run by the severity of its rule."""
    write("minimax-validate.toml", f'[severity]\nMM001 = "{severity}"\n')
    write("cut.json", '{"messages": [')
    assert written("cut.json", "sub", *CONCISE, *arguments) == snapshot


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        CONCISE,
        ("--fix", "--show-fixes"),
        ("--fix", "--show-fixes", *CONCISE),
        ("--fix", "--quiet"),
        ("--fix", "--statistics"),
        ("--diff",),
        ("--diff", "bad.json", "--unsafe-fixes"),
        ("bad.json", *CONCISE),
    ],
    ids=" ".join,
)
def test_standard_input(arguments: tuple[str, ...], snapshot: SnapshotAssertion) -> None:
    """The fixed text of standard input is alone on standard output."""
    assert written("-", *arguments, stdin=json.dumps([FIXABLE, BAD])) == snapshot


@pytest.mark.parametrize("option", ["--show-fixes", "--statistics", "--exit-non-zero-on-fix", "--show-all"])
def test_fixed_text_is_alone(option: str) -> None:
    """Whatever else is asked for, standard output has the fixed text only: a pipe takes it as the request."""
    done = CliRunner().invoke(cli, ["check", "-", "--fix", option], input=json.dumps([FIXABLE, BAD]))
    assert json.loads(done.stdout) == [GOOD, BAD]


@pytest.mark.parametrize("quiet", [(), ("--quiet",)], ids=" ".join)
def test_what_is_ignored(quiet: tuple[str, ...], snapshot: SnapshotAssertion) -> None:
    """What a configuration ignores is said of a difference too, on standard error."""
    write("minimax-validate.toml", 'ignore = ["MM009"]\nexclude = ["sub"]\n')
    assert written("--diff", "--unsafe-fixes", *quiet) == snapshot


@pytest.mark.parametrize(
    ("arguments", "on_output", "on_error"),
    [
        (("--diff", "--unsafe-fixes"), True, False),
        (("--statistics",), True, False),
        (("--fix", "-"), False, True),
        ((), True, False),
    ],
    ids=["difference", "statistics", "standard input", "findings"],
)
def test_color(arguments: tuple[str, ...], on_output: bool, on_error: bool) -> None:
    """With --color always, what is written in color is in color on a pipe too, and never with --color never."""
    for color in ("always", "never", "auto"):
        done = CliRunner().invoke(cli, ["check", "bad.json", *arguments, "--color", color], input=json.dumps(BAD))
        colored = ("\x1b[" in done.stdout, "\x1b[" in done.stderr)
        assert colored == ((on_output, on_error) if color == "always" else (False, False))
