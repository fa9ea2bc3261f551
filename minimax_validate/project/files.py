"""Read files, after a look at their bytes where nobody named them."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from io import DEFAULT_BUFFER_SIZE, BufferedReader, FileIO
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, BinaryIO

from minimax_validate.project.discover import Found
from minimax_validate.rules.document import unreadable_file
from minimax_validate.texts.document import ABSENT, Document, Fault, Proof, Source
from minimax_validate.texts.readers import Kind, kind_of, read
from minimax_validate.texts.spans import Span
from minimax_validate.values.urls import is_url
from minimax_validate.values.wording import words_of_os_error

if TYPE_CHECKING:
    from minimax_validate.texts.readers.jsonl import Stretch

_GLANCE = 1024 * 1024
"""Bytes of a file that are looked at before anything is made of them."""

# A buffer for a large file would be made ready for each small one.
_SMALL = 64 * 1024

_BINARY = getattr(os, "O_BINARY", 0)  # Windows would change the ends of lines

_ESCAPED_LETTER = re.compile(rb"\\u00[67]")

STDIN = "-"
"""The path that stands for standard input."""


def read_file(found: Found, proof: Proof | None = None) -> Iterable[Document]:
    """The documents of a file; one that cannot be read is a document with that finding.

    Requests that a ``proof`` holds for may be counted only, see ``PROVEN``. Of a file that nobody named there are none
    if a look at its bytes tells that it holds no request.
    """
    try:
        is_worth = is_worth_reading(found)
    except OSError:
        is_worth = True  # reading it says why it cannot be read
    # Most files of a walk end here: no generator is made for them.
    return _documents(found, proof) if is_worth else ()


def _documents(found: Found, proof: Proof | None) -> Iterator[Document]:
    try:
        with opened(found.path) as stream:
            yield from asked_for(read(display_name(found.path), stream, proof), found)
    except OSError as error:
        if is_told_if_unreadable(found):
            yield unreadable(display_name(found.path), words_of_os_error(error))


def read_stretch(
    found: Found, stretch: Stretch, inode: int, proof: Proof | None = None
) -> Generator[Document, None, bool]:
    """The documents of a part of a file of JSON Lines, and whether a reader of all of it would have gone on behind it.

    A file that is shorter than it was, or by now another one than that of the ``inode``, is one that cannot be read.
    """
    from minimax_validate.texts.readers.jsonl import read_stretch as read_lines_of  # few files are read in parts

    name = display_name(found.path)
    try:
        with opened(found.path, _SMALL) as stream:
            size, version = _size_and_version(found.path, stream)
            if version != inode or size < (stretch.end or stretch.start):
                raise OSError("it was changed while it was read")
            return (yield from read_lines_of(name, stream, stretch, proof))
    except OSError as error:
        if is_told_if_unreadable(found):
            yield unreadable(name, words_of_os_error(error))
        return False


def _size_and_version(path: str | Path, stream: BufferedReader) -> tuple[int, int]:
    if is_url(path):
        from minimax_validate.project.storage import status  # few files are elsewhere

        return status(os.fspath(path)) or (0, 0)
    of_file = os.fstat(stream.fileno())
    return of_file.st_size, of_file.st_ino


def size_and_version(path: str | Path) -> tuple[int, int] | None:
    """The size of a file in bytes, and a number that another file in its place does not have.

    None if it is none, or nobody knows.
    """
    if is_url(path):
        from minimax_validate.project.storage import status  # few files are elsewhere

        return status(os.fspath(path))
    try:
        of_file = os.stat(path)
    except (OSError, ValueError):
        return None
    return (of_file.st_size, of_file.st_ino) if stat.S_ISREG(of_file.st_mode) else None


def opened(path: str | Path, buffer: int = DEFAULT_BUFFER_SIZE) -> BufferedReader:
    """A file that is open to be read, by its path or URL; ``buffer`` is how many bytes are read at once.

    Raises:
        OSError: it cannot be opened.
    """
    if is_url(path):
        from minimax_validate.project.storage import open_url  # few files are elsewhere

        return open_url(os.fspath(path))
    return BufferedReader(FileIO(path), buffer)


def is_worth_reading(found: Found) -> bool:
    """Whether somebody named a file, or a look at its first bytes tells that it may hold a request.

    Raises:
        OSError: it cannot be read.
    """
    if found.named:
        return True
    path = os.fspath(found.path)
    if is_url(path):
        with opened(path) as stream:
            data = stream.read(_GLANCE)
        return len(data) >= _GLANCE or look_at(path, included=found.included)(data)
    # Most files of a walk are looked at here and nowhere else: without the layers of a file object that takes half the
    # time.
    file = os.open(path, os.O_RDONLY | _BINARY)
    try:
        data = os.read(file, _SMALL)
        if len(data) == _SMALL:
            data += os.read(file, _GLANCE - _SMALL)
        return len(data) >= _GLANCE or look_at(path, included=found.included)(data)
    finally:
        os.close(file)


def look_at(path: str, *, included: bool = False) -> Callable[[bytes], bool]:
    """The look that tells whether the bytes of a file may hold a request; who includes a file asks for all of them."""
    kind = kind_of(path)
    return _LOOKS["data" if included and kind == "prose" else kind]


def is_told_if_unreadable(found: Found) -> bool:
    """Whether a file that cannot be read is a finding: programs and prose that a walk meets may be anything."""
    kind = kind_of(os.fspath(found.path))
    return found.named or kind == "data" or (kind == "prose" and found.included)


def asked_for(documents: Iterator[Document], found: Found) -> Iterator[Document]:
    """The documents of a file, with all that is in them if a configuration includes it."""
    return map(with_all, documents) if found.included else documents


def with_all(document: Document) -> Document:
    """A document whose requests all count."""
    return document if document.on_a_walk is None else replace(document, on_a_walk=document.requests)


def may_name_model(data: bytes) -> bool:
    """Whether the source of a program may have a request: it names the model, in whatever spelling."""
    lower = data.lower()
    return b"minimax" in lower or b"m2.7" in lower


def may_hold_request(data: bytes) -> bool:
    """Whether bytes may be part of a file with a request: they have its word, or could spell it in another way.

    Most files of a tree are none, and need not be parsed to know.
    """
    # One search after another is several times faster than a regular expression for all, a search for one byte several
    # times faster than one for a word, and one for a long word faster than one for a short word.
    return (
        b"messages" in data
        or (b"content" in data and b"role" in data)  # an array of messages is a conversation
        or b"custom_id" in data
        or b"base64" in data
        or (b"!" in data and b"!!binary" in data)
        or b"\0" in data  # UTF-16 and UTF-32
        or data.startswith((b"\x1f\x8b", b"version https://", b"/annex/"))  # packed, or kept elsewhere
        or (b"\\" in data and _ESCAPED_LETTER.search(data) is not None)
    )


def _may_mean_model(data: bytes) -> bool:
    """Whether bytes have the end of the model's names, in any case."""
    return b"2.7" in data and b"m2.7" in data.lower()


