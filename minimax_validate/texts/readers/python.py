"""Read Python: the requests that a program makes, as far as they are written in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from minimax_validate.texts.document import Document, Source
from minimax_validate.texts.readers.programs import read_program, text_of
from minimax_validate.texts.readers.reader import Reader


def read_python(source: Source) -> Document | None:
    """The document of a program; None where it has no request for the model."""
    from minimax_validate.texts.source.python.program import PythonSyntax  # few programs name the model

    return read_program(source, PythonSyntax, is_python=True)


def _read(name: str, stream: BinaryIO) -> Iterator[Document]:
    yield from text_of(name, stream, read_python)


READER = Reader("Python", recognises=lambda _: False, read=_read)
