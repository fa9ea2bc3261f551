"""Cut long files of JSON Lines without reading them here: workers say where lines begin, and how many there are.

A file is cut by its size alone. Each worker reads some blocks of it, once, and gives a few numbers for each; put
together in the order of the file, they are the parts that reading all of it would give.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, groupby
from typing import Any, NamedTuple

from minimax_validate.project.discover import Found
from minimax_validate.project.files import display_name, opened
from minimax_validate.project.parallel.tasks import Long, Piece, Task, parts_of
from minimax_validate.texts.readers import reads_lines
from minimax_validate.texts.readers.jsonl import Stretch

_BLOCKS = 8
"""Blocks that a worker counts at once: to open a file of a store takes as long as to read a block."""

_SAYS_SOMETHING = re.compile(rb"[^ \t\r\n]")


@dataclass(frozen=True, slots=True)
class Bytes:
    """Bytes of a file, to be counted in blocks of a size."""

    found: Found
    start: int
    end: int
    block: int


class Ends(NamedTuple):
    """The ends of lines in some bytes, and whether they are anything but blank."""

    lines: int
    says_something: bool


class Block(NamedTuple):
    r"""What is known of a block of a file: its bytes up to its first ``\n``, and those behind it.

    ``begins`` is the offset behind that ``\n``; without one, all is before it. A ``\r\n`` may be in two blocks.
    """

    before: Ends
    begins: int | None
    behind: Ends
    starts_with_newline: bool
    ends_with_return: bool


def count(part: Bytes) -> tuple[Block, ...] | None:
    """Count the lines of a part of a file, block by block; None if it is no file of lines, or cannot be read."""
    try:
        with opened(part.found.path) as stream:
            if not reads_lines(display_name(part.found.path), stream):
                return None
            stream.seek(part.start)
            starts = range(part.start, part.end, part.block)
            return tuple(_block(stream.read(min(part.block, part.end - at)), at) for at in starts)
    except OSError:  # reading it says why
        return None


def _block(data: bytes, at: int) -> Block:
    cut = data.find(b"\n") + 1
    before, behind = (data[:cut], data[cut:]) if cut else (data, b"")
    said = before if at else before.removeprefix(BOM_UTF8)
    return Block(_ends(before, said), at + cut if cut else None, _ends(behind), data[:1] == b"\n", data[-1:] == b"\r")


def _ends(data: bytes, said: bytes | None = None) -> Ends:
    lines = data.count(b"\n")
    if b"\r" in data:
        lines += data.count(b"\r") - data.count(b"\r\n")
    return Ends(lines, _SAYS_SOMETHING.search(data if said is None else said) is not None)


def stretches_of(blocks: Iterable[Block]) -> Iterator[Stretch]:
    """The parts of a file that begin with the first lines of its blocks; the last one has no end."""
    start, first_line, begins = 0, 1, True
    line, says_something, after_return, is_first = 1, False, False, True
    for block in blocks:
        line += block.before.lines - (after_return and block.starts_with_newline)
        says_something = says_something or block.before.says_something
        if block.begins is not None and not is_first:
            yield Stretch(start, block.begins, first_line, begins)
            start, first_line, begins = block.begins, line, not says_something
        line += block.behind.lines
        says_something = says_something or block.behind.says_something
        after_return, is_first = block.ends_with_return, False
    yield Stretch(start, None, first_line, begins)


class _Sent(NamedTuple):
    """A task, or a long file of which a part is being counted; each has a ``number`` of its own."""

    number: int
    item: Task | Long
    counting: Any = None


@dataclass(frozen=True, slots=True)
class FarCut:
    """Cuts long files by what others count.

    ``send`` has a part counted, and gives what ``take`` takes the blocks of when they are needed. No more than ``most``
    parts are on their way.
    """

    send: Callable[[Bytes], Any]
    take: Callable[[Any], tuple[Block, ...] | None]
    most: int

    def __call__(self, coming: Iterable[Task | Long], block: int) -> Iterator[Task]:
        """See ``Cut``."""
        whole: set[int] = set()
        for _, sent in groupby(_ahead(self._sent(coming, block, whole), self.most), lambda each: each.number):
            yield from self._tasks(sent, whole)

    def _tasks(self, sent: Iterator[_Sent], whole: set[int]) -> Iterator[Task]:
        """The tasks of one item, from all of it that was sent."""
        number, item, counting = next(sent)
        if isinstance(item, Task):
            yield item
            return
        blocks = self.take(counting)
        if blocks is None:
            whole.add(number)
            yield Task((Piece(item.found),))
        else:
            yield from parts_of(item, stretches_of(chain(blocks, self._rest(sent, whole))))

    def _rest(self, sent: Iterable[_Sent], whole: set[int]) -> Iterator[Block]:
        """The blocks of the further parts of a file, as far as they can be counted."""
        for number, _, counting in sent:
            blocks = self.take(counting)
            if blocks is None:
                whole.add(number)
                return
            yield from blocks

    def _sent(self, coming: Iterable[Task | Long], block: int, whole: set[int]) -> Iterator[_Sent]:
        """All that comes, with long files in parts that are sent; no more is sent of what is known to be ``whole``."""
        block = max(block, len(BOM_UTF8))  # the mark is looked for in one piece
        size = _BLOCKS * block
        for number, item in enumerate(coming):
            if isinstance(item, Task):
                yield _Sent(number, item)
                continue
            for start in range(0, item.size, size):
                if number in whole:
                    break
                part = Bytes(item.found, start, min(start + size, item.size), block)
                yield _Sent(number, item, self.send(part))


def _ahead(coming: Iterator[_Sent], most: int) -> Iterator[_Sent]:
    """What comes, begun so many ahead."""
    waiting: deque[_Sent] = deque()
    for sent in coming:
        waiting.append(sent)
        if len(waiting) > most:
            yield waiting.popleft()
    yield from waiting
