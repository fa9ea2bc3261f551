"""Find the lines of the keys of a TOML text, which its parser does not keep."""

from __future__ import annotations

import json
import re
from bisect import bisect_right

KeyPath = tuple[str, ...]
"""The keys that lead to a value, from the outermost one."""

_KEY = r"""(?:"(?:[^"\\]|\\.)*"|'[^']*'|[A-Za-z0-9_-]+)"""
_DOTTED = rf"{_KEY}(?:[ \t]*\.[ \t]*{_KEY})*"
_HEADER = re.compile(rf"[ \t]*\[\[?[ \t]*({_DOTTED})[ \t]*\]")
_ASSIGNMENT = re.compile(rf"[ \t]*({_DOTTED})[ \t]*=")


class Lines:
    """Where the keys of a TOML text stand, as far as a look at the beginnings of its lines can tell."""

    def __init__(self, text: str) -> None:
        self._text = text.split("\n")
        self._known: dict[KeyPath, int] = {}
        table: KeyPath = ()
        for number, line in enumerate(self._text, 1):
            if header := _HEADER.match(line):
                table = _steps(header[1])
                self._known.setdefault(table, number)
            elif assignment := _ASSIGNMENT.match(line):
                self._known.setdefault(table + _steps(assignment[1]), number)
        self._numbers = sorted(self._known.values())

    def of_deeper(self, depth: int) -> int | None:
        """The first line with a key that has more than so many steps."""
        return next((number for path, number in self._known.items() if len(path) > depth), None)

    def of(self, path: KeyPath, word: str = "") -> int:
        """The line of a key, or of a word in its value.

        Where the key is not known, of the nearest one around it that is.
        """
        around = path
        while around not in self._known:
            if not around:
                return next((number for known, number in self._known.items() if known[: len(path)] == path), 1)
            around = around[:-1]
        first = self._known[around]
        following = bisect_right(self._numbers, first)
        last = self._numbers[following] if following < len(self._numbers) else len(self._text) + 1
        for sought in (word, *reversed(path[len(around) :])):
            if sought:
                bounded = re.compile(rf"(?<![\w-]){re.escape(sought)}(?![\w-])")
                for number in range(first, last):
                    if bounded.search(self._text[number - 1]):
                        return number
        return first


def _steps(dotted: str) -> KeyPath:
    return tuple(_unquoted(key) for key in re.findall(_KEY, dotted))


def _unquoted(key: str) -> str:
    if key[0] == '"':
        try:
            return str(json.loads(key))
        except ValueError:
            return key[1:-1]
    return key.strip("'")
