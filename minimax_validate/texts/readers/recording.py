"""Open recordings of HTTP traffic (cassettes): every recorded call whose body is a chat request becomes one to check.

Known are the layouts of vcrpy and go-vcr (``interactions``) and of Ruby's VCR (``http_interactions``), and bodies that
a serializer has parsed already (``parsed_body``).
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from minimax_validate.request.envelope import looks_like_request
from minimax_validate.rules.document import not_a_request
from minimax_validate.texts.document import Document, Fault
from minimax_validate.texts.readers.bodies import Body, Unquote, with_bodies
from minimax_validate.texts.spans import Span
from minimax_validate.values.pointer import Pointer

_LAYOUTS = ("interactions", "http_interactions")


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
    opened = with_bodies(document, _bodies(document.value), unquote)
    if opened.requests:
        return opened
    why = Fault(not_a_request.RULE.diagnose((), "a recording without any chat request"), Span(0, 0))
    return replace(opened, faults=(*opened.faults, why))


def _bodies(value: Any) -> Iterator[Body | Pointer]:
    """The bodies that are texts, and the pointers of those that are chat requests already."""
    for key in _LAYOUTS:
        calls = value.get(key)
        for index, call in enumerate(calls if isinstance(calls, list) else ()):
            request = call.get("request") if isinstance(call, dict) else None
            if isinstance(request, dict):
                found = _body_of(request, (key, index, "request"))
                if found is not None:
                    yield found


def _body_of(request: dict[Any, Any], pointer: Pointer) -> Body | Pointer | None:
    for key in ("body", "parsed_body"):
        body, at = request.get(key), (*pointer, key)
        if isinstance(body, str):
            return Body(at, body)
        if isinstance(body, bytes):
            return _decoded(at, body)
        if isinstance(body, dict):
            if looks_like_request(body):
                return at
            if isinstance(text := body.get("string"), str):
                return Body((*at, "string"), text)
            if isinstance(packed := body.get("string", body.get("base64_string")), bytes | str):
                step = "string" if "string" in body else "base64_string"
                return _decoded((*at, step), packed if isinstance(packed, bytes) else _unpacked(packed))
    return None


def _decoded(pointer: Pointer, data: bytes) -> Body | None:
    try:
        return Body(pointer, data.decode(), is_spelled=False)
    except UnicodeDecodeError:
        return None


def _unpacked(text: str) -> bytes:
    try:
        return base64.b64decode(text)
    except binascii.Error:
        return b""
