"""Read Python: the requests that a program makes, as far as they are written in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from minimax_validate.texts.document import Document, Source
from minimax_validate.texts.readers.programs import read_program, text_of
from minimax_validate.texts.readers.reader import Reader

if TYPE_CHECKING:
    from minimax_validate.texts.source.syntax import Syntax


def parse_python(text: str) -> Syntax:
    """The syntax of a program.

    Raises:
        NotParsedError: it is none.
    """
    from minimax_validate.texts.source.python.program import PythonSyntax  # few programs name the model

    return PythonSyntax(text)


def read_python(source: Source) -> Document | None:
    """The document of a program; None where it has no request for the model."""
    return read_program(source, parse_python, is_python=True)


def _read(name: str, stream: BinaryIO) -> Iterator[Document]:
    yield from text_of(name, stream, read_python)


READER = Reader("Python", recognises=lambda _: False, read=_read)