_LOOKS: Mapping[Kind, Callable[[bytes], bool]] = MappingProxyType(
    {"data": may_hold_request, "prose": _may_mean_model, "program": may_name_model}
)


def read_stream(name: str, stream: BinaryIO, proof: Proof | None = None) -> Iterator[Document]:
    """The documents of a stream, likewise."""
    try:
        yield from read(name, stream, proof)
    except OSError as error:
        yield unreadable(name, words_of_os_error(error))


def unreadable(name: str, why: str) -> Document:
    """A document that says why there is none."""
    fault = Fault(unreadable_file.RULE.diagnose((), f"cannot be read: {why}"), Span(0, 0))
    return Document(Source(name, ""), ABSENT, (fault,))


def display_name(path: str | Path) -> str:
    """The path relative to the working directory where it lies below that, with ``/`` between its parts."""
    if is_url(path):
        return os.fspath(path)
    folder, name = os.path.split(os.fspath(path))
    if name in ("", os.curdir, os.pardir):
        return _display_folder(os.fspath(path), os.getcwd())
    shown = _display_folder(folder, os.getcwd())
    return name if shown == os.curdir else f"{shown.removesuffix('/')}/{name}"


@lru_cache(maxsize=16)
def _display_folder(folder: str, working: str) -> str:
    relative = os.path.relpath(folder, working) if os.path.isabs(folder) else os.path.normpath(folder)
    return (folder if relative.startswith(os.pardir) and os.path.isabs(folder) else relative).replace(os.sep, "/")
