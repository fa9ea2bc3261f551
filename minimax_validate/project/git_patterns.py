"""Patterns as in ``.gitignore``, read as git reads them, faulty ones included."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from pathspec import GitIgnoreSpec, RegexPattern

from minimax_validate.project.quick_patterns import quick

_BRACKETS = re.compile(r"\[[!^]?\]?[^\]]*+\]")
_RANGE = re.compile(r"(.)-(.)")
_ALL_STARS = re.compile(r"(?<![^/!])\*{3,}(?![^/])")
_Pattern = TypeVar("_Pattern", bound=RegexPattern)
_NOTHING = "#"
"""A line that matches no file."""


def git_patterns(lines: Iterable[str]) -> GitIgnoreSpec:
    """Lines made ready.

    git takes every line: a range whose end comes before its start, such as ``[w-f]``, holds its start alone, ``***``
    between slashes means ``**``, and what is still no pattern matches no file.
    """
    given = tuple(lines)
    try:
        return _compiled(given)
    except (ValueError, re.error):
        return _compiled(map(_as_git_reads, given))


def _compiled(lines: Iterable[str]) -> GitIgnoreSpec:
    with _silence():
        return GitIgnoreSpec(map(_quick, _read(lines).patterns))


def _read(lines: Iterable[str]) -> GitIgnoreSpec:
    with _silence():
        return GitIgnoreSpec.from_lines(_ALL_STARS.sub("**", line) for line in lines)


@contextmanager
def _silence() -> Iterator[None]:
    """No warnings about brackets in brackets, which git takes as they are."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _quick(pattern: _Pattern) -> _Pattern:
    """The same pattern, which does not take forever on a path that it does not match."""
    made = pattern.regex and quick(pattern.regex.pattern)
    if pattern.regex is None or made == pattern.regex.pattern:
        return pattern
    return type(pattern)(re.compile(made, pattern.regex.flags), pattern.include)


def is_sound(line: str) -> bool:
    """Whether a line is a pattern without a mistake, and no comment or blank line."""
    try:
        spec = _read((line,))
    except (ValueError, re.error):
        return False
    return any(pattern.include is not None for pattern in spec.patterns)


def _as_git_reads(line: str) -> str:
    for candidate in (line, _BRACKETS.sub(lambda brackets: _RANGE.sub(_forward, brackets[0]), line)):
        try:
            _read((candidate,))
        except (ValueError, re.error):
            continue
        return candidate
    return _NOTHING


def _forward(found: re.Match[str]) -> str:
    return found[0] if found[1] <= found[2] else found[1]
