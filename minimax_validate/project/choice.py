"""Which request of a file is meant: ``requests.jsonl:3``, ``batch.json#/1``, or all of them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from minimax_validate.project.files import STDIN
from minimax_validate.texts.document import ABSENT, Document
from minimax_validate.values.pointer import Pointer, from_json_pointer, value_at

_CHOICE = re.compile(r"(?P<path>.+?)(?::(?P<line>[0-9]{1,9}))?(?:#(?P<pointer>/.*))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Choice:
    """A file, and what of it is chosen: the request on a line (from 1), those at or under a pointer, or everything."""

    path: str
    line: int | None = None
    pointer: Pointer = ()

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left out."""
        return self.line is None and not self.pointer

    def of(self, documents: Iterable[Document]) -> Iterator[Document]:
        """The documents with what is chosen of them; those that cannot be read are given if they may be meant."""
        for document in documents:
            if self.line is not None and not _has_line(document, self.line):
                continue
            if not self.pointer or document.value is ABSENT:
                yield document
                continue
            requests = tuple(each for each in document.requests if _is_on_one_way(each, self.pointer))
            if requests and _leads_somewhere(self.pointer, document.value):
                yield replace(document, requests=requests)


def choice_of(text: str) -> Choice:
    """Read a choice; a path that exists is that file, whatever its name looks like."""
    found = _CHOICE.fullmatch(text)
    if found is None or os.path.lexists(text):
        return Choice(text)
    path, line, pointer = found["path"], found["line"], found["pointer"]
    if path != STDIN and not os.path.lexists(path):
        return Choice(text)
    return Choice(path, int(line) if line else None, from_json_pointer(pointer or ""))


def _is_on_one_way(one: Pointer, other: Pointer) -> bool:
    """Whether one of two pointers leads into what the other leads to."""
    return all(step == further for step, further in zip(one, other, strict=False))


def _leads_somewhere(pointer: Pointer, value: object) -> bool:
    try:
        value_at(value, pointer)
    except (LookupError, TypeError):
        return False
    return True


def _has_line(document: Document, line: int) -> bool:
    first = document.source.first_line
    return first <= line <= first + document.source.text.rstrip("\n").count("\n")
