"""What a file format is to the rest: how to know it, and how to read it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import BinaryIO, NamedTuple

from minimax_validate.texts.document import Document, Proof


class Reader(NamedTuple):
    """One file format.

    ``recognises`` looks at the first bytes of a file whose name tells nothing. ``read`` takes the file's name and the
    file, and gives its documents one by one. What is wrong with the text is in the documents; an ``OSError`` of the
    file itself is the caller's. ``read_proving`` does the same in less time, where there is much of a format: it gives
    no more than the number of those requests that a proof holds for (see ``PROVEN``).
    """

    name: str
    recognises: Callable[[bytes], bool]
    read: Callable[[str, BinaryIO], Iterator[Document]]
    read_proving: Callable[[str, BinaryIO, Proof], Iterator[Document]] | None = None
