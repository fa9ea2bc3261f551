"""``check --watch``: what is checked again, and how it ends."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Timer
from typing import IO

import pytest
from click.testing import CliRunner, Result

from minimax_validate.cli import cli, watch
from minimax_validate.project.atomic import PREFIX

GOOD = {"messages": [{"role": "user", "content": "Hi."}]}
BAD = {"messages": [{"role": "user", "content": None}]}
PATIENCE = 120
"""Seconds."""

WAITING = "waiting for changes; press Ctrl-C to end"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory, with a request that is clean and one that is not."""
    folder = tmp_path / "repository"
    (folder / ".git").mkdir(parents=True)
    monkeypatch.chdir(folder)
    write("good.json", GOOD)
    write("bad.json", BAD)
    return folder


def write(name: str, content: object) -> str:
    """A file with a text, or a payload as JSON; its real path."""
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return os.path.realpath(path)


Step = Callable[[], str]
"""Changes a file, and gives its real path."""


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Watches a script of changes in place of the disk; somebody ends it after the last one."""

    def run(steps: list[Step], *arguments: str) -> Result:
        left = iter(steps)

        def changes(_: object) -> Iterator[frozenset[str]]:
            yield frozenset()
            for step in left:
                yield frozenset(filter(None, (step(),)))
            raise KeyboardInterrupt

        monkeypatch.setattr(watch, "_changes", changes)
        return CliRunner().invoke(cli, ("check", "--watch", "--output-format", "concise", *arguments))

    return run


def test_only_what_changed(watched: Callable[..., Result]) -> None:
    """After the first check of all files, a change has that file checked alone."""
    done = watched([lambda: write("good.json", BAD), lambda: write("new.jsonl", BAD)])
    assert [line.split(":")[0] for line in done.stdout.splitlines()] == ["bad.json", "good.json", "new.jsonl"]
    lines = done.stderr.splitlines()
    assert [line for line in lines if line.startswith("changed: ")] == ["changed: good.json", "changed: new.jsonl"]
    assert lines.count(WAITING) == 3


@pytest.mark.parametrize("name", ["minimax-validate.toml", ".gitignore", "base.toml", "known.json"])
def test_what_has_a_say_in_all(watched: Callable[..., Result], name: str) -> None:
    """A change of the configuration, of what it extends or names, or of an ignore file has all checked again."""
    write("base.toml", 'baseline = "known.json"\n')
    write("minimax-validate.toml", 'extend = "base.toml"\n')
    write("known.json", '{"version": 1, "findings": []}')
    done = watched([lambda: write(name, Path(name).read_text("utf-8") if Path(name).exists() else "")])
    assert done.stdout.count("bad.json:") == 2
    assert f"changed: {name}" in done.stderr


@pytest.mark.parametrize(
    ("number", "said"),
    [(1, "a.json"), (3, "a.json, b.json, c.json"), (4, "a.json, b.json, c.json and 1 more")],
)
def test_many_changes_at_once(monkeypatch: pytest.MonkeyPatch, number: int, said: str) -> None:
    """Of files that change at the same time the first three are named, and all of them are checked."""
    paths = [write(f"{name}.json", GOOD) for name in "abcd"[:number]]

    def changes(_: object) -> Iterator[frozenset[str]]:
        yield frozenset()
        yield frozenset(paths)
        raise KeyboardInterrupt

    monkeypatch.setattr(watch, "_changes", changes)
    done = CliRunner().invoke(cli, ("check", "--watch", "--output-format", "concise"))
    lines = done.stderr.splitlines()
    assert lines[lines.index(f"changed: {said}") - 1] == ""
    assert lines[lines.index(f"changed: {said}") + 1] == (
        f"no findings in {number} request{'s' * (number > 1)} ({number} file{'s' * (number > 1)})"
    )
    assert done.stdout.count("bad.json") == 1


@pytest.mark.parametrize(
    ("paths", "folders", "is_deep"),
    [
        ((), {"."}, True),
        (("none/of/these.json",), {"."}, False),
        (("a/*.json",), {"a"}, True),
        (("a/[b].json",), {"a"}, True),
        (("a[0]/b/*.json",), {"."}, True),
        (("d[0]",), {"d[0]"}, True),
        (("d[0]/none.json",), {"d[0]"}, True),
    ],
)
def test_where_changes_are_looked_for(
    folder: Path, monkeypatch: pytest.MonkeyPatch, paths: tuple[str, ...], folders: set[str], is_deep: bool
) -> None:
    """The nearest folder is watched that exists; without a path it is the working directory."""
    write("a/[b].json", GOOD)
    write("d[0]/c.json", GOOD)
    seen: list[watch._Project] = []

    def changes(project: watch._Project) -> Iterator[frozenset[str]]:
        seen.append(project)
        yield frozenset()
        raise KeyboardInterrupt

    monkeypatch.setattr(watch, "_changes", changes)
    CliRunner().invoke(cli, ("check", "--watch", *paths))
    assert {os.path.relpath(path, folder) for path in seen[0].folders} == folders
    assert seen[0].is_deep is is_deep


def test_files_with_a_say(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The configuration, what it extends, the baseline and the tokenizer are watched if they exist."""
    write("minimax-validate.toml", 'extend = "base.toml"\nbaseline = "known.json"\n')
    write("base.toml", "")
    seen: list[set[str]] = []

    def changes(project: watch._Project) -> Iterator[frozenset[str]]:
        seen.append({os.path.relpath(path, folder) for path in project.files})
        yield frozenset()
        raise KeyboardInterrupt

    monkeypatch.setattr(watch, "_changes", changes)
    CliRunner().invoke(cli, ("check", "--watch"))
    write("known.json", '{"version": 1, "findings": []}')
    write("words.json", "{}")
    CliRunner().invoke(cli, ("check", "--watch", "--tokenizer", "words.json"))
    write("minimax-validate.toml", "selekt = 1\n")
    CliRunner().invoke(cli, ("check", "--watch"))
    both = {"minimax-validate.toml", "base.toml"}
    assert seen == [both, {*both, "known.json", "words.json"}, {"minimax-validate.toml"}]


