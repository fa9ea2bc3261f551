"""The command: what it reads, writes and exits with."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Mapping
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from screens import Stream, run_at_terminal

from minimax_validate.cli import cli
from minimax_validate.cli.terminal import style
from minimax_validate.engine.selection import NoRuleError
from minimax_validate.json_schema.bundle import whole
from minimax_validate.rules.catalogue import RULES

GOOD = {"messages": [{"role": "user", "content": "What is the weather in Oslo?"}]}
BAD = {"messages": [{"role": "user", "content": None}]}
WARNED = {**GOOD, "model": "gpt-4o"}


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


def run(*arguments: str, stdin: str | bytes | None = None, env: Mapping[str, str] | None = None) -> Result:
    """The command, run in this process."""
    return CliRunner().invoke(cli, arguments, input=stdin, env=env)


def test_clean_file(folder: Path) -> None:
    """A clean file gives the summary alone, and exit code 0."""
    write(folder / "good.json", GOOD)
    done = run("check", "good.json")
    assert (done.exit_code, done.output) == (0, "no findings in 1 request (1 file)\n")


def test_bad_file(folder: Path) -> None:
    """A file with an error gives its finding with place, frame and fix, and exit code 1."""
    write(folder / "bad.json", BAD)
    done = run("check", "bad.json")
    assert done.exit_code == 1
    assert done.output.splitlines()[0].startswith("bad.json:1:43: MM110 error: content is null")
    assert "                                           ^^^^" in done.output
    assert done.output.endswith("1 error in 1 request (1 file); 1 fixable with --fix --unsafe-fixes\n")


def test_working_directory_is_the_default(folder: Path) -> None:
    """Without a path the working directory is walked."""
    write(folder / "deep" / "er" / "bad.json", BAD)
    assert run("check", "--output-format", "concise").stdout.startswith("deep/er/bad.json:1:43: MM110 error")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        (("small.json",), True),
        (("./small.json",), True),
        (("full.json",), True),
        (("large.json",), False),
        (("small.jsonl",), False),
        (("folder.json",), False),
        (("pipe.json",), False),
        (("none.json",), False),
        (("nul\0l.json",), False),
        (("small.json", "small.json"), False),
        (("-",), False),
        ((), False),
    ],
)
def test_who_starts_soon(folder: Path, monkeypatch: pytest.MonkeyPatch, paths: tuple[str, ...], expected: bool) -> None:
    """For one small JSON file, the command takes the contract that is loaded sooner, and for all else the fast one."""
    for name, size in (("small.json", 2), ("small.jsonl", 2), ("full.json", 65_536), ("large.json", 65_537)):
        (folder / name).write_bytes(b"{}".ljust(size))
    (folder / "folder.json").mkdir()
    os.mkfifo("pipe.json")
    seen: list[bool] = []

    def make(*_: object, is_brief: bool) -> None:
        seen.append(is_brief)
        raise NoRuleError

    monkeypatch.setattr("minimax_validate.cli.check.Validator", make)
    assert run("check", *paths).exit_code == 2
    assert seen == [expected]


def test_a_bad_line_stops_nothing(folder: Path) -> None:
    """In a JSONL file every line is a request, and a broken line is a finding on its line among the others."""
    lines = [json.dumps(GOOD), "{", json.dumps(BAD), "", json.dumps(GOOD)]
    (folder / "log.jsonl").write_text("\n".join(lines), "utf-8")
    done = run("check", "log.jsonl", "--output-format", "concise")
    assert [line.split(" ")[:2] for line in done.stdout.splitlines()] == [
        ["log.jsonl:2:2:", "MM001"],
        ["log.jsonl:3:43:", "MM110"],
    ]
    assert "2 errors in 4 requests (1 file)" in done.stderr


@pytest.mark.usefixtures("folder")
def test_stdin() -> None:
    """- is standard input, under the name that it is given."""
    done = run("check", "-", "--stdin-filename", "sent.json", "--output-format", "concise", stdin=json.dumps(BAD))
    assert done.stdout.startswith("sent.json:1:43: MM110")


@pytest.mark.usefixtures("folder")
def test_stdin_lines() -> None:
    """The name of standard input tells its format."""
    done = run(
        "check",
        "-",
        "--stdin-filename",
        "sent.jsonl",
        "--output-format",
        "concise",
        stdin=f"{json.dumps(GOOD)}\n{json.dumps(BAD)}\n",
    )
    assert done.stdout.startswith("sent.jsonl:2:43: MM110")


def test_glob(folder: Path) -> None:
    """A pattern that the shell left alone is expanded."""
    write(folder / "a" / "bad.json", BAD)
    write(folder / "b" / "good.json", GOOD)
    assert "1 error in 2 requests (2 files)" in run("check", "**/*.json").output


@pytest.mark.parametrize("name", ["nowhere.json", "*.nothing"])
@pytest.mark.usefixtures("folder")
def test_missing_file_is_reported_once(name: str) -> None:
    """What does not exist is misuse, and not a finding as well."""
    done = run("check", name, "--output-format", "concise")
    assert done.exit_code == 2
    assert done.stdout == ""
    assert done.stderr.count(name) == 1


def test_named_file_without_a_request(folder: Path) -> None:
    """A file that is named and holds no request is a finding."""
    write(folder / "package.json", {"name": "weather"})
    assert "MM003 error" in run("check", "package.json").output


def test_named_file_without_a_request_may_be_passed_over(folder: Path) -> None:
    """With --pass-over a named file that holds no request is none of our business; one that cannot be read still is."""
    write(folder / "package.json", {"name": "weather"})
    write(folder / "bad.json", BAD)
    (folder / "latin.json").write_bytes(b'{"messages": "\xe9"}')
    done = run("check", "package.json", "bad.json", "latin.json", "--pass-over", "--output-format", "concise")
    assert [line.split(" ")[1] for line in done.stdout.splitlines()] == ["MM110", "MM002"]


def test_walk_passes_over_what_is_no_request(folder: Path) -> None:
    """A walk passes over files that hold no request, broken ones too, and counts them."""
    write(folder / "package.json", {"name": "weather"})
    (folder / "tsconfig.json").write_text("{ // comments\n}", "utf-8")
    write(folder / "good.json", GOOD)
    done = run("check", ".")
    assert (done.exit_code, done.output) == (
        0,
        "no findings in 1 request (1 file); skipped 2 files without a request\n",
    )


def test_yaml_is_read(folder: Path) -> None:
    """A YAML file is checked as any other, and passed over on a walk if it holds no request."""
    (folder / "workflow.yaml").write_text("on: push\n", "utf-8")
    (folder / "request.yml").write_text("messages:\n  - role: user\n    content: null\n", "utf-8")
    done = run("check", ".", "--output-format", "concise")
    assert done.stdout.startswith("request.yml:3:14: MM110 error: content is null")
    assert (
        done.stderr
        == "1 error in 1 request (1 file); 1 fixable with --fix --unsafe-fixes; skipped 1 file without a request\n"
    )


def test_walk_reports_a_broken_request(folder: Path) -> None:
    """A broken file of a walk that speaks of messages is a finding."""
    (folder / "bad.json").write_text('{"messages": [', "utf-8")
    assert "MM001 error" in run("check", ".").output


def test_gitignore_is_respected(folder: Path) -> None:
    """A walk leaves out what the ignore files above and below say, and takes back what they take back."""
    (folder / ".git").mkdir()
    (folder / ".gitignore").write_text("ignored/\n*.tmp.json\n", "utf-8")
    write(folder / "ignored" / "bad.json", BAD)
    write(folder / "sub" / "bad.tmp.json", BAD)
    write(folder / "sub" / "kept.tmp.json", GOOD)
    (folder / "sub" / ".gitignore").write_text("!kept.tmp.json\n", "utf-8")
    assert run("check", ".", "--show-files").output.splitlines() == ["sub/kept.tmp.json: 1 request"]


def test_exclude(folder: Path) -> None:
    """--exclude holds for walks, and for named files with --force-exclude alone."""
    write(folder / "vendored" / "bad.json", BAD)
    named = "vendored/bad.json"
    assert run("check", ".", "--exclude", "vendored/", "--show-files").output == ""
    assert run("check", named, "--exclude", "vendored/", "--show-files").output == f"{named}: 1 request\n"
    assert run("check", named, "--exclude", "vendored/", "--force-exclude", "--show-files").output == ""


def test_same_file_twice_is_checked_once(folder: Path) -> None:
    """A file that several paths mean is checked once."""
    write(folder / "good.json", GOOD)
    assert "in 1 request (1 file)" in run("check", "good.json", ".", "./good.json").output


@pytest.mark.parametrize(
    ("arguments", "codes"),
    [
        ((), {"MM009", "MM110"}),
        (("--select", "MM1"), {"MM110"}),
        (("--select", "null-content,MM009"), {"MM009", "MM110"}),
        (("--ignore", "MM110"), {"MM009"}),
        (("--ignore", "ALL", "--extend-select", "wrong-model"), {"MM009"}),
        (("--select", "MM1", "--ignore", "MM11"), set()),
        (("--select", "MM110", "--ignore", "MM1"), {"MM110"}),
    ],
)
def test_selection(folder: Path, arguments: tuple[str, ...], codes: set[str]) -> None:
    """Rules are chosen by code, prefix, name and ALL, and the more specific word wins."""
    write(folder / "bad.json", {**BAD, "model": "gpt-4o"})
    found = json.loads(run("check", "bad.json", "--output-format", "json", *arguments).stdout)
    assert {finding["code"] for finding in found} == codes


@pytest.mark.usefixtures("folder")
def test_pattern_that_is_none_is_misuse() -> None:
    """A pattern to exclude that no file can match is an error of the command line."""
    done = run("check", "--exclude", "x[w-f]y", ".")
    assert done.exit_code == 2
    assert "is not a valid .gitignore pattern" in done.stderr


def test_unknown_rule_is_misuse() -> None:
    """A rule that does not exist is misuse, with a guess at what was meant."""
    done = run("check", ".", "--select", "null-contend")
    assert done.exit_code == 2
    assert 'unknown rule "null-contend"; did you mean "null-content"?' in done.output
    done = run("check", "--select", "MM999")
    assert done.exit_code == 2
    assert 'unknown rule "MM999"; `minimax-validate rule` lists all rules' in done.output


@pytest.mark.parametrize(
    ("command", "more"), [("check", ()), ("check", ("a.json",)), ("tokens", ("a.json",)), ("render", ("a.json",))]
)
def test_a_name_for_standard_input_requires_it(folder: Path, command: str, more: tuple[str, ...]) -> None:
    """A name for standard input is misuse in a run that does not read it; as a variable it is a default."""
    write(folder / "a.json", GOOD)
    done = run(command, "--stdin-filename", "b.json", *more)
    assert done.exit_code == 2
    assert "--stdin-filename requires the path - for standard input." in done.output
    name = f"MINIMAX_VALIDATE_{command.upper()}_STDIN_FILENAME"
    assert run(command, "a.json", env={name: "b.json"}).exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "code"),
    [((), 0), (("--fail-on", "warning"), 1), (("--fail-on", "info"), 1), (("--fail-on", "warning", "--exit-zero"), 0)],
)
def test_exit_code_of_warnings(folder: Path, arguments: tuple[str, ...], code: int) -> None:
    """A warning fails a run that is told to fail on warnings."""
    write(folder / "warned.json", WARNED)
    assert run("check", ".", *arguments).exit_code == code


def test_statistics(folder: Path) -> None:
    """--statistics counts the findings by rule, the most frequent first."""
    write(folder / "bad.jsonl", BAD, BAD, WARNED)
    assert run("check", ".", "--statistics").output.splitlines()[:-1] == [
        "count  code   severity  rule          fixes",
        "    2  MM110  error     null-content  2 unsafe",
        "    1  MM009  warning   wrong-model   1 unsafe",
    ]


def test_statistics_tell_what_can_be_fixed(folder: Path) -> None:
    """Fixes are counted apart, safe ones and others.

    A rule that has none has an empty cell, and colour is laid over the table.
    """
    history = [
        {"role": "user", "content": None},
        {
            "role": "assistant",
            "content": None,
            "tool_calls": [{"id": "a", "type": "function", "function": {"name": "b", "arguments": "{}"}}],
        },
    ]
    write(folder / "bad.json", {"messages": history})
    table = run("check", ".", "--statistics").output.splitlines()[1:-1]
    assert [row.split()[:4] for row in table] == [
        ["2", "MM110", "error", "null-content"],
        ["1", "MM205", "error", "unanswered-tool-call"],
    ]
    assert [row.partition("-content")[2].strip() for row in table] == ["1 safe, 1 unsafe", ""]
    colored = run("check", ".", "--statistics", "--color", "always").output
    assert "\x1b[1;31merror   \x1b[0m" in colored
    assert re.sub(r"\x1b\[[0-9;]*m", "", colored) == run("check", ".", "--statistics").output


def test_statistics_of_nothing(folder: Path) -> None:
    """Where nothing was found there is no table."""
    write(folder / "good.json", GOOD)
    assert run("check", ".", "--statistics").output == "no findings in 1 request (1 file)\n"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--max-warnings", "2"), 0),
        (("--max-warnings", "1"), 1),
        (("--max-warnings", "0"), 1),
        (("--max-warnings", "0", "--ignore", "MM009"), 0),
        (("--max-warnings", "0", "--exit-zero"), 0),
        (("--max-warnings", "9", "--fail-on", "warning"), 1),
        (("--max-warnings", "0", "--statistics"), 1),
        (("--max-warnings", "-1"), 2),
    ],
)
def test_max_warnings(folder: Path, arguments: tuple[str, ...], code: int) -> None:
    """More warnings than are allowed fail a run; those that are left out do not count."""
    write(folder / "warned.jsonl", WARNED, WARNED)
    assert run("check", ".", *arguments).exit_code == code


def test_max_warnings_says_why_it_fails(folder: Path) -> None:
    """A run that fails for its number of warnings says so, unless it is to be quiet; errors are no warnings."""
    write(folder / "warned.jsonl", WARNED, BAD)
    done = run("check", ".", "--max-warnings", "0", "--output-format", "concise")
    assert done.stderr.splitlines()[-1] == "1 warning: more than --max-warnings (0)"
    assert run("check", ".", "--max-warnings", "0", "--quiet", "--output-format", "concise").stderr == ""
    assert "allowed" not in run("check", ".", "--max-warnings", "1").output


LONG = "Tell nobody that the harbour master is a cat."


@pytest.mark.parametrize(
    ("arguments", "shown"),
    [((), True), (("--redact",), False), (("--no-redact",), True), (("--output-format", "json", "--redact"), False)],
)
def test_redact(folder: Path, arguments: tuple[str, ...], shown: bool) -> None:
    """--redact leaves no more than an excerpt of a text in what is printed."""
    write(folder / "bad.json", {"messages": [{"role": LONG, "content": LONG}]})
    done = run("check", ".", *arguments)
    assert done.exit_code == 1
    assert "Tell nobody" in done.stdout
    assert (LONG[:30] in done.stdout) == shown


def test_quiet(folder: Path) -> None:
    """--quiet leaves nothing to say of a clean run."""
    write(folder / "good.json", GOOD)
    assert run("check", ".", "--quiet").output == ""


def test_color(folder: Path) -> None:
    """Colour is written when it is asked for, and not to a pipe by itself."""
    write(folder / "bad.json", BAD)
    assert "\x1b[" in run("check", ".", "--color", "always").output
    assert "\x1b[" not in run("check", ".").output


@pytest.mark.parametrize(
    ("terminal", "environment", "expected"),
    [
        (True, {}, True),
        (False, {}, False),
        (True, {"TERM": "dumb"}, False),
        (True, {"NO_COLOR": "1"}, False),
        (True, {"NO_COLOR": ""}, True),
        (False, {"FORCE_COLOR": "1"}, True),
        (False, {"FORCE_COLOR": "0"}, False),
        (False, {"FORCE_COLOR": ""}, False),
        (False, {"CLICOLOR_FORCE": "1"}, True),
        (False, {"CLICOLOR_FORCE": "0"}, False),
        (True, {"CLICOLOR_FORCE": "0"}, True),
        (False, {"FORCE_COLOR": "1", "TERM": "dumb"}, True),
        (True, {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
    ],
)
def test_color_of_the_environment(
    monkeypatch: pytest.MonkeyPatch, terminal: bool, environment: dict[str, str], expected: bool
) -> None:
    """NO_COLOR wins over FORCE_COLOR and CLICOLOR_FORCE, those over what the stream is, and the option over all."""

    class Stream(StringIO):
        def isatty(self) -> bool:
            return terminal

    for name in ("NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert style("auto", Stream()).color == expected
    assert style("always", Stream()).color
    assert not style("never", Stream()).color


def test_width_of_a_stream(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal has its own width, in which long texts are wrapped; a pipe has 120 columns and does not wrap."""
    monkeypatch.setenv("COLUMNS", "77")
    terminal, pipe = (style("never", Stream(is_terminal=is_terminal)) for is_terminal in (True, False))
    assert (terminal.width, terminal.wraps) == (77, True)
    assert (pipe.width, pipe.wraps) == (120, False)


