"""Read files one by one and check what is in them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from minimax_validate.checked import Checked
from minimax_validate.discover import Found
from minimax_validate.document import ABSENT, Document, Fault
from minimax_validate.engine import Validator
from minimax_validate.envelope import looks_like_request
from minimax_validate.positions import Span
from minimax_validate.readers import reader_for
from minimax_validate.readers.json import READER as JSON
from minimax_validate.rules.document import unreadable_file
from minimax_validate.source import Source

_SPEAKS_OF_MESSAGES = re.compile(r"[\"']messages[\"']|^[ -]*messages *:", re.MULTILINE)
STDIN = "-"
"""The path that stands for standard input."""

_HEAD = 64 * 1024
"""Bytes of a file to know its format by, where its name does not tell."""


def read_file(found: Found) -> Iterator[Document]:
    """The documents of a file; one that cannot be read is a document with that finding."""
    name = display_name(found.path)
    try:
        with found.path.open("rb") as stream:
            yield from read_stream(name, stream)
    except OSError as error:
        yield unreadable(name, (error.strerror or str(error)).lower())


def read_stream(name: str, stream: BinaryIO) -> Iterator[Document]:
    """The documents of a stream, in the format that its name or its first bytes tell; JSON where neither does."""
    reader = reader_for(name)
    if reader is None:
        head = stream.peek(_HEAD) if hasattr(stream, "peek") else b""
        reader = reader_for(name, head) or JSON
    return reader.read(name, stream)


def unreadable(name: str, why: str) -> Document:
    """A document that says why there is none."""
    fault = Fault(unreadable_file.RULE.diagnose((), f"cannot be read: {why}"), Span(0, 0))
    return Document(Source(name, ""), ABSENT, (fault,))


def display_name(path: Path) -> str:
    """The path relative to the working directory where it lies below that, with ``/`` between its parts."""
    text = os.fspath(path)
    relative = os.path.relpath(text) if os.path.isabs(text) else os.path.normpath(text)
    return (text if relative.startswith(os.pardir) and os.path.isabs(text) else relative).replace(os.sep, "/")


def is_meant_as_request(document: Document) -> bool:
    """Whether a document that nobody named is worth a finding: it looks like a request, or could not be read and may be one."""
    if document.value is ABSENT:
        text = document.source.text
        unread = any(fault.diagnostic.code == unreadable_file.RULE.code for fault in document.faults)
        return (unread and not text) or _SPEAKS_OF_MESSAGES.search(text) is not None
    return looks_like_request(document.value)


def check_file(found: Found, validator: Validator) -> Iterator[Checked]:
    """Check every request of a file; in a file met on a walk, what is no request is passed over."""
    return check_documents(read_file(found), validator, named=found.named)


def check_documents(documents: Iterable[Document], validator: Validator, *, named: bool) -> Iterator[Checked]:
    """Check documents one by one; those that are not ``named`` only if they look like requests."""
    for document in documents:
        if named or is_meant_as_request(document):
            yield Checked(document, validator.check_document(document))