def test_what_is_not_checked(watched: Callable[..., Result]) -> None:
    """A change of another file, of an excluded one, or of one that is gone is not answered."""
    write("minimax-validate.toml", 'exclude = ["old/"]\n')
    write("gone.json", GOOD)

    def gone() -> str:
        path = os.path.realpath("gone.json")
        Path(path).unlink()
        return path

    done = watched([lambda: write("notes.txt", "a"), lambda: write("old/a.json", BAD), gone])
    assert "changed: " not in done.stderr
    assert done.stdout.count("\n") == 1


def test_a_broken_configuration(watched: Callable[..., Result]) -> None:
    """A configuration that cannot be used is told, and watching goes on until it is mended."""
    broken = write("minimax-validate.toml", "selekt = 1\n")
    done = watched([lambda: write("minimax-validate.toml", 'ignore = ["MM110"]\n')])
    assert done.stderr.startswith('minimax-validate.toml:1: unknown key "selekt"')
    assert done.stderr.count(WAITING) == 2
    assert "no findings in 2 requests" in done.stderr
    assert Path(broken).exists()


def test_fixing(watched: Callable[..., Result]) -> None:
    """With --fix a file is fixed when it changes; the change that this makes finds nothing more to fix."""
    path = os.path.realpath("good.json")
    done = watched([lambda: write("good.json", {**GOOD, "tools": []}), lambda: path], "--fix", "good.json")
    assert json.loads(Path(path).read_text("utf-8")) == GOOD
    assert done.stderr.count("fixed 1 finding in 1 file") == 1


def test_quiet(watched: Callable[..., Result]) -> None:
    """With --quiet there are findings only."""
    assert watched([lambda: write("good.json", BAD)], "--quiet").stderr == "\nAborted!\n"  # which click says here


def test_nothing_is_cleared(watched: Callable[..., Result]) -> None:
    """No escape sequence is written where nobody has a terminal."""
    assert "\x1b" not in watched([lambda: write("good.json", BAD)]).output


@pytest.mark.parametrize(
    "arguments",
    [
        ("--add-ignores",),
        ("--diff",),
        ("--show-files",),
        ("--show-settings",),
        ("--write-baseline",),
        ("--output-file", "o"),
        ("--output", "json=o"),
        ("-",),
    ],
)
def test_what_it_is_not_used_with(arguments: tuple[str, ...]) -> None:
    """What is done once, or writes one file for all findings, is refused."""
    done = CliRunner().invoke(cli, ("check", "--watch", *arguments), input="{}")
    name = "standard input" if arguments == ("-",) else arguments[0]
    assert (done.exit_code, f"--watch and {name} cannot be used together." in done.stderr) == (2, True)


