"""Cut a long file of JSON Lines at the ends of lines, so that each part can be read for itself."""

from __future__ import annotations

import contextlib
import re
from codecs import BOM_UTF8
from collections.abc import Iterator
from io import BufferedReader

from minimax_validate.texts.readers.jsonl import Stretch

BLOCK = 1024 * 1024
"""Bytes of a part, and at most a line more.

With much longer ones, the findings of some parts have to wait for those of others, and so do those that find them. With
shorter ones, to hand them out takes more of the time.
"""

FAR_BLOCK = 4 * 1024 * 1024
"""Bytes of a part for another machine: to hand it over there and to open its file costs more than on this one."""

_PART = 64 * 1024
"""Bytes that are read at once: the memory of more would be had from the system anew each time, which takes longer."""

_SAYS_SOMETHING = re.compile(rb"[^ \t\r\n]")


def stretches(stream: BufferedReader, size: int = BLOCK) -> Iterator[Stretch]:
    r"""The parts of a file of lines, in their order; the last one has no end, as the file may yet grow.

    Lines are counted as editors do: one ends at ``\n``, ``\r\n`` or a lone ``\r``.
    """
    start, first_line, begins = 0, 1, True
    while True:
        end, line, says_something = start, first_line, not begins
        last = b""
        for part in _parts(stream, size):
            end += len(part)
            # To take the ends out goes from one to the next at the speed of memory; to count them looks at each byte.
            line += len(part) - len(part.replace(b"\n", b""))
            if b"\r" in part or last == b"\r":
                line += part.count(b"\r") - part.count(b"\r\n") - (last == b"\r" and part.startswith(b"\n"))
            last = part[-1:]
            said = part.removeprefix(BOM_UTF8) if not start and end == len(part) else part
            says_something = says_something or _SAYS_SOMETHING.search(said) is not None
        if not _is_more(stream):
            break
        yield Stretch(start, end, first_line, begins)
        start, first_line, begins = end, line, not says_something
    yield Stretch(start, None, first_line, begins)


def _is_more(stream: BufferedReader) -> bool:
    try:
        return bool(stream.peek(1))
    except OSError:
        return False


def _parts(stream: BufferedReader, size: int) -> Iterator[bytes]:
    """The next bytes of a file, up to the end of a line; no more than a part of a line is held."""
    with contextlib.suppress(OSError):  # reading what is left says why
        data, left = b"", max(size, len(BOM_UTF8))  # the mark is looked for in one piece
        while left and (data := stream.read(min(left, _PART))):
            left -= len(data)
            yield data
        while data and not data.endswith(b"\n"):
            data = stream.readline(_PART)
            yield data
