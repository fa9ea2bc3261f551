"""How files become documents: one module a format, and the list of all formats."""

from __future__ import annotations

from collections.abc import Iterator
from io import BufferedReader
from typing import BinaryIO

from minimax_validate.document import Document
from minimax_validate.readers import gzip, json, jsonc, jsonl, yaml
from minimax_validate.readers.reader import Reader

READERS: tuple[Reader, ...] = (jsonl.READER, json.READER, jsonc.READER, yaml.READER)
"""All formats. Names are asked first; the content of a file that its name tells nothing of is shown to each in this order."""


SUFFIXES = tuple(suffix for reader in READERS for suffix in reader.suffixes)
"""What names of files with a known format end in; each may be followed by that of a packed file."""

_HEAD = 64 * 1024
"""Bytes of a file to know its format by, where its name does not tell."""


def is_known(name: str) -> bool:
    """Whether the name of a file tells a format."""
    return name.lower().removesuffix(gzip.SUFFIX).endswith(SUFFIXES)


def reader_for(name: str, head: bytes = b"") -> Reader | None:
    """The reader of a file by the suffix of its name, else by its first bytes, else None.

    A name that tells a format is believed: several values in a ``.json`` file are a finding, as they are an error to whoever loads it.
    """
    lower = name.lower().removesuffix(gzip.SUFFIX)
    by_name = next((reader for reader in READERS if lower.endswith(reader.suffixes)), None)
    return by_name or next((reader for reader in READERS if reader.recognises(head)), None)


def read(name: str, stream: BinaryIO) -> Iterator[Document]:
    """The documents of a stream, in the format that its name or its first bytes tell; JSON where neither does.

    Raises:
        OSError: reading failed, or what is packed is damaged.
    """
    if name.lower().endswith(gzip.SUFFIX):
        return gzip.read_packed(name, stream, _read)
    return _read(name, stream)


def _read(name: str, stream: BinaryIO) -> Iterator[Document]:
    reader = reader_for(name)
    if reader is None:
        head = _head(stream)
        if head.startswith(gzip.MAGIC):
            return gzip.read_packed(name, stream, _read)
        reader = reader_for(name, head) or json.READER
    return reader.read(name, stream)


def _head(stream: BinaryIO) -> bytes:
    return stream.peek(_HEAD) if isinstance(stream, BufferedReader) else b""
