"""What reading programs has in common, whatever their language."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, BinaryIO

from minimax_validate.texts.document import ABSENT, Document, Source
from minimax_validate.texts.readers.encoding import read_text

if TYPE_CHECKING:
    from minimax_validate.texts.source.syntax import Syntax

ReadProgram = Callable[[Source], Document | None]

_PART = 1024 * 1024
_LONGEST_NAME = len("minimax")


def may_ask(text: str) -> bool:
    """Whether a program names the model at all: one that does not is not parsed."""
    # In lower case, the whole of a large text would be held twice.
    parts = (text[start : start + _PART + _LONGEST_NAME].lower() for start in range(0, len(text), _PART))
    return any("minimax" in part or "m2.7" in part for part in parts)


def read_program(source: Source, parse: Callable[[str], Syntax], *, is_python: bool) -> Document | None:
    """The document of a program; None where it has no request for the model."""
    if not may_ask(source.text):
        return None
    from minimax_validate.texts.readers.program_documents import program_document  # as above

    return program_document(source, parse, is_python=is_python)


def text_of(name: str, stream: BinaryIO, read: ReadProgram) -> Iterator[Document]:
    """What a file says, in a language that ``read`` knows.

    A program in another encoding is read as far as it can be, and is not rewritten.
    """
    text, fault = read_text(stream)
    if fault is not None and not text:
        yield Document(Source(name, text), ABSENT, (fault,))
        return
    document = read(Source(name, text))
    if document is not None:
        yield document if fault is None else replace(document, rewriter=None)
