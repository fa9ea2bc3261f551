"""Make plain values of YAML: dict, list, str, int, float, bool and None, whatever tags say.

The stack is our own, so that no depth of nesting can end the interpreter. Places are not noted here: texts without
findings need none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from minimax_validate.texts.spans import Repeat, Span
from minimax_validate.texts.yaml.parsers import Event
from minimax_validate.texts.yaml.problem import YamlProblem
from minimax_validate.texts.yaml.repeats import repeated_keys, step_of
from minimax_validate.texts.yaml.schema import construct, is_merge, resolve
from minimax_validate.texts.yaml.stream import events
from minimax_validate.texts.yaml.tokens import content_start
from minimax_validate.values.pointer import Pointer
from minimax_validate.values.wording import quote

MAX_DEPTH = 500
"""Levels of nesting that are read, through aliases too.

What is nested deeper is a finding long before, so no more than a few hundred.
"""

MAX_REPEATED = 1_000_000
"""Nodes that the aliases of a document may stand for together.

An alias shares its value, but whoever walks the values comes to each once for every alias: ten lines can make a billion
of them.
"""

_LINE_END = re.compile(r"[^\r\n]*+(?:\r\n?|\n)?")
_NO_KEY: Any = object()
_MERGE: Any = object()


@dataclass(frozen=True, slots=True)
class YamlDocument:
    """One document of a text.

    ``text`` is its part of the whole, from its first line, which is ``first_line`` there, to the next document. The
    part is YAML by itself, directives included, and offsets count in it. ``start`` is where it begins in the whole
    text. ``nodes`` is how many nodes there are when every alias is replaced by what it stands for.
    """

    value: object
    text: str
    first_line: int
    start: int
    nodes: int
    repeats: tuple[Repeat, ...]


@dataclass(frozen=True, slots=True)
class _Read:
    """What one document is, and the offset of its end."""

    value: object
    nodes: int
    repeats: bool
    end: int


@dataclass(frozen=True, slots=True)
class _Anchored:
    """A value that aliases may name: how many nodes it is, and how many levels deep.

    ``open`` as long as it is not read to its end.
    """

    value: Any
    nodes: int = 1
    height: int = 0
    open: bool = False


class _Open:
    """A collection that is being read, and the key that waits for its value.

    ``before`` is the count of nodes before it, ``height`` how many levels there are in it, and ``merged`` are the
    mappings that ``<<`` brings in.
    """

    __slots__ = ("anchor", "before", "height", "is_mapping", "key", "merged", "value")

    def __init__(self, value: Any, is_mapping: bool, anchor: str | None, before: int) -> None:
        self.value = value
        self.is_mapping = is_mapping
        self.anchor = anchor
        self.before = before
        self.height = 1
        self.key: Any = _NO_KEY
        self.merged: list[dict[Any, Any]] = []


def compose(text: str, max_depth: int = MAX_DEPTH) -> Iterator[YamlDocument]:
    """The documents of a text, each as soon as it is read; a byte order mark may stand at the start of the text.

    Aliases share one value. ``<<`` brings in what a mapping does not say itself. Of equal keys the last one's value
    stays.

    Raises:
        YamlProblem: after the documents before it, at what is no YAML or is too much; its offsets count in the whole
        text.
    """
    stream = events(text)
    start, line = 0, 1

    def cut(read: _Read, end: int) -> YamlDocument:
        nonlocal start, line
        part = text[start:end]
        document = YamlDocument(read.value, part, line, start, read.nodes, repeated_keys(part) if read.repeats else ())
        start, line = end, line + _line_breaks(part)
        return document

    read: _Read | None = None
    while True:
        try:
            more = _begins(stream)
        except YamlProblem:
            if read is not None:
                yield cut(read, read.end)
            raise
        if read is not None:
            yield cut(read, read.end if more else len(text))
        if not more:
            return
        read = _document(stream, text, max_depth)


def _begins(stream: Iterator[Event]) -> bool:
    """Whether another document begins."""
    from yaml import DocumentStartEvent

    return any(event.__class__ is DocumentStartEvent for event in stream)


def _document(stream: Iterator[Event], text: str, max_depth: int) -> _Read:
    from yaml import AliasEvent, DocumentEndEvent, MappingStartEvent, ScalarEvent, SequenceStartEvent

    anchors: dict[str, _Anchored] = {}
    root: list[Any] = []
    inside = _Open(root, False, None, 0)
    around: list[_Open] = []
    nodes = repeated = 0
    repeats = False
    for event in stream:
        kind = event.__class__
        if kind is ScalarEvent:
            nodes += 1
            tag = event.tag
            value: Any = event.value
            if tag is not None:
                value = construct(tag, value, not event.style)
            elif event.implicit[0]:
                value = resolve(value)
            if event.anchor is not None:
                anchors[event.anchor] = _Anchored(value)
            if inside.is_mapping and inside.key is _NO_KEY:
                inside.key = _MERGE if value == "<<" and is_merge(tag, event.implicit[0]) else value
                repeats = repeats or value in inside.value
                continue
        elif kind is SequenceStartEvent or kind is MappingStartEvent:
            nodes += 1
            if inside.is_mapping and inside.key is _NO_KEY:
                start = content_start(text, event)
                raise YamlProblem("a key must be a string, not a list or a mapping", Span(start, start + 1))
            if len(around) >= max_depth:
                start = content_start(text, event)
                raise YamlProblem(
                    "nested too deep", Span(start, start + 1), too_deep=True, pointer=_pointer((*around, inside))
                )
            around.append(inside)
            is_mapping = kind is MappingStartEvent
            inside = _Open({} if is_mapping else [], is_mapping, event.anchor, nodes)
            if event.anchor is not None:
                anchors[event.anchor] = _Anchored(inside.value, open=True)
            continue
        elif kind is AliasEvent:
            span = Span(event.start_mark.index, event.end_mark.index)
            found = _named(anchors, event.anchor, span)
            nodes += found.nodes
            repeated += found.nodes
            if repeated > MAX_REPEATED:
                raise YamlProblem(f"the aliases up to here expand to more than {MAX_REPEATED:,} values", span)
            value = found.value
            if inside.is_mapping and inside.key is _NO_KEY:
                if found.height:
                    raise YamlProblem("a key must be a string, not a list or a mapping", span)
                inside.key = value
                repeats = repeats or value in inside.value
                continue
            levels = found.height - (inside.key is _MERGE)  # what is merged is no level below
            if len(around) + levels > max_depth:
                raise YamlProblem("nested too deep", span, too_deep=True, pointer=_pointer((*around, inside)))
            inside.height = max(inside.height, levels + 1)
        elif kind is DocumentEndEvent:
            end: int = event.end_mark.index
            line = _LINE_END.match(text, end)
            return _Read(root[0], nodes, repeats, line.end() if event.explicit and line else end)
        else:  # the end of a collection
            closed = inside
            value = closed.value
            inside = around.pop()
            inside.height = max(inside.height, closed.height + (inside.key is not _MERGE))
            if closed.merged:
                value = _merged(closed.merged, value)
            if closed.anchor is not None:
                anchors[closed.anchor] = _Anchored(value, nodes - closed.before + 1, closed.height)
        # A value is complete, and goes where it belongs.
        if not inside.is_mapping:
            inside.value.append(value)
        elif inside.key is _MERGE:
            inside.merged.extend(_mappings(value, event))
            inside.key = _NO_KEY
        else:
            inside.value[inside.key] = value
            inside.key = _NO_KEY
    raise AssertionError("a document has an end")  # pragma: no cover - the parser gives one, or raises


def _named(anchors: dict[str, _Anchored], name: str, span: Span) -> _Anchored:
    found = anchors.get(name)
    if found is None:
        raise YamlProblem(f"unknown alias {quote(name)}; an anchor must come before its aliases", span)
    if found.open:
        raise YamlProblem(f"the alias {quote(name)} is inside its own anchor, so the value would contain itself", span)
    return found


def _mappings(value: Any, event: Event) -> list[dict[Any, Any]]:
    """What a merge key brings in, the mapping that counts most first."""
    mappings = value if isinstance(value, list) else [value]
    if not all(isinstance(mapping, dict) for mapping in mappings):
        span = Span(event.start_mark.index, event.end_mark.index)
        raise YamlProblem("the value of a merge key << must be a mapping or a list of mappings", span)
    return mappings


def _merged(mappings: list[dict[Any, Any]], own: dict[Any, Any]) -> dict[Any, Any]:
    merged: dict[Any, Any] = {}
    for mapping in reversed(mappings):
        merged.update(mapping)
    merged.update(own)
    return merged


def _pointer(around: tuple[_Open, ...]) -> Pointer:
    """Where the next value belongs; the first of the collections is the document itself, which no pointer names."""
    return tuple(step_of(inside.key) if inside.is_mapping else len(inside.value) for inside in around[1:])


def _line_breaks(text: str) -> int:
    return text.count("\n") + text.count("\r") - text.count("\r\n")
