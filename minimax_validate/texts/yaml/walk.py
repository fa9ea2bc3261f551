"""What stands where in a text: the tokens of its scalars, aliases and collections, in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum
from functools import lru_cache
from itertools import takewhile
from typing import Any, NamedTuple

from minimax_validate.texts.spans import Span
from minimax_validate.texts.yaml.problem import YamlProblem
from minimax_validate.texts.yaml.schema import construct, is_merge, resolve
from minimax_validate.texts.yaml.stream import events
from minimax_validate.texts.yaml.tokens import content_start, empty_token, scalar_token

DEEPEST = 1_000
"""Levels of nesting that are walked.

Parsers take the square of them in time, and nothing that deep is ever composed.
"""


LONGEST_KEPT = 2 * 1024 * 1024
"""Code points of a text whose tokens are kept: they take some fifty times the memory of the text."""


class Kind(Enum):
    """What a token is."""

    SCALAR = "scalar"
    ALIAS = "alias"
    OPEN = "open"
    CLOSE = "close"
    END = "end of a document"


class Token(NamedTuple):
    """One token, without its anchor and tag.

    A collection opens at its bracket, or, having none, at its first dash or key: then its span is that dash, or is
    empty. It closes at its bracket, or, having none, where its last value ends. ``value`` is the value of a scalar.
    ``anchor`` is the name that it has, or that an alias speaks of.
    """

    kind: Kind
    span: Span
    value: Any = None
    anchor: str | None = None
    is_key: bool = False
    is_merge: bool = False
    is_mapping: bool = False


def walk(text: str) -> Iterator[Token]:
    """The tokens of all documents in a text.

    Places, repeated keys, comments and edits of one text are all asked for one after the other: its tokens are kept
    until another text is asked for, so that it is parsed once.

    Raises:
        YamlProblem: after the tokens before it, at what is no YAML, or too deep.
    """
    if len(text) > LONGEST_KEPT:
        return _parse(text)
    return _given(*_kept(text))


@lru_cache(1)
def _kept(text: str) -> tuple[Sequence[Token], YamlProblem | None]:
    tokens: list[Token] = []
    try:
        for token in _parse(text):
            tokens.append(token)  # noqa: PERF402  # the tokens before a problem are kept too
    except YamlProblem as problem:
        return tokens, problem
    return tokens, None


def _given(tokens: Sequence[Token], problem: YamlProblem | None) -> Iterator[Token]:
    yield from tokens
    if problem is not None:
        raise problem.with_traceback(None)


def _parse(text: str) -> Iterator[Token]:
    from yaml import (
        AliasEvent,
        DocumentEndEvent,
        MappingEndEvent,
        MappingStartEvent,
        ScalarEvent,
        SequenceEndEvent,
        SequenceStartEvent,
    )

    before = 0  # where the last token ended
    around: list[bool] = []  # of each open mapping, whether a key comes next; False for lists
    mappings: list[bool] = []
    for event in events(text):
        kind = event.__class__
        is_key = bool(around) and around[-1]
        if kind is ScalarEvent:
            span = (
                scalar_token(text, event)
                if event.style or event.value
                else empty_token(text, event, before, is_root=not around)
            )
            value: Any = event.value
            if event.tag is not None:
                value = construct(event.tag, value, not event.style)
            elif event.implicit[0]:
                value = resolve(value)
            merges = is_key and value == "<<" and is_merge(event.tag, event.implicit[0])
            yield Token(Kind.SCALAR, span, value, event.anchor, is_key, merges)
            before = span.end
        elif kind is AliasEvent:
            span = Span(event.start_mark.index, event.end_mark.index)
            yield Token(Kind.ALIAS, span, None, event.anchor, is_key)
            before = span.end
        elif kind is SequenceStartEvent or kind is MappingStartEvent:
            start = content_start(text, event)
            if len(around) >= DEEPEST:
                raise YamlProblem("nested too deep", Span(start, start + 1), too_deep=True)
            is_mapping = kind is MappingStartEvent
            has_sign = not is_mapping or text[start : start + 1] == "{"
            span = Span(start, start + 1 if has_sign else start)
            yield Token(Kind.OPEN, span, None, event.anchor, is_key, is_mapping=is_mapping)
            before = span.end
            around.append(is_mapping)
            mappings.append(is_mapping)
            continue
        elif kind is SequenceEndEvent or kind is MappingEndEvent:
            around.pop()
            is_mapping = mappings.pop()
            at = event.start_mark.index
            closes = event.end_mark.index > at and text[at] == ("}" if is_mapping else "]")
            span = Span(at, at + 1) if closes else Span(before, before)
            yield Token(Kind.CLOSE, span, is_mapping=is_mapping)
            before = span.end
        elif kind is DocumentEndEvent:
            yield Token(Kind.END, Span(event.start_mark.index, event.end_mark.index))
            continue
        else:
            before = event.end_mark.index  # of the line that begins a document, if it has one
            continue
        if mappings and mappings[-1]:
            around[-1] = not around[-1]


def first_document(text: str) -> Iterator[Token]:
    """The tokens of the first document of a text, without that of its end."""
    return takewhile(lambda token: token.kind is not Kind.END, walk(text))
