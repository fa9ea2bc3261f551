"""What the name of a file, or what it begins with, says of its format."""

from __future__ import annotations

import io
from io import BufferedReader, BytesIO
from typing import Any

import pytest

from minimax_validate.texts.document import ABSENT, PROVEN
from minimax_validate.texts.readers import is_known, is_program, kind_of, read, reader_for, reads_lines

NAMES = {
    "JSON": (("json", "har"), "data"),
    "JSON Lines": (("jsonl", "ndjson"), "data"),
    "JSON with comments": (("jsonc",), "data"),
    "YAML": (("yaml", "yml"), "data"),
    "HTTP": (("http", "rest"), "prose"),
    "Markdown": (("md", "markdown", "mdx"), "prose"),
    "shell": (("sh", "bash", "zsh"), "prose"),
    "Python": (("py",), "program"),
    "notebook": (("ipynb",), "program"),
    "TypeScript": (("ts", "mts", "cts", "tsx", "js", "mjs", "cjs", "jsx"), "program"),
}


@pytest.mark.parametrize(
    ("format_name", "suffix", "kind"),
    [(name, suffix, kind) for name, (suffixes, kind) in NAMES.items() for suffix in suffixes],
)
def test_a_suffix_tells_the_format(format_name: str, suffix: str, kind: str) -> None:
    """In lower case or not, packed or not, with other dots before it or nothing."""
    for name in (f"a.{suffix}", f"A.{suffix.upper()}", f"folder.txt/a.b.{suffix}", f".{suffix}"):
        for packed in (name, f"{name}.gz", f"{name}.GZ"):
            reader = reader_for(packed)
            assert reader is not None
            assert reader.name == format_name
            assert is_known(packed)
        assert kind_of(name) == kind
        assert is_program(name) is (kind == "program")


@pytest.mark.parametrize(
    "name", ["a", "a.txt", "json", "a.json5", "a.json.txt", "a.gz", "a.txt.gz", "a.jso", "a.jsonx", "a.json/b", ""]
)
def test_other_names_tell_nothing(name: str) -> None:
    """They are taken for data, whose format its content tells."""
    assert not is_known(name)
    assert reader_for(name) is None
    assert kind_of(name) == "data"
    assert not is_program(name)


@pytest.mark.parametrize("suffix", ["d.ts", "d.mts", "d.cts"])
def test_files_of_types_ask_nothing(suffix: str) -> None:
    """A walk leaves them out; who names one has it read."""
    assert not is_known(f"a.{suffix}")
    assert not is_known(f"A.{suffix.upper()}")
    assert is_known(f"a.{suffix.removeprefix('d.')}")
    assert is_known("a.d.js")
    reader = reader_for(f"a.{suffix}")
    assert reader is not None
    assert reader.name == "TypeScript"


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("a.jsonl", b"", True),
        ("A.NDJSON", b"[]", True),
        ("a.jsonl.gz", b"", False),
        ("a.jsonl", b"version https://git-lfs.github.com/spec/v1\n", False),
        ("a.json", b"{}\n{}\n", False),
        ("-", b"{}\n{}\n", True),
        ("-", b"{}\n", False),
        ("-", b"\x1f\x8b\x08", False),
        ("", b"", False),
    ],
)
def test_lines_may_be_read_in_parts(name: str, data: bytes, expected: bool) -> None:
    """A part of a file can be read for itself if it is JSON Lines and not packed."""
    assert reads_lines(name, BytesIO(data)) is expected
    assert reads_lines(name, BufferedReader(BytesIO(data))) is expected


def test_lines_are_known_by_more_than_a_few_bytes() -> None:
    """The first line may be as long as a request."""
    line = b'{"messages": "' + b"x" * 30_000 + b'"}'
    assert len(list(read("-", BytesIO(line + b"\n" + line)))) == 2


def test_a_stream_is_read_from_where_it_stands() -> None:
    """What was read of it before says nothing of its format."""
    stream = BytesIO(b'[1]\n[2]\n{"a": 1}')
    stream.seek(8)
    (document,) = read("-", stream)
    assert document.value == {"a": 1}
    stream.seek(0)
    assert [document.value for document in read("-", stream)] == [[1], [2], {"a": 1}]


def test_a_stream_that_shows_nothing_of_itself_is_json() -> None:
    """Where neither a name nor the first bytes tell a format, a text is read as JSON."""

    class Unread(io.RawIOBase):
        """A stream that cannot be looked into."""

        def __init__(self) -> None:
            self.left = b"[1]\n[2]"

        def read(self, _: int = -1, /) -> bytes:
            """What is left."""
            found, self.left = self.left, b""
            return found

    found: Any = read("-", Unread())  # type: ignore[arg-type]
    assert [document.value for document in found] == [ABSENT]


@pytest.mark.parametrize(
    ("name", "text", "proven"), [("a.jsonl", b'{"a": 1}\n', True), ("a.json", b'{"a": 1}', False), ("a.yaml", b"a: 1", False)]
)  # fmt: skip
def test_lines_alone_are_proven(name: str, text: bytes, proven: bool) -> None:
    """Other formats are read in whole, whatever proof there may be."""
    (document,) = read(name, BytesIO(text), lambda _value, _text: True)
    assert (document.value is PROVEN) is proven
    assert proven or document.value == {"a": 1}
