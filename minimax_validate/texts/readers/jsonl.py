"""Read JSON Lines: one value a line, each a document of its own."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO

from minimax_validate.texts.document import ABSENT, Document, Source, Walk
from minimax_validate.texts.json.places import string_offsets
from minimax_validate.texts.readers import encoding
from minimax_validate.texts.readers.encoding import LongLine, decode_line, read_lines, wide_encoding
from minimax_validate.texts.readers.json_document import read_json
from minimax_validate.texts.readers.not_lines import Ahead, other_than_lines
from minimax_validate.texts.readers.opening import opened
from minimax_validate.texts.readers.reader import Reader

_SPACE = b" \t\r\n"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Lines of a file, from an offset up to another one, where lines begin; without an ``end`` up to that of the file.

    ``first_line`` is the number of the first of them, counted from 1, and ``begins`` says that only blank lines stand
    before it.
    """

    start: int = 0
    end: int | None = None
    first_line: int = 1
    begins: bool = True


WHOLE = Stretch()
"""All lines of a file."""


def read_jsonl(name: str, lines: Iterable[bytes], stretch: Stretch = WHOLE) -> Generator[Document, None, bool]:
    r"""Read lines as they come, such as those of a binary file, and give a document for each that is not blank.

    A record ends at ``\n`` or ``\r\n``. A line at fault is a document with that fault, and the next line is read. Only
    text in UTF-16 or UTF-32, where lines cannot be told, and text that is no JSON Lines at all ends with its first
    finding. No more than one line is held at a time, but to know the latter.

    ``lines`` are those from the beginning of a stretch on, and go on behind its end: the latter is known by the lines
    that follow. What is returned at the end is whether a reader of the whole file would have gone on.
    """
    number = stretch.first_line
    start = stretch.start
    is_first = stretch.begins
    ahead = Ahead(lines)
    for line in ahead:
        if stretch.end is not None and start >= stretch.end:
            return True
        record = line.removesuffix(b"\n").removesuffix(b"\r")
        if len(record) > encoding.LONGEST_LINE or record.removeprefix(BOM_UTF8 if number == 1 else b"").strip(_SPACE):
            wide = number == 1 and wide_encoding(record) is not None
            text, fault = decode_line(record)
            source = Source(name, text, number, start)
            document = (
                opened(read_json(source), string_offsets) if fault is None else Document(source, ABSENT, (fault,))
            )
            if document.value is ABSENT and fault is None:
                other = other_than_lines(document, ahead, is_first=is_first)
                if other is not None:
                    yield other
                    return False
                document = replace(document, walk=Walk.GUESSES)
            yield document
            is_first = False
            if wide:
                return False
        # A lone carriage return is white space inside a record, but editors count a line for it.
        number += 1 + record.count(b"\r")
        start += len(line)
        if isinstance(line, LongLine):
            number += line.returns
            start += line.more
    return True


def read_stretch(name: str, stream: BinaryIO, stretch: Stretch) -> Generator[Document, None, bool]:
    """Read a part of a file; see ``read_jsonl``."""
    stream.seek(stretch.start)
    return read_jsonl(name, read_lines(stream), stretch)


def _recognises(head: bytes) -> bool:
    """Whether a first line is a whole object or array, and something follows it."""
    first, _, rest = head.removeprefix(BOM_UTF8).lstrip(_SPACE).partition(b"\n")
    if not first.startswith((b"{", b"[")) or not rest.strip(_SPACE):
        return False
    (document,) = read_jsonl("", (first,))
    return document.value is not ABSENT


def _read(name: str, stream: BinaryIO) -> Iterator[Document]:
    return read_jsonl(name, read_lines(stream))


READER = Reader("JSON Lines", _recognises, _read)
