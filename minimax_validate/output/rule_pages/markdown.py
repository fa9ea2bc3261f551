"""For documents: everything a rule says, as the pages of the documentation have it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TextIO

from minimax_validate.output.formats.writer import Style
from minimax_validate.output.rule_pages.page import Page, Sample, page
from minimax_validate.rules.rule import Rule
from minimax_validate.values.pointer import to_path


def write(rules: Iterable[Rule], stream: TextIO, style: Style) -> None:
    """See ``Writer``; the style does not matter."""
    stream.write("\n".join(map(markdown, rules)))


def markdown(rule: Rule) -> str:
    """The Markdown page of one rule."""
    return "\n\n".join(_parts(page(rule))) + "\n"


def _parts(page: Page) -> Iterator[str]:
    rule = page.rule
    yield f"# {rule.code} {rule.name}"
    yield rule.summary
    yield f"Severity: {rule.severity.label}.{' Some findings can be fixed.' if page.is_fixable else ''}"
    yield from page.paragraphs
    if rule.refusal:
        yield f"The provider's answer:\n\n> {rule.refusal}"
    yield "## Reported"
    yield from map(_reported, page.reported)
    yield "## Accepted"
    yield from (f"{sample.why}\n\n{_fenced(sample.text, sample.language)}" for sample in page.accepted)
    if page.ways:
        yield f"## {page.heading_of_ways}"
    yield from (f"{way.where}:\n\n{_fenced(way.text, way.language)}" for way in page.ways)


def _reported(sample: Sample) -> str:
    places = ", ".join(f"`{to_path(pointer)}`" for pointer in sample.at)
    text = f"{sample.why}{f' Reported at {places}.' if places else ''}\n\n{_fenced(sample.text, sample.language)}"
    return text if sample.fixed is None else f"{text}\n\nFixed:\n\n{_fenced(sample.fixed, 'json')}"


def _fenced(text: str, language: str) -> str:
    return f"```{language}\n{text}\n```"
