"""Files of JSON: one value each, which may be a recording."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Iterator
from typing import BinaryIO

from minimax_validate.texts.document import ABSENT, Document, Source
from minimax_validate.texts.json.places import string_offsets
from minimax_validate.texts.readers.encoding import read_text
from minimax_validate.texts.readers.json_document import read_json
from minimax_validate.texts.readers.opening import opened
from minimax_validate.texts.readers.reader import Reader


def _read(name: str, stream: BinaryIO) -> Iterator[Document]:
    text, fault = read_text(stream)
    source = Source(name, text)
    yield opened(read_json(source), string_offsets) if fault is None else Document(source, ABSENT, (fault,))


READER = Reader(
    "JSON", recognises=lambda head: head.removeprefix(BOM_UTF8).lstrip().startswith((b"{", b"[")), read=_read
)
