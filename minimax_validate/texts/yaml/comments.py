"""Find the comments of a YAML text: what begins with ``#`` outside of scalars."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from minimax_validate.texts.spans import BYTE_ORDER_MARK, Span
from minimax_validate.texts.yaml.problem import YamlProblem
from minimax_validate.texts.yaml.scalars import HEADER
from minimax_validate.texts.yaml.walk import Kind, walk

_COMMENT = re.compile(r"#[^\r\n]*+")  # no tag, anchor or directive holds a # that is not escaped


class Comment(NamedTuple):
    """A comment, from its ``#`` to the end of its line; ``alone`` is whether nothing stands before it there."""

    span: Span
    text: str
    alone: bool


def comments(text: str, word: str = "") -> Iterator[Comment]:
    """The comments of a text that hold a word, in order; a text that does not hold it is not parsed.

    Where the text is no YAML, they end there.
    """
    if word not in text or "#" not in text:
        return
    before = 0
    try:
        for token in walk(text):
            if token.kind is Kind.END:
                continue
            yield from _between(text, before, token.span.start, word)
            before = token.span.end
            header = HEADER.match(text, token.span.start, before)
            if header is not None and header[2]:
                yield from _between(text, header.start(2), header.end(2), word)
    except YamlProblem:
        return
    yield from _between(text, before, len(text), word)


def _between(text: str, start: int, end: int, word: str) -> Iterator[Comment]:
    for found in _COMMENT.finditer(text, start, end):
        if word in found[0]:
            yield Comment(Span(*found.span()), found[0], _is_alone(text, found.start()))


def _is_alone(text: str, at: int) -> bool:
    while at and text[at - 1] in " \t":
        at -= 1
    return not at or text[at - 1] in "\r\n" or (at == 1 and text.startswith(BYTE_ORDER_MARK))
