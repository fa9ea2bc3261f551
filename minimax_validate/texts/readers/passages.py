"""Make a document of the passages of a text that are JSON: bodies of requests among prose or commands.

The value of the document is the array of those that are chat requests. Its texts are not rewritten.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, BinaryIO

from minimax_validate.request.envelope import requests_in
from minimax_validate.rules.document import not_a_request
from minimax_validate.texts.document import ABSENT, Document, Fault, Source, Walk
from minimax_validate.texts.json.places import locate_json
from minimax_validate.texts.readers.bodies import Body, is_broken_request, is_request_body, without_variables
from minimax_validate.texts.readers.encoding import read_text
from minimax_validate.texts.readers.json_document import begins_as_json, read_json
from minimax_validate.texts.readers.reader import Reader
from minimax_validate.texts.spans import Locate, Span, Wanted
from minimax_validate.values.pointer import Pointer

Recognises = Callable[[bytes], bool]

_NAMES_MODEL = re.compile(r"minimax/m2\.7|minimax-m2\.7", re.IGNORECASE)
_MESSAGES_ELSEWHERE = re.compile(r"(?<!/ai)/v1/messages/?(?:$|\?)")
_AROUND = ("query", "input", "body", "requests")
_NAMING = ("model", "endpoint", "url")
_LONGEST_ESCAPE = 4


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of a text that may be JSON: what it says, and where each character of that stands, and its end.

    ``url`` is the address that it goes to. Where the text says what variables hold, ``named`` is what those hold that
    stand in the passage. What ``is_sent`` as it stands is at fault where it is no JSON.
    """

    text: str
    offset: Callable[[int], int]
    url: str | None = None
    named: str = ""
    is_sent: bool = False


def shifted(start: int) -> Callable[[int], int]:
    """The places of a passage whose characters stand in the text as they are."""
    return lambda index: start + index


def names_model(text: str) -> bool:
    """Whether a text has one of the names of the model."""
    return _NAMES_MODEL.search(text) is not None


def moved(passage: Passage, start: int) -> Passage:
    """A passage of a part of a text, as one of the whole."""
    offset = passage.offset
    return replace(passage, offset=lambda index: start + offset(index))


def reader_of(name: str, kind: str, find: Callable[[str], Iterable[Passage]], recognises: Recognises) -> Reader:
    """The reader of a format by what finds the passages in its texts."""

    def read(file_name: str, stream: BinaryIO) -> Iterator[Document]:
        text, fault = read_text(stream)
        source = Source(file_name, text)
        if fault is not None:
            yield Document(source, ABSENT, (fault,), walk=Walk.PASSES_OVER)
            return
        if begins_as_json(text):
            document = read_json(source)
            if document.value is not ABSENT:
                yield document
                return
        yield document_of(source, find(text) if "messages" in text else (), kind)

    return Reader(name, recognises, read)


def document_of(source: Source, passages: Iterable[Passage], kind: str) -> Document:
    """The document of a text with passages.

    On a walk those count that name this model, or go to an address that does. A text without any request has the
    finding that says so.
    """
    values: list[Any] = []
    kept: list[Passage] = []
    requests: list[Pointer] = []
    own: list[Pointer] = []
    faults: list[Fault] = []
    walk = Walk.PASSES_OVER
    for passage in passages:
        inside = read_json(Source("", passage.text))
        value = inside.value
        body = Body((), passage.text, passage.url)
        if value is ABSENT:
            if passage.is_sent and is_broken_request(body, inside):
                faults += (_moved(fault, (), passage) for fault in inside.faults)
                if names_model(f"{passage.url} {passage.named} {passage.text}"):
                    walk = Walk.TELLS
            continue
        if not is_request_body(body, value):
            continue
        at: Pointer = (len(values),)
        found = [(*at, *pointer) for pointer in requests_in(value)]
        requests += found
        if _is_own(passage, value):
            own += found
        faults += (_moved(fault, at, passage) for fault in inside.faults)
        values.append(without_variables(value))
        kept.append(passage)
    if not kept and not faults:
        faults.append(Fault(not_a_request.RULE.diagnose((), f"{kind} contains no chat request"), Span(0, 0)))
    return Document(
        source,
        values,
        tuple(faults),
        _locate_in(kept),
        tuple(requests),
        walk=walk,
        on_a_walk=tuple(own),
    )


def _is_own(passage: Passage, value: object) -> bool:
    """Whether a walk takes a request: it names this model, and does not go to another vendor's Messages API."""
    if passage.url is not None and _MESSAGES_ELSEWHERE.search(passage.url):
        return False
    return names_model(f"{passage.url} {passage.named}") or _value_names_model(value)


def _value_names_model(value: Any) -> bool:
    """Whether a request names this model, or a step of AI Gateway goes to it."""
    if isinstance(value, list):
        return any(map(_value_names_model, value))
    if not isinstance(value, dict):
        return False
    if any(isinstance(name := value.get(key), str) and names_model(name) for key in _NAMING):
        return True
    return any(_value_names_model(value[key]) for key in _AROUND if key in value)


def _span(passage: Passage, span: Span) -> Span:
    """A span of what a passage says, as one of the text."""
    start = passage.offset(span.start)
    if span.end == span.start:
        return Span(start, start)
    last, end = passage.offset(span.end - 1), passage.offset(span.end)
    # An escape is as long as it is, but what lies between two parts of a passage belongs to neither.
    return Span(start, end if end - last <= _LONGEST_ESCAPE else last + 1)


def _moved(fault: Fault, at: Pointer, passage: Passage) -> Fault:
    related = tuple(_span(passage, span) for span in fault.related)
    return Fault(fault.diagnostic.moved(at), _span(passage, fault.span), related)


def _locate_in(passages: list[Passage]) -> Locate:
    """The ``Locate`` of a document whose value is the array of what passages say."""

    def locate(text: str, places: Iterable[Wanted]) -> Mapping[Wanted, Span]:
        found: dict[Wanted, Span] = {}
        inner: dict[int, list[Wanted]] = {}
        for place in places:
            pointer, focus = place
            if pointer and isinstance(pointer[0], int) and pointer[0] < len(passages):
                inner.setdefault(pointer[0], []).append((pointer[1:], focus))
            else:
                found[place] = Span(0, len(text))
        for index, wanted in inner.items():
            for (pointer, focus), span in locate_json(passages[index].text, wanted).items():
                found[(index, *pointer), focus] = _span(passages[index], span)
        return found

    return locate
