"""Read notebooks (`.ipynb`): their cells of Python, JavaScript and TypeScript are one program, in order.

A name that is assigned once has its value whichever cells run first; of one that is assigned twice, in whatever cells,
nothing is known. What is no program hides no other cell, but names in it may be assigned there. Commands in cells of
shell, and fences in those of Markdown, are read as in files of their own. Outputs are never read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from minimax_validate.texts.document import ABSENT, Document, Source, Walk
from minimax_validate.texts.readers.encoding import read_text
from minimax_validate.texts.readers.json_document import read_json
from minimax_validate.texts.readers.programs import may_ask
from minimax_validate.texts.readers.reader import Reader


def _read(name: str, stream: BinaryIO) -> Iterator[Document]:
    text, fault = read_text(stream)
    source = Source(name, text)
    if fault is not None:
        yield Document(source, ABSENT, (fault,), walk=Walk.PASSES_OVER)
        return
    document = read_json(source)
    value = document.value
    if value is ABSENT:
        yield replace(document, walk=Walk.PASSES_OVER)
    elif not isinstance(value, dict) or not isinstance(value.get("cells"), list):
        yield document
    elif may_ask(text):
        from minimax_validate.texts.readers.notebook_programs import documents_of, is_unread  # few name the model

        found = list(documents_of(source, value))
        # Of a language that is not read it is a notebook and no more.
        yield from found or ([document] if is_unread(value) else [])


READER = Reader("notebook", recognises=lambda _: False, read=_read)
