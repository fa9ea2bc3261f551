"""Parse a program; what nobody wrote is not parsed, as that could take for ever."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from minimax_validate.texts.source.syntax import NotParsedError

if TYPE_CHECKING:
    from tree_sitter import Parser, Tree

_BRACKETS = re.compile(r"[\[\](){}]")
_DEEPEST = 1500
_STEPS = 2_000
_MOST_STEPS = 150_000
_CHUNK = 64 * 1024


class TooDeepError(NotParsedError):
    """A text that is nested deeper than any program."""


@cache
def _parser(dialect: str) -> Parser:
    import tree_sitter
    import tree_sitter_typescript

    make = tree_sitter_typescript.language_typescript if dialect == "ts" else tree_sitter_typescript.language_tsx
    return tree_sitter.Parser(tree_sitter.Language(make()))


def parsed(data: bytes, dialect: str) -> Tree:
    """The tree of a program; on some broken ones the parser would go on for ever, so its steps are counted.

    Raises:
        NotParsedError: it takes more steps than any program of that length.
    """
    steps, most = 0, min(_STEPS + len(data) // 10, _MOST_STEPS)

    def goes_on_for_ever(_: int, __: bool) -> bool:
        nonlocal steps
        steps += 1
        return steps > most

    parser = _parser(dialect)
    try:
        return parser.parse(lambda byte, _: data[byte : byte + _CHUNK], progress_callback=goes_on_for_ever)
    except ValueError as error:
        parser.reset()
        raise NotParsedError from error


def load(dialect: str) -> None:
    """Make the parser ready.

    Raises:
        ImportError: it is not installed.
    """
    _parser(dialect)


def is_too_deep(text: str) -> bool:
    """Whether a text is nested deeper than any program, and deeper than the parser can read."""
    if text.count("[") + text.count("{") + text.count("(") <= _DEEPEST:
        return False
    depth = 0
    for match in _BRACKETS.finditer(text):
        depth = depth + 1 if match[0] in "[({" else max(depth - 1, 0)
        if depth > _DEEPEST:
            return True
    return False
