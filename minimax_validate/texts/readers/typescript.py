"""Read TypeScript and JavaScript: the requests that a program makes, as far as they are written in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from minimax_validate.texts.document import Document, Source
from minimax_validate.texts.readers.programs import may_ask, read_program, text_of
from minimax_validate.texts.readers.reader import Reader

if TYPE_CHECKING:
    from minimax_validate.texts.readers.program_documents import Parse

NEEDS = "reading TypeScript and JavaScript requires a parser; install it with pip install 'minimax-validate[source]'"
"""What to install where ``parse_of`` has no parser."""

_TYPED = (".ts", ".mts", ".cts")


def parse_of(dialect: str) -> Parse:
    """What parses programs of a dialect: ``ts``, else ``tsx``, which knows JavaScript and JSX.

    Raises:
        ImportError: the parser is not installed.
    """
    from minimax_validate.texts.source.typescript import parser, program  # few programs name the model

    parser.load(dialect)
    return lambda text: program.TypeScriptSyntax(text, dialect)


def read_typescript(source: Source) -> Document | None:
    """The document of a program; None where it has no request for the model."""
    if not may_ask(source.text):
        return None
    try:
        parse = parse_of("ts" if source.name.lower().endswith(_TYPED) else "tsx")
    except ImportError:
        from minimax_validate.texts.readers.program_documents import missing_document

        return missing_document(source, NEEDS)
    return read_program(source, parse, is_python=False)


def _read(name: str, stream: BinaryIO) -> Iterator[Document]:
    yield from text_of(name, stream, read_typescript)


READER = Reader("TypeScript", recognises=lambda _: False, read=_read)
