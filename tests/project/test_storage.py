"""Files by URL: in the memory of this process here, and on a server that speaks as S3 does."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from minimax_validate.cli import cli
from minimax_validate.project.discover import EXCLUDED, NOT_INCLUDED, Filters, Found, Witness, discover
from minimax_validate.project.files import read_stretch
from minimax_validate.project.parallel.tasks import tasks
from minimax_validate.project.storage import exists, open_url, status
from minimax_validate.texts.readers.jsonl import Stretch

fsspec = pytest.importorskip("fsspec", reason="the extra ray is not installed")

GOOD = json.dumps({"messages": [{"role": "user", "content": "How deep is the lock?"}]})
BAD = json.dumps({"messages": [{"role": "user", "content": None}]})
FILES = {
    "requests/a.jsonl": f"{GOOD}\n{BAD}\n{GOOD}\n",
    "requests/deep/b.json": BAD,
    "requests/deep.json": GOOD,
    "requests/node_modules/c.json": BAD,
    "requests/left.txt": BAD,
    "requests/old/d.json": BAD,
}


@pytest.fixture
def memory() -> Iterator[Any]:
    """Some files in memory, which only this process has."""
    system = fsspec.filesystem("memory")
    for name, text in FILES.items():
        system.pipe(f"/{name}", text.encode())
    yield system
    system.rm("/requests", recursive=True)


def run(*arguments: str) -> Result:
    """Run ``check`` in this process."""
    return CliRunner().invoke(cli, ["check", "--isolated", "--output-format", "concise", *arguments])


def test_a_folder_is_walked_as_a_local_one(memory: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same files have the same findings in the same order; only their names differ."""
    assert memory.exists("/requests")
    monkeypatch.chdir(tmp_path)
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    here, there = run("requests", "--exclude", "old/"), run("memory://requests", "--exclude", "old/")
    assert "requests/a.jsonl:2:" in here.stdout
    assert "requests/deep/b.json:1:" in here.stdout
    assert (there.exit_code, there.stderr) == (here.exit_code, here.stderr)
    assert there.stdout == here.stdout.replace("requests/", "memory://requests/")


@pytest.mark.usefixtures("memory")
@pytest.mark.parametrize(
    ("path", "files"),
    [
        ("memory://requests/a.jsonl", ["a.jsonl"]),
        ("memory:///requests/a.jsonl", ["a.jsonl"]),
        ("memory://requests/*.json*", ["a.jsonl"]),
        ("memory://requests/**/*.json", ["deep/b.json", "node_modules/c.json", "old/d.json"]),
    ],
)
def test_files_and_patterns(path: str, files: list[str]) -> None:
    """A URL is a file, or a pattern of files; names keep how it begins."""
    done = run(path)
    start = path.partition("requests/")[0] + "requests/"
    named = [line.split(":1:")[0].split(":2:")[0] for line in done.stdout.splitlines()]
    assert named == [start + file for file in files]
    assert done.exit_code == 1


@pytest.mark.usefixtures("memory")
def test_configuration_knows_urls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Findings are ignored by a pattern of bucket and key, and at one place of a URL."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "minimax-validate.toml").write_text(
        '[per-file-ignores]\n"requests/deep/*" = ["ALL"]\n'
        '[ignore-at]\n"memory://requests/a.jsonl#/messages/0" = ["ALL"]\n',
        "utf-8",
    )
    done = CliRunner().invoke(cli, ["check", "memory://requests", "--exclude", "old/"])
    assert (done.exit_code, done.stderr) == (0, "")
    assert "2 findings are ignored by configuration" in done.stdout


