"""No run ends well because something was not looked at: what was not is said, and the exit code tells."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from minimax_validate.cli import cli

GOOD = '{"messages": [{"role": "user", "content": "Hi"}]}'
BAD = '{"messages": [{"role": "user", "content": null}]}'
UNREAD = {
    "syntax.json": (b'{"messages": [', "MM001"),
    "latin.json": ('{"messages": [{"role": "user", "content": "é"}]}'.encode("latin-1"), "MM002"),
    "lines.jsonl": (f'{GOOD}\n{{"a"\n'.encode(), "MM001"),
    "deep.json": (b'{"messages": [{"role": "user", "content": ' + b"[" * 1000 + b"]" * 1000 + b"}]}", "MM006"),
    "damaged.json.gz": (gzip.compress(GOOD.encode())[:-9], "MM002"),
}
"""Texts that cannot be read, each with the rule that says so."""

HALF_READ = {
    "twice.json": (b'{"temperature": 1, "temperature": 2, "messages": [{"role": "user", "content": "Hi"}]}', "MM004"),
    "number.json": (b'{"messages": [{"role": "user", "content": "Hi"}], "temperature": NaN}', "MM005"),
    "below.json": (
        b'{"messages": [{"role": "user", "content": "Hi", "trace": ' + b"[" * 300 + b"]" * 300 + b"}]}",
        "MM006",
    ),
}
"""Texts of which a value is not looked at."""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with a good and a bad request."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "good.json").write_text(GOOD, "utf-8")
    (tmp_path / "bad.json").write_text(BAD, "utf-8")
    return tmp_path


def run(*arguments: str, stdin: bytes | None = None, env: dict[str, str] | None = None) -> Result:
    """The command ``check``, with a line for each finding."""
    return CliRunner().invoke(cli, ("check", *arguments, "--output-format", "concise"), input=stdin, env=env)


@pytest.mark.parametrize("name", [*UNREAD, *HALF_READ])
@pytest.mark.parametrize("by", ["option", "configuration", "all but one"])
def test_what_is_not_looked_at_is_told_whatever_is_selected(folder: Path, name: str, by: str) -> None:
    """What keeps something from being checked is a finding also where other rules alone are selected."""
    data, code = (UNREAD | HALF_READ)[name]
    (folder / name).write_bytes(data)
    if by == "configuration":
        (folder / "minimax-validate.toml").write_text('select = ["MM2"]\n', "utf-8")
    arguments = {"option": ("--select", "MM2"), "configuration": ()}.get(
        by, ("--ignore", "ALL", "--extend-select", "wrong-model")
    )
    done = run(name, *arguments)
    assert (done.exit_code, [line.split(" ")[1] for line in done.stdout.splitlines()]) == (1, [code])


@pytest.mark.parametrize("selector", ["MM001", "MM0", "syntax-error"])
def test_who_ignores_it_by_name_is_not_told(folder: Path, selector: str) -> None:
    """What cannot be read is not told where its rule is ignored by its code, a prefix or its name."""
    (folder / "syntax.json").write_bytes(UNREAD["syntax.json"][0])
    assert run("syntax.json", "--select", "MM2", "--ignore", selector).exit_code == 0


@pytest.mark.parametrize("arguments", [(), ("--select", "MM1"), ("--ignore", "MM002"), ("--exit-zero",), ("--diff",)])
def test_a_path_that_does_not_exist_is_misuse(arguments: tuple[str, ...]) -> None:
    """A path that does not exist ends a run with 2, and the findings of the others are told."""
    done = run("nope.json", "bad.json", *arguments)
    assert done.exit_code == 2
    assert "Error: nope.json does not exist.\n" in done.stderr
    assert ("MM110" in done.stdout) is ("--diff" not in arguments)
    assert "MM002" not in done.output
    assert done.output.count("nope.json") == 1


def test_an_empty_path_is_told_as_such() -> None:
    """A path that is empty, as a variable that is not set leaves it, is not told as the working directory."""
    done = run("")
    assert (done.exit_code, 'Error: the path "" does not exist.\n' in done.stderr) == (2, True)


def test_a_pattern_without_files_is_reported_as_a_pattern() -> None:
    """The error about a pattern says that it matches no file, not that a file of this name does not exist."""
    done = run("*.nope")
    assert (done.exit_code, "Error: *.nope matches no file.\n" in done.stderr) == (2, True)


@pytest.mark.parametrize("option", ["--show-files", "--write-baseline"])
def test_a_missing_path_is_told_by_other_answers_too(option: str) -> None:
    """What shows files or writes a baseline tells of a path that does not exist as well."""
    done = run("nope.json", "good.json", option)
    assert (done.exit_code, "Error: nope.json does not exist.\n" in done.stderr) == (2, True)


@pytest.mark.parametrize("name", UNREAD)
def test_a_difference_says_what_could_not_be_read(folder: Path, name: str) -> None:
    """--diff tells of a text that cannot be read, and ends with 1, unless its rule is ignored."""
    data, code = UNREAD[name]
    (folder / name).write_bytes(data)
    done = run(name, "--diff")
    assert (done.exit_code, done.stdout) == (1, "")
    assert f" {code} error: " in done.stderr
    assert done.stderr.endswith("nothing to fix in the files that could be read\n")
    ignored = run(name, "--diff", "--ignore", code)
    assert (ignored.exit_code, ignored.stderr) == (0, "nothing to fix\n")


def test_a_difference_of_a_stream_says_so_too() -> None:
    """Standard input that cannot be read is told, and a file that a walk passes over is not."""
    assert " MM001 error: " in run("-", "--diff", stdin=b'{"messages": [').stderr
    Path("tsconfig.json").write_text("{ // comments\n}", "utf-8")
    assert run(".", "--diff").stderr == "nothing to fix\n"


def test_no_baseline_takes_what_cannot_be_read(folder: Path) -> None:
    """--write-baseline tells what cannot be read in place of listing it, and ends with 1."""
    for name, (data, _) in UNREAD.items():
        (folder / name).write_bytes(data)
    done = run("bad.json", *UNREAD, "--write-baseline")
    listed = json.loads((folder / ".minimax-validate-baseline.json").read_text("utf-8"))["findings"]
    assert (done.exit_code, done.stdout, [entry["code"] for entry in listed]) == (1, "", ["MM110"])
    assert done.stderr.endswith("5 errors not written: a baseline cannot list texts that cannot be read\n")


def test_a_baseline_that_lists_it_hides_nothing(folder: Path) -> None:
    """An entry for a text that cannot be read, written by hand or long ago, matches no finding and is not renewed."""
    from minimax_validate.project.ignoring.baseline import Entry, write_baseline

    (folder / "syntax.json").write_bytes(UNREAD["syntax.json"][0])
    message = "expected a value or ], found the end of the text: an array is not closed"
    told = json.dumps(["MM001", "", message])
    from hashlib import sha256

    entry = Entry("syntax.json", "MM001", "", sha256(told.encode()).hexdigest()[:16])
    write_baseline(folder / "known.json", {entry: 1})
    assert message in run("syntax.json").stdout
    assert run("syntax.json", "--baseline", "known.json").exit_code == 1
    assert run("syntax.json", "--baseline", "known.json", "--diff").exit_code == 1
    run("good.json", "--baseline", "known.json", "--write-baseline")
    assert json.loads((folder / "known.json").read_text("utf-8"))["findings"] == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--select", "ALL", "--ignore", "ALL"), "no rule is left"),
        (("--ignore", "ALL"), "no rule is left"),
        (("--select", "MM110", "--ignore", "null-content"), "no rule is left"),
        (("--show-fixes",), "--show-fixes requires --fix."),
        (("--show-fixes", "--diff"), "--show-fixes requires --fix."),
        (("--fix", "--diff"), "--fix and --diff cannot be used together"),
        (("--unsafe-fixes",), "--unsafe-fixes requires --fix or --diff."),
        (("--exit-non-zero-on-fix",), "--exit-non-zero-on-fix requires --fix."),
        (("--exit-non-zero-on-fix", "--diff"), "--exit-non-zero-on-fix requires --fix."),
        (("--fix", "--exit-non-zero-on-fix", "--exit-zero"), "cannot be used together"),
        (("--verbose",), "--verbose requires --show-files."),
        (("--diff", "--redact"), "with redacted output it requires --no-redact."),
        (("--engine", "ray", "--fix"), "--engine ray checks and changes nothing"),
        (("--engine", "ray", "--diff"), "--engine ray checks and changes nothing"),
        (("--ray-address", "a:1"), "--ray-address requires --engine ray"),
        (("--write-baseline", "--output", "json=x"), "--write-baseline cannot be used together with"),
        (("--write-baseline", "--output-file", "x"), "--write-baseline cannot be used together with"),
        (("s3://a/b.json", "--fix"), "--fix and --diff are for files of this machine, and do not accept URLs."),
        (("s3://a/b.json", "--diff"), "--fix and --diff are for files of this machine, and do not accept URLs."),
        (("nothing://a/b.json",), "nothing://a/b.json cannot be opened: "),
    ],
)
def test_what_makes_no_sense_is_refused(arguments: tuple[str, ...], words: str) -> None:
    """Options that leave nothing to do, or contradict each other, are misuse, and nothing is checked or changed."""
    done = run("bad.json", *arguments)
    assert (done.exit_code, done.stdout, words in done.stderr) == (2, "", True)
    assert Path("bad.json").read_text("utf-8") == BAD


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--fix",), 1),
        (("--fix", "--unsafe-fixes"), 0),
        (("--fix", "--unsafe-fixes", "--exit-non-zero-on-fix"), 1),
        (("--fix", "--exit-non-zero-on-fix", "--ignore", "MM105"), 0),
        (("--fix", "--exit-zero"), 0),
        (("--diff",), 0),
        (("--diff", "--unsafe-fixes"), 1),
        (("--diff", "--unsafe-fixes", "--exit-zero"), 0),
        (("--diff", "--no-redact"), 0),
        (("--exit-zero",), 0),
        (("--write-baseline",), 0),
        (("--baseline", "none.json"), 2),
        (("--show-files",), 0),
        (("--show-files", "--verbose"), 0),
        (("--show-settings",), 0),
        (("--statistics",), 1),
        (("--statistics", "--exit-zero"), 0),
        (("--fail-on-no-requests", "--ignore", "MM105"), 0),
        (("--quiet",), 1),
    ],
)
def test_exit_codes(arguments: tuple[str, ...], code: int) -> None:
    """A run over a request with one error, which an unsafe fix mends, ends with the code that its options promise."""
    Path("hot.json").write_text(GOOD.replace("}]", '}], "temperature": 2'), "utf-8")
    assert run("hot.json", *arguments).exit_code == code


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        (
            "minimax-validate.toml",
            '[ignore-at]\n"bad.json#messages/0" = ["MM1"]\n',
            "minimax-validate.toml:2: ignore-at: a JSON Pointer must begin with a slash; "
            'write "bad.json#/messages/0"\n',
        ),
        (
            "pyproject.toml",
            '[project]\nname = "x"\n[tool.minimax_validate]\nignore = ["MM1"]\n',
            "pyproject.toml:3: unknown table [tool.minimax_validate]; did you mean [tool.minimax-validate]?\n",
        ),
    ],
)
def test_misspelled_configuration(folder: Path, name: str, text: str, said: str) -> None:
    """A table or a pointer that is nearly spelled as it should be is an error on its line."""
    (folder / name).write_text(text, "utf-8")
    done = run("bad.json")
    assert (done.exit_code, done.stderr) == (2, said)


@pytest.mark.parametrize("name", ["c#notes.json", "a.json#b.json"])
def test_names_with_a_hash_are_names(folder: Path, name: str) -> None:
    """A place of ignore-at whose # may be part of the file's name is taken for that."""
    (folder / name).write_text(BAD, "utf-8")
    (folder / "minimax-validate.toml").write_text(f'[ignore-at]\n"{name}" = ["MM1"]\n', "utf-8")
    assert run(name).exit_code == 0


