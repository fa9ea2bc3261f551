"""Read TypeScript and JavaScript: the requests that a program makes, as far as they are written in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from minimax_validate.texts.document import Document, Source
from minimax_validate.texts.readers.programs import may_ask, read_program, text_of
from minimax_validate.texts.readers.reader import Reader

_NEEDS = "TypeScript and JavaScript need a parser: pip install 'minimax-validate[source]'"
_TYPED = (".ts", ".mts", ".cts")


def read_typescript(source: Source) -> Document | None:
    """The document of a program; None where it has no request for the model."""
    if not may_ask(source.text):
        return None
    from minimax_validate.texts.source.typescript import parser, program  # few programs name the model

    dialect = "ts" if source.name.lower().endswith(_TYPED) else "tsx"
    try:
        parser.load(dialect)
    except ImportError:
        from minimax_validate.texts.readers.program_documents import missing_document

        return missing_document(source, _NEEDS)
    return read_program(source, lambda text: program.TypeScriptSyntax(text, dialect), is_python=False)


def _read(name: str, stream: BinaryIO) -> Iterator[Document]:
    yield from text_of(name, stream, read_typescript)


READER = Reader("TypeScript", recognises=lambda _: False, read=_read)
