"""Patterns that are no regular expressions. None of them is run: a stranger's may take longer than anyone waits."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache

from minimax_validate.json_schema.faults.fault import MOST_GUESSES, SchemaFault
from minimax_validate.json_schema.faults.hopeless import is_hopeless
from minimax_validate.json_schema.faults.parts import Part
from minimax_validate.values.diagnostic import Focus
from minimax_validate.values.pointer import Pointer
from minimax_validate.values.wording import quote

_COUNTED = re.compile(r"(?<!\\[xuU])\{\d+(?:,\d*)?\}")
_CLASSES = re.compile(r"\\[dDsSwW]")
_LONGEST_PATTERN = 1_000


def pattern_faults(parts: Iterable[Part]) -> Iterator[SchemaFault]:
    """The patterns in these schemas that no engine can read."""
    doubts = 0
    for part in parts:
        for pointer, pattern, focus in _patterns_of(part):
            readable = _readable()
            if readable.is_ecma(pattern) if readable else not is_hopeless(pattern):
                continue
            doubts += 1
            if (
                doubts <= MOST_GUESSES
                and len(pattern) <= _LONGEST_PATTERN
                and not (readable and readable.is_linear(pattern))
            ):
                yield SchemaFault(pointer, f"{quote(pattern)} is not a valid regular expression", focus=focus)


def _patterns_of(part: Part) -> Iterator[tuple[Pointer, str, Focus]]:
    pattern, named = part.schema.get("pattern"), part.schema.get("patternProperties")
    if isinstance(pattern, str):
        yield (*part.pointer, "pattern"), pattern, "value"
    if isinstance(named, dict):
        for key in named:
            yield (*part.pointer, "patternProperties", key), key, "key"


class _Readable:
    """Who can read a pattern; none of the two runs it."""

    def __init__(self) -> None:
        import jsonschema_rs

        self._engine = jsonschema_rs.Draft202012Validator
        self._options = jsonschema_rs.RegexOptions()
        self.is_ecma: Callable[[str], bool] = self._engine(
            {"format": "regex"}, validate_formats=True, offline=True
        ).is_valid

    def is_linear(self, pattern: str) -> bool:
        """Whether the engine of linear time can read a pattern.

        What makes a pattern large is taken out first, as it is only read.
        """
        small = _CLASSES.sub("a", _COUNTED.sub("*", pattern))
        try:
            self._engine({"pattern": small}, pattern_options=self._options, offline=True)
        except ValueError:
            return False
        return True


@cache
def _readable() -> _Readable | None:
    try:
        return _Readable()
    except ImportError:
        return None
