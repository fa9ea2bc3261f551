"""Open what JSON and YAML may hold instead of requests as they are: recordings, and bodies that are texts."""

from __future__ import annotations

from minimax_validate.texts.document import Document
from minimax_validate.texts.readers.bodies import Unquote

_RECORDINGS = frozenset({"interactions", "http_interactions"})


def opened(document: Document, unquote: Unquote) -> Document:
    """A document with the requests opened that it holds as texts."""
    value = document.value
    # Few files are any of these, and their readers are loaded for them alone.
    if isinstance(value, dict):
        if not _RECORDINGS.isdisjoint(value):
            from minimax_validate.texts.readers.recording import is_recording, open_recording

            return open_recording(document, unquote) if is_recording(value) else document
        first = value
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        first = value[0]
    else:
        return document
    if isinstance(first.get("body"), str) or isinstance(first.get("data"), str):
        from minimax_validate.texts.readers.wrapped import open_wrapped

        return open_wrapped(document, unquote)
    return document
