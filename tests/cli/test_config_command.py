"""``minimax-validate config``: each setting with its meaning, its value and the source of the value."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from minimax_validate.cli import cli
from minimax_validate.project.keys import KEYS

PLACES = ("ignore-at", "per-file-ignores")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str, **environment: str) -> Result:
    """The command, run in this process."""
    return CliRunner().invoke(cli, ("config", *arguments), env=environment)


def test_all_settings() -> None:
    """Without configuration every setting is listed, with its default as its source."""
    done = run()
    assert done.exit_code == 0
    assert [line.partition(" = ")[0] for line in done.stdout.splitlines() if not line.startswith((" ", "\t"))][::2] == [
        key.name for key in KEYS
    ]
    assert done.stdout.count("source: default") == len(KEYS)


def test_one_setting(folder: Path) -> None:
    """With a key, this setting is shown alone."""
    (folder / "minimax-validate.toml").write_text('\nfail-on = "info"\n', "utf-8")
    assert run("fail-on").stdout == (
        'fail-on = "info"\n'
        "    Exit with 1 if a finding has this severity or a higher one.\n"
        "    type: string; default: error\n"
        "    source: minimax-validate.toml:2\n"
    )
    assert "source: default" in run("fail-on", "--isolated").stdout
    assert json.loads(run("fail-on", "--output-format", "json").stdout)["value"] == "info"


def test_a_setting_as_json(folder: Path) -> None:
    """The object of a setting has its texts without the marks of code, its value and its sources in their order."""
    (folder / "minimax-validate.toml").write_text('\nextend-select = ["MM6"]\n', "utf-8")
    variable = "MINIMAX_VALIDATE_CHECK_EXTEND_SELECT"
    done = run("extend-select", "--output-format", "json", **{variable: "MM7"})
    assert done.stdout.startswith('{\n  "name": "extend-select",\n')
    assert json.loads(done.stdout) == {
        "name": "extend-select",
        "type": "list of rules",
        "effect": "Run these rules in addition to the selected ones.",
        "default": "[]",
        "value": ["MM6", "MM7"],
        "sources": [
            {"kind": "environment", "variable": variable},
            {"kind": "file", "filename": "minimax-validate.toml", "row": 2},
        ],
    }


def test_all_settings_as_json() -> None:
    """Every setting is in the array, in order, and no text has the marks of code; nothing is set without sources."""
    settings = json.loads(run("--output-format", "json").stdout)
    assert [setting["name"] for setting in settings] == [key.name for key in KEYS]
    assert all(setting["sources"] == [] for setting in settings)
    assert any("`" in key.kind for key in KEYS)
    assert any("`" in key.effect for key in KEYS)
    assert any("`" in key.default for key in KEYS)
    assert "`" not in json.dumps(settings)
    assert "`" not in run().stdout


def test_an_unknown_setting() -> None:
    """A misspelled key is refused with the nearest one."""
    done = run("fail-no")
    assert done.exit_code == 2
    assert 'unknown setting "fail-no"; did you mean "fail-on"?' in done.stderr


def test_the_environment_wins(folder: Path) -> None:
    """A variable of the environment wins over the file, and is named; it adds to extend-select."""
    (folder / "minimax-validate.toml").write_text('fail-on = "info"\nextend-select = ["MM6"]\n', "utf-8")
    variables = {
        "MINIMAX_VALIDATE_CHECK_FAIL_ON": "warning",
        "MINIMAX_VALIDATE_CHECK_EXTEND_SELECT": "MM7",
        "MINIMAX_VALIDATE_CHECK_REDACT": "false",
    }
    assert "source: environment variable MINIMAX_VALIDATE_CHECK_FAIL_ON\n" in run("fail-on", **variables).stdout
    assert run("redact", **variables).stdout.startswith("redact = false\n")
    added = run("extend-select", **variables).stdout
    assert added.startswith('extend-select = ["MM6", "MM7"]\n')
    assert "source: environment variable MINIMAX_VALIDATE_CHECK_EXTEND_SELECT, minimax-validate.toml:2\n" in added


@pytest.mark.parametrize(
    ("arguments", "variables", "value", "source"),
    [
        (("fail-on",), {}, '"info"', "minimax-validate.toml:1"),
        (("fail-on", "--config", "other.toml"), {}, '"warning"', "other.toml:1"),
        (("fail-on",), {"MINIMAX_VALIDATE_CHECK_CONFIG": "other.toml"}, '"warning"', "other.toml:1"),
        (("fail-on", "--isolated"), {}, '"error"', "default"),
        (("fail-on",), {"MINIMAX_VALIDATE_CHECK_ISOLATED": "1"}, '"error"', "default"),
        (("output-format",), {}, '"text"', "default"),
        (("output-format",), {"GITHUB_ACTIONS": "true"}, '"github"', "default"),
        (("baseline",), {}, "none", "default"),
        (("redact",), {}, "none", "default"),
        (("exclude",), {}, '["é/"]', "minimax-validate.toml:2"),
    ],
)
def test_where_a_value_comes_from(
    folder: Path, arguments: tuple[str, ...], variables: dict[str, str], value: str, source: str
) -> None:
    """The value is the one that a check would use here, with its source."""
    (folder / "minimax-validate.toml").write_text('fail-on = "info"\nexclude = ["é/"]\n', "utf-8")
    (folder / "other.toml").write_text('fail-on = "warning"\n', "utf-8")
    lines = run(*arguments, **variables).stdout.splitlines()
    assert (lines[0], lines[-1]) == (f"{arguments[0]} = {value}", f"    source: {source}")


def test_names_are_bold() -> None:
    """In color the names of settings are bold, and a blank line is between two settings."""
    shown = run("--color", "always").stdout
    assert [part.partition(" = ")[0] for part in shown.split("\n\n")] == [f"\x1b[1m{key.name}\x1b[0m" for key in KEYS]
    assert "\x1b" not in run().stdout


def test_a_broken_configuration(folder: Path) -> None:
    """A configuration that cannot be used is told with its line, as by check."""
    (folder / "minimax-validate.toml").write_text("nonsense = 1\n", "utf-8")
    done = run()
    assert (done.exit_code, done.stderr.startswith("minimax-validate.toml:1: ")) == (2, True)


def test_completion_of_settings() -> None:
    """A shell gets the settings that begin as the word does."""
    done = CliRunner().invoke(
        cli,
        prog_name="minimax-validate",
        env={
            "_MINIMAX_VALIDATE_COMPLETE": "bash_complete",
            "COMP_WORDS": "minimax-validate config fail",
            "COMP_CWORD": "2",
        },
    )
    assert "fail-on-no-requests" in done.output


def test_ignored_places(folder: Path) -> None:
    """Rules that are ignored at places and in files are listed under their own keys."""
    (folder / "minimax-validate.toml").write_text(
        '[ignore-at]\n"a.json" = ["MM110", "MM2"]\n[per-file-ignores]\n"old/*" = ["MM1"]\n', "utf-8"
    )
    shown = {key: json.loads(run(key, "--output-format", "json").stdout)["value"] for key in PLACES}
    assert shown == {"ignore-at": {"a.json": ["MM110", "MM2"]}, "per-file-ignores": {"old/*": ["MM1"]}}
