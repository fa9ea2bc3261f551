"""Configuration: where it is found, what it says, and how what is wrong in it is told."""

from __future__ import annotations

import json
import sys
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from minimax_validate.cli import cli
from minimax_validate.output.formats import FORMATS
from minimax_validate.project.config import ConfigError
from minimax_validate.project.config_lines import Lines
from minimax_validate.project.config_search import find_config, read_config
from minimax_validate.values.diagnostic import Severity
from minimax_validate.values.wording import listed

GOOD = {"messages": [{"role": "user", "content": "Which tram goes to the harbour?"}]}
BAD = {"messages": [{"role": "user", "content": None}]}
WARNED = {**GOOD, "model": "gpt-4o"}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(path: Path, content: object) -> Path:
    """A file with a text, or a payload as JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content if isinstance(content, str) else json.dumps(content) + "\n", "utf-8")
    return path


def run(*arguments: str, **environment: str) -> Result:
    """The check command, run in this process."""
    return CliRunner().invoke(cli, ("check", *arguments), env=environment)


def codes(*arguments: str) -> list[str]:
    """The codes that a check finds."""
    return [finding["code"] for finding in json.loads(run("--output-format", "json", *arguments).stdout)]


def problems(path: Path) -> list[tuple[int, str]]:
    """What is wrong in a configuration file."""
    with pytest.raises(ConfigError) as caught:
        read_config(path)
    return [(problem.line, problem.message) for problem in caught.value.problems]


def test_nearest_folder_wins(folder: Path) -> None:
    """Going up, the first folder with a configuration is it; in one folder our own file comes before pyproject.toml."""
    write(folder / "minimax-validate.toml", 'select = ["MM1"]')
    near = write(folder / "a" / "pyproject.toml", '[tool.minimax-validate]\nselect = ["MM2"]')
    deep = folder / "a" / "b"
    deep.mkdir()
    assert find_config(deep).path == near
    own = write(folder / "a" / "minimax-validate.toml", "")
    assert find_config(deep).path == own


@pytest.mark.parametrize(
    "text", ["[project]\nname = 'x'", "[project]\ndependencies = ['minimax-validate']", "[tool.ruff]", "broken ="]
)
def test_pyproject_without_the_table_is_passed_over(folder: Path, text: str) -> None:
    """A pyproject.toml that says nothing of us is not ours to read, nor to complain of."""
    above = write(folder / "minimax-validate.toml", "")
    write(folder / "a" / "pyproject.toml", text)
    assert find_config(folder / "a").path == above


@pytest.mark.parametrize(
    "text",
    [
        '[tool.minimax-validate]\nfail-on = "warning"',
        '[tool]\nminimax-validate.fail-on = "warning"',
        '[tool."minimax-validate"]\nfail-on = "warning"',
        'tool = { minimax-validate = { fail-on = "warning" } }',
        '\ufeff[tool.minimax-validate]\r\nfail-on = "warning"\r\n',
    ],
)
def test_spellings_of_the_table(folder: Path, text: str) -> None:
    """The table may be written in every way that TOML has."""
    (folder / "pyproject.toml").write_bytes(text.encode())
    assert find_config(folder).fail_on is Severity.WARNING


def test_every_key(folder: Path) -> None:
    """Each key arrives where it belongs."""
    config = read_config(
        write(
            folder / "minimax-validate.toml",
            """
            select = ["MM1", "MM2"]
            extend-select = ["wrong-model"]
            ignore = ["null-content"]
            exclude = ["vendored/", "!vendored/ours.json"]
            include = ["*.log"]
            fail-on = "info"
            output-format = "concise"
            baseline = "known.json"
            severity = { MM2 = "warning", MM204 = "error" }
            [per-file-ignores]
            "old/**" = ["ALL"]
            [ignore-at]
            "a#b.json#/messages/0" = ["MM110"]
            """,
        )
    )
    assert (config.select, config.extend_select, config.ignore) == (("MM1", "MM2"), ("wrong-model",), ("null-content",))
    assert (config.exclude, config.include) == (("vendored/", "!vendored/ours.json"), ("*.log",))
    assert (config.fail_on, config.output_format, config.baseline) == (Severity.INFO, "concise", folder / "known.json")
    assert config.severities == {"MM2": Severity.WARNING, "MM204": Severity.ERROR}
    assert [(ignore.place, ignore.is_pattern, ignore.line) for ignore in config.ignores] == [
        ("old/**", True, 12),
        ("a#b.json#/messages/0", False, 14),
    ]


def test_everything_wrong_is_told_at_once(folder: Path) -> None:
    """All problems are told, in the order of their lines, unknown words with what was probably meant."""
    text = """[project]
