"""Open recordings of HTTP traffic and the like: every call whose body is a chat request becomes one to check.

``layouts`` has what is known of them.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from minimax_validate.request.envelope import is_conversation, is_sent_as_request, requests_in
from minimax_validate.rules.document import not_a_request
from minimax_validate.texts.document import Document, Fault
from minimax_validate.texts.readers.bodies import Body, Unquote, with_bodies
from minimax_validate.texts.readers.layouts import EACH, LAYOUTS, Layout, Nested, Path
from minimax_validate.texts.spans import Span
from minimax_validate.values.pointer import Pointer

_Call = tuple[Pointer, dict[Any, Any]]

_PLACEHOLDER = "${json-unit."
_WITHOUT_BODY = frozenset({"GET", "HEAD", "OPTIONS", "DELETE"})


def layouts_of(value: object) -> tuple[Layout, ...]:
    """The layouts that a value is in: most are in none, a collection with saved examples is in two."""
    return tuple(layout for layout in LAYOUTS if _is_in(value, layout))


def _is_in(value: object, layout: Layout) -> bool:
    if layout.marks and not (isinstance(value, dict) and value.keys() >= layout.marks):
        return False
    if layout.by_body:
        return any(not _columns(layout).isdisjoint(call) for _, call in _calls(value, layout))
    return next(_calls(value, layout), None) is not None


def open_recording(document: Document, layouts: Iterable[Layout], unquote: Unquote) -> Document:
    """A document in some layouts with its chat requests opened.

    The value has them in the place of their texts, and pointers go on inside. One without any has no requests, and the
    finding that says so.
    """
    bodies = (body for layout in layouts for body in _bodies(document.value, layout))
    opened = with_bodies(document, bodies, unquote)
    if opened.requests or len(opened.faults) > len(document.faults):
        return opened
    why = Fault(not_a_request.RULE.diagnose((), "the recording contains no chat request"), Span(0, 0))
    return replace(opened, faults=(*opened.faults, why))


def _bodies(value: object, layout: Layout) -> Iterator[Body | Pointer]:
    """The bodies that are texts, and the pointers of chat requests that are values already."""
    for pointer, call in _calls(value, layout):
        if layout.by_body and _columns(layout).isdisjoint(call):
            continue
        method = _first_text(call, layout.methods)
        if method is None or method.upper() not in _WITHOUT_BODY:
            yield from _bodies_of(call, pointer, layout)


def _bodies_of(call: dict[Any, Any], pointer: Pointer, layout: Layout) -> Iterator[Body | Pointer]:
    url = _first_text(call, layout.urls)
    for path in layout.bodies:
        found = [
            part for inner, value in _follow(call, path) for part in _parts(value, (*pointer, *inner), url, layout)
        ]
        if found:
            yield from found
            return
    # A log that keeps no bodies has the messages in a column.
    if layout.log and is_conversation(call.get("messages")):
        yield (*pointer, "messages")


def _parts(value: object, pointer: Pointer, url: str | None, layout: Layout) -> Iterator[Body | Pointer]:
    """What stands at the place of a body, if it is one."""
    if pointer[-1] == "equalToJson" and _PLACEHOLDER in str(value):
        return  # a pattern of many bodies
    if isinstance(value, str) and pointer[-1] == "base64_string":
        value = _unpacked(value)
    if isinstance(value, bytes):
        try:
            yield Body(pointer, value.decode(), url, is_spelled=False)
        except UnicodeDecodeError:
            return
    elif isinstance(value, str):
        if value.strip() not in ("", "{}"):
            yield Body(pointer, value, url, is_to_be_filled=layout.to_be_filled, may_be_cut=layout.log)
    elif is_sent_as_request(value, url):
        yield from ((*pointer, *inner) for inner in requests_in(value))


def _calls(value: object, layout: Layout) -> Iterator[_Call]:
    """The calls of a value, and where they are."""
    return ((pointer, call) for pointer, call in _follow(value, layout.calls) if isinstance(call, dict))


def _columns(layout: Layout) -> frozenset[Any]:
    return frozenset(path[0] for path in layout.bodies)


def _first_text(call: dict[Any, Any], paths: Iterable[Path]) -> str | None:
    texts = (value for path in paths for _, value in _follow(call, path) if isinstance(value, str))
    return next(texts, None)


def _follow(value: Any, path: Path, pointer: Pointer = ()) -> Iterator[tuple[Pointer, Any]]:
    """The values at the end of a path, and their pointers."""
    if not path:
        yield pointer, value
        return
    step, rest = path[0], path[1:]
    if step == EACH:
        for index, item in enumerate(value if isinstance(value, list) else ()):
            yield from _follow(item, rest, (*pointer, index))
    elif isinstance(step, Nested):
        for where, item in _nested(value, step.key, step.again, pointer):
            yield from _follow(item, rest, where)
    elif isinstance(value, dict) and step in value:
        yield from _follow(value[step], rest, (*pointer, step))


def _nested(value: Any, key: str, again: str, pointer: Pointer) -> Iterator[tuple[Pointer, Any]]:
    items = value.get(key) if isinstance(value, dict) else None
    for index, item in enumerate(items if isinstance(items, list) else ()):
        where = (*pointer, key, index)
        yield where, item
        yield from _nested(item, again, again, where)


def _unpacked(text: str) -> bytes:
    try:
        return base64.b64decode(text)
    except ValueError:  # also of signs that are not ASCII
        return b""
