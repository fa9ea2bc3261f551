"""For people: the prompt part by part, with tokens and pointers in the gutter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from minimax_validate.output.cells import columns, wrapped
from minimax_validate.output.color import Paint
from minimax_validate.output.escape import visible
from minimax_validate.output.renderings.folding import rows
from minimax_validate.request.rendering import Rendering
from minimax_validate.tokens.segments import Kind, Segment
from minimax_validate.values.pointer import Pointer, to_path
from minimax_validate.values.wording import cut

_TOKENS = 7
_NARROWEST = 20
_WIDEST_POINTER = 36
_GAP = 2


def lines(rendering: Rendering, width: int, paint: Paint) -> Iterator[str]:
    """The lines of one prompt, of ``width`` columns at the most if that leaves room for a text at all."""
    page = _Page(rendering.segments, width, paint)
    pointer: Pointer | None = None
    for is_template, group in groupby(rendering.segments, lambda segment: segment.kind is Kind.TEMPLATE):
        if is_template:
            yield from page.template(list(group))
            continue
        for segment in group:
            yield from page.given(segment, is_new=segment.pointer != pointer)
            pointer = segment.pointer


def whole(text: str, width: int, paint: Paint) -> Iterator[str]:
    """The lines of a prompt that a template of the user's own rendered, its control tokens dim."""
    return (f"  | {row}" for row in rows(text, max(width - 4, _NARROWEST), paint, mark=False))


class _Page:
    """How wide the columns of one prompt are."""

    def __init__(self, segments: Sequence[Segment], width: int, paint: Paint) -> None:
        longest = max(
            (columns(_spelled(each.pointer)) for each in segments if each.kind is not Kind.TEMPLATE), default=0
        )
        self._pointer = min(longest, _WIDEST_POINTER, width * 7 // 20)
        self._text = max(width - _TOKENS - _GAP - self._pointer - 3, _NARROWEST)
        self._paint = paint

    def template(self, parts: Sequence[Segment]) -> Iterator[str]:
        """Neighbouring texts of the template: their names, and what they cost together."""
        tokens = f"{sum(part.tokens or 0 for part in parts):,}"
        yield from self._rows(tokens, "", "|", self._names([f"‹{part.name}›" for part in parts]))

    def given(self, segment: Segment, *, is_new: bool) -> Iterator[str]:
        """A text of the request: what is to be said of it, and the text itself."""
        is_dropped = segment.kind is Kind.DROPPED
        pointer = _shortened(segment.pointer, self._pointer) if is_new else ""
        tokens = "" if is_dropped else "?" if segment.tokens is None else f"{segment.tokens:,}"
        text = rows(segment.text, self._text, self._paint, "struck" if is_dropped else "", mark=not is_dropped)
        note = _note(segment)
        shown = [*self._note(f"‹{note}›")] if note else []
        shown += text if segment.text else ()
        yield from self._rows(tokens, pointer, "-" if is_dropped else "|", shown)

    def _names(self, names: Sequence[str]) -> Iterator[str]:
        """Names in rows, none of them broken."""
        row = ""
        for name in names:
            if row and columns(row) + 1 + columns(name) > self._text:
                yield self._paint("dim", row)
                row = ""
            row = f"{row} {name}" if row else name
        yield self._paint("dim", row)

    def _note(self, text: str) -> Iterator[str]:
        return (self._paint("yellow", row) for row in wrapped(text, self._text))

    def _rows(self, tokens: str, pointer: str, bar: str, shown: Iterator[str] | Sequence[str]) -> Iterator[str]:
        for row in shown:
            room = " " * (self._pointer - columns(pointer))
            gutter = f"{tokens:>{_TOKENS}}{' ' * _GAP}{pointer}{room} {bar}"
            yield f"{self._paint('blue', gutter)} {row}".rstrip()
            tokens = pointer = ""


def _spelled(pointer: Pointer) -> str:
    return visible(to_path(pointer))


def _shortened(pointer: Pointer, width: int) -> str:
    """A pointer with as many of its last steps as there is room for."""
    shown = _spelled(pointer)
    steps = pointer
    while columns(shown) > width and len(steps) > 1:
        steps = steps[1:]
        shown = "…" + _spelled(steps)
    return shown if columns(shown) <= width else cut(shown, width)


def _note(segment: Segment) -> str:
    """What is to be said of a text before it is shown; nothing for most."""
    rule = f", {segment.rule}" if segment.rule else ""
    match segment.kind:
        case Kind.DROPPED:
            return f"dropped: {segment.name}{rule}"
        case Kind.UNCOUNTED:
            return f"{segment.name}: not counted{rule}"
    return f"control tokens{rule}" if rule else ""
