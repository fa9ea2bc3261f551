"""Cut what findings show of a payload to short excerpts, so that no prompt ends up in a log that others read.

Redaction does not search for secrets: it shows only what is known to be harmless. In the text around a finding these
are the punctuation, and the beginning of every key and value of the request that the finding is in. Everything else is
masked, such as comments, text that could not be read, and the rest of a recording. Columns stay as they are.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import replace
from functools import cache
from operator import attrgetter
from typing import Any, NamedTuple

from minimax_validate.texts.document import Document
from minimax_validate.texts.lines import Lines
from minimax_validate.texts.placed import Placed, TextEdit
from minimax_validate.texts.spans import Span, Wanted
from minimax_validate.values.diagnostic import Diagnostic, Fix, Related
from minimax_validate.values.pointer import Pointer

EXCERPT = 24
"""Code points of a key or text that may be shown, with its quote.

Enough for the longest words of the contract, too few for a secret.
"""

_MASK = "*"
_DEPTH = 64
"""Levels of a request that are looked into; what lies deeper is masked."""

_INK = re.compile(r"""[^\s{}\[\],:"'\\|>#-]""")

# What messages hold of a payload: texts in quotes, keys in a path, and words (those of a path, and what was found in
# the place of JSON).
_SPOKEN = re.compile(
    r'\\.|"(?:[^"\\]|\\.)*+"?'
    r"|\['(?:[^'\\]|\\.)*+'?"
    rf"|(?<![\w.+-])[-+.]*+\d[\w.+-]{{{EXCERPT},}}+"
    rf"|\w[\w-]{{{EXCERPT},}}+",
    re.DOTALL,
)
# Values whose texts are all short.
_HARMLESS = re.compile(
    rf'(?:[\s{{}}\[\],:]++|"(?:[^"\\]|\\.){{0,{EXCERPT}}}+"|[-+.\deE]{{1,{EXCERPT}}}+(?![-+.\deE])|true|false|null)*+',
    re.DOTALL,
)


def redacted(placed: Placed, document: Document) -> Placed:
    """The same findings of a document, with no more than ``EXCERPT`` code points in a row of any key or text in it.

    A fix that would put in, or move, a longer text is left without its edits: half of it would be none. Its words
    remain.
    """
    pointers = {pointer for finding in placed.findings for pointer in _pointers(finding.diagnostic)}

    def text_edits(fix: Fix) -> tuple[TextEdit, ...]:
        edits = placed.text_edits(fix)
        return edits if all(_HARMLESS.fullmatch(edit.text) for edit in edits) else ()

    return replace(
        placed,
        lines=_MaskedLines(document, lambda: _glimpses(document, pointers)),
        findings=tuple(
            finding._replace(diagnostic=redacted_diagnostic(finding.diagnostic)) for finding in placed.findings
        ),
        text_edits=text_edits,
    )


def redacted_diagnostic(diagnostic: Diagnostic) -> Diagnostic:
    """A finding with its words and pointers cut short."""
    return replace(
        diagnostic,
        message=redacted_message(diagnostic.message),
        pointer=cut_pointer(diagnostic.pointer),
        related=tuple(
            Related(cut_pointer(other.pointer), redacted_message(other.message)) for other in diagnostic.related
        ),
        fix=diagnostic.fix and _cut_fix(diagnostic.fix),
    )


def redacted_message(message: str) -> str:
    """A message with everything that may come from a payload cut short."""
    return _SPOKEN.sub(lambda match: _cut_token(match[0]), message)


def _cut_token(token: str) -> str:
    if token[0] == '"':
        inside = token[1:].removesuffix('"')
        return token if len(inside) <= EXCERPT else f'"{_cut(inside)}"'
    if token[0] == "[":
        inside = token[2:].removesuffix("'")
        return token if len(inside) <= EXCERPT else f"['{_cut(inside)}'"
    return _cut(token)


def _cut(text: str) -> str:
    return text if len(text) <= EXCERPT else text[: EXCERPT - 1] + "…"


def _pointers(diagnostic: Diagnostic) -> Iterator[Pointer]:
    yield diagnostic.pointer
    yield from (related.pointer for related in diagnostic.related)


def cut_pointer(pointer: Pointer) -> Pointer:
    """A pointer with its keys cut short."""
    return tuple(_cut(step) if isinstance(step, str) else step for step in pointer)


