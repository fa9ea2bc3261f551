"""Files that are replaced: the old one or the new one, whole, whatever happens."""

from __future__ import annotations

import errno
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from minimax_validate import Validator
from minimax_validate.cli.fixing import Fixer
from minimax_validate.cli.progress import Progress
from minimax_validate.project.atomic import PREFIX, Signature, creating, replacing
from minimax_validate.project.discover import Found
from minimax_validate.project.fixing import fix_file
from minimax_validate.project.ignoring.filter import IgnoreFilter, Ignores
from minimax_validate.rules.examples import call, calling, request, result, tool, user
from minimax_validate.texts.checked import check_document
from minimax_validate.texts.document import Document
from minimax_validate.texts.fixing import FixedDocument, fix_document

KILLS = 500
"""How often a process is killed while it fixes files."""

BAD = request(user("x" * 500), calling(call(index=0), content=None), result(), tools=[tool(strict=True)])
VALIDATOR = Validator()

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes cannot be forked here")


def fix(document: Document) -> FixedDocument:
    """All fixes of a document."""
    return fix_document(document, lambda document: check_document(VALIDATOR, document).diagnostics, unsafe=True)


def write(path: Path, *payloads: Any) -> Path:
    """A file with a payload a line."""
    path.write_text("".join(json.dumps(payload) + "\n" for payload in payloads), "utf-8")
    return path


def names(folder: Path) -> list[str]:
    """What is in a folder."""
    return sorted(path.name for path in folder.iterdir())


def signature(path: Path) -> Signature:
    """That of a file as it is."""
    return Signature.of(path.stat())


def test_replaced(tmp_path: Path) -> None:
    """At the end of the block the new content is there, and nothing else."""
    path = write(tmp_path / "a.json", BAD)
    with replacing(path, signature(path)) as stream:
        stream.write(b"new")
        assert path.read_bytes() != b"new"
    assert path.read_bytes() == b"new"
    assert names(tmp_path) == ["a.json"]


def test_given_up(tmp_path: Path) -> None:
    """If the block raises, the old content is there, and nothing else."""
    path = write(tmp_path / "a.json", BAD)
    before = path.read_bytes()
    with pytest.raises(KeyboardInterrupt):
        _give_up(path)
    assert path.read_bytes() == before
    assert names(tmp_path) == ["a.json"]


def _give_up(path: Path) -> None:
    with replacing(path, signature(path)) as stream:
        stream.write(b"new")
        raise KeyboardInterrupt


def in_place(path: Path) -> None:
    """Somebody writes to the file."""
    with path.open("ab") as stream:
        stream.write(b" ")


def by_another(path: Path) -> None:
    """Somebody puts another file in its place, of the same length and time."""
    status, content = path.stat(), path.read_bytes()
    other = path.with_suffix(".other")
    other.write_bytes(content.replace(b"x", b"y"))
    os.utime(other, ns=(status.st_atime_ns, status.st_mtime_ns))
    other.replace(path)


def to_nothing(path: Path) -> None:
    """Somebody takes it away."""
    path.unlink()


@pytest.mark.parametrize("change", [in_place, by_another, to_nothing])
def test_changed_underneath(tmp_path: Path, change: Callable[[Path], None]) -> None:
    """A file that changes while it is fixed stays as it was changed, and that is said."""
    path = write(tmp_path / "a.jsonl", BAD, BAD)
    after: list[bytes] = []

    def fix_and_change(document: Document) -> FixedDocument:
        done = fix(document)
        if not after:
            change(path)
            after.append(path.read_bytes() if path.exists() else b"")
        return done

    done = fix_file(Found(path, named=True), fix_and_change)
    # Of one that has gone there is nothing to say here: the check that follows finds it missing.
    assert done.problem == ("it has changed since it was read" if path.exists() else "")
    assert done.applied.total() == 0
    assert (path.read_bytes() if path.exists() else b"") == after[0]
    assert not [name for name in names(tmp_path) if name.startswith(PREFIX)]


def test_changed_before_a_line_is_copied(tmp_path: Path) -> None:
    """Bytes that are not those that were read are noticed before they are replaced."""
    path = write(tmp_path / "a.json", BAD)
    content = path.read_bytes()

    def fix_and_change(document: Document) -> FixedDocument:
        path.write_bytes(content.replace(b"x", b"y"))
        return fix(document)

    assert fix_file(Found(path, named=True), fix_and_change).problem == "it has changed since it was read"
    assert path.read_bytes() == content.replace(b"x", b"y")


