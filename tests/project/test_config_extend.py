"""Configurations that extend others: what wins, what paths mean, and what is refused."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from minimax_validate.cli import cli
from minimax_validate.project.config import Config, ConfigError
from minimax_validate.project.config_search import find_config, read_config
from minimax_validate.server.projects import Projects
from minimax_validate.values.diagnostic import Severity

BAD = json.dumps({"messages": [{"role": "user", "content": None}], "model": "gpt-4o"})


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory, a folder of a repository."""
    (tmp_path / "repository" / ".git").mkdir(parents=True)
    folder = tmp_path / "repository" / "services" / "chat"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    return folder


def write(path: Path, text: str) -> Path:
    """A file with a text."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def run(*arguments: str, **environment: str) -> Result:
    """The command, run in this process."""
    return CliRunner().invoke(cli, arguments, env=environment)


def extended(folder: Path, base: str, own: str) -> Config:
    """A configuration over a base two folders above it."""
    write(folder.parents[1] / "base.toml", base)
    return read_config(write(folder / "minimax-validate.toml", f'extend = "../../base.toml"\n{own}'))


def codes(*arguments: str) -> list[str]:
    """The codes that a check finds."""
    found = json.loads(run("check", "--output-format", "json", *arguments).stdout)
    return sorted(finding["code"] for finding in found)


def problem(path: Path) -> tuple[Path, int, str]:
    """The one thing wrong in a configuration: the file, the line and the message."""
    with pytest.raises(ConfigError) as caught:
        read_config(path)
    (told,) = caught.value.problems
    return caught.value.path, told.line, told.message


@pytest.mark.parametrize(
    ("base", "own", "select", "extend_select"),
    [
        ('select = ["MM1"]', "", ("MM1",), ()),
        ('select = ["MM1"]', 'select = ["MM2"]', ("MM2",), ()),
        ('extend-select = ["MM6"]', 'extend-select = ["MM7"]', (), ("MM6", "MM7")),
        ('extend-select = ["MM6"]', "", (), ("MM6",)),
        ('select = ["MM1"]\nextend-select = ["MM6"]', 'select = ["MM2"]', ("MM2",), ()),
        ('select = ["MM1"]\nextend-select = ["MM6"]', 'extend-select = ["MM7"]', ("MM1",), ("MM6", "MM7")),
        ('extend-select = ["MM6"]', 'select = ["MM2"]\nextend-select = ["MM7"]', ("MM2",), ("MM7",)),
    ],
)
def test_selections(folder: Path, base: str, own: str, select: tuple[str, ...], extend_select: tuple[str, ...]) -> None:
    """A list replaces that of the base, extend-select adds to it, and a new select replaces both."""
    config = extended(folder, base, own)
    assert (config.select, config.extend_select) == (select, extend_select)


def test_keys_replace_keys(folder: Path) -> None:
    """Each key that is set replaces that of the base, a false switch and a table too; others are of the base."""
    base = """
ignore = ["MM1"]
fail-on = "info"
fail-on-no-requests = true
redact = true
max-warnings = 3
context-window = 1000
small-token-limit = 10
severity = { MM110 = "info" }
per-file-ignores = { "a*" = ["MM1"] }
ignore-at = { "a.json" = ["MM2"] }
"""
    own = """
