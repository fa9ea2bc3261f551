"""How one finding looks to a person: the lines it is about, what the provider answers, and the fix."""

from __future__ import annotations

from collections.abc import Iterator

from minimax_validate.output.cells import columns, wrapped
from minimax_validate.output.color import SEVERITY_COLORS, Paint
from minimax_validate.output.escape import visible
from minimax_validate.output.formats.frame import Mark, Piece, frame
from minimax_validate.rules.rule import Rule
from minimax_validate.texts.placed import Finding, Placed
from minimax_validate.values.diagnostic import Diagnostic, Severity

_LEAST = 30
"""Columns for words, however narrow the terminal is: with fewer it is left to break them itself."""

_INDENT = 4
"""Columns before what goes on from the line above."""


def listing(
    document: Placed, finding: Finding, rule: Rule, width: int, paint: Paint, *, wraps: bool = False
) -> Iterator[str]:
    """The lines that tell a finding; ``width`` is in columns.

    What is said in words ``wraps`` on a terminal alone. Elsewhere programs read it, and some take lines that begin in
    one way for commands: so no line begins with what may come from a payload.
    """
    diagnostic, location = finding.diagnostic, finding.location
    color = SEVERITY_COLORS[diagnostic.severity]
    place, kind = (
        f"{visible(document.name)}:{location.line}:{location.column}:",
        f"{diagnostic.code} {diagnostic.severity.label}",
    )
    shown = paint(color, f"{paint.link(rule.url, diagnostic.code)} {diagnostic.severity.label}")
    yield from _heading(place, kind, shown, visible(diagnostic.message), paint, width if wraps else None)

    marks = [
        Mark(place, "-", related.message) for related, place in zip(diagnostic.related, finding.related, strict=True)
    ]
    marks.append(Mark(location, "^"))
    gutter = len(str(max(mark.location.end_line for mark in marks)))
    bar = paint("blue", "|")
    yield f"{'':>{gutter + 2}}{bar}"
    for row in frame(document.lines, marks, width - gutter - 4):
        number = " " * gutter if row.number is None else paint("blue", f"{row.number:>{gutter}}")
        yield f" {number} {bar} {''.join(_painted(piece, color, paint) for piece in row.pieces)}".rstrip()
    for note in notes(diagnostic, rule, is_rewritten=document.is_rewritten):
        first, *rest = wrapped(note, max(width - gutter - 4, _LEAST), rest=_INDENT // 2) if wraps else [note]
        yield f"{'':>{gutter + 2}}{paint('blue', '=')} {first}"
        yield from (f"{'':>{gutter + 4}}{line}" for line in rest)


def _heading(place: str, kind: str, shown: str, message: str, paint: Paint, width: int | None) -> Iterator[str]:
    """What is wrong and where; ``shown`` is the kind as it is written.

    In lines of ``width`` columns, the place on one of its own if it leaves no room for words.
    """
    before = columns(f"{place} {kind}: ")
    if width is None:
        width = before + columns(message)
    if before + min(_LEAST, columns(message)) <= width:
        first, *rest = wrapped(message, width, before, _INDENT)
        yield f"{paint.bold(place)} {shown}: {first[before:]}"
    else:
        before = _INDENT + columns(f"{kind}: ")
        first, *rest = wrapped(message, max(width, before + _LEAST), before, _INDENT)
        yield paint.bold(place)
        yield f"{'':{_INDENT}}{shown}: {first[before:]}"
    yield from rest


def _painted(piece: Piece, color: str, paint: Paint) -> str:
    if piece.mark is None or not piece.text.strip():
        return piece.text
    return paint(color if piece.mark.sign == "^" else "blue", piece.text)


def notes(diagnostic: Diagnostic, rule: Rule, *, is_rewritten: bool = True) -> Iterator[str]:
    """What the provider answers, where that is known, and the fix, where there is one.

    The text of a document that is not ``is_rewritten`` can only be fixed by hand.
    """
    if rule.refusal and diagnostic.is_sent and diagnostic.severity is Severity.ERROR:
        yield f'rejected by the provider: "{rule.refusal}"'
    if diagnostic.fix:
        how = ("safe" if diagnostic.fix.safe else "unsafe") if is_rewritten else "by hand"
        yield f"fix ({how}): {visible(diagnostic.fix.message)}"
