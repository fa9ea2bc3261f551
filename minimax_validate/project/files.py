"""Read files, after a look at their bytes where nobody named them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from minimax_validate.project.discover import Found
from minimax_validate.rules.document import unreadable_file
from minimax_validate.texts.document import ABSENT, Document, Fault, Source
from minimax_validate.texts.readers import AMONG_PROSE, is_program, read
from minimax_validate.texts.spans import Span
from minimax_validate.values.wording import words_of_os_error

_GLANCE = 1024 * 1024
"""Bytes of a file that are looked at before anything is made of them."""

# A buffer for a large file would be made ready for each small one.
_SMALL = 64 * 1024

_BINARY = getattr(os, "O_BINARY", 0)  # Windows would change the ends of lines

_ESCAPED_LETTER = re.compile(rb"\\u00[67]")

STDIN = "-"
"""The path that stands for standard input."""


def read_file(found: Found) -> Iterator[Document]:
    """The documents of a file; one that cannot be read is a document with that finding.

    Of a file that nobody named there are none if a look at its bytes tells that it holds no request.
    """
    try:
        if found.named or may_hold_request_at(
            found.path, is_prose=not found.included and str(found.path).lower().endswith(AMONG_PROSE)
        ):
            with open(found.path, "rb") as stream:
                documents = read(display_name(found.path), stream)
                # Who includes a file asks for all that is in it.
                yield from (replace(each, on_a_walk=None) for each in documents) if found.included else documents
    except OSError as error:
        # Of programs that a walk comes by, nothing is known to be meant.
        if found.named or not is_program(os.fspath(found.path)):
            yield unreadable(display_name(found.path), words_of_os_error(error))


def may_hold_request_at(path: str | Path, *, is_prose: bool = False) -> bool:
    """Whether a look at the bytes of a file tells that it may hold a request (see ``may_hold_request``).

    One that ``is_prose`` must name the model as well.

    Raises:
        OSError: it cannot be read.
    """
    # Most files of a walk are looked at here and nowhere else: without the layers of a file object that takes half the
    # time.
    file = os.open(path, os.O_RDONLY | _BINARY)
    try:
        data = os.read(file, _SMALL)
        if len(data) == _SMALL:
            data += os.read(file, _GLANCE - _SMALL)
        return len(data) >= _GLANCE or is_worth_reading(path, data, is_prose=is_prose)
    finally:
        os.close(file)


def is_worth_reading(path: str | Path, data: bytes, *, is_prose: bool = False) -> bool:
    """The same, for all the bytes of a file."""
    if is_prose:
        return _may_mean_model(data)
    return may_name_model(data) if is_program(os.fspath(path)) else may_hold_request(data)


def may_name_model(data: bytes) -> bool:
    """Whether the source of a program may have a request: it names the model, in whatever spelling."""
    lower = data.lower()
    return b"minimax" in lower or b"m2.7" in lower


def may_hold_request(data: bytes) -> bool:
    """Whether bytes may be part of a file with a request: they have its word, or could spell it in another way.

    Most files of a tree are none, and need not be parsed to know.
    """
    # One search after another is several times faster than a regular expression for all.
    return (
        b"messages" in data
        or (b"role" in data and b"content" in data)  # an array of messages is a conversation
        or b"custom_id" in data
        or b"base64" in data
        or b"!!binary" in data
        or b"\0" in data  # UTF-16 and UTF-32
        or data.startswith((b"\x1f\x8b", b"version https://", b"/annex/"))  # packed, or kept elsewhere
        or (b"\\u00" in data and _ESCAPED_LETTER.search(data) is not None)
    )


def _may_mean_model(data: bytes) -> bool:
    """Whether bytes have a word of messages and one of the model's names, in any case."""
    return b"messages" in data and b"2.7" in data and b"m2.7" in data.lower()


def read_stream(name: str, stream: BinaryIO) -> Iterator[Document]:
    """The documents of a stream, likewise."""
    try:
        yield from read(name, stream)
    except OSError as error:
        yield unreadable(name, words_of_os_error(error))


def unreadable(name: str, why: str) -> Document:
    """A document that says why there is none."""
    fault = Fault(unreadable_file.RULE.diagnose((), f"cannot be read: {why}"), Span(0, 0))
    return Document(Source(name, ""), ABSENT, (fault,))


def display_name(path: str | Path) -> str:
    """The path relative to the working directory where it lies below that, with ``/`` between its parts."""
    folder, name = os.path.split(os.fspath(path))
    if name in ("", os.curdir, os.pardir):
        return _display_folder(os.fspath(path), os.getcwd())
    shown = _display_folder(folder, os.getcwd())
    return name if shown == os.curdir else f"{shown.removesuffix('/')}/{name}"


@lru_cache(maxsize=16)
def _display_folder(folder: str, working: str) -> str:
    relative = os.path.relpath(folder, working) if os.path.isabs(folder) else os.path.normpath(folder)
    return (folder if relative.startswith(os.pardir) and os.path.isabs(folder) else relative).replace(os.sep, "/")
