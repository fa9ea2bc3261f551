"""Read a range of bytes of a file for itself, as whoever distributes a file hands it out."""

from __future__ import annotations

from collections.abc import Iterator
from io import BufferedReader

from minimax_validate.project.discover import Found
from minimax_validate.project.files import display_name, opened, read_file, unreadable
from minimax_validate.texts.document import Document, Proof
from minimax_validate.texts.readers import reads_lines
from minimax_validate.texts.readers.jsonl import Stretch, read_stretch
from minimax_validate.values.wording import words_of_os_error

_PART = 1024 * 1024


def read_range(
    found: Found, start: int, end: int | None, first_line: int | None = None, proof: Proof | None = None
) -> Iterator[Document]:
    """The documents of the lines that begin in a range of a file of JSON Lines; without an ``end``, up to its last one.

    So each line is in one of several ranges that are next to each other, wherever they were cut. A file of another
    format belongs to the range that begins at 0, whole. ``first_line`` is the number of the line that begins at
    ``start``; without it, the lines before are counted, for which the file has to be read up to there.
    Requests that a ``proof`` holds for may be counted only, see ``PROVEN``.
    """
    if start == 0 and end is None:
        yield from read_file(found, proof)
        return
    name = display_name(found.path)
    try:
        with opened(found.path) as stream:
            is_of_lines = reads_lines(name, stream)
            if is_of_lines:
                yield from _lines(name, stream, start, end, first_line, proof)
    except OSError as error:
        yield unreadable(name, words_of_os_error(error))
        return
    if not is_of_lines and start == 0:
        yield from read_file(found, proof)


def _lines(
    name: str, stream: BufferedReader, start: int, end: int | None, first_line: int | None, proof: Proof | None
) -> Iterator[Document]:
    begins = _line_after(stream, start)
    if end is not None and begins >= end:
        return
    if first_line is None or begins != start:
        first_line = _lines_before(stream, begins) + 1
    yield from read_stretch(name, stream, Stretch(begins, end, first_line, begins == 0), proof)


def _line_after(stream: BufferedReader, start: int) -> int:
    """Where the first line begins that does so at an offset or behind it."""
    if start == 0:
        return 0
    stream.seek(start - 1)
    at = start - 1
    while part := stream.readline(_PART):
        at += len(part)
        if part.endswith(b"\n"):
            break
    return at


def _lines_before(stream: BufferedReader, end: int) -> int:
    r"""How many lines end before an offset, as editors count them: at ``\n``, ``\r\n`` or a lone ``\r``."""
    stream.seek(0)
    lines, at, last = 0, 0, b""
    while at < end and (part := stream.read(min(_PART, end - at))):
        lines += part.count(b"\n") + part.count(b"\r") - part.count(b"\r\n")
        lines -= last == b"\r" and part.startswith(b"\n")
        at, last = at + len(part), part[-1:]
    return lines
