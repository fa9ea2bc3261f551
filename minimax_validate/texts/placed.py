"""Give the findings of a checked document their lines and columns."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from minimax_validate.texts.checked import Checked
from minimax_validate.texts.document import Fault
from minimax_validate.texts.lines import Lines, Location
from minimax_validate.texts.replacement import UnwritableError
from minimax_validate.texts.shared import ways
from minimax_validate.texts.spans import Span
from minimax_validate.values.diagnostic import Diagnostic, Fix


class TextEdit(NamedTuple):
    """What a fix puts in the place of a range of the text."""

    location: Location
    text: str


class Spanned(NamedTuple):
    """A diagnostic with its span in the text of its document.

    ``related`` are the spans of ``diagnostic.related``, in its order.
    """

    diagnostic: Diagnostic
    span: Span
    related: tuple[Span, ...]


class Finding(NamedTuple):
    """A diagnostic with its place in the text; ``related`` are the places of ``diagnostic.related``, in its order."""

    diagnostic: Diagnostic
    location: Location
    related: tuple[Location, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """The findings of one document with their places, and the lines that they speak of.

    ``text_edits`` tells what a fix changes in the text, in the order of the places; nothing where the text is one that
    is not rewritten. It is worked out when it is asked for: most ways to tell a finding do without. ``is_rewritten``
    says whether the text is one that fixes can rewrite.
    """

    name: str
    lines: Lines
    findings: tuple[Finding, ...]
    text_edits: Callable[[Fix], tuple[TextEdit, ...]]
    is_rewritten: bool = True


def spanned(checked: Checked) -> tuple[Spanned, ...]:
    """Find the spans of everything that a report speaks of, in one walk over the text, in the order of the report."""
    document, diagnostics = checked.document, checked.report.diagnostics
    wanted = [(diagnostic.pointer, diagnostic.focus) for diagnostic in diagnostics]
    wanted += [(related.pointer, "value") for diagnostic in diagnostics for related in diagnostic.related]
    spans = document.locate(document.source.text, wanted)

    def found(diagnostic: Diagnostic) -> Spanned:
        span = spans[diagnostic.pointer, diagnostic.focus]
        return Spanned(diagnostic, span, tuple([spans[related.pointer, "value"] for related in diagnostic.related]))

    if not document.faults:
        return tuple(map(found, diagnostics))
    faults: defaultdict[tuple[str, str, object], deque[Fault]] = defaultdict(deque)
    for fault in document.faults:
        faults[_key(fault.diagnostic)].append(fault)

    def found_by_parser(diagnostic: Diagnostic) -> Spanned:
        known = faults[_key(diagnostic)]
        if not known:
            return found(diagnostic)
        fault = known.popleft()
        return Spanned(diagnostic, fault.span, fault.related)

    return tuple(map(found_by_parser, diagnostics))


def place(checked: Checked) -> Placed:
    """Give everything that a report speaks of its lines and columns."""
    document = checked.document
    lines = Lines(document.source.text, document.source.first_line)
    location = lines.location
    findings = [
        Finding(diagnostic, location(span), tuple(map(location, related)) if related else ())
        for diagnostic, span, related in spanned(checked)
    ]
    if len(findings) > 1:
        findings.sort(key=lambda finding: (finding.location, finding.diagnostic.code))

    def text_edits(fix: Fix) -> tuple[TextEdit, ...]:
        if document.rewriter is None:
            return ()
        for edits, _ in ways(document, fix.edits):
            try:
                replacements = document.rewriter.rewrite(document.source.text, edits)
            except UnwritableError:
                continue
            return tuple(TextEdit(lines.location(span), text) for span, text in replacements)
        return ()

    return Placed(document.source.name, lines, tuple(findings), text_edits, document.rewriter is not None)


def _key(diagnostic: Diagnostic) -> tuple[str, str, object]:
    return diagnostic.code, diagnostic.message, diagnostic.pointer
