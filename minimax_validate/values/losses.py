"""Say what is lost when one value takes the place of another: no fix may do that silently."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

_SAYS_NOTHING = frozenset({"type", "role", "state", "object"})
"""Keys whose values say what kind of thing another value is, and nothing of their own."""


def lost_keys(before: Any, after: Any) -> tuple[str, ...]:
    """The keys of a value whose texts, numbers or truth values another one no longer holds, each once, in their order.

    A text is held if it is part of any text in the other value, which may be JSON inside JSON.
    """
    texts = "\0".join(text for _, text in _leaves(after) if isinstance(text, str))
    keys = set(_keys(after))
    lost: dict[str, None] = {}
    for key, leaf in _leaves(before):
        if not key:
            continue
        if isinstance(leaf, str):
            if leaf and not _holds(texts, leaf):
                lost[key] = None
        elif leaf == {}:
            if key not in keys and not _holds(texts, key):
                lost[key] = None
        elif leaf is not None and key not in keys and not _holds(texts, json.dumps(leaf)):
            lost[key] = None
    return tuple(lost)


def _holds(texts: str, leaf: str) -> bool:
    spelled = json.dumps(leaf, ensure_ascii=False)[1:-1]
    again = json.dumps(spelled, ensure_ascii=False)[1:-1]
    return leaf in texts or spelled in texts or again in texts


def _leaves(value: Any) -> Iterator[tuple[str, Any]]:
    """The values that hold no others, each with the nearest key around it; "" for what says nothing of its own.

    A property whose schema says nothing is one of them: it says its name.
    """
    waiting: list[tuple[str, Any]] = [("", value)]
    while waiting:
        key, value = waiting.pop()
        if isinstance(value, dict):
            if key == "properties":
                yield from ((name, {}) for name, member in value.items() if not any(key for key, _ in _leaves(member)))
            # An object with a type alone, as ``cache_control`` has one, says it by its key.
            spoken = {} if len(value) > 1 else dict.fromkeys(_SAYS_NOTHING, key)
            waiting += reversed(
                [(spoken.get(name, "") if name in _SAYS_NOTHING else name, member) for name, member in value.items()]
            )
        elif isinstance(value, list | tuple):
            waiting += (("" if isinstance(item, dict) else key, item) for item in reversed(value))
        else:
            yield key, value


def _keys(value: Any) -> Iterator[str]:
    waiting = [value]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            yield from value
            waiting += value.values()
        elif isinstance(value, list | tuple):
            waiting += value


def naming(lost: tuple[str, ...]) -> str:
    """A clause for the end of a fix's words: ``, removing `strict` and `title```; empty if nothing is lost."""
    if not lost:
        return ""
    *first, last = (f"`{key}`" for key in lost)
    return f", removing {', '.join(first)} and {last}" if first else f", removing {last}"
