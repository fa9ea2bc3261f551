"""How large the patterns of a schema are once they are compiled, estimated without compiling them.

A counted repetition is compiled once for each time it may repeat, so thirty characters can take gigabytes.
"""

from __future__ import annotations

import re
from typing import Any

MOST_UNITS = 100_000
"""The most units of all patterns of a schema together: 13 MB and 30 ms to compile.

Measured with jsonschema-rs 0.33 on patterns of each kind of atom: a literal takes 130 bytes and 0.25 us.
"""

# In units of a literal, measured likewise: what matches most of Unicode is many ranges of UTF-8.
_CLASS, _SHORTHAND, _WIDE, _PROPERTY = 2, 4, 30, 400

_TOKEN = re.compile(
    r"(?P<repeat>\{(?P<least>\d+)(?P<open>,(?P<most>\d*))?\})"
    r"|(?P<property>\\[pP](?:\{[^}]*\}|.))"
    r"|(?P<wide>\\[SWD]|\.|\[\^(?:\\.|[^\\\]])*\])"
    r"|(?P<shorthand>\\[swdb])"
    r"|(?P<class>\[(?:\\.|[^\\\]])*\])"
    r"|(?P<open_group>\((?:\?(?:<[^>=!]*>|[^:)]*:|[=!]|<[=!]))?)"
    r"|(?P<close_group>\))"
    r"|(?P<mark>[?*+|^$])"
    r"|(?P<literal>\\?.)",
    re.DOTALL,
)


def are_small(schema: Any) -> bool:
    """Whether all patterns of a schema, wherever they stand, are compiled in bounded time and memory."""
    units, waiting = 0, [schema]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            patterns = [part.get("pattern"), *_keys(part.get("patternProperties"))]
            units += sum(size(pattern) for pattern in patterns if isinstance(pattern, str))
            if units > MOST_UNITS:
                return False
            waiting += part.values()
        elif isinstance(part, list):
            waiting += part
    return True


def _keys(value: Any) -> tuple[Any, ...]:
    return tuple(value) if isinstance(value, dict) else ()


def size(pattern: str) -> int:
    """The size of a compiled pattern in units of a literal, for any text; what is larger than the most is cut there."""
    groups, last = [0], 0
    for token in _TOKEN.finditer(pattern):
        kind = token.lastgroup
        if token["repeat"]:
            times = max(int(token["most"] or token["least"]), 1)
            groups[-1] += last * (times - 1)
            last *= times
        elif kind == "open_group":
            groups.append(0)
            last = 0
        elif kind == "close_group" and len(groups) > 1:
            last = groups.pop()
            groups[-1] += last
        elif kind != "mark":
            last = _weight(kind, token[0])
            groups[-1] += last
        if groups[-1] > MOST_UNITS:
            return MOST_UNITS + 1
    return sum(groups)


def _weight(kind: str | None, text: str) -> int:
    if kind == "property" or "\\p" in text or "\\P" in text:
        return _PROPERTY
    if kind == "wide":
        return _WIDE
    if kind == "class":
        return _WIDE if re.search(r"\\[SWD]", text) else _CLASS + len(text) // 4
    return _SHORTHAND if kind == "shorthand" or not text.isascii() else 1