ignore = []
fail-on-no-requests = false
redact = false
context-window = 2000
severity = { MM111 = "warning" }
ignore-at = { "b.json" = ["MM3"] }
"""
    config = extended(folder, base, own)
    assert (config.ignore, config.fail_on, config.max_warnings) == ((), Severity.INFO, 3)
    assert (config.fail_on_no_requests, config.redact) == (False, False)
    assert config.limits == {"context_window": 2000, "small_token_limit": 10}
    assert config.severities == {"MM111": Severity.WARNING}
    assert [(ignore.place, ignore.root) for ignore in config.ignores] == [
        ("a*", folder.parents[1]),
        ("b.json", None),
    ]


@pytest.mark.parametrize(
    ("own", "places"),
    [
        ("", ["a*", "a.json"]),
        ('per-file-ignores = { "b*" = ["MM1"] }', ["a.json", "b*"]),
        ("per-file-ignores = {}", ["a.json"]),
        ('ignore-at = { "b.json" = ["MM1"] }', ["a*", "b.json"]),
        ("ignore-at = {}\nper-file-ignores = {}", []),
    ],
)
def test_tables_replace_tables(folder: Path, own: str, places: list[str]) -> None:
    """A table of ignores replaces that of the base as a whole, an empty one too, and leaves the other table."""
    base = 'per-file-ignores = { "a*" = ["MM1"] }\nignore-at = { "a.json" = ["MM2"] }\n'
    assert [ignore.place for ignore in extended(folder, base, own).ignores] == places


def test_a_chain_of_files(folder: Path) -> None:
    """A base may be a pyproject.toml, and extend a further file; the nearest file that sets a key wins."""
    top = write(folder.parents[1] / "top.toml", 'fail-on = "info"\nmax-warnings = 1\nignore = ["MM1"]')
    middle = write(
        folder.parent / "pyproject.toml",
        '[tool.minimax-validate]\nextend = "../top.toml"\nmax-warnings = 2\nignore = ["MM2"]',
    )
    write(folder / "minimax-validate.toml", 'extend = "../pyproject.toml"\nignore = ["MM3"]')
    config = find_config(folder)
    assert (config.fail_on, config.max_warnings, config.ignore) == (Severity.INFO, 2, ("MM3",))
    assert config.path == folder / "minimax-validate.toml"
    assert config.bases == (middle, top)
    assert {key: [(origin.path.name, origin.line) for origin in config.origins[key]] for key in config.origins} == {
        "extend": [("minimax-validate.toml", 1)],
        "fail-on": [("top.toml", 1)],
        "max-warnings": [("pyproject.toml", 3)],
        "ignore": [("minimax-validate.toml", 2)],
    }


def test_patterns_are_relative_to_their_file(folder: Path) -> None:
    """Patterns and places of a base start from the folder of the base, those of the file from its own."""
    write(
        folder.parents[1] / "base.toml",
        'exclude = ["/services/chat/old/"]\n[per-file-ignores]\n"/services/*/a.json" = ["MM110"]\n',
    )
    write(folder / "minimax-validate.toml", 'extend = "../../base.toml"\n[ignore-at]\n"a.json#/model" = ["MM009"]\n')
    write(folder / "a.json", BAD)
    write(folder / "b.json", BAD)
    write(folder / "old" / "c.json", BAD)
    assert codes("a.json") == []
    assert codes(".") == ["MM009", "MM110"]


def test_places_of_a_base(folder: Path) -> None:
    """A place of a base's ignore-at is found from below, and one that silences nothing here is not called stale."""
    write(
        folder.parents[1] / "base.toml",
        '[ignore-at]\n"services/chat/a.json" = ["ALL"]\n[per-file-ignores]\n"never" = ["MM1"]\n"*.json" = ["MM7"]\n',
    )
    write(folder / "minimax-validate.toml", 'extend = "../../base.toml"\n')
    write(folder / "a.json", BAD)
    done = run("check", ".")
    assert done.exit_code == 0
    assert "silences no" not in done.output


def test_baseline_of_a_base(folder: Path) -> None:
    """A path of a base is relative to the base."""
    config = extended(folder, 'baseline = "known.json"', "")
    assert config.baseline == folder.parents[1] / "known.json"


