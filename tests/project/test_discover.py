"""From paths to files: nothing hangs, nothing is met twice, and what cannot be read says so."""

from __future__ import annotations

import errno
import io
import json
import os
from pathlib import Path

import pytest

from minimax_validate.engine.validator import Validator
from minimax_validate.project.checking import check_file
from minimax_validate.project.discover import Filters, Found, discover, is_match, is_pattern
from minimax_validate.project.files import display_name, read_stream, read_stretch
from minimax_validate.project.forms import told
from minimax_validate.project.look import Look
from minimax_validate.project.parallel.blocks import _is_more
from minimax_validate.texts.readers.jsonl import Stretch

posix = pytest.mark.skipif(os.name == "nt", reason="links, pipes and modes are those of POSIX")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def names(*paths: str, patterns: tuple[str, ...] = (), forced: bool = False) -> list[str]:
    """What is found, by name."""
    return [display_name(found.path) for found in discover(paths, Filters(Path.cwd(), patterns, forced))]


def touch(*files: str) -> None:
    """Empty files, in folders that are made for them."""
    for name in files:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).touch()


@pytest.mark.usefixtures("folder")
def test_walk_is_sorted_and_picks_its_suffixes() -> None:
    """A walk gives the files of its suffixes in the order of names, in whatever case the suffix is."""
    touch("b.json", "a/z.jsonl", "a/y.NDJSON", "a/x.txt", "c", ".hidden.json")
    assert names(".") == [".hidden.json", "a/y.NDJSON", "a/z.jsonl", "b.json"]


@pytest.mark.usefixtures("folder")
def test_walk_does_not_enter_what_tools_keep() -> None:
    """Folders of version control, environments and caches are not entered."""
    touch(".git/a.json", "node_modules/pkg/a.json", ".venv/lib/a.json", "src/a.json")
    assert names(".") == ["src/a.json"]


@posix
@pytest.mark.usefixtures("folder")
def test_links_make_no_loops() -> None:
    """A link to a folder is not followed; a link to a file is, and the file is met once."""
    touch("real/a.json")
    Path("real/loop").symlink_to(Path.cwd())
    Path("linked.json").symlink_to("real/a.json")
    assert names(".") == ["linked.json"]


@posix
@pytest.mark.usefixtures("folder")
def test_pipes_are_left_alone() -> None:
    """A pipe that a walk meets is not opened: nobody may ever write to it."""
    os.mkfifo("pipe.json")
    assert names(".") == []


@posix
@pytest.mark.usefixtures("folder")
def test_broken_link_is_a_finding() -> None:
    """A link that points nowhere is named by the walk, and reading it says why."""
    Path("gone.json").symlink_to("nowhere")
    (found,) = discover(["gone.json"], Filters(Path.cwd()))
    (checked,) = check_file(found, Validator())
    assert [diagnostic.message for diagnostic in checked.report.diagnostics] == [
        "cannot be read: no such file or directory"
    ]


@pytest.mark.usefixtures("folder")
def test_folder_in_place_of_a_file_is_a_finding() -> None:
    """What turns out to be a folder when it is read is a finding."""
    Path("folder.json").mkdir()
    (checked,) = check_file(Found(Path("folder.json"), named=True), Validator())
    assert [diagnostic.code for diagnostic in checked.report.diagnostics] == ["MM002"]


@pytest.mark.usefixtures("folder")
def test_nearer_ignore_files_decide() -> None:
    """Of several ignore files the innermost with an opinion decides, and those above the repository have none."""
    touch("repo/.git/HEAD", "repo/a.json", "repo/sub/b.json", "repo/sub/c.json")
    Path(".gitignore").write_text("*.json\n", "utf-8")
    Path("repo/.gitignore").write_text("/a.json\n", "utf-8")
    Path("repo/sub/.gitignore").write_text("b.json\n", "utf-8")
    assert names("repo") == ["repo/sub/c.json"]
    assert names("repo/sub") == ["repo/sub/c.json"]


@pytest.mark.usefixtures("folder")
def test_ignored_folder_is_walked_where_it_is_named() -> None:
    """A folder on the command line is walked even where an ignore file leaves it out."""
    touch(".git/HEAD", "logs/a.json")
    Path(".gitignore").write_text("logs/\n", "utf-8")
    assert names(".") == []
    assert names("logs") == ["logs/a.json"]


@pytest.mark.usefixtures("folder")
def test_excluded_patterns_are_relative_to_the_root() -> None:
    """A pattern with a slash means a place below the root, one without means any."""
    touch("a/b/x.json", "b/x.json", "y.json")
    assert names(".", patterns=("/b",)) == ["a/b/x.json", "y.json"]
    assert names(".", patterns=("b",)) == ["y.json"]
    assert names("b/x.json", "y.json", patterns=("/b/**",), forced=True) == ["y.json"]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("line", ["x[w-f]y", "\\", "a\\", "!"])
def test_a_line_that_is_no_pattern_stops_no_walk(line: str) -> None:
    """Lines that cannot be made sense of match nothing, and the others count as before."""
    touch("xwy.json", "b.json", "c.json")
    Path(".gitignore").write_text(f"{line}\nb.json\n", "utf-8")
    assert names(".") == ["c.json", "xwy.json"]
    assert not is_pattern(line)
    assert not is_match(line, Path("xwy.json").absolute(), Path.cwd())


def test_brackets_in_brackets_are_no_warning() -> None:
    """A pattern that regular expressions may one day read in another way is taken as git takes it."""
    assert is_pattern("[[a]x")


