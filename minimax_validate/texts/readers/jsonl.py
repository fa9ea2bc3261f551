"""Read JSON Lines: one value a line, each a document of its own."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO

from minimax_validate.texts.document import ABSENT, PROVEN, Document, Proof, Source, Walk
from minimax_validate.texts.json.places import string_offsets
from minimax_validate.texts.readers import encoding
from minimax_validate.texts.readers.encoding import LongLine, decode_line, read_lines, wide_encoding
from minimax_validate.texts.readers.json_document import HELD_ONCE, document_of, loses_nothing, parse, read_json
from minimax_validate.texts.readers.not_lines import Ahead, other_than_lines
from minimax_validate.texts.readers.opening import opened, stands_as_it_is
from minimax_validate.texts.readers.reader import Reader

_SPACE = b" \t\r\n"
_MOST_PROVEN = 256
"""Lines in a row that are counted as one document, at most: who follows the progress of a run hears of each."""


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


def read_jsonl(
    name: str, lines: Iterable[bytes], stretch: Stretch = WHOLE, proof: Proof | None = None
) -> Generator[Document, None, bool]:
    r"""Read lines as they come, such as those of a binary file, and give a document for each that is not blank.

    A record ends at ``\n`` or ``\r\n``. A line at fault is a document with that fault, and the next line is read. Only
    text in UTF-16 or UTF-32, where lines cannot be told, and text that is no JSON Lines at all ends with its first
    finding. No more than one line is held at a time, but to know the latter.

    ``lines`` are those from the beginning of a stretch on, and go on behind its end: the latter is known by the lines
    that follow. What is returned at the end is whether a reader of the whole file would have gone on.

    With a ``proof``, lines in a row that it holds for are one document, whose value is ``PROVEN``.
    """
    number = stretch.first_line
    start = stretch.start
    is_first = stretch.begins
    ahead = Ahead(lines)
    proven = 0
    for line in ahead:
        if stretch.end is not None and start >= stretch.end:
            break
        record = line if isinstance(line, LongLine) else line.removesuffix(b"\n").removesuffix(b"\r")
        value: object = ABSENT
        if proof is not None and len(record) <= HELD_ONCE and (parsed := parse(record)) is not None:
            value, again = parsed
            if not loses_nothing(record, again):
                value = ABSENT
            elif type(value) is dict and stands_as_it_is(value) and proof(value, again):
                value = PROVEN
                proven += 1
                is_first = False
        # A finding does not wait for what comes behind it.
        if proven and (value is not PROVEN or proven == _MOST_PROVEN):
            yield _proven(name, proven)
            proven = 0
        if value is not PROVEN and (
            len(record) > encoding.LONGEST_LINE or record.removeprefix(BOM_UTF8 if number == 1 else b"").strip(_SPACE)
        ):
            wide = number == 1 and wide_encoding(record) is not None
            text, fault = decode_line(record)
            source = Source(name, text, number, start)
            if fault is not None:
                document = Document(source, ABSENT, (fault,))
            else:
                document = opened(read_json(source) if value is ABSENT else document_of(source, value), string_offsets)
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
        number += 1 + (record.count(b"\r") if b"\r" in record else 0)
        start += len(line)
        if isinstance(line, LongLine):
            number += line.returns
            start += line.more
    if proven:
        yield _proven(name, proven)
    return True


def _proven(name: str, number: int) -> Document:
    """So many requests that were proven clean."""
    return Document(Source(name, ""), PROVEN, requests=((),) * number)


def read_stretch(
    name: str, stream: BinaryIO, stretch: Stretch, proof: Proof | None = None
) -> Generator[Document, None, bool]:
    """Read a part of a file; see ``read_jsonl``."""
    stream.seek(stretch.start)
    return read_jsonl(name, read_lines(stream), stretch, proof)


def _recognises(head: bytes) -> bool:
    """Whether a first line is a whole object or array, and something follows it."""
    first, _, rest = head.removeprefix(BOM_UTF8).lstrip(_SPACE).partition(b"\n")
    if not first.startswith((b"{", b"[")) or not rest.strip(_SPACE):
        return False
    (document,) = read_jsonl("", (first,))
    return document.value is not ABSENT


def _read(name: str, stream: BinaryIO) -> Iterator[Document]:
    return read_jsonl(name, read_lines(stream))


def _read_proving(name: str, stream: BinaryIO, proof: Proof) -> Iterator[Document]:
    return read_jsonl(name, read_lines(stream), proof=proof)


READER = Reader("JSON Lines", _recognises, _read, _read_proving)