def test_an_output_to_standard_output(watched: Callable[..., Result]) -> None:
    """Findings may be written to standard output in another format."""
    assert watched([], "--output", "json-lines=-", "--output-format", "concise", "--output-file", "-").exit_code == 2
    done = CliRunner().invoke(cli, ("check", "--watch", "bad.json", "--output", "json-lines=-"))
    assert json.loads(done.stdout)["code"] == "MM110"


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without watchfiles the command says what to install."""
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    done = CliRunner().invoke(cli, ("check", "--watch", "."))
    assert (done.exit_code, done.stdout) == (2, "")
    assert "--watch requires the `watch` extra: pip install 'minimax-validate[watch]'" in done.stderr


def test_what_is_watched(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder is watched with what is below it, a file by its folder alone, a pattern by the folder before it."""
    watched: list[tuple[set[str], bool]] = []

    def changes(project: watch._Project) -> Iterator[frozenset[str]]:
        watched.append(({os.path.relpath(path, folder) for path in project.folders}, project.is_deep))
        yield frozenset()
        raise KeyboardInterrupt

    monkeypatch.setattr(watch, "_changes", changes)
    write("a/b/c.json", GOOD)
    for paths in (["."], ["a/b/c.json", "none.json"], ["a/**/*.json", "bad.json"]):
        CliRunner().invoke(cli, ("check", "--watch", *paths))
    assert watched == [({"."}, True), ({"a/b", "."}, False), ({"a", "."}, True)]


@pytest.mark.parametrize(
    ("path", "counts"),
    [
        ("/venv/a/b.json", True),
        ("/venv/a/node_modules/b.json", False),
        ("/venv/a/.git/index", False),
        ("/venv/ab/node_modules/c.json", True),
        ("/venv/a/.minimax-validate-0.tmp", False),
        ("/elsewhere/minimax-validate.toml", True),
    ],
)
def test_what_may_count(path: str, counts: bool) -> None:
    """Unfinished files and folders that a check never enters are left out, however the folders above are called."""
    assert watch._may_count(["/venv/a"], path) is counts


def until(stream: IO[str], line: str) -> list[str]:
    """What is written up to a line."""
    found: list[str] = []
    for each in stream:
        if each.rstrip("\n") == line:
            return found
        found.append(each)
    raise AssertionError(found)


@pytest.mark.skipif(os.name == "nt", reason="signals are others there")
def test_real_changes(folder: Path) -> None:
    """A file that an editor replaces, and a new one, are checked when they change; Ctrl-C ends with 130."""
    pytest.importorskip("watchfiles")
    command = [sys.executable, "-m", "minimax_validate", "check", "--watch", "--output-format", "concise", "."]
    with subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        end = Timer(PATIENCE, running.kill)  # a system that reports no changes must not hold the tests up for ever
        end.start()
        try:
            until(running.stderr, WAITING)
            assert running.stdout.readline().startswith("bad.json:")
            (folder / "draft").write_text(json.dumps(BAD), "utf-8")
            (folder / "draft").replace(folder / "good.json")
            assert "changed: good.json\n" in until(running.stderr, WAITING)
            assert running.stdout.readline().startswith("good.json:")
            write("c.json", BAD)
            assert "changed: c.json\n" in until(running.stderr, WAITING)
            assert running.stdout.readline().startswith("c.json:")
            running.send_signal(signal.SIGINT)
            assert running.wait() == 130
        finally:
            end.cancel()
            running.kill()


def test_changes_of_the_disk(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Folders are watched, and the files outside of them that count; drafts and what tools keep are not told."""
    base = write("../base.toml", "")
    write("minimax-validate.toml", f'extend = "{base}"\n')
    asked: dict[str, object] = {}
    here = os.path.realpath(folder)

    def changes(*paths: str, **options: object) -> Iterator[set[tuple[int, str]]]:
        asked.update({"paths": paths, **options})
        yield set()
        yield {(1, f"{here}/a.json"), (1, f"{here}/node_modules/b.json"), (1, f"{here}/{PREFIX}1"), (2, base)}

    monkeypatch.setattr("watchfiles.watch", changes)
    project = watch._Project(frozenset({here}), True, frozenset({f"{here}/minimax-validate.toml", base}), lambda _: _)
    assert list(watch._changes(project)) == [frozenset(), frozenset({f"{here}/a.json", base})]
    assert (asked["paths"], asked["recursive"], asked["yield_on_timeout"]) == ((here, base), True, True)


def test_while_without_a_change(watched: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> None:
    """As long as nothing changes, no folder is searched to find out what to check."""
    monkeypatch.setattr(watch, "discover", lambda *_: pytest.fail("a folder was searched"))
    done = watched([lambda: "", lambda: ""])
    assert done.stderr.count(WAITING) == 1