@pytest.mark.parametrize("name", ["../../../outside.toml", "/etc/hostname", "link.toml"])
def test_a_base_outside_of_the_repository(folder: Path, name: str) -> None:
    """A base outside of the repository is refused, through a link too."""
    write(folder.parents[2] / "outside.toml", "")
    (folder / "link.toml").symlink_to("../../../outside.toml")
    path = write(folder / "minimax-validate.toml", f'\nextend = "{name}"\n')
    assert problem(path) == (path, 2, f'extend: "{name}" is outside the repository; name a file inside it')


def test_a_base_above_without_a_repository(tmp_path: Path) -> None:
    """Without a repository, a base must be in the same folder or below it."""
    write(tmp_path / "base.toml", "max-warnings = 1")
    path = write(tmp_path / "a" / "minimax-validate.toml", 'extend = "../base.toml"\n')
    assert "is outside the repository" in problem(path)[2]
    write(tmp_path / "a" / "shared" / "base.toml", "max-warnings = 1")
    assert read_config(write(path, 'extend = "shared/base.toml"\n')).max_warnings == 1


def test_what_cannot_be_extended(folder: Path) -> None:
    """A base that is missing, a folder, or has no table is told at the line that names it."""
    path = folder / "minimax-validate.toml"
    write(folder / "pyproject.toml", "[project]\n")
    write(folder / ".env", "KEY = 'value'\n")
    (folder / "folder.toml").mkdir()
    (folder / "link.toml").symlink_to(".env")
    for value, message in (
        ('"none.toml"', 'extend: "none.toml" cannot be read: no such file'),
        ('".."', 'extend: ".." is not a .toml file'),
        ('"folder.toml"', 'extend: "folder.toml" is not a file'),
        ('".env"', 'extend: ".env" is not a .toml file'),
        ('"link.toml"', 'extend: "link.toml" is not a .toml file'),
        ('"pyproject.toml"', 'extend: "pyproject.toml" has no table [tool.minimax-validate]'),
        ("3", "extend must be a string, not 3"),
        ('["a.toml"]', "extend must be a string, not an array"),
    ):
        write(path, f"\n\nextend = {value}\n")
        at, line, told = problem(path)
        assert (at, line) == (path, 3)
        assert told.startswith(message)


def test_a_fault_of_a_base_is_told_there(folder: Path) -> None:
    """What is wrong in a base is told with the name and the line of the base."""
    write(folder.parents[1] / "base.toml", '\nignroe = ["MM1"]\n')
    write(folder / "minimax-validate.toml", 'extend = "../../base.toml"\n')
    done = run("check", ".")
    assert done.exit_code == 2
    assert done.stderr.startswith(f"{folder.parents[1].as_posix()}/base.toml:2: ")


@pytest.mark.parametrize("names", [["a"], ["a", "b"], ["a", "b", "c"]])
def test_circles(folder: Path, names: list[str]) -> None:
    """Files that extend each other are an error at the line that closes the circle; it names all of them."""
    for name, following in zip(names, [*names[1:], names[0]], strict=True):
        write(folder / f"{name}.toml", f'extend = "{following}.toml"\n')
    circle = " -> ".join(f"{name}.toml" for name in [*names, names[0]])
    assert problem(folder / "a.toml") == (
        folder / f"{names[-1]}.toml",
        1,
        f"extend: the files extend each other: {circle}",
    )


def test_a_base_near_the_files_is_read(folder: Path) -> None:
    """A base that is a configuration of a folder below is used, and is not said to be unread."""
    write(folder / "prompts" / "minimax-validate.toml", 'ignore = ["MM110", "MM009"]\n')
    write(folder / "minimax-validate.toml", 'extend = "prompts/minimax-validate.toml"\n')
    write(folder / "prompts" / "a.json", BAD)
    done = run("check", ".")
    assert (done.exit_code, "not read" in done.output) == (0, False)


def test_an_editor_reads_a_base_again(folder: Path) -> None:
    """The language server's view of a folder follows a change of a base."""
    projects = Projects()
    extended(folder, "max-warnings = 1\n", "")
    first = projects.of(folder)
    write(folder.parents[1] / "base.toml", "max-warnings = 23\n")
    second = projects.of(folder)
    assert first is not None
    assert second is not None
    assert (first.options.max_warnings, second.options.max_warnings) == (1, 23)