def test_display_name(folder: Path) -> None:
    """Files are named relative to the working directory, and by their full path where they lie outside."""
    assert display_name(folder / "a" / "b.json") == "a/b.json"
    assert display_name(Path("./a/../b.json")) == "b.json"
    assert display_name(folder.parent / "b.json") == (folder.parent / "b.json").as_posix()
    assert (display_name("."), display_name("a/.."), display_name("a/")) == (".", ".", "a")


@pytest.mark.usefixtures("folder")
def test_a_file_that_vanishes_is_a_finding() -> None:
    """What is there when a walk meets it, and gone when it is read, is told, and the rest is checked."""
    touch("a.json", "b.json")
    codes = []
    for found in discover(["."], Filters(Path.cwd())):
        Path(found.path).unlink()
        codes += [
            diagnostic.code for checked in check_file(found, Validator()) for diagnostic in checked.report.diagnostics
        ]
    assert codes == ["MM002", "MM002"]


@posix
@pytest.mark.usefixtures("folder")
def test_a_device_that_is_named_is_read_to_its_end() -> None:
    """One that is empty is an empty file; a walk opens none."""
    (found,) = discover([os.devnull], Filters(Path.cwd()))
    (checked,) = check_file(found, Validator())
    assert [diagnostic.code for diagnostic in checked.report.diagnostics] == ["MM001"]
    Path("null.json").symlink_to(os.devnull)
    assert names(".") == []


@posix
@pytest.mark.skipif(os.name == "posix" and os.geteuid() == 0, reason="nothing is unreadable to the superuser")
@pytest.mark.usefixtures("folder")
def test_what_may_not_be_read_is_a_finding() -> None:
    """A file or folder without permission is told, and the rest is checked."""
    touch("closed/a.json", "b.json", "c.json")
    Path("b.json").chmod(0)
    Path("closed").chmod(0)
    try:
        found = [
            checked for found in discover(["."], Filters(Path.cwd())) for checked in check_file(found, Validator())
        ]
    finally:
        Path("closed").chmod(0o755)
    assert [checked.document.source.name for checked in found if checked.report.diagnostics] == ["b.json", "closed"]


@posix
@pytest.mark.usefixtures("folder")
def test_a_pipe_is_not_glanced_at() -> None:
    """What can be read but once is read once, also where files without a request are passed over."""
    os.mkfifo("pipe.json")
    (found,) = discover(["pipe.json"], Filters(Path.cwd(), pass_over=True))
    assert found.named


@pytest.mark.usefixtures("folder")
def test_folder_that_cannot_be_listed_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder whose names cannot be read is given by its own name, so that reading it says why; others are walked."""
    touch("a/a.json", "b/b.json")
    scandir = os.scandir

    def refuse(path: str) -> object:
        if Path(path).name == "a":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert names(".") == ["a", "b/b.json"]


def test_patterns_mean_names_outside_of_their_root(folder: Path) -> None:
    """Of a folder beside the root, files are excluded by their names, and not by places in the root."""
    touch("root/a.json", "beside/old.json", "beside/new.json")
    filters = Filters(folder / "root", ("old.json", "/new.json"))
    assert [display_name(found.path) for found in discover(["beside"], filters)] == ["beside/new.json"]


@pytest.mark.usefixtures("folder")
def test_ignore_file_that_cannot_be_read() -> None:
    """A ``.gitignore`` that cannot be read ignores nothing."""
    if not Path("/proc/self/mem").exists():
        pytest.skip("the system has no file that cannot be read by anybody")
    touch("a.json")
    Path(".gitignore").symlink_to("/proc/self/mem")
    assert names(".") == ["a.json"]


@pytest.mark.usefixtures("folder")
def test_stretch_of_a_file_that_is_gone() -> None:
    """A part of a file that vanished is a finding, unless a walk met the file and it may be anything."""
    (document,) = read_stretch(Found(Path("gone.jsonl"), named=False), Stretch(), 0)
    assert "no such file" in document.faults[0].diagnostic.message
    assert list(read_stretch(Found(Path("gone.md"), named=False), Stretch(), 0)) == []


class Broken(io.RawIOBase):
    """A stream that fails."""

    def readable(self) -> bool:
        """It says that it can be read."""
        return True

    def readinto(self, _: object) -> int:
        """It cannot."""
        raise OSError(errno.EIO, os.strerror(errno.EIO))


def test_stream_that_fails_is_a_finding() -> None:
    """Standard input that cannot be read is a document with that finding; a look behind a part sees no more."""
    (document,) = read_stream("a.json", io.BufferedReader(Broken()))
    assert "input/output error" in document.faults[0].diagnostic.message
    assert not _is_more(io.BufferedReader(Broken()))


def test_first_document_tells_the_form_of_a_file() -> None:
    """Of the documents that are left out of a file, the first one with a known form is what the file is counted as."""
    batch, trace = (
        json.dumps(value).encode()
        for value in (
            {"recordId": "1", "modelInput": {"messages": [{"role": "user", "content": "Hi"}]}},
            {"inputs": {"messages": [{"role": "user", "content": "Hi"}]}, "run_type": "llm"},
        )
    )
    look = Look()
    for data in (batch, trace):
        for document in read_stream("a.json", io.BytesIO(data)):
            look(document)
    assert look.form is not None
    assert told({look.form: 1}).endswith(": 1 Bedrock batch")