def _cut_fix(fix: Fix) -> Fix:
    short = all(_is_short(list(edit.pointer)) and _is_short(edit.value) for edit in fix.edits)
    return Fix(redacted_message(fix.message), fix.edits if short else (), fix.safe)


def _is_short(value: Any) -> bool:
    """Whether every text in a value, keys included, is no longer than an excerpt."""
    waiting = [value]
    while waiting:
        match waiting.pop():
            case str(text) if len(text) > EXCERPT:
                return False
            case dict(members):
                waiting += [*members, *members.values()]
            case list(items):
                waiting += items
    return True


class _Glimpse(NamedTuple):
    """A range of a text that is shown as it is, or (not ``shown``) masked whatever it is."""

    start: int
    end: int
    shown: bool


class _MaskedLines(Lines):
    """Lines with all masked but punctuation and what is to be shown.

    What that is gets worked out when the first line is asked for.
    """

    __slots__ = ("_glimpses", "_masked")

    def __init__(self, document: Document, glimpses: Callable[[], Sequence[_Glimpse]]) -> None:
        super().__init__(document.source.text, document.source.first_line)
        self._glimpses = cache(glimpses)
        self._masked: tuple[int, str] = (0, "")  # findings of one line come one after another, and it may be long

    def text(self, line: int) -> str:
        if self._masked[0] != line:
            self._masked = line, "".join(self._parts(self.span(line), super().text(line)))
        return self._masked[1]

    def _parts(self, line: Span, text: str) -> Iterator[str]:
        glimpses = self._glimpses()
        at = 0
        indent = len(text) - len(text.lstrip())
        for glimpse in glimpses[_part_in(glimpses, line)]:
            start, end = max(glimpse.start - line.start, at), min(glimpse.end - line.start, len(text))
            if not glimpse.shown:
                start = max(start, indent)
            if start < end:
                yield _INK.sub(_MASK, text[at:start])
                yield text[start:end] if glimpse.shown else _MASK * (end - start)
                at = end
        yield _INK.sub(_MASK, text[at:])


def _glimpses(document: Document, pointers: Set[Pointer]) -> Sequence[_Glimpse]:
    """The beginnings of what stands in the requests that pointers lead into, and the rest of it.

    In order, and none overlap.
    """
    text = document.source.text
    lengths = {len(at) for at in document.requests}
    above = {pointer[:length] for pointer in pointers for length in lengths}
    places = [
        place
        for at, value in document.payloads()
        if at in above or any(at[:length] in pointers for length in range(len(at)))
        for place in _places(at, value)
    ]
    found = document.locate(text, places) if places else {}
    spans = {found[place] for place in places}
    shown = _joined(Span(start, min(end, start + EXCERPT)) for start, end in spans)
    rests = (Span(start + EXCERPT, end - (text[end - 1 : end] in ('"', "'"))) for start, end in spans)
    masked = _joined(rest for rest in rests if rest.start < rest.end)
    glimpses = [_Glimpse(*span, True) for span in _without(shown, masked)] + [_Glimpse(*span, False) for span in masked]
    return sorted(glimpses)


def _places(at: Pointer, value: object) -> Iterator[Wanted]:
    """Every key, and every value that holds no others."""
    waiting = [(at, value)]
    while waiting:
        pointer, value = waiting.pop()
        if len(pointer) - len(at) > _DEPTH:
            continue
        if isinstance(value, dict):
            yield from (((*pointer, key), "key") for key in value)
            waiting += [((*pointer, key), member) for key, member in value.items()]
        elif isinstance(value, list):
            waiting += [((*pointer, index), item) for index, item in enumerate(value)]
        else:
            yield pointer, "value"


def _joined(spans: Iterable[Span]) -> list[Span]:
    """Spans in order, with those that overlap made one."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined


def _without(spans: Iterable[Span], holes: Sequence[Span]) -> Iterator[Span]:
    """What is left of spans outside of others, which are in order and do not overlap."""
    for span in spans:
        at = span.start
        for hole in holes[_part_in(holes, span)]:
            if at < hole.start:
                yield Span(at, hole.start)
            at = max(at, hole.end)
        if at < span.end:
            yield Span(at, span.end)


def _part_in(ranges: Sequence[Span | _Glimpse], span: Span) -> slice:
    """Which ranges a span has a part of, of ranges in order that do not overlap."""
    first = bisect_right(ranges, span.start, key=attrgetter("end"))
    return slice(first, bisect_left(ranges, span.end, key=attrgetter("start")))
