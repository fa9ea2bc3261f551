"""Open what JSON and YAML may hold instead of requests as they are: recordings, and bodies that are texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from minimax_validate.texts.document import Document
    from minimax_validate.texts.readers.bodies import Unquote

RECORDINGS = frozenset(
    {
        "interactions", "http_interactions", "log", "item", "collection", "resources", "Entries", "request", "mappings",
        "requests", "data",
    }
)  # fmt: skip
LOGS = frozenset({"proxy_server_request", "request_body", "requestBody", "RequestBody"})
"""Keys of what may be laid out as one of ``layouts``; a quick look."""
_OPENED = RECORDINGS | LOGS


def stands_as_it_is(value: dict[str, object]) -> bool:
    """Whether it is certain that ``opened`` opens nothing in an object."""
    return _OPENED.isdisjoint(value) and type(value.get("body")) is not str


def opened(document: Document, unquote: Unquote) -> Document:
    """A document with the requests opened that it holds as texts."""
    value = document.value
    if isinstance(value, dict):
        first = value
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        first = value[0]
    else:
        return document
    # Few files are any of these, and their readers are loaded for them alone.
    if not LOGS.isdisjoint(first) or (first is value and not RECORDINGS.isdisjoint(first)):
        from minimax_validate.texts.readers.recording import layouts_of, open_recording

        layouts = layouts_of(value)
        if layouts:
            return open_recording(document, layouts, unquote)
    if isinstance(first.get("body"), str) or isinstance(first.get("data"), str):
        from minimax_validate.texts.readers.wrapped import open_wrapped

        return open_wrapped(document, unquote)
    return document