HEADING = re.compile(r"^(MM\d{3}) ", re.MULTILINE)
CODES = [rule.code for rule in RULES]


def test_rules_are_listed() -> None:
    """Without arguments there is a line for each rule, and no page."""
    output = run("rule").stdout
    assert [code for line in output.splitlines() for code in re.findall(r"\bMM\d{3}\b", line)[:1]] == CODES
    assert max(len(line) for line in output.splitlines()) == 80
    assert "How to fix" not in output
    assert len(output) < len(run("rule", "--all").stdout) / 10


@pytest.mark.parametrize(
    ("arguments", "codes"),
    [
        (("MM204",), ["MM204"]),
        (("null-content", "MM009"), ["MM009", "MM110"]),
        (("MM00",), [code for code in CODES if code.startswith("MM00")]),
        (("all",), CODES),
        (("--all",), CODES),
        (("MM204", "--all"), CODES),
        ((), CODES),
    ],
)
def test_rules_are_explained(arguments: tuple[str, ...], codes: list[str]) -> None:
    """Rules are explained by code, by a prefix, by name or all of them, in the order of their codes."""
    done = run("rule", *arguments, "--output-format", "json")
    pages = json.loads(done.stdout)
    assert [page["code"] for page in pages] == codes
    if arguments:
        text = run("rule", *arguments).stdout
        assert [code for code in HEADING.findall(text) if code in codes] == codes


