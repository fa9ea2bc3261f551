"""For terminals: a line or more for each rule, in columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from minimax_validate.output.color import Paint
from minimax_validate.output.table import aligned
from minimax_validate.rules.rule import Rule

_HEADINGS = ("code", "name", "severity", "requirement")


def listing(rules: Iterable[Rule], width: int, paint: Paint) -> Iterator[str]:
    """The lines of a table of rules: code, name, severity, first sentence."""
    shown = list(rules)
    rows = [_HEADINGS, *((rule.code, rule.name, rule.severity.label, rule.summary) for rule in shown)]
    headings, *bodies = aligned(rows, width)
    yield from map(paint.bold, headings)
    for rule, (first, *rest) in zip(shown, bodies, strict=True):
        yield paint.bold(rule.code) + first.removeprefix(rule.code)
        yield from rest
