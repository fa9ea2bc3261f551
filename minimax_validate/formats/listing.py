"""How one finding looks to a person: the lines it speaks of, what the provider answers, and the way out."""

from __future__ import annotations

from collections.abc import Iterator

from minimax_validate.diagnostic import Diagnostic, Severity
from minimax_validate.formats.color import SEVERITY_COLORS, Paint
from minimax_validate.formats.escape import visible
from minimax_validate.formats.frame import Mark, frame
from minimax_validate.places import Finding, Placed
from minimax_validate.rule import Rule


def listing(document: Placed, finding: Finding, rule: Rule, width: int, paint: Paint) -> Iterator[str]:
    """The lines that tell a finding; ``width`` is in columns."""
    diagnostic, location = finding.diagnostic, finding.location
    color = SEVERITY_COLORS[diagnostic.severity]
    place = f"{visible(document.name)}:{location.line}:{location.column}"
    yield f"{paint.bold(place)}: {paint(color, f'{diagnostic.code} {diagnostic.severity.label}')}: {visible(diagnostic.message)}"

    marks = [Mark(place, "-", related.message) for related, place in zip(diagnostic.related, finding.related, strict=True)]
    marks.append(Mark(location, "^"))
    gutter = len(str(max(mark.location.line for mark in marks)))
    bar = paint("blue", "|")
    yield f"{'':>{gutter + 2}}{bar}"
    for line in frame(document.lines, marks, max(width - gutter - 5, 40)):
        if line.number is not None:
            yield f" {paint('blue', f'{line.number:>{gutter}}')} {bar} {line.text}"
        else:
            primary = line.mark is not None and line.mark.sign == "^"
            yield f"{'':>{gutter + 2}}{bar} {paint(color if primary else 'blue', visible(line.text))}"
    for note in notes(diagnostic, rule):
        yield f"{'':>{gutter + 2}}{paint('blue', '=')} {note}"


def notes(diagnostic: Diagnostic, rule: Rule) -> Iterator[str]:
    """What the provider answers, where that is known, and the fix, where there is one."""
    if rule.refusal and diagnostic.severity is Severity.ERROR:
        yield f'refused by the provider: "{rule.refusal}"'
    if diagnostic.fix:
        yield f"fix ({'safe' if diagnostic.fix.safe else 'unsafe'}): {visible(diagnostic.fix.message)}"