@contextmanager
def mounted(folder: Path) -> Iterator[Path]:
    """A small file system in memory, for those who may mount one."""
    folder.mkdir()
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "none", str(folder)], capture_output=True, check=False
    ).returncode:
        pytest.skip("this user cannot mount a file system")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def check_left_alone(path: Path, problem: str) -> None:
    """Assert that a file cannot be fixed, is whole, and has nothing beside it."""
    before, beside = path.read_bytes(), names(path.parent)
    done = fix_file(Found(path, named=True), fix)
    assert (done.problem, done.applied.total()) == (problem, 0)
    assert path.read_bytes() == before
    assert names(path.parent) == beside


def test_full_disk(tmp_path: Path) -> None:
    """Where there is no room for the new file, the old one stays."""
    with mounted(tmp_path / "disk") as disk:
        path = write(disk / "a.jsonl", *[BAD] * 30)
        (disk / "filler").write_bytes(b"x" * (60 * 1024 - path.stat().st_size))
        check_left_alone(path, "no space left on device")


def test_read_only_file_system(tmp_path: Path) -> None:
    """Where nothing can be written, the old file stays."""
    with mounted(tmp_path / "disk") as disk:
        path = write(disk / "a.jsonl", BAD)
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        check_left_alone(path, "it is read-only")


@needs_fork
def test_limit_of_a_file_size(tmp_path: Path) -> None:
    """Without the right to mount, a limit of the system stands in for a full disk: writing fails half-way."""
    path = write(tmp_path / "a.jsonl", *[BAD] * 30)
    script = (
        "import resource, signal, sys\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (9000, 9000))\n"
        "from minimax_validate.cli import main\n"
        "sys.argv[1:] = ['check', '--fix', sys.argv[1]]\n"
        "main()\n"
    )
    before = path.read_bytes()
    done = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=False)
    assert "a.jsonl: not fixed: file too large" in done.stderr
    assert done.returncode == 2
    assert path.read_bytes() == before
    assert names(tmp_path) == ["a.jsonl"]


def _fix_all(paths: list[Path]) -> None:
    """What the command does with each file."""
    fixer = Fixer(VALIDATOR, IgnoreFilter(Ignores(Path()), frozenset()), True, Progress(sys.stderr, on=False))
    for path in paths:
        fixer.fix(Found(path, named=False))


@needs_fork
@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_killed_at_any_moment(tmp_path: Path) -> None:
    """A process that is killed while it fixes files leaves each of them old or new, and whole."""
    contents: dict[Path, tuple[bytes, bytes]] = {}
    for number in range(5):
        path = write(tmp_path / f"{number:02}.jsonl", *[BAD] * (1 + number % 5))
        before = path.read_bytes()
        assert not fix_file(Found(path, named=False), fix).problem
        contents[path] = before, path.read_bytes()
        assert contents[path][0] != contents[path][1]
    paths = list(contents)

    def restore() -> None:
        for path, (before, _) in contents.items():
            if path.read_bytes() != before:
                path.write_bytes(before)

    restore()
    started = time.perf_counter()
    _fix_all(paths)
    whole = time.perf_counter() - started
    chance = random.Random(500)
    progress: set[int] = set()
    for _ in range(KILLS):
        restore()
        child = os.fork()
        if not child:
            try:
                _fix_all(paths)
            finally:
                os._exit(0)
        time.sleep(chance.random() * whole * 1.2)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        states = [(path.read_bytes(), *contents[path]) for path in paths]
        assert all(found in (before, after) for found, before, after in states)
        progress.add(sum(found == after for found, _, after in states))
    # The kills came early, late and in between; else this would have shown nothing.
    assert len(progress) > len(paths) // 2


@pytest.mark.parametrize(
    "error", [OSError(errno.EPERM, "no links here"), FileExistsError(errno.EEXIST, "there is one")]
)
def test_file_is_created_without_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError) -> None:
    """A file system without links has the new file by its name; what came under that name meanwhile is not replaced."""

    def refuse(_: object, target: Path) -> None:
        if isinstance(error, FileExistsError):
            target.write_bytes(b"theirs")
        raise error

    monkeypatch.setattr(os, "link", refuse)
    path = tmp_path / "a.toml"
    if isinstance(error, FileExistsError):
        with pytest.raises(FileExistsError), creating(path) as stream:
            stream.write(b"ours")
    else:
        with creating(path) as stream:
            stream.write(b"ours")
    assert path.read_bytes() == (b"theirs" if isinstance(error, FileExistsError) else b"ours")
    assert list(tmp_path.iterdir()) == [path]
