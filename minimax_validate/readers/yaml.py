"""Know YAML, and say that it is not read: silence would be taken for health."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from minimax_validate.document import ABSENT, Document, Fault
from minimax_validate.positions import Span
from minimax_validate.readers.encoding import read_text
from minimax_validate.readers.reader import Reader
from minimax_validate.rules.document import unreadable_file
from minimax_validate.source import Source


def _read(name: str, stream: BinaryIO) -> Iterator[Document]:
    text, fault = read_text(stream)
    unread = Fault(
        unreadable_file.RULE.diagnose((), "YAML is not read by this version: give the requests as JSON or JSON Lines"), Span(0, 0)
    )
    yield Document(Source(name, text), ABSENT, (fault or unread,))


READER = Reader("YAML", (".yaml", ".yml"), recognises=lambda _: False, read=_read)
