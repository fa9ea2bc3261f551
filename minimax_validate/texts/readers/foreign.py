"""Call files what they are that are not read: other notations, binary formats, and pointers to files elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import BinaryIO

from minimax_validate.rules.document import syntax_error, unreadable_file
from minimax_validate.texts.document import ABSENT, Document, Fault, Source, Walk
from minimax_validate.texts.readers.encoding import read_text
from minimax_validate.texts.readers.json_document import begins_as_json, read_json
from minimax_validate.texts.readers.template import MESSAGE as TEMPLATE
from minimax_validate.texts.spans import Span

Read = Callable[[str, BinaryIO], Iterator[Document]]

_INSTEAD = "is not supported; use JSON, JSON with comments (.jsonc), JSON Lines or YAML"
_ROWS = "is not supported; write its rows as JSON Lines"
_UNPACK = "is not supported; decompress it first (.gz files are supported)"

_ZIP = b"PK\x03\x04"
_LFS = "this file is a Git LFS pointer; fetch its file first (git lfs pull)"

_NOTATIONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "JSON5": (".json5",),
        "Hjson": (".hjson",),
        "Jsonnet": (".jsonnet", ".libsonnet"),
        "TOML": (".toml",),
        "an INI file": (".ini", ".cfg"),
        "CSV": (".csv",),
        "TSV": (".tsv",),
        "XML": (".xml",),
        "HTML": (".html", ".htm"),
    }
)
"""Notations by what names of their files end in."""

_TRAFFIC_INSTEAD = "is not supported; use HAR, cassettes, or Postman and Insomnia collections"
_TRAFFIC: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "a Bruno request": (".bru",),
        "an httprr recording": (".httprr",),
    }
)
"""Forms of requests over HTTP that are not read, by what names of their files end in."""

_PROGRAMS_INSTEAD = "is not supported; supported are programs in TypeScript, JavaScript and Python"
_PROGRAMS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "a program in Go": (".go",),
        "a program in Java": (".java",),
        "a program in Kotlin": (".kt", ".kts"),
        "a program in Scala": (".scala",),
        "a program in C#": (".cs",),
        "a program in Swift": (".swift",),
        "a program in Rust": (".rs",),
        "a program in C or C++": (".c", ".cc", ".cpp", ".h", ".hpp"),
        "a program in Ruby": (".rb",),
        "a program in PHP": (".php",),
        "a program in Perl": (".pl", ".pm"),
        "a program in Lua": (".lua",),
        "a program in R": (".r",),
        "a program in Dart": (".dart",),
        "a program in Elixir": (".ex", ".exs"),
        "a PowerShell script": (".ps1",),
        "a Vue component": (".vue",),
        "a Svelte component": (".svelte",),
        "an Astro component": (".astro",),
    }
)
"""Programs whose source is not read, by what names of their files end in."""

_OFFICE: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        f"an Excel workbook {_ROWS}": (".xlsx", ".xlsm"),
        f"a spreadsheet {_ROWS}": (".ods",),
        "a Word document is not a request": (".docx",),
        "a presentation is not a request": (".pptx",),
        "a text document is not a request": (".odt",),
    }
)
"""Archives that are known as something else, by what names of their files end in."""

_TEMPLATES = (
    ".j2", ".jinja", ".jinja2", ".tpl", ".tmpl", ".gotmpl", ".hbs", ".handlebars", ".mustache", ".erb", ".ejs",
    ".liquid",
)  # fmt: skip

_BINARY: Mapping[bytes, str] = MappingProxyType(
    {
        _ZIP: f"a ZIP archive {_UNPACK}",
        b"PK\x05\x06": "an empty ZIP archive is not a request",
        b"BZh": f"a bzip2 file {_UNPACK}",
        b"\xfd7zXZ\0": f"an xz file {_UNPACK}",
        b"\x28\xb5\x2f\xfd": f"a Zstandard file {_UNPACK}",
        b"7z\xbc\xaf\x27\x1c": f"a 7z archive {_UNPACK}",
        b"Rar!\x1a\x07": f"a RAR archive {_UNPACK}",
        b"PAR1": f"a Parquet file {_ROWS}",
        b"ARROW1": f"an Arrow file {_ROWS}",
        b"SQLite format 3\0": f"an SQLite database {_ROWS}",
        b"\x89HDF": f"an HDF5 file {_ROWS}",
        b"%PDF-": "a PDF file is not a request",
        b"\x89PNG": "an image is not a request",
    }
)
"""What begins with bytes that no text does."""

_POINTERS: Mapping[bytes, str] = MappingProxyType(
    {
        b"version https://git-lfs.github.com/spec/": _LFS,
        b"version https://hawser.github.com/spec/": _LFS,
        b"/annex/objects/": "this file is a git-annex pointer; fetch its file first (git annex get)",
    }
)
"""What stands in the place of a file that version control keeps elsewhere."""


def foreign_reader(name: str, head: bytes, *, is_known: bool) -> Read | None:
    """What reads a file that is in no format that requests are read from, else None.

    It is told by its first bytes, or, where its name is not ``is_known`` to tell a format, by its name.
    """
    for begins, message in _POINTERS.items():
        if head.startswith(begins):
            return _unreadable(message, Walk.TELLS)
    for begins, message in _BINARY.items():
        if head.startswith(begins):
            office = _by_name(_OFFICE, name) if begins == _ZIP else None
            return _unreadable(office or message, Walk.PASSES_OVER)
    if is_known:
        return None
    if name.endswith(_TEMPLATES):
        return _if_no_json(TEMPLATE)
    for kinds, instead in (_NOTATIONS, _INSTEAD), (_TRAFFIC, _TRAFFIC_INSTEAD), (_PROGRAMS, _PROGRAMS_INSTEAD):
        if kind := _by_name(kinds, name):
            return _if_no_json(f"{kind} {instead}")
    return None


def _by_name(kinds: Mapping[str, tuple[str, ...]], name: str) -> str | None:
    return next((kind for kind, suffixes in kinds.items() if name.endswith(suffixes)), None)


def _unreadable(message: str, walk: Walk) -> Read:
    """Says of a file why it cannot be read; of what stands in it no more than the first line is shown."""

    def read(name: str, stream: BinaryIO) -> Iterator[Document]:
        text = stream.readline(200).decode(errors="replace").rstrip("\r\n") if walk is Walk.TELLS else ""
        fault = Fault(unreadable_file.RULE.diagnose((), message), Span(0, len(text)))
        yield Document(Source(name, text), ABSENT, (fault,), walk=walk)

    return read


def _if_no_json(message: str) -> Read:
    """Says of a text that it is in another notation, unless it is JSON, which some notations take as well."""

    def read(name: str, stream: BinaryIO) -> Iterator[Document]:
        text, fault = read_text(stream)
        source = Source(name, text)
        if fault is None and begins_as_json(text):
            document = read_json(source)
            if document.value is not ABSENT:
                yield document
                return
        fault = fault or Fault(syntax_error.RULE.diagnose((), message), Span(0, 0))
        yield Document(source, ABSENT, (fault,), walk=Walk.PASSES_OVER)

    return read
