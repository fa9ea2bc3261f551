"""Open recordings of HTTP traffic (cassettes): every recorded call whose body is a chat request becomes one to check.

Known are the layouts of vcrpy and go-vcr (``interactions``) and of Ruby's VCR (``http_interactions``), and bodies that
a serializer has parsed already (``parsed_body``). A body is a text of JSON inside a string: a pointer goes on inside
it, and so do places.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from minimax_validate.request.envelope import looks_like_request
from minimax_validate.rules.document import not_a_request
from minimax_validate.texts.document import ABSENT, Document, Fault, Source
from minimax_validate.texts.json.places import locate_json
from minimax_validate.texts.readers.json_document import read_json
from minimax_validate.texts.spans import Locate, Span, Wanted
from minimax_validate.values.pointer import Pointer

Unquote = Callable[[str, Span, str], Callable[[int], int] | None]
"""For the span of a string in a text, and what it spells: where each code point of that stands, and its end.

None where nobody knows.
"""

_LAYOUTS = ("interactions", "http_interactions")


@dataclass(frozen=True, slots=True)
class _Body:
    """A body that is a text.

    Where it stands, what it says, and whether its characters stand in the file as they are.
    """

    pointer: Pointer
    text: str
    is_spelled: bool


def is_recording(value: object) -> bool:
    """Whether a value is laid out as a recording."""
    return isinstance(value, dict) and any(
        isinstance(calls := value.get(key), list)
        and any(isinstance(call, dict) and "request" in call for call in calls)
        for key in _LAYOUTS
    )


def open_recording(document: Document, unquote: Unquote) -> Document:
    """A recording with its chat requests opened.

    The value has them in the place of their texts, and pointers go on inside. One without any has no requests, and the
    finding that says so.
    """
    value, requests, bodies, faults = document.value, [], {}, list(document.faults)
    for found in _bodies(value):
        if not isinstance(found, _Body):
            requests.append(found)
            continue
        body = read_json(Source(document.source.name, found.text))
        if body.value is ABSENT or not looks_like_request(body.value):
            continue
        value = _with(value, found.pointer, body.value)
        requests.append(found.pointer)
        bodies[found.pointer] = found
        faults += (_moved(fault, found, document, unquote) for fault in body.faults)
    if not requests:
        faults.append(Fault(not_a_request.RULE.diagnose((), "a recording without any chat request"), Span(0, 0)))
    return replace(
        document,
        value=value,
        faults=tuple(faults),
        requests=tuple(requests),
        rewriter=None,  # what was recorded is what was sent
        locate=_inside(document.locate, bodies, unquote) if bodies else document.locate,
    )


def _bodies(value: Any) -> Iterator[_Body | Pointer]:
    """The bodies that are texts, and the pointers of those that are chat requests already."""
    for key in _LAYOUTS:
        calls = value.get(key)
        for index, call in enumerate(calls if isinstance(calls, list) else ()):
            request = call.get("request") if isinstance(call, dict) else None
            if isinstance(request, dict):
                found = _body_of(request, (key, index, "request"))
                if found is not None:
                    yield found


def _body_of(request: dict[Any, Any], pointer: Pointer) -> _Body | Pointer | None:
    for key in ("body", "parsed_body"):
        body, at = request.get(key), (*pointer, key)
        if isinstance(body, str):
            return _Body(at, body, is_spelled=True)
        if isinstance(body, bytes):
            return _decoded(at, body)
        if isinstance(body, dict):
            if looks_like_request(body):
                return at
            if isinstance(text := body.get("string"), str):
                return _Body((*at, "string"), text, is_spelled=True)
            if isinstance(packed := body.get("string", body.get("base64_string")), bytes | str):
                step = "string" if "string" in body else "base64_string"
                return _decoded((*at, step), packed if isinstance(packed, bytes) else _unpacked(packed))
    return None


def _decoded(pointer: Pointer, data: bytes) -> _Body | None:
    try:
        return _Body(pointer, data.decode(), is_spelled=False)
    except UnicodeDecodeError:
        return None


def _unpacked(text: str) -> bytes:
    try:
        return base64.b64decode(text)
    except binascii.Error:
        return b""


def _with(value: Any, pointer: Pointer, replacement: object) -> Any:
    """A copy of a value with another one at a pointer; all else is shared."""
    if not pointer:
        return replacement
    copied = list(value) if isinstance(value, list) else dict(value)
    step: Any = pointer[0]
    copied[step] = _with(copied[step], pointer[1:], replacement)
    return copied


def _moved(fault: Fault, body: _Body, document: Document, unquote: Unquote) -> Fault:
    """A fault of a body's text, as one of the file's."""
    span = document.locate(document.source.text, [(body.pointer, "value")])[body.pointer, "value"]
    move = _mover(document.source.text, span, body, unquote)
    return Fault(fault.diagnostic.moved(body.pointer), move(fault.span), tuple(map(move, fault.related)))


def _mover(text: str, span: Span, body: _Body, unquote: Unquote) -> Callable[[Span], Span]:
    """What turns spans of a body's text into spans of the file.

    All of them into that of the whole body where no more is known.
    """
    offset = unquote(text, span, body.text) if body.is_spelled else None
    if offset is None:
        return lambda _: span

    def move(inner: Span) -> Span:
        start = offset(inner.start)
        if inner.end == inner.start:
            return Span(start, start)
        last, end = offset(inner.end - 1), offset(inner.end)
        # An escape is as long as it is; but what lies between two lines of the file belongs to neither.
        return Span(start, end if "\n" not in text[last:end] else last + 1)

    return move


def _inside(locate: Locate, bodies: Mapping[Pointer, _Body], unquote: Unquote) -> Locate:
    """The ``Locate`` of a file whose pointers go on inside bodies."""

    def locate_inside(text: str, places: Iterable[Wanted]) -> Mapping[Wanted, Span]:
        outer: list[Wanted] = []
        inner: dict[Pointer, list[Wanted]] = {}
        for place in places:
            pointer, focus = place
            around = next((pointer[:end] for end in range(len(pointer) + 1) if pointer[:end] in bodies), None)
            if around is None:
                outer.append(place)
            else:
                inner.setdefault(around, []).append((pointer[len(around) :], focus))
        found = dict(locate(text, [*outer, *((pointer, "value") for pointer in inner)]))
        for around, wanted in inner.items():
            body = bodies[around]
            move = _mover(text, found[around, "value"], body, unquote)
            for (pointer, focus), span in locate_json(body.text, wanted).items():
                found[(*around, *pointer), focus] = move(span)
        return found

    return locate_inside
