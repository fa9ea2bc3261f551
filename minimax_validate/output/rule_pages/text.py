"""For terminals: what a rule says, with the first example of each kind, and what a fix does to it."""

from __future__ import annotations

import difflib
import json
import textwrap
from collections.abc import Iterable, Iterator
from typing import TextIO

from minimax_validate.output.color import SEVERITY_COLORS, Paint
from minimax_validate.output.escape import visible
from minimax_validate.output.formats.writer import Style
from minimax_validate.output.rule_pages.page import Page, Sample, page, spelled
from minimax_validate.output.rule_pages.prose import INDENT, prose, wrapped
from minimax_validate.rules.rule import Rule
from minimax_validate.values.pointer import to_path

_WIDEST = 100
"""Columns beyond which lines of prose are no longer easy to read."""

_AROUND = 1
"""Lines around a change that are shown with it."""


def write(rules: Iterable[Rule], stream: TextIO, style: Style) -> None:
    """See ``Writer``."""
    paint = Paint(style.color)
    width = min(style.width, _WIDEST)
    stream.write("\n\n".join("\n".join(_lines(page(rule), width, paint)) + "\n" for rule in rules))


def _lines(page: Page, width: int, paint: Paint) -> Iterator[str]:
    rule = page.rule
    kind = paint(SEVERITY_COLORS[rule.severity], rule.severity.label)
    notes = [
        kind,
        *(["some findings can be fixed"] if page.is_fixable else []),
        *(["off unless selected"] if page.is_off else []),
    ]
    yield f"{paint.bold(f'{rule.code} {rule.name}')} - {', '.join(notes)}"
    yield from textwrap.wrap(rule.summary, width)
    yield ""
    yield from prose("\n\n".join(page.paragraphs), width, paint)
    if rule.refusal:
        yield from _heading("The provider's answer", paint)
        yield from wrapped(rule.refusal, width)
    yield from _heading("Reported", paint)
    first = page.reported[0]
    places = ", ".join(map(to_path, first.at))
    yield from wrapped(f"{first.why}{f' Reported at {places}.' if places else ''}", width)
    yield from _shown(first, width)
    mended = next((sample for sample in page.reported if sample.fixed is not None), None)
    if mended is not None and mended.fixed is not None:
        yield from _heading("Fixed", paint)
        if mended is not first:
            yield from wrapped(mended.why, width)
        yield from _difference(_fitting(mended.text, width - 2), _fitting(mended.fixed, width - 2), paint)
    yield from _heading("Accepted", paint)
    yield from wrapped(page.accepted[0].why, width)
    yield from _shown(page.accepted[0], width)
    more = len(page.reported) + len(page.accepted) - 2
    if more:
        yield ""
        yield from wrapped(f"More examples ({more}): minimax-validate rule {rule.code} --output-format markdown", width)
    if page.ways:
        yield from _heading(page.heading_of_ways, paint)
    for number, way in enumerate(page.ways):
        if number:
            yield ""
        yield f"{INDENT}{way.where.replace('`', '')}:"
        yield from (f"{2 * INDENT}{line}".rstrip() for line in way.text.split("\n"))


def _heading(text: str, paint: Paint) -> Iterator[str]:
    yield ""
    yield paint.bold(text)


def _shown(sample: Sample, width: int) -> Iterator[str]:
    yield ""
    yield from (2 * INDENT + visible(line) for line in _fitting(sample.text, width).split("\n"))


def _fitting(text: str, width: int) -> str:
    """An example, laid out again if it is wider than the terminal; one whose own layout matters stays as it is."""
    room = width - 2 * len(INDENT)
    if max(map(len, text.split("\n"))) <= room:
        return text
    try:
        value = json.loads(text)
    except ValueError:
        return text
    is_opened = text == spelled(value, opened=True)
    if not is_opened and text != spelled(value):
        return text
    return spelled(value, width=room, opened=is_opened)


def _difference(before: str, after: str, paint: Paint) -> Iterator[str]:
    """What a fix takes out and puts in, line by line, with a little around it."""
    lines = difflib.unified_diff(_bare(before), _bare(after), n=_AROUND, lineterm="")
    yield ""
    for number, line in enumerate(list(lines)[2:]):
        if line.startswith("@@"):
            if number:
                yield f"{2 * INDENT}..."
        else:
            color = {"-": "red", "+": "green"}.get(line[0])
            yield 2 * INDENT + (paint(color, visible(line)) if color else visible(line))


def _bare(text: str) -> list[str]:
    """The lines of some JSON without the commas at their ends, which say nothing of what has changed."""
    return [line.removesuffix(",") for line in text.split("\n")]
