"""A configuration that comes with a stranger's pull request: where it leads, and what it keeps quiet."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from minimax_validate.cli import cli

BAD = {"messages": [{"role": "user", "content": None}]}
GOOD = {"messages": [{"role": "user", "content": "Hi."}]}
FIXABLE = {**GOOD, "tools": []}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory: a repository, with a folder beside it that is none of its business."""
    folder = tmp_path / "repository"
    (folder / ".git").mkdir(parents=True)
    (tmp_path / "outside").mkdir()
    monkeypatch.chdir(folder)
    return folder


def write(path: Path, content: object) -> Path:
    """A file with a text, or a payload as JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return path


def run(*arguments: str) -> Result:
    """The check, run in this process."""
    return CliRunner().invoke(cli, ["check", *arguments])


@pytest.mark.parametrize("key", ["baseline", "tokenizer"])
@pytest.mark.parametrize(
    "name", ["../outside/a.json", "/etc/hostname", "link.json", "folder/a.json", "sub/../../outside/a.json"]
)
def test_paths_that_lead_outside(folder: Path, key: str, name: str) -> None:
    """A path of the configuration that leaves the repository, by a link too, is an error with its line."""
    write(folder.parent / "outside" / "a.json", '{"version": 1, "findings": []}')
    (folder / "link.json").symlink_to("../outside/a.json")
    (folder / "folder").symlink_to("../outside")
    write(folder / "a.json", GOOD)
    write(folder / "minimax-validate.toml", f'fail-on = "info"\n{key} = "{name}"\n')
    done = run("a.json")
    assert done.exit_code == 2
    assert done.output.startswith(f'minimax-validate.toml:2: {key}: "{name}" is outside the project')


def test_paths_inside(folder: Path) -> None:
    """A path that stays in the repository is heeded, from a folder below its root too."""
    write(folder / "baseline.json", '{"version": 1, "findings": []}')
    write(folder / "sub" / "minimax-validate.toml", 'baseline = "../baseline.json"\n')
    write(folder / "sub" / "a.json", GOOD)
    assert run("sub/a.json", "--config", "sub/minimax-validate.toml").exit_code == 0


def test_without_a_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no repository, the folder of the configuration is what counts."""
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "a.json", GOOD)
    write(tmp_path / "sub" / "minimax-validate.toml", 'baseline = "../baseline.json"\n')
    assert run("a.json", "--config", "sub/minimax-validate.toml").exit_code == 2


def test_command_line_may_name_any_file(folder: Path) -> None:
    """Who calls the command is no stranger."""
    write(folder.parent / "outside" / "baseline.json", '{"version": 1, "findings": []}')
    write(folder / "a.json", GOOD)
    assert run("a.json", "--baseline", "../outside/baseline.json").exit_code == 0


def test_a_name_that_is_none(folder: Path) -> None:
    """A null character in a path is an error of the configuration."""
    write(folder / "a.json", GOOD)
    write(folder / "minimax-validate.toml", 'baseline = "a\\u0000b"\n')
    done = run("a.json")
    assert (done.exit_code, "is not a valid file name" in done.output) == (2, True)


def test_baseline_is_not_written_through_a_link(folder: Path) -> None:
    """The baseline that nobody named is not written to a place outside."""
    outside = write(folder.parent / "outside" / "precious", "precious")
    (folder / ".minimax-validate-baseline.json").symlink_to(outside)
    write(folder / "a.json", BAD)
    for path in (".minimax-validate-baseline.json", "absent"):
        outside.write_text('{"version": 1, "findings": []}' if path != "absent" else "precious", "utf-8")
        before = outside.read_text("utf-8")
        assert run("a.json", "--write-baseline").exit_code == 2
        assert outside.read_text("utf-8") == before


def test_files_are_not_fixed_through_a_link(folder: Path) -> None:
    """A link that a walk meets and that leads outside is read, but not written through; one that is named is."""
    outside = write(folder.parent / "outside" / "a.json", FIXABLE)
    before = outside.read_text("utf-8")
    (folder / "a.json").symlink_to(outside)
    done = run(".", "--fix")
    assert done.exit_code == 2
    assert "a.json: not fixed: it is a link to a file outside the project" in done.output
    assert outside.read_text("utf-8") == before
    assert run("a.json", "--fix").exit_code == 0
    assert outside.read_text("utf-8") != before


