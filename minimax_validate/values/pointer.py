"""Where a value sits inside an instance: a tuple of keys and indexes, and its spellings."""

from __future__ import annotations

import re
from typing import Any

Pointer = tuple[str | int, ...]

_PLAIN_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_ARRAY_INDEX = re.compile(r"0|[1-9][0-9]{0,18}")  # no array has more items


def value_at(instance: Any, pointer: Pointer) -> Any:
    """The value at a pointer.

    Raises:
        LookupError: there is none.
    """
    for step in pointer:
        instance = instance[step]
    return instance


def nearest(instance: Any, pointer: Pointer) -> Pointer:
    """The pointer, or as much of it from its beginning as leads to a value."""
    for depth, step in enumerate(pointer):
        if isinstance(instance, dict):
            is_there = step in instance
        else:
            is_there = isinstance(instance, list) and isinstance(step, int) and step < len(instance)
        if not is_there:
            return pointer[:depth]
        instance = instance[step]
    return pointer


def to_json_pointer(pointer: Pointer) -> str:
    """Format a pointer as an RFC 6901 JSON Pointer, such as ``/messages/0/content``; the whole value is ``""``."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in pointer)


def from_json_pointer(text: str) -> Pointer:
    """Read an RFC 6901 JSON Pointer; a step that looks like an array index, of 19 digits at most, becomes an ``int``.

    Raises:
        ValueError: the text is neither empty nor starts with ``/``.
    """
    if not text:
        return ()
    if not text.startswith("/"):
        raise ValueError(f"a JSON Pointer must be empty or start with '/': {text!r}")
    steps = (step.replace("~1", "/").replace("~0", "~") for step in text[1:].split("/"))
    return tuple(int(step) if _ARRAY_INDEX.fullmatch(step) else step for step in steps)


def to_path(pointer: Pointer) -> str:
    """Format a pointer for people, such as ``messages[2].tool_calls[0].id``; the whole value is ``$``."""
    spelled = ""
    for step in pointer:
        if isinstance(step, int):
            spelled += f"[{step}]"
        elif _PLAIN_KEY.fullmatch(step):
            spelled += f".{step}"
        else:
            spelled += f"[{step!r}]"
    return spelled.removeprefix(".") or "$"