@pytest.mark.parametrize(
    ("variable", "guess"),
    [
        ("MINIMAX_VALIDATE_FAIL_ON", '; did you mean "MINIMAX_VALIDATE_CHECK_FAIL_ON"?'),
        ("MINIMAX_VALIDATE_CHECK_SELCT", '; did you mean "MINIMAX_VALIDATE_CHECK_SELECT"?'),
    ],
)
def test_unknown_variable(variable: str, guess: str) -> None:
    """A variable that sets no option is told, with a guess at what it was meant to be."""
    done = run("good.json", env={variable: "warning"})
    assert done.stderr.splitlines()[0] == f"warning: unknown environment variable {variable}{guess}"
    assert run("good.json", env={"MINIMAX_VALIDATE_TOKENS_COLOR": "never"}).stderr.startswith("no findings")


@pytest.mark.parametrize("paths", [(".",), ("sub",), ("sub/deep/bad.json",)])
@pytest.mark.parametrize("name", ["minimax-validate.toml", "pyproject.toml"])
def test_configuration_in_a_subfolder(folder: Path, paths: tuple[str, ...], name: str) -> None:
    """A configuration beside requests that is not read, because it is below the working directory, is told once."""
    (folder / "sub" / "deep").mkdir(parents=True)
    (folder / "sub" / "deep" / "bad.json").write_text(BAD, "utf-8")
    (folder / "sub" / "deep" / "other.json").write_text(BAD, "utf-8")
    text = 'ignore = ["MM110"]\n'
    (folder / "sub" / name).write_text(
        text if name.startswith("minimax") else f"[tool.minimax-validate]\n{text}", "utf-8"
    )
    said = f"sub/{name}: warning: not used: "
    assert run(*paths).stderr.count(said) == 1
    for quiet in (("--isolated",), ("--config", f"sub/{name}")):
        assert said not in run(*paths, *quiet).stderr
    (folder / "sub" / name).unlink()
    (folder / "sub" / "pyproject.toml").write_text('[project]\nname = "x"\n', "utf-8")
    assert "not read" not in run(*paths).stderr