@pytest.mark.parametrize(
    ("configuration", "note"),
    [
        ('ignore = ["MM110", "MM009"]\nexclude = ["b*.json"]', "2 rules and 2 files are ignored by configuration"),
        ('exclude = ["sub"]', "1 folder is ignored by configuration"),
        ('include = ["a.json"]', "3 files are ignored by configuration"),
        ('[per-file-ignores]\n"a.json" = ["ALL"]', "1 finding is ignored by configuration"),
        ('[ignore-at]\n"a.json#/messages" = ["MM110"]', "1 finding is ignored by configuration"),
        ('[severity]\nMM110 = "info"\nMM009 = "error"', "configuration lowers the severity of 1 rule"),
    ],
)
def test_summary_says_what_is_ignored(folder: Path, configuration: str, note: str) -> None:
    """The summary, and the formats with a place for it, say what a configuration leaves out; --quiet does not."""
    for name in ("a.json", "b1.json", "b2.json", "sub/c.json"):
        write(folder / name, BAD if name == "a.json" else GOOD)
    write(folder / "minimax-validate.toml", configuration)
    formats = ("markdown", "sarif", "github", "json", "junit")
    done = run(".", *(f"--output={each}=../outside/{each}" for each in formats))
    assert done.output.rstrip().endswith(f"; {note}")
    for each in formats:
        text = (folder.parent / "outside" / each).read_text("utf-8").lower()
        assert (note in text) is (each in ("markdown", "sarif", "github")), each
    assert note not in run(".", "--quiet").output
    assert note not in run(".", "--isolated").output
    assert ("rule" in note or "finding" in note) or note not in run("a.json").output


@pytest.mark.parametrize(
    ("configuration", "note"),
    [
        ('exclude = ["b*"]', "1 folder and 2 files are ignored by configuration"),
        ('include = ["a.json"]', "3 files are ignored by configuration"),
        ('include = ["a.json"]\nexclude = ["b*"]', "1 folder and 2 files are ignored by configuration"),
        ('exclude = ["b*"]\nignore = ["MM009"]', "1 rule, 1 folder and 2 files are ignored by configuration"),
    ],
)
def test_only_files_that_would_be_read_are_counted(folder: Path, configuration: str, note: str) -> None:
    """Files of unsupported types, which no search reads, are not counted; an excluded folder counts as one."""
    for name in ("a.json", "b.json", "b.jsonl", "b/c.json", "b.toml", "b.txt"):
        write(folder / name, GOOD)
    write(folder / "minimax-validate.toml", configuration)
    assert run(".").output.rstrip().endswith(f"; {note}")
    assert run(".", "--diff").stderr.splitlines()[-1] == note


def test_select_counts_the_rules_that_do_not_run(folder: Path) -> None:
    """A selection leaves out rules as well, and one on the command line is no matter of the configuration."""
    write(folder / "a.json", GOOD)
    write(folder / "minimax-validate.toml", 'select = ["MM1"]')
    assert " rules are ignored by configuration" in run(".").output
    assert "ignored" not in run(".", "--select", "MM2").output


def test_named_files_that_are_excluded_are_counted(folder: Path) -> None:
    """What --force-exclude leaves out of the files that a hook names is counted too."""
    write(folder / "a.json", BAD)
    write(folder / "minimax-validate.toml", 'exclude = ["a.json"]')
    assert "1 file is ignored by configuration" in run("a.json", "--force-exclude").output
    assert "ignored" not in run("a.json", "--force-exclude", "--exclude", "a.json").output


def test_baseline_and_comments_are_counted(folder: Path) -> None:
    """Findings that a baseline lists, or comments silence, are counted apart."""
    write(folder / "a.json", BAD)
    write(folder / "b.yaml", "messages:\n- {role: user, content: null} # minimax-validate: ignore[MM110]\n")
    assert run(".", "--write-baseline").exit_code == 0
    done = run(".", "--baseline", ".minimax-validate-baseline.json")
    assert done.output.rstrip().endswith("; 1 finding is ignored by the baseline; 1 finding is ignored by comments")


def test_trusted_configuration_alone(folder: Path) -> None:
    """--config with --isolated reads this file, and no configuration that lies where one is looked for."""
    write(folder / "a.json", BAD)
    write(folder / "minimax-validate.toml", "this is no TOML")
    trusted = write(folder / "trusted.toml", 'severity = { MM110 = "warning" }\n')
    done = run(".", "--config", str(trusted), "--isolated", "--output-format", "concise")
    assert (done.exit_code, "MM110 warning" in done.output) == (0, True)


def test_difference_shows_no_texts_that_are_to_be_cut(folder: Path) -> None:
    """A difference shows texts whole, so with redacted output it is misuse."""
    write(folder / "a.json", FIXABLE)
    assert run(".", "--diff", "--redact").exit_code == 2
    assert run(".", "--diff", "--no-redact").exit_code == 1
    write(folder / "minimax-validate.toml", "redact = true")
    assert run(".", "--diff").exit_code == 2


def test_unreadable_configuration_nearby(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pyproject.toml beside a file, which nobody asked for and nobody may read, stops nothing."""
    write(folder / "sub" / "a.json", GOOD)
    other = write(folder / "sub" / "pyproject.toml", "[tool.minimax-validate]\n")
    read = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path == other:
            raise PermissionError(13, "Permission denied")
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert run(".").exit_code == 0
