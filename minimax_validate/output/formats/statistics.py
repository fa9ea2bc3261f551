"""For people: how often each rule was broken, in place of the findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from minimax_validate.output.color import SEVERITY_COLORS, Paint
from minimax_validate.output.tally import Kind
from minimax_validate.rules.rule import Rule

_HEADINGS = ("count", "code", "severity", "rule", "fixes")
_FIXES = {True: "safe", False: "unsafe"}


def statistics(kinds: Mapping[Kind, int], rules: Mapping[str, Rule], paint: Paint) -> Iterator[str]:
    """The lines of a table with a row for each rule that was broken, the most frequent first; none if none was."""
    counts: Counter[str] = Counter()
    for kind, number in kinds.items():
        counts[kind.code] += number
    severities = {kind.code: kind.severity for kind in kinds}
    rows = []
    for code, number in sorted(counts.items(), key=lambda entry: (-entry[1], entry[0])):
        fixes = {word: kinds.get(Kind(code, severities[code], safe), 0) for safe, word in _FIXES.items()}
        told = ", ".join(f"{fixable:,} {word}" for word, fixable in fixes.items() if fixable)
        rows.append((f"{number:,}", code, severities[code].label, rules[code].name, told))
    if not rows:
        return
    widths = [max(map(len, column)) for column in zip(_HEADINGS, *rows, strict=True)]
    yield paint.bold("  ".join(_padded(_HEADINGS, widths)).rstrip())
    for row in rows:
        count, code, severity, *rest = _padded(row, widths)
        yield "  ".join((count, code, paint(SEVERITY_COLORS[severities[row[1]]], severity), *rest)).rstrip()


def _padded(row: tuple[str, ...], widths: list[int]) -> list[str]:
    """The cells of a row, as wide as their columns: a number stands to the right, words to the left."""
    number, *words = zip(row, widths, strict=True)
    return [number[0].rjust(number[1]), *(word.ljust(width) for word, width in words)]
