"""Unpack files that are packed with gzip; what is in them is another reader's."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import BinaryIO, cast

from minimax_validate.texts.document import Document

Read = Callable[[str, BinaryIO], Iterator[Document]]


def read_packed(name: str, stream: BinaryIO, read: Read) -> Iterator[Document]:
    """The documents that ``read`` finds in what is packed.

    Raises:
        OSError: the file is damaged; what could be unpacked before has been given.
    """
    with gzip.GzipFile(fileobj=stream) as packed:
        try:
            for document in read(name, cast(BinaryIO, io.BufferedReader(packed))):
                yield replace(document, rewriter=None)  # its text is not that of the file
        except EOFError as error:
            raise OSError("the gzip data is incomplete") from error
        except zlib.error as error:
            raise OSError(f"the gzip data is damaged ({error})") from error