def test_configuration_that_is_extended_is_used(folder: Path) -> None:
    """A configuration beside requests that the one in use extends is not reported, and others still are."""
    for name in "abc":
        (folder / name).mkdir()
        (folder / name / "good.json").write_text(GOOD, "utf-8")
        (folder / name / "minimax-validate.toml").write_text('fail-on = "info"\n', "utf-8")
    (folder / "minimax-validate.toml").write_text('extend = "b/minimax-validate.toml"\n', "utf-8")
    said = [line.partition(":")[0] for line in run(".").stderr.splitlines() if "not used" in line]
    assert said == ["a/minimax-validate.toml", "c/minimax-validate.toml"]


@pytest.mark.parametrize(
    ("severity", "arguments", "code"),
    [
        ("error", (), 1),
        ("warning", (), 0),
        ("warning", ("--fail-on", "warning"), 1),
        ("warning", ("--fail-on", "info"), 1),
        ("info", ("--fail-on", "warning"), 0),
        ("error", ("--exit-zero",), 0),
    ],
)
@pytest.mark.parametrize("kind", [("--diff",), ("--diff", "--jobs", "2"), ()], ids=["diff", "diff jobs", "check"])
def test_severity_of_what_cannot_be_read(
    folder: Path, severity: str, arguments: tuple[str, ...], code: int, kind: tuple[str, ...]
) -> None:
    """A text that cannot be read fails a run, and a difference too, if its rule is severe enough."""
    (folder / "minimax-validate.toml").write_text(f'[severity]\nMM001 = "{severity}"\n', "utf-8")
    for name in ("a.json", "b.json"):
        (folder / name).write_bytes(UNREAD["syntax.json"][0])
    done = run("a.json", "b.json", "good.json", *arguments, *kind)
    assert (done.exit_code, done.output.count(f" MM001 {severity}: ")) == (code, 2)


def test_worst_of_what_cannot_be_read(folder: Path) -> None:
    """Of several texts that cannot be read, the most severe finding decides, whichever comes first."""
    (folder / "minimax-validate.toml").write_text('[severity]\nMM001 = "warning"\n', "utf-8")
    (folder / "syntax.json").write_bytes(UNREAD["syntax.json"][0])
    (folder / "latin.json").write_bytes(UNREAD["latin.json"][0])
    for paths in (("syntax.json", "latin.json"), ("latin.json", "syntax.json")):
        for jobs in "12":
            assert run(*paths, "--diff", "--jobs", jobs).exit_code == 1