@pytest.mark.usefixtures("memory")
def test_a_baseline_lists_urls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A baseline that is written for URLs is one for them, and keeps what another run does not check."""
    monkeypatch.chdir(tmp_path)
    assert run("memory://requests/a.jsonl", "--write-baseline").exit_code == 0
    (tmp_path / "x.json").write_text(BAD, "utf-8")
    baseline = ("--baseline", ".minimax-validate-baseline.json")
    assert run("memory://requests/a.jsonl", *baseline).exit_code == 0
    assert run("x.json", "--write-baseline").exit_code == 0
    assert "memory://requests/a.jsonl" in (tmp_path / baseline[1]).read_text("utf-8")


@pytest.mark.usefixtures("memory")
@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["memory://requests/no.json"], 2, "memory://requests/no.json does not exist"),
        (["nosuch://bucket/a.json"], 2, "nosuch://bucket/a.json cannot be opened"),
        (["https://example.com/a.json"], 2, "does not exist"),
        (["memory://requests", "--fix"], 2, "do not accept URLs"),
        (["memory://requests", "--diff"], 2, "do not accept URLs"),
    ],
)
def test_urls_that_are_refused(arguments: list[str], code: int, said: str) -> None:
    """What leads nowhere, cannot be opened or would have to be changed is misuse."""
    done = run(*arguments)
    assert done.exit_code == code
    assert said in done.stderr


@pytest.mark.usefixtures("memory")
def test_uris_in_sarif() -> None:
    """The URL is the URI of a file, and not percent-encoded as a name is."""
    done = CliRunner().invoke(cli, ["check", "--isolated", "--output-format", "sarif", "memory://requests/a.jsonl"])
    (result,) = json.loads(done.stdout)["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "memory://requests/a.jsonl"


def test_long_files_are_cut(memory: Any, tmp_path: Path) -> None:
    """A long file of a store is several tasks; what is in the memory of a process is for that one alone."""
    data = (GOOD + "\n").encode() * 1000
    memory.pipe("/requests/long.jsonl", data)
    (tmp_path / "long.jsonl").write_bytes(data)
    found = discover(["memory://requests/long.jsonl", f"file://{tmp_path}/long.jsonl"], Filters(Path.cwd()))
    alone, *parts = tasks(found, block=4096)
    assert not alone.movable
    assert all(part.movable for part in parts)
    stretches = [stretch for part in parts if (stretch := part.pieces[0].stretch)]
    assert len(stretches) == len(parts) > 10
    assert [stretch.start for stretch in stretches[1:]] == [stretch.end for stretch in stretches[:-1]]


def test_failures_of_a_store_are_those_of_files() -> None:
    """Whatever a store raises is an error of the operating system to the reader."""
    with pytest.raises(OSError, match=r"no such|No such"):
        open_url("memory://requests/nothing.json")
    with pytest.raises(OSError, match="Protocol not known"):
        open_url("nosuch://bucket/nothing.json")


def test_what_a_walk_leaves_out_of_a_store_is_told(memory: Any) -> None:
    """A witness hears of the files that are excluded or not included; without one they are left out in silence."""
    assert memory.exists("/requests")
    told: list[tuple[str, str]] = []
    filters = Filters(Path.cwd(), patterns=("old/",), include=("*.jsonl",))
    for witness in (None, Witness(lambda path, why: told.append((path, why)), (".json",))):
        found = discover(["memory://requests"], filters, witness)
        assert [str(each.path) for each in found] == ["memory://requests/a.jsonl"]
    assert told == [
        ("memory://requests/deep/b.json", NOT_INCLUDED),
        ("memory://requests/deep.json", NOT_INCLUDED),
        ("memory://requests/old/d.json", EXCLUDED),
    ]


def test_state_of_a_file_of_a_store(memory: Any) -> None:
    """A folder has no size; of a store that nobody knows, nothing is known, and reading says why."""
    assert memory.exists("/requests")
    known = status("memory://requests/deep/b.json")
    assert known is not None
    assert known[0] == len(BAD)
    assert status("memory://requests/deep") is None
    assert not exists("memory://requests/nothing.json")
    assert exists("nosuch://bucket/a.json")
    assert [str(found.path) for found in discover(["nosuch://bucket/*.json"], Filters(Path.cwd()))] == [
        "nosuch://bucket/*.json"
    ]


def test_a_part_of_a_file_of_a_store(memory: Any) -> None:
    """A stretch of a file is read if the file is what it was when it was cut, and else an error of reading it."""
    url = "memory://requests/a.jsonl"
    assert memory.exists("/requests")
    known = status(url)
    assert known is not None
    found = Found(url, named=True)
    (good, bad, _) = read_stretch(found, Stretch(), known[1])
    assert [document.value for document in (good, bad)] == [json.loads(GOOD), json.loads(BAD)]
    (changed,) = read_stretch(found, Stretch(), known[1] + 1)
    assert "it was changed while it was read" in changed.faults[0].diagnostic.message


def test_store_without_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without fsspec, reading a URL says what to install."""
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    with pytest.raises(OSError, match=r"fsspec is needed to read URLs: pip install 'minimax-validate\[ray\]'"):
        open_url("memory://requests/a.jsonl")


def test_file_of_a_store_is_one_of_python(memory: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """It can be read from any place, be closed twice, and fails as files do in the middle too."""
    assert memory.exists("/requests")
    with open_url("memory://requests/a.jsonl") as stream:
        assert stream.seekable()
        stream.seek(len(GOOD) + 1)
        assert stream.readline() == f"{BAD}\n".encode()
        stream.raw.close()
        stream.raw.close()
        assert stream.closed

    class Torn:
        def read(self, _: int) -> bytes:
            raise RuntimeError("connection lost")

        def close(self) -> None:
            pass

    with open_url("memory://requests/a.jsonl") as stream:
        monkeypatch.setattr(stream.raw, "_inner", Torn())
        with pytest.raises(OSError, match="RuntimeError: connection lost"):
            stream.read()


def test_file_that_is_not_there_has_no_status() -> None:
    """The status of a file that the store does not have is not known."""
    assert status("memory://requests/none.json") is None
