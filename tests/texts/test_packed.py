"""Files that are packed, and files without end."""

from __future__ import annotations

import gzip
import io
import json
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from minimax_validate.cli import cli
from minimax_validate.engine.validator import Validator
from minimax_validate.project.checking import check_documents
from minimax_validate.project.files import read_stream
from minimax_validate.texts.placed import place
from minimax_validate.texts.readers import encoding, read

GOOD = {"messages": [{"role": "user", "content": "Which buoy is that?"}]}
BAD = {"messages": [{"role": "user", "content": None}]}
LINES = "".join(json.dumps(payload) + "\n" for payload in (GOOD, BAD, GOOD)).encode()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def check(*paths: str) -> Result:
    """A check of some files."""
    return CliRunner().invoke(cli, ("check", *paths, "--output-format", "concise", "--quiet"))


@pytest.mark.parametrize("name", ["log.jsonl.gz", "LOG.NDJSON.GZ", "log.gz", "log"])
def test_what_is_packed_is_read(folder: Path, name: str) -> None:
    """By its name or by its first bytes, in the format that the rest of the name or the unpacked text tells."""
    (folder / name).write_bytes(gzip.compress(LINES))
    assert check(name).output.startswith(f"{name}:2:43: MM110 error")


def test_a_walk_picks_packed_files_up(folder: Path) -> None:
    """Those whose name tells a known format, and no others."""
    (folder / "log.jsonl.gz").write_bytes(gzip.compress(LINES))
    (folder / "dump.sql.gz").write_bytes(gzip.compress(LINES))
    assert [line.split(":")[0] for line in check(".").output.splitlines()] == ["log.jsonl.gz"]


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda data: data[:-9], "incomplete"),
        (lambda data: data[:-8] + b"\0" * 8, "cannot be read"),
        (lambda data: data[:10] + b"\xff" * 20 + data[30:], "cannot be read"),
    ],
)
def test_what_is_damaged_is_a_finding(folder: Path, damage: object, message: str) -> None:
    """What could be unpacked is checked, and that there should be more is MM002."""
    assert callable(damage)
    (folder / "log.jsonl.gz").write_bytes(damage(gzip.compress(LINES)))
    last = check("log.jsonl.gz").output.splitlines()[-1]
    assert "MM002 error" in last
    assert message in last


def test_damage_on_standard_input_is_a_finding() -> None:
    """It ends in no traceback there either."""
    documents = list(read_stream("log.jsonl.gz", io.BytesIO(gzip.compress(LINES)[:-9])))
    assert documents[-1].faults[0].diagnostic.code == "MM002"


def test_a_text_without_end_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    """No more of a text is read than a request can have, whatever is packed or piped."""
    monkeypatch.setattr(encoding, "LARGEST", 100_000)
    packed = io.BytesIO(gzip.compress(b"[" + b" " * 1_000_000 + b"]"))
    for name, stream in (
        ("a.json.gz", packed),
        ("a.json", io.BytesIO(b" " * 1_000_000)),
        ("a.jsonc", io.BytesIO(b" " * 1_000_000)),
    ):
        (document,) = read(name, stream)
        assert [fault.diagnostic.code for fault in document.faults] == ["MM002"]
        assert document.source.text == ""


class _Counting(io.FileIO):
    """A file that counts the bytes that are read of it."""

    given = 0

    def readinto(self, buffer: Any, /) -> int | None:
        """See ``io.FileIO``."""
        number = super().readinto(buffer)
        self.given += number or 0
        return number


def test_a_file_that_says_it_is_too_large_is_not_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Its size is asked for, and the first part of it is all that is read."""
    monkeypatch.setattr(encoding, "LARGEST", 1_000_000)
    path = tmp_path / "a.json"
    path.write_bytes(b" " * 3_000_000)
    file = _Counting(path)
    with io.BufferedReader(file) as stream:
        text, fault = encoding.read_text(stream)
        assert (text, fault is None, file.given <= 128 * 1024) == ("", False, True)


def test_the_largest_file(tmp_path: Path) -> None:
    """A file may have 256 MB; of a larger one the message says so."""
    path = tmp_path / "a.json"
    with path.open("wb") as file:
        file.truncate((256 << 20) + 1)
    with path.open("rb") as stream:
        text, fault = encoding.read_text(stream)
    assert text == ""
    assert fault is not None
    assert fault.diagnostic.message == "the text is larger than 256 MB, which is too large for a request"


def test_of_a_line_that_is_too_long_only_a_part_is_held(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is behind the limit is skipped in parts."""
    monkeypatch.setattr(encoding, "LONGEST_LINE", 1_000)
    lines = encoding.read_lines(io.BytesIO(b"1" * 5_000_000 + b"\n2\n" + b"3" * 1_001))
    assert list(map(len, lines)) == [1_001, 2, 1_001]


@pytest.mark.parametrize("length", [100_000, 100_001, 200_002, 1_000_000])
def test_a_line_without_end_is_a_finding(monkeypatch: pytest.MonkeyPatch, length: int) -> None:
    """The lines around it are read as they are."""
    monkeypatch.setattr(encoding, "LONGEST_LINE", 100_000)
    stream = io.BytesIO(b"[1]\n" + b" " * (length - 2) + b"2\n[3]\n")
    documents = list(read("a.jsonl", stream))
    assert [document.source.first_line for document in documents] == [1, 2, 3]
    assert [[fault.diagnostic.code for fault in document.faults] for document in documents] == [
        [],
        ["MM002"] * (length > 100_001),
        [],
    ]
    assert documents[2].value == [3]


def test_a_long_log_takes_the_memory_of_a_line() -> None:
    """However many lines there are, one at a time is held, and places are looked for in lines with findings alone."""
    line = json.dumps({"messages": [{"role": "user", "content": "x" * 10_000}]}).encode() + b"\n"

    class Log(io.RawIOBase):
        """Two thousand good lines, the middle one bad."""

        def __init__(self) -> None:
            self.number = 0

        def readline(self, _: int | None = -1, /) -> bytes:
            """The next line."""
            self.number += 1
            return b"" if self.number > 2_000 else line if self.number != 1_000 else json.dumps(BAD).encode() + b"\n"

    validator = Validator()
    tracemalloc.start()
    found = [
        finding.location.line
        for checked in check_documents(read("log.jsonl", Log()), validator, named=True)  # type: ignore[arg-type]
        if checked.report.diagnostics
        for finding in place(checked).findings
    ]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found == [1_000]
    assert peak < 50 * len(line)
