"""How findings spell values and lists: short, on one line, and safe to print."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from minimax_validate.values.pointer import Pointer, to_path

_readable, _ascii = json.JSONEncoder(ensure_ascii=False).encode, json.JSONEncoder().encode

EXCERPT = 40
"""Code points of a payload's text that a message may repeat."""


def quote(text: str, limit: int = EXCERPT) -> str:
    """A text in double quotes, escaped as JSON does and cut after ``limit`` code points."""
    cut = text if len(text) <= limit else text[: limit - 1] + "…"
    return _readable(cut) if cut.isprintable() else _ascii(cut)


def describe(value: Any) -> str:
    """A value in few words: its text where that is short, else its kind."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case str():
            return quote(value)
        case int() if value.bit_length() > 64:
            return f"a number of {value.bit_length():,} bits"
        case int() | float():
            return cut(repr(value))
        case dict():
            return f"an object with {count(len(value), 'key')}" if value else "an empty object"
        case list():
            return f"an array of {count(len(value), 'item')}" if value else "an empty array"
    return f"a {type(value).__name__}"


def kind(value: Any) -> str:
    """A value's JSON type with its article: ``a string``."""
    if isinstance(value, bool):
        return "a boolean"
    names = ((str, "a string"), (dict, "an object"), (list, "an array"), (int, "a number"), (float, "a number"))
    return next((name for python, name in names if isinstance(value, python)), "null")


def cut(text: str, limit: int = EXCERPT) -> str:
    """A text of ``limit`` code points at the most."""
    return text if len(text) <= limit else text[: limit - 1] + "…"


def count(number: int, noun: str, ending: str = "s") -> str:
    """``1 key``, ``2 keys``."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}{ending}"


def listed(words: Iterable[str], last: str = "or") -> str:
    """``a``, ``a or b``, ``a, b or c``."""
    *front, end = words
    return f"{', '.join(front)} {last} {end}" if front else end


def place(pointer: Pointer) -> str:
    """A pointer as people write it, for use inside a sentence."""
    return cut(to_path(pointer), 80)


def words_of_os_error(error: OSError) -> str:
    """What the system says of a file, to go on a sentence with: ``no such file or directory``."""
    return (error.strerror or str(error)).lower()