name = "shop"

[tool.minimax-validate]
selekt = ["MM1"]
ignore = [
  "MM110",
  "null-contend",
  7,
]
fail-on = "warnings"
output-format = "concize"
exclude = "vendored"
baseline = 3
severity = { MM999 = "error", MM110 = "fatal" }

[tool.minimax-validate.per-file-ignores]
"# no pattern" = ["MM110"]
"!no.json" = []
"old/**" = ["MM99"]

[tool.minimax-validate.ignore-at]
"#/messages" = ["MM110"]
"a.json" = "MM110"
"""
    assert problems(write(folder / "pyproject.toml", text)) == [
        (5, 'unknown key "selekt"; did you mean "select"?'),
        (6, "ignore must be a list of rules; it contains 7"),
        (8, 'ignore: unknown rule "null-contend"; did you mean "null-content"?'),
        (11, 'fail-on must be error, warning or info, not "warnings"; did you mean "warning"?'),
        (12, f'output-format must be {listed(FORMATS)}, not "concize"; did you mean "concise"?'),
        (13, 'exclude must be a list of patterns, not "vendored"'),
        (14, "baseline must be a string, not 3"),
        (15, 'severity: unknown rule "MM999"; `minimax-validate rule` lists all rules'),
        (15, 'severity["MM110"] must be error, warning or info, not "fatal"'),
        (18, 'per-file-ignores: "# no pattern" is not a pattern that files can match'),
        (19, 'per-file-ignores: "!no.json" is not a pattern that files can match'),
        (20, 'per-file-ignores: unknown rule "MM99"; `minimax-validate rule` lists all rules'),
        (23, 'ignore-at: "#/messages" does not name a file'),
        (24, 'ignore-at["a.json"] must be a list of rules, not "MM110"'),
    ]


def problems_of(path: Path) -> list[tuple[int, str]]:
    """The problems of a configuration file that has some."""
    with pytest.raises(ConfigError) as caught:
        read_config(path)
    return [(problem.line, problem.message) for problem in caught.value.problems]


@pytest.mark.parametrize("line", ["a.%s = 1", '[tool."minimax-validate".%s]', "[[a.%s]]", '"a" . %s = 1'])
def test_a_key_of_very_many_steps(folder: Path, line: str) -> None:
    """It is refused before it is parsed: the parser would remember each of its beginnings, which takes gigabytes."""
    own = folder / "minimax-validate.toml"
    own.write_text("# a comment\n" + line % ".".join(["b"] * 30_000))
    assert problems_of(own) == [(2, "nested too deeply")]


def test_very_many_problems(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first hundred are reported, with a note that there are more; what follows is not looked into."""
    own = folder / "minimax-validate.toml"
    own.write_text("ignore = [\n" + "".join(f'"XX{number}",\n' for number in range(5_000)) + "]\n")
    looked: list[str] = []
    of = Lines.of

    def seen(lines: Lines, path: tuple[str, ...], word: str = "") -> int:
        looked.append(word)
        return of(lines, path, word)

    monkeypatch.setattr(Lines, "of", seen)
    *first, last = problems_of(own)
    assert [line for line, _ in first] == list(range(2, 102))
    assert last == (101, "there are more problems, which are not shown")
    assert len(looked) < 110


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (b"select = [\n'MM1'\nignore = 1", 3, "invalid TOML: "),
        (b"select = [\n'MM1'", 2, "invalid TOML: "),
        (b"select = 1\nselect = 2", 2, "invalid TOML: "),
        (b"\n# \xff", 2, "not UTF-8 text"),
        (b"\n[tool.minimax-validate]\nselect = ['MM1']", 2, "keys must be at the top level of minimax-validate.toml"),
        (b"a = " + b"[" * 100_000, 1, ""),
    ],
)
def test_what_is_no_configuration(folder: Path, text: bytes, line: int, message: str) -> None:
    """What cannot be read as TOML, or is laid out as another file's, is told with its line."""
    path = folder / "minimax-validate.toml"
    path.write_bytes(text)
    ((at, said),) = problems(path)
    assert at == line
    assert said.startswith(message)