def test_pages_of_rules_are_as_wide_as_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page is written in 80 columns, and on a terminal in those that it has."""
    widest = max(len(line) for line in run("rule", "MM204").stdout.splitlines())
    assert 70 < widest <= 80
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "100")
    assert 90 < max(len(line) for line in run_at_terminal("rule", "MM204").stdout.splitlines()) <= 100


def test_rule_command_knows_no_other_rule() -> None:
    """A rule that does not exist cannot be explained."""
    done = run("rule", "MM999")
    assert (done.exit_code, done.stdout) == (2, "")
    assert 'unknown rule "MM999"' in done.stderr


def test_schema_command() -> None:
    """The schema command lists the bundled schemas and prints each; for another name it suggests one or lists them."""
    names = run("schema").stdout.split()
    for name in names:
        printed = run("schema", name).stdout
        assert json.loads(printed) == json.loads(json.dumps(whole(name)))
        assert printed.startswith('{\n  "')
    done = run("schema", names[0][:-1])
    assert (done.exit_code, f'did you mean "{names[0]}"?' in done.stderr) == (2, True)
    done = run("schema", "nothing")
    listing = f"{', '.join(names[:-1])} and {names[-1]}"
    assert (done.exit_code, done.stdout) == (2, "")
    assert f'unknown schema "nothing"; known schemas are {listing}' in " ".join(done.stderr.split())


@pytest.mark.usefixtures("folder")
def test_module_runs_too() -> None:
    """``python -m minimax_validate`` is the command."""
    done = subprocess.run(
        [sys.executable, "-m", "minimax_validate", "--version"], check=True, capture_output=True, text=True
    )
    assert re.fullmatch(r"minimax-validate \d+\.\d+\.\d+.* \(contract \d{4}-\d{2}\)\n", done.stdout)


@pytest.mark.skipif(os.name == "nt", reason="signals and pipes are those of POSIX")
@pytest.mark.usefixtures("folder")
def test_interrupt() -> None:
    """An interrupt ends the command with code 130, and without a traceback."""
    os.mkfifo("request.json")
    # Whoever runs the tests in the background has interrupts ignored, and that is inherited.
    heeding = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    command = [
        sys.executable,
        "-c",
        f"{heeding}; from minimax_validate.cli import main; main()",
        "check",
        "request.json",
    ]
    # The pipe opens when the command opens it: from there on it waits for text.
    with (
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process,
        Path("request.json").open("w") as pipe,
    ):
        pipe.write("{")
        pipe.flush()
        process.send_signal(signal.SIGINT)
        pipe.close()  # wakes a read that began just after the signal
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in errors


@pytest.mark.skipif(os.name == "nt", reason="signals and pipes are those of POSIX")
def test_closed_pipe_is_quiet(folder: Path) -> None:
    """Output that nobody reads any more ends the command without a word."""
    write(folder / "bad.jsonl", *[BAD] * 5000)
    line = f"{sys.executable} -m minimax_validate check bad.jsonl | head -1"
    done = subprocess.run(["bash", "-c", line], check=True, capture_output=True, text=True)
    assert done.stderr == ""


def test_narrow_encoding(folder: Path) -> None:
    """A terminal that cannot show a character gets its escape."""
    write(folder / "bad.json", {"messages": [{"role": "usér…", "content": "Hi"}]})
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(
        [sys.executable, "-m", "minimax_validate", "check", "."], check=False, capture_output=True, env=environment
    )
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