def test_a_circle_through_a_link(folder: Path) -> None:
    """A link to a file of the chain closes a circle too."""
    (folder / "link.toml").symlink_to("a.toml")
    path = write(folder / "a.toml", 'extend = "link.toml"\n')
    assert problem(path)[2].startswith("extend: the files extend each other")


def test_show_settings_names_the_files(folder: Path) -> None:
    """--show-settings says which values come from a base, and is still a configuration that can be read."""
    base = folder.parents[1] / "base.toml"
    extended(
        folder,
        'extend-select = ["MM6"]\nmax-warnings = 3\nfail-on = "info"\n[severity]\nMM110 = "info"\n',
        'extend-select = ["MM7"]\nignore = ["MM2"]\n',
    )
    printed = run("check", "--show-settings", "--fail-on", "error").stdout
    own = (folder / "minimax-validate.toml").as_posix()
    assert f"max-warnings = 3  # from {base.as_posix()}\n" in printed
    assert f'extend-select = ["MM6", "MM7"]  # from {base.as_posix()} and {own}\n' in printed
    assert f"[severity]  # from {base.as_posix()}\n" in printed
    assert 'ignore = ["MM2"]\n' in printed
    assert 'fail-on = "error"\n' in printed
    assert tomllib.loads(printed)["max-warnings"] == 3


def test_config_names_the_files(folder: Path) -> None:
    """The command config names the file and the line of each value, or the variable of the environment."""
    extended(folder, 'max-warnings = 3\nextend-select = ["MM6"]\n', 'extend-select = ["MM7"]\n')
    told = json.loads(run("config", "--output-format", "json", MINIMAX_VALIDATE_CHECK_FAIL_ON="info").stdout)
    settings = {each["name"]: each for each in told}
    base = (folder.parents[1] / "base.toml").as_posix()
    assert settings["max-warnings"]["sources"] == [{"kind": "file", "filename": base, "row": 1}]
    assert settings["extend-select"]["value"] == ["MM6", "MM7"]
    assert [source["row"] for source in settings["extend-select"]["sources"]] == [2, 2]
    assert settings["fail-on"]["value"] == "info"
    assert settings["fail-on"]["sources"] == [{"kind": "environment", "variable": "MINIMAX_VALIDATE_CHECK_FAIL_ON"}]
    assert settings["redact"]["sources"] == []


def test_base_that_is_no_name(folder: Path) -> None:
    """A name with a null character names no file."""
    write(folder / "minimax-validate.toml", 'extend = "a\\u0000b"\n')
    done = run("check", ".")
    assert done.exit_code == 2
    assert "minimax-validate.toml:1: extend: " in done.stderr
    assert "is not the name of a file" in done.stderr


def test_project_file_that_cannot_be_read(folder: Path) -> None:
    """A pyproject.toml that may be ours and cannot be read ends the run with the reason."""
    if not Path("/proc/self/mem").exists():
        pytest.skip("the system has no file that cannot be read by anybody")
    (folder / "pyproject.toml").symlink_to("/proc/self/mem")
    done = run("check", ".")
    assert done.exit_code == 2
    assert "pyproject.toml" in done.stderr
    assert "Traceback" not in done.stderr


def test_rules_that_only_a_configuration_leaves(folder: Path) -> None:
    """If options alone would leave no rule to run, a configuration leaves out none of them."""
    write(folder / "minimax-validate.toml", 'extend-select = ["MM110"]\n')
    write(folder / "a.json", BAD)
    done = run("check", "a.json", "--ignore", "ALL", "--output-format", "concise")
    assert (done.exit_code, "MM110" in done.stdout, "ignored by configuration" in done.output) == (1, True, False)
