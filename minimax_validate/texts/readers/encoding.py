"""Turn the bytes of a file into text, within bounds, or say why they are none."""

from __future__ import annotations

import codecs
import os
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO

from minimax_validate.rules.document.unreadable_file import RULE
from minimax_validate.texts.document import Fault
from minimax_validate.texts.spans import Span

# The longer mark first: the one of UTF-32 begins with the one of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Which of the first four bytes are NUL where the text begins with two ASCII characters, as all JSON of objects and
# arrays does.
_NUL_PATTERNS: dict[tuple[bool, ...], str] = {
    (True, True, True, False): "utf-32-be",
    (False, True, True, True): "utf-32-le",
    (True, False, True, False): "utf-16-be",
    (False, True, False, True): "utf-16-le",
}


LARGEST = 256 * 1024 * 1024
"""Bytes of a text that is read at once: hundreds of the longest prompts there can be.

A device or a packed file may never end.
"""

LONGEST_LINE = 64 * 1024 * 1024
"""Bytes of one line of many."""

# Small files are read at once; a buffer for the largest would be made ready for each of them.
_FIRST = 64 * 1024
_PART = 1024 * 1024


def read_text(stream: BinaryIO) -> tuple[str, Fault | None]:
    """The text that a stream holds (see ``decode``), or the finding that there is too much of it.

    A file that says its size is asked for it: nothing is read of one that is too large.
    """
    data = stream.read(_FIRST)
    if len(data) < _FIRST:
        return decode(data)
    if _size(stream) > LARGEST:
        return "", _too_large("text", LARGEST)
    return _decoded(data, stream) or ("", _too_large("text", LARGEST))


def _decoded(first: bytes, stream: BinaryIO) -> tuple[str, Fault | None] | None:
    """As ``decode``, for a text that is read part by part; None where it is too large.

    No part is kept: bytes and text of a large file are not held side by side.
    """
    wide = wide_encoding(first)
    decoder = codecs.getincrementaldecoder("utf-8" if wide is None else wide)("strict" if wide is None else "replace")
    fault = None if wide is None else _wide_fault(wide)
    text = ""
    size = 0
    # A loop of this kind is one in which the interpreter lets the text grow in place, without a copy of it.
    for part in _parts(first, stream):
        waiting = len(decoder.getstate()[0])
        try:
            text += decoder.decode(part, final=not part)
        except UnicodeDecodeError as error:
            start = len(error.object[: error.start].decode())
            fault = _undecodable_fault(error, size - waiting, len(text) + start)
            decoder = codecs.getincrementaldecoder("utf-8")("replace")
            text += decoder.decode(error.object, final=not part)
        size += len(part)
    return (text, fault) if size <= LARGEST else None


def _parts(first: bytes, stream: BinaryIO) -> Iterator[bytes]:
    """The parts of a text up to one byte more than the largest, and at last nothing; they grow with what was read."""
    size = len(first)
    yield first
    while size <= LARGEST and (part := stream.read(min(max(_PART, size // 8), LARGEST + 1 - size))):
        size += len(part)
        yield part
        del part
    yield b""


class LongLine(bytes):
    """The beginning of a line that is too long, and how much of it is left out: bytes, and carriage returns in them."""

    more: int
    returns: int


def read_lines(stream: BinaryIO) -> Iterator[bytes]:
    """The lines of a stream one by one; of one that is too long no more than shows that (see ``decode_line``)."""
    for line in iter(partial(stream.readline, LONGEST_LINE + 1), b""):
        yield _long_line(line, stream) if len(line) > LONGEST_LINE and not line.endswith(b"\n") else line
        del line


def _long_line(line: bytes, stream: BinaryIO) -> bytes:
    """A line whose end has yet to be read; one that is no longer than it may be ends right behind it."""
    last = line[-1:]
    part = stream.readline(_PART)
    if last == b"\r" and part in (b"\n", b""):
        return line + part
    long = LongLine(line)
    long.more = long.returns = 0
    while part:
        long.more += len(part)
        # That of the line's end is no character of the line.
        long.returns += part.count(b"\r") - part.endswith(b"\r\n") - (part == b"\n" and last == b"\r")
        if part.endswith(b"\n"):
            break
        last = part[-1:]
        part = stream.readline(_PART)
    return long


def decode_line(line: bytes) -> tuple[str, Fault | None]:
    """As ``decode``, for one line of many."""
    return decode(line) if len(line) <= LONGEST_LINE else ("", _too_large("line", LONGEST_LINE))


def _size(stream: BinaryIO) -> int:
    """Bytes of the file behind a stream; 0 if it is none, or does not say."""
    try:
        return os.fstat(stream.fileno()).st_size
    except (OSError, ValueError):  # a stream in memory has no file
        return 0


def _too_large(what: str, most: int) -> Fault:
    return Fault(
        RULE.diagnose((), f"the {what} is larger than {most >> 20} MB, which is too large for a request"), Span(0, 0)
    )


def wide_encoding(data: bytes | bytearray) -> str | None:
    """The Python name of the UTF-16 or UTF-32 encoding of bytes, by their mark or their zero bytes, or None."""
    head = data[:4]
    # Each line of many is asked for: most begin with two ASCII characters, of one byte each.
    if 0 not in head and not head.startswith((b"\xff", b"\xfe")):
        return None
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    return marked or _NUL_PATTERNS.get(tuple(byte == 0 for byte in data[:4]))


def decode(data: bytes | bytearray) -> tuple[str, Fault | None]:
    """The text that bytes hold in UTF-8, a byte order mark included, and the finding if they do not.

    The text of bytes at fault is for showing the place alone: what cannot be read stands in it as U+FFFD.
    """
    wide = wide_encoding(data)
    if wide is not None:
        return data.decode(wide, "replace"), _wide_fault(wide)
    try:
        return data.decode(), None
    except UnicodeDecodeError as error:
        return data.decode(errors="replace"), _undecodable_fault(error, 0, len(data[: error.start].decode()))


def _wide_fault(encoding: str) -> Fault:
    message = f"the text is encoded in {encoding[:6].upper()}, but JSON must be UTF-8; save it as UTF-8"
    return Fault(RULE.diagnose((), message), Span(0, 0))


def _undecodable_fault(error: UnicodeDecodeError, offset: int, start: int) -> Fault:
    """Bytes that are not UTF-8, in a part of a file that begins at ``offset``; in the text they are at ``start``."""
    why = (
        "the text ends inside a character"
        if error.reason == "unexpected end of data"
        else "it does not encode a character"
    )
    byte = f"byte 0x{error.object[error.start]:02X} at offset {offset + error.start:,}"
    return Fault(RULE.diagnose((), f"the text must be UTF-8; {byte} is invalid, because {why}"), Span(start, start + 1))
