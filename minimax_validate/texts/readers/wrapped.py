"""Open requests that stand as texts beside where they go: `{"method": ..., "url": ..., "body": "{...}"}`.

So programs log what they send, and test tools keep what is to be sent. There may be one, or an array of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from minimax_validate.texts.document import ABSENT, Document, Source
from minimax_validate.texts.readers.bodies import Body, Unquote, is_broken_request, is_request_body, with_bodies
from minimax_validate.texts.readers.json_document import read_json
from minimax_validate.values.pointer import Pointer

_ADDRESSES = ("url", "uri")
_KEYS = ("body", "data")


def open_wrapped(document: Document, unquote: Unquote) -> Document:
    """A document with such bodies opened, or the document itself if it has none that is a chat request."""
    value = document.value
    if isinstance(value, list):
        bodies = {index: _body(item, (index,)) for index, item in enumerate(value)}
    else:
        bodies = {0: _body(value, ())}
    if not any(bodies.values()):
        return document
    return with_bodies(document, _each(bodies), unquote)


def _each(bodies: dict[int, Body | None]) -> Iterator[Body | Pointer]:
    """The bodies, and the pointers of the items between them."""
    for index, body in bodies.items():
        yield body or (index,)


def _body(wrapping: Any, pointer: Pointer) -> Body | None:
    if not isinstance(wrapping, dict) or "custom_id" in wrapping:
        return None
    address = next((wrapping[key] for key in _ADDRESSES if isinstance(wrapping.get(key), str)), None)
    for key in _KEYS if address is not None else ():
        text = wrapping.get(key)
        if isinstance(text, str) and text.lstrip("\ufeff \t\r\n")[:1] in ("{", "["):
            body = Body((*pointer, key), text, address)
            inside = read_json(Source("", text))
            if is_broken_request(body, inside) if inside.value is ABSENT else is_request_body(body, inside.value):
                return body
    return None
