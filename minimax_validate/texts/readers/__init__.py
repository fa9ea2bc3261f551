"""How files become documents: one module a format, and the list of all formats."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from io import BufferedReader, BytesIO
from types import MappingProxyType
from typing import TYPE_CHECKING, BinaryIO, Literal

from minimax_validate.texts.readers.reader import Reader

if TYPE_CHECKING:
    from minimax_validate.texts.document import Document, Proof

    Read = Callable[[str, BinaryIO], Iterator[Document]]

READERS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "jsonl": (".jsonl", ".ndjson"),
        "json": (".json", ".har"),
        "jsonc": (".jsonc",),
        "yaml": (".yaml", ".yml"),
        "http": (".http", ".rest"),
        "markdown": (".md", ".markdown", ".mdx"),
        "shell": (".sh", ".bash", ".zsh"),
        "python": (".py",),
        "notebook": (".ipynb",),
        "typescript": (".ts", ".mts", ".cts", ".tsx", ".js", ".mjs", ".cjs", ".jsx"),
    }
)
"""All formats.

The module of each, which is imported when a file calls for it, and what names of its files end in, in lower case. Names
are asked first; the content of a file that its name tells nothing of is shown to each in this order.
"""

PACKED = ".gz"
"""What may follow, on a file that is packed with gzip."""

_DECLARATIONS = (".d.ts", ".d.mts", ".d.cts")
"""Files of types alone, which ask nothing."""

_KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        **dict.fromkeys((*READERS["http"], *READERS["markdown"], *READERS["shell"]), "prose"),
        **dict.fromkeys((*READERS["python"], *READERS["typescript"], *READERS["notebook"]), "program"),
    }
)
"""The kinds of suffixes that are not of data. Requests among prose count on a walk only if they name this model."""

SUFFIXES = tuple(suffix for suffixes in READERS.values() for suffix in suffixes)

_KNOWN = frozenset(SUFFIXES)
_TYPES = frozenset(READERS["typescript"])

_PACKED_BEGINS = b"\x1f\x8b"
_ELSEWHERE_BEGINS = (b"version ", b"/annex/", b"PK", b"BZh", b"\xfd7z", b"\x28\xb5\x2f\xfd", b"7z", b"Rar!", b"PAR1",
                     b"ARROW1", b"SQLite", b"\x89", b"%PDF")  # fmt: skip
"""What files begin with that hold no requests, or stand for those that do; a quick look (see ``foreign``)."""
_HEAD = 64 * 1024
"""Bytes of a file to know its format by, where its name does not tell."""


def is_known(name: str) -> bool:
    """Whether the name of a file tells a format."""
    # Each file of a walk is asked: one look into a set is faster than thirty comparisons.
    suffix = name[name.rfind(".") :].lower()
    if suffix == PACKED:
        return is_known(name[: -len(PACKED)])
    return suffix in _KNOWN and not (suffix in _TYPES and name.lower().endswith(_DECLARATIONS))


Kind = Literal["data", "prose", "program"]
"""What a file is by its name: data, prose or commands with requests among them, or the source of a program."""


def kind_of(name: str) -> Kind:
    """The kind that the suffix of a name tells; data if it tells none."""
    return _KINDS.get(name[name.rfind(".") :].lower(), "data")


def is_program(name: str) -> bool:
    """Whether the name of a file tells that it is the source of a program."""
    return kind_of(name) == "program"


def load_reader(format_name: str) -> Reader:
    """The reader of a format in ``READERS``."""
    reader: Reader = import_module(f"{__name__}.{format_name}").READER
    return reader


def reader_for(name: str, head: bytes = b"") -> Reader | None:
    """The reader of a file by the suffix of its name, else by its first bytes, else None.

    A name that tells a format is believed: several values in a ``.json`` file are a finding, as they are an error to
    whoever loads it.
    """
    lower = name.lower().removesuffix(PACKED)
    by_name = next((format_name for format_name, suffixes in READERS.items() if lower.endswith(suffixes)), None)
    if by_name is not None:
        return load_reader(by_name)
    return next((reader for reader in map(load_reader, READERS) if reader.recognises(head)), None) if head else None


def read(name: str, stream: BinaryIO, proof: Proof | None = None) -> Iterator[Document]:
    """The documents of a stream, in the format that its name or its first bytes tell; JSON where neither does.

    With a ``proof``, requests that it holds for may be counted only, see ``PROVEN``.

    Raises:
        OSError: reading failed, or what is packed is damaged.
    """
    if name.lower().endswith(PACKED) and not _head(stream).startswith(_ELSEWHERE_BEGINS):
        return _unpacked(name, stream)
    return _read(name, stream, proof)


def reads_lines(name: str, stream: BinaryIO) -> bool:
    """Whether the documents of a stream are lines of JSON, so that a part of it can be read for itself."""
    return not name.lower().endswith(PACKED) and _chosen(name, _head(stream)) is load_reader("jsonl")


def _read(name: str, stream: BinaryIO, proof: Proof | None = None) -> Iterator[Document]:
    chosen = _chosen(name, _head(stream))
    if not isinstance(chosen, Reader):
        return chosen(name, stream)
    if proof is None or chosen.read_proving is None:
        return chosen.read(name, stream)
    return chosen.read_proving(name, stream, proof)


def _chosen(name: str, head: bytes) -> Reader | Read:
    """What reads a stream that has such a name and begins so."""
    reader = reader_for(name)
    if reader is None and head.startswith(_PACKED_BEGINS):
        return _unpacked
    # All text that is JSON or YAML of requests begins in another way; the names of other files are asked as well.
    if reader is None or head.startswith(_ELSEWHERE_BEGINS):
        from minimax_validate.texts.readers.foreign import foreign_reader

        foreign = foreign_reader(name.lower().removesuffix(PACKED), head, is_known=reader is not None)
        if foreign is not None:
            return foreign
    return reader_for(name, head) or load_reader("json")


def _unpacked(name: str, stream: BinaryIO) -> Iterator[Document]:
    from minimax_validate.texts.readers.gzip import read_packed

    return read_packed(name, stream, _read)


def _head(stream: BinaryIO) -> bytes:
    if isinstance(stream, BytesIO):
        return bytes(stream.getbuffer()[stream.tell() :][:_HEAD])
    return stream.peek(_HEAD) if isinstance(stream, BufferedReader) else b""
