"""A quick proof for the plainest schemas that nothing is wrong with them: the kind that most tools have.

It says no more than yes. What it does not know, the whole examination has to look at.
"""

from __future__ import annotations

from typing import Any

_DEEPEST = 16
_TYPES = frozenset({"object", "array", "string", "number", "integer", "boolean", "null"})
_WORDS = frozenset({"description", "title", "format"})
_ANY_VALUE = frozenset({"default", "const"})
_ANY_VALUES = frozenset({"enum", "examples"})
_SCHEMAS = frozenset({"items", "additionalProperties"})
_NUMBERS = frozenset({"minimum", "maximum"})
_COUNTS = frozenset({"minLength", "maxLength", "minItems", "maxItems"})


def is_surely_sound(schema: Any, deepest: int = _DEEPEST) -> bool:
    """Whether it is proven that a schema of plain JSON, up to so many levels deep, has no faults. Never raises."""
    if type(schema) is not dict or deepest == 0:
        return schema is True or schema is False
    for keyword, value in schema.items():
        if keyword == "type":
            if type(value) is not str or value not in _TYPES:
                return False
        elif keyword in _WORDS:
            if type(value) is not str:
                return False
        elif keyword == "properties":
            if type(value) is not dict:
                return False
            for member in value.values():
                if not is_surely_sound(member, deepest - 1):
                    return False
        elif keyword == "required":
            if not _are_declared(value, schema.get("properties")):
                return False
        elif keyword in _ANY_VALUES:
            if type(value) is not list:
                return False
        elif keyword in _SCHEMAS:
            if not is_surely_sound(value, deepest - 1):
                return False
        elif keyword in _NUMBERS:
            if type(value) is not int and type(value) is not float:
                return False
        elif keyword in _COUNTS:
            if type(value) is not int or value < 0:
                return False
        elif keyword not in _ANY_VALUE:
            return False
    return True


def _are_declared(names: Any, properties: Any) -> bool:
    """Whether what is required is an array of names, each once and each declared."""
    if type(names) is not list or (names and type(properties) is not dict):
        return False
    for name in names:
        if type(name) is not str or name not in properties:
            return False
    return len(names) < 2 or len(set(names)) == len(names)
