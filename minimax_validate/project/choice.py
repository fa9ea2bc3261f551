"""Which request of a file is meant: ``requests.jsonl:3``, ``batch.json#/1``, or all of them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from minimax_validate.project.files import STDIN
from minimax_validate.texts.document import ABSENT, Document
from minimax_validate.texts.lines import Lines
from minimax_validate.texts.spans import Wanted
from minimax_validate.values.pointer import Pointer, from_json_pointer, value_at

_CHOICE = re.compile(r"(?P<path>.+?)(?::(?P<line>[0-9]{1,9}))?(?:#(?P<pointer>/.*))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Choice:
    """A file, and what of it is chosen: the requests on a line (from 1), those at or under a pointer, or all."""

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
            requests = document.requests
            if self.line is not None:
                requests = _on_line(document, self.line)
            if self.pointer and document.value is not ABSENT:
                is_there = _leads_somewhere(self.pointer, document.value)
                requests = tuple(each for each in requests if is_there and _is_on_one_way(each, self.pointer))
            if requests:
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


def _on_line(document: Document, line: int) -> tuple[Pointer, ...]:
    """The requests of a document that stand on a line; one that is alone in its text has all lines of it."""
    text, requests = document.source.text, document.requests
    lines = Lines(text, document.source.first_line)
    if not lines.has(line):
        return ()
    if len(requests) == 1 or document.value is ABSENT:
        return requests
    wanted: list[Wanted] = [(pointer, "value") for pointer in requests]
    spans = document.locate(text, wanted)
    places = [lines.location(spans[each]) for each in wanted]
    return tuple(
        pointer for pointer, place in zip(requests, places, strict=True) if place.line <= line <= place.end_line
    )
