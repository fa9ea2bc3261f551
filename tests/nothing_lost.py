"""Which texts of a request are gone after all fixes without a word: for tests and for fuzzing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from minimax_validate import Diagnostic, fix

Json = Any

SAYING = ("system", "instructions", "messages", "tools", "functions", "response_format", "output_config", "guided_json")
"""The keys of a request that say something; the others are switches and figures."""
KINDS = frozenset({"type", "role", "state", "object", "status"})
"""Keys whose values say what kind of thing the object is."""

CONVERTED = {"bytes": "url", "data": "url"}
"""Keys of images for other APIs, and the key that has what they say after a first fix, for a second one to name."""


def said(body: Json) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each text that a request says, and the keys on the way to it."""
    if isinstance(body, list):
        yield from texts(body, ())
    elif isinstance(body, dict):
        inner = body.get("input", body.get("body"))
        if "messages" not in body and isinstance(inner, dict):
            yield from said(inner)
        for key in SAYING:
            if key in body:
                yield from texts(body[key], (key,))


def texts(value: Json, keys: tuple[str, ...], *, is_item: bool = False) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The texts inside a value; the names of properties are texts too, but not the keys of an item of an array."""
    if isinstance(value, str):
        if value.strip() and keys[-1:] not in {(kind,) for kind in KINDS}:
            yield value, keys
    elif isinstance(value, dict):
        for key, member in value.items():
            if keys[-1:] == ("properties",) and not is_item:
                yield key, keys
            yield from texts(member, (*keys, key))
    elif isinstance(value, list):
        for item in value:
            yield from texts(item, keys, is_item=True)


def strings(value: Json) -> Iterator[str]:
    """All strings of a value, its keys among them, and those inside strings that are JSON."""
    if isinstance(value, str):
        yield value
        if value[:1] in ("{", "[", '"'):
            try:
                inner = json.loads(value)
            except (ValueError, RecursionError):
                return
            yield from strings(inner)
    elif isinstance(value, dict):
        for key, member in value.items():
            yield key
            yield from strings(member)
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)


def lost(body: Json) -> list[tuple[str, tuple[str, ...]]]:
    """The texts that are gone after all fixes, and that no fix has named."""
    done = fix(body, unsafe=True)
    left = list(strings(done.payload))
    everything = "\n".join(left)
    words = " ".join(named(finding) for finding in done.applied)
    return [
        (text, keys)
        for text, keys in said(body)
        if text not in everything and not is_held(text, left) and not is_named(text, keys, words)
    ]


def is_held(text: str, left: list[str]) -> bool:
    """Whether JSON text is there in another spelling."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return False
    inside = list(strings(value))
    return all(any(each in other for other in left) for each in inside) and bool(inside or value in ({}, [], ""))


def named(finding: Diagnostic) -> str:
    """The words of a fix."""
    return finding.fix.message if finding.fix else ""


def is_named(text: str, keys: tuple[str, ...], words: str) -> bool:
    """Whether the words of the fixes name a text: by its beginning, or by a key around it."""
    excerpt = json.dumps(text[:30], ensure_ascii=False)[1:-1]
    if excerpt in words or json.dumps(text[:30])[1:-1] in words or f"`{text}`" in words:
        return True
    # The words have the beginning of a long key.
    if f"delete {keys[0]}" in words or any(
        json.dumps(key[:30])[: -1 if len(key) > 30 else None] in words for key in keys
    ):
        return True
    said_by = [key for depth, key in enumerate(keys) if depth or key not in SAYING]
    said_by += (CONVERTED[key] for key in keys if key in CONVERTED)
    return any(re.search(rf"(?<!\w){re.escape(key)}(?!\w)", words) for key in said_by)