@pytest.mark.parametrize("value", ["0", "-1", "1.5", "true", '"64"', "[]"])
@pytest.mark.parametrize("key", ["context-window", "json-schema-name-length", "small-token-limit"])
def test_a_limit_is_a_positive_whole_number(folder: Path, key: str, value: str) -> None:
    """A limit that is none is told with its line."""
    ((at, said),) = problems(write(folder / "minimax-validate.toml", f"\n{key} = {value}\n"))
    assert at == 2
    assert said.startswith(f"{key} must be a positive whole number, not ")


def test_limits_reach_the_check(folder: Path) -> None:
    """A limit of the configuration is what the rules go by."""
    write(folder / "asked.json", {**GOOD, "max_tokens": 500})
    write(folder / "minimax-validate.toml", "context-window = 400\n")
    assert "it must be at most 400" in run("asked.json").output
    write(folder / "minimax-validate.toml", "context-window = 4000\n")
    assert run("asked.json").exit_code == 0


@pytest.mark.parametrize("text", ["tool = 3", "[tool]\nminimax-validate = 3"])
def test_table_is_a_table(folder: Path, text: str) -> None:
    """Something else in the table's place is told, not raised."""
    ((_, said),) = problems(write(folder / "pyproject.toml", text))
    assert "table" in said


def test_named_pyproject_needs_the_table(folder: Path) -> None:
    """A pyproject.toml that is named as the configuration, and holds none, is a mistake."""
    assert problems(write(folder / "pyproject.toml", "[project]")) == [
        (1, "no table [tool.minimax-validate] in this file")
    ]


def test_problems_end_the_command(folder: Path) -> None:
    """The command tells them as path:line: message on standard error, and exits with 2."""
    write(folder / "minimax-validate.toml", 'ignroe = []\nselect = ["null-contend"]\n')
    done = run(".")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.splitlines() == [
        'minimax-validate.toml:1: unknown key "ignroe"; did you mean "ignore"?',
        'minimax-validate.toml:2: select: unknown rule "null-contend"; did you mean "null-content"?',
    ]


def test_command_heeds_it(folder: Path) -> None:
    """Rules, severities and the exit code follow the configuration; --isolated reads none, --config another."""
    write(folder / "bad.json", {**BAD, "model": "gpt-4o"})
    write(folder / "minimax-validate.toml", 'ignore = ["MM110"]\nfail-on = "warning"\n')
    other = write(folder / "other" / "mine.toml", 'severity = { null-content = "info" }\n')
    assert (codes(), run(".").exit_code) == (["MM009"], 1)
    assert sorted(codes("--isolated")) == ["MM009", "MM110"]
    assert sorted(codes("--config", str(other))) == ["MM009", "MM110"]
    assert run(".", "--config", str(other)).exit_code == 0
    assert sorted(codes("--config", str(other), "--isolated")) == ["MM009", "MM110"]
    assert "nowhere.toml:1: cannot be read: no such file" in run(".", "--config", "nowhere.toml").stderr


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ((), ["MM009"]),
        (("--select", "MM1"), []),
        (("--ignore", "MM2"), ["MM009", "MM110"]),
        (("--select", "MM1", "--ignore", "MM2"), ["MM110"]),
        (("--extend-select", "null-content"), ["MM009"]),
        (("--ignore", "MM1", "--extend-select", "null-content"), ["MM009", "MM110"]),
    ],
)
def test_command_line_wins(folder: Path, arguments: tuple[str, ...], expected: list[str]) -> None:
    """A list of the command line replaces that of the configuration; --extend-select adds."""
    write(folder / "bad.json", {**BAD, "model": "gpt-4o"})
    write(folder / "minimax-validate.toml", 'select = ["MM1"]\nextend-select = ["MM009"]\nignore = ["MM110"]\n')
    assert sorted(codes(*arguments)) == expected


def test_environment(folder: Path) -> None:
    """A variable stands for an option, above the configuration and below the command line."""
    write(folder / "warned.json", WARNED)
    write(folder / "minimax-validate.toml", 'fail-on = "error"\n')
    assert run(".").exit_code == 0
    assert run(".", MINIMAX_VALIDATE_CHECK_FAIL_ON="warning").exit_code == 1
    assert run(".", "--fail-on", "error", MINIMAX_VALIDATE_CHECK_FAIL_ON="warning").exit_code == 0


def test_include_and_exclude(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A walk picks up what the configuration includes, without what it excludes, both relative to its folder."""
    for name in ("logs/a.log", "logs/old/b.log", "logs/c.json"):
        write(folder / name, GOOD)
    write(folder / "minimax-validate.toml", 'include = ["logs/**/*.log"]\nexclude = ["/logs/old"]\n')
    assert run(".", "--show-files").output == "logs/a.log: 1 request\n"
    monkeypatch.chdir(folder / "logs")
    assert run(".", "--show-files").output == "a.log: 1 request\n"
    assert run(".", "--show-files", "--exclude", "a.*").output == "old/b.log: 1 request\n"


@pytest.mark.parametrize(
    "pattern",
    ["*.bru", "logs/**/*.toml", "*.tar.gz", "prompts/*.j2", "rows.parquet", "*.go", "*.xyz", "*.json.bak", "a*.sql"],
)
def test_include_of_what_is_never_read(folder: Path, pattern: str) -> None:
    """A pattern for a kind of file that has no reader is an error on its line, which lists the kinds that have one."""
    write(folder / "minimax-validate.toml", f'include = ["*.json", "{pattern}"]\n')
    done = run(".")
    said = (
        f'minimax-validate.toml:1: include: "{pattern}" matches a file type that is not supported. Supported: .jsonl, '
    )
    assert (done.exit_code, done.stderr[: len(said)]) == (2, said)
    assert done.stderr.endswith(
        "; by content: .log, .txt, .text, .out, .dump, .data, .body, .trace, .cassette and names without a suffix\n"
    )


def test_include_of_what_content_tells(folder: Path) -> None:
    """A name of a text of any kind is no error, nor one that may be a folder's: the content tells what is there."""
    patterns = [
        "*.log",
        "*.log.1",
        "*.jsonl.gz",
        "cassettes/*",
        "!old.toml",
        "*.[jy]*",
        "prompt?",
        "*.d.ts",
        "api.example.com",
    ]
    write(folder / "minimax-validate.toml", f"include = {patterns}\n")
    for name in ("day.log", "day.log.1", "prompts", "api.example.com/chat"):
        write(folder / name, {"messages": [{"role": "user", "content": None}]})
    assert run(".").stdout.count("MM110") == 4


def test_max_warnings_and_redact(folder: Path) -> None:
    """The configuration says how many warnings are allowed and whether texts are cut short; the command line wins."""
    write(
        folder / "warned.json", {"messages": [{"role": "user", "content": "Hi", "name": "n" * 50}], "model": "m" * 30}
    )
    write(folder / "minimax-validate.toml", "max-warnings = 0\nredact = true\n")
    assert "m" * 25 not in run(".").stdout
    assert "m" * 25 in run(".", "--no-redact").stdout
    assert run(".").exit_code == 1
    assert run(".", "--max-warnings", "1").exit_code == 0
    assert run(".", "--isolated").exit_code == 0
    assert run(".", MINIMAX_VALIDATE_CHECK_MAX_WARNINGS="5", MINIMAX_VALIDATE_CHECK_REDACT="0").exit_code == 0


@pytest.mark.parametrize("value", ["-1", "true", '"3"', "1.5", "[]"])
def test_max_warnings_is_a_number(folder: Path, value: str) -> None:
    """A number of warnings is a whole one, and 0 at least."""
    path = write(folder / "minimax-validate.toml", f"max-warnings = {value}\n")
    ((line, message),) = problems(path)
    assert (line, message.partition(", not ")[0]) == (1, "max-warnings must be a whole number, 0 or more")


def test_redact_is_a_switch(folder: Path) -> None:
    """Nothing but true and false can be said of redact."""
    path = write(folder / "minimax-validate.toml", 'redact = "yes"\n')
    assert problems(path) == [(1, 'redact must be true or false, not "yes"')]


def test_contract_is_one_of_those_there_are(folder: Path) -> None:
    """A contract that is none is a problem with its line and the names of those that are."""
    path = write(folder / "minimax-validate.toml", 'fail-on = "error"\ncontract = "2026-06"\n')
    ((line, message),) = problems(path)
    assert (line, message.partition(";")[0]) == (2, 'contract must be 2026-04 or 2026-05, not "2026-06"')
    ((_, message),) = problems(write(path, "contract = 5\n"))
    assert message == "contract must be 2026-04 or 2026-05, not 5"


def test_contract_of_configuration_option_and_environment(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The configuration names the contract, a variable wins over it, and the option over both."""

    def shown(*arguments: str) -> object:
        return tomllib.loads(run("--show-settings", *arguments).stdout)["contract"]

    write(folder / "minimax-validate.toml", 'contract = "2026-05"\n')
    assert (shown(), shown("--contract", "2026-04"), shown("--isolated")) == ("2026-05", "2026-04", "2026-04")
    monkeypatch.setenv("MINIMAX_VALIDATE_CHECK_CONTRACT", "2026-04")
    assert (shown(), shown("--contract", "2026-05")) == ("2026-04", "2026-05")


def test_contract_decides_what_is_found(folder: Path) -> None:
    """The same file is sound by one contract and not by the other; an unknown contract is misuse."""
    write(
        folder / "a.json",
        '{"messages": [{"role": "user", "content": "Hi"}], "max_tokens": 2048, "system": "Be brief."}',
    )
    assert run("a.json", "--contract", "2026-05").exit_code == 0
    assert "MM128" in run("a.json").stdout
    misuse = run("a.json", "--contract", "2026-06")
    assert (misuse.exit_code, "'2026-04', '2026-05'" in misuse.stderr) == (2, True)


def test_show_settings(folder: Path) -> None:
    """What --show-settings prints is a configuration that says the same."""
    text = """
select = ["MM1"]
include = ["*.json"]
fail-on = "warning"
max-warnings = 0
redact = false
small-token-limit = 512
[severity]
MM110 = "info"
[per-file-ignores]
"old/ä\\u007f**" = ["MM1", "MM2"]
[ignore-at]
"a.json#/messages/0" = ["ALL"]
"""
    path = write(folder / "minimax-validate.toml", text)
    printed = run("--show-settings", "--ignore", "MM2", "--baseline", "known.json").stdout
    shown = tomllib.loads(printed)
    assert shown == tomllib.loads(text) | {
        "extend-select": [],
        "ignore": ["MM2"],
        "exclude": [],
        "contract": "2026-04",
        "assume-model": [],
        "output-format": "text",
        "baseline": (folder / "known.json").as_posix(),
        "context-window": 128_000,
        "json-schema-name-length": 64,
        "small-token-limit": 512,
    }
    path.write_text(printed, "utf-8")
    assert tomllib.loads(run("--show-settings").stdout) == shown
    assert run("--show-settings", "--isolated").stdout.startswith("# no configuration file\n")


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ('per-file-ignores = { "old/" = ["null-content"] }', ["new/x.json"]),
        ('per-file-ignores = { "x.json" = ["MM1"] }', []),
        ('per-file-ignores = { "/x.json" = ["MM1"] }', ["new/x.json", "old/x.json"]),
        ('ignore-at = { "old/x.json" = ["ALL"] }', ["new/x.json"]),
        ('ignore-at = { "./old/x.json#/messages" = ["MM110"] }', ["new/x.json"]),
        ('ignore-at = { "old/x.json#/messages/0/content" = ["MM110"] }', ["new/x.json"]),
        ('ignore-at = { "old/x.json#" = ["MM110"] }', ["new/x.json"]),
        ('ignore-at = { "old/x.json#/mess" = ["MM110"] }', ["new/x.json", "old/x.json"]),
        ('ignore-at = { "old/x.json#/messages/0/content/0" = ["MM110"] }', ["new/x.json", "old/x.json"]),
        ('ignore-at = { "old/x.json" = ["MM111"] }', ["new/x.json", "old/x.json"]),
        ('ignore-at = { "x.json" = ["MM110"] }', ["new/x.json", "old/x.json"]),
    ],
)
def test_ignored(folder: Path, table: str, expected: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A finding is ignored by the pattern of its file, or by its file and a pointer, wherever the command runs."""
    for name in ("old/x.json", "new/x.json"):
        write(folder / name, BAD)
    write(folder / "minimax-validate.toml", table)
    found = json.loads(run("--output-format", "json").stdout)
    assert [finding["filename"] for finding in found] == expected
    monkeypatch.chdir(folder / "old")
    assert bool(codes(".")) == ("old/x.json" in expected)


def test_number_sign_in_a_file_name(folder: Path) -> None:
    """A # may belong to the name of a file or folder."""
    write(folder / "a#" / "b#1.json", BAD)
    config = folder / "minimax-validate.toml"
    for place in ("a#/b#1.json", "a#/b#1.json#/messages/0"):
        write(config, f'ignore-at = {{ "{place}" = ["MM110"] }}')
        assert codes() == []


def test_stdin_is_ignored_by_its_name(folder: Path) -> None:
    """Standard input is ignored as the file whose name it is given."""
    write(folder / "minimax-validate.toml", 'ignore-at = { "sent.json" = ["MM110"] }')
    done = CliRunner().invoke(cli, ("check", "-", "--stdin-filename", "sent.json"), input=json.dumps(BAD))
    assert done.exit_code == 0


STALE = """[per-file-ignores]
"*.json" = ["MM110", "MM2"]
[ignore-at]
"bad.json#/messages/1" = ["MM1"]
"good.json" = ["MM110"]
"broken.json" = ["MM110"]
"elsewhere.json" = ["MM110"]
"""


def test_stale_ignores(folder: Path) -> None:
    """An ignore that ignored nothing is told at the end, where its file was checked.

    Of a pattern where all its files were.
    """
    write(folder / "minimax-validate.toml", STALE)
    write(folder / "bad.json", BAD)
    write(folder / "good.json", GOOD)
    pattern = 'minimax-validate.toml:2: warning: per-file-ignores["*.json"] matches no finding of MM2'
    pointer = 'minimax-validate.toml:4: warning: ignore-at["bad.json#/messages/1"] matches no finding of MM1'
    file = 'minimax-validate.toml:5: warning: ignore-at["good.json"] matches no finding of MM110'
    done = run(".")
    assert (done.exit_code, done.stderr.splitlines()) == (0, [pattern, pointer, file])
    assert run("bad.json").stderr.splitlines() == [pointer]
    assert run("good.json", "--select", "MM2").stderr == ""
    assert run(".", "--quiet").output == ""


def test_stale_ignores_in_redacted_output(folder: Path) -> None:
    """A long key in the place of a stale ignore is cut as in findings; a file's name, quotes and short keys stay."""
    name = "a file with a rather long name.json"
    write(folder / name, GOOD)
    write(folder / "minimax-validate.toml", f"[ignore-at]\n'{name}#/metadata/{'k' * 60}/\"a\"' = ['MM1']\n")
    place = f'ignore-at["{name}#/metadata/{{}}/\\"a\\""] matches no finding of MM1'
    assert place.format("k" * 60) in run(".").stderr
    assert place.format("k" * 23 + "…") in run(".", "--redact").stderr


def test_unreadable_file_proves_no_ignore_stale(folder: Path) -> None:
    """Of a file that could not be parsed nobody knows what would have been found."""
    write(folder / "minimax-validate.toml", STALE)
    write(folder / "broken.json", '{"messages": [')
    assert "warning" not in run("broken.json").stderr
    assert "warning" not in run(".").stderr


def test_toml_is_not_loaded_without_need(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A project that says nothing of us does not wait for a TOML parser."""
    write(folder / "pyproject.toml", "[project]\nname = 'shop'\n")
    write(folder / "good.json", GOOD)
    monkeypatch.delitem(sys.modules, "tomllib")
    assert run(".").exit_code == 0
    assert "tomllib" not in sys.modules
