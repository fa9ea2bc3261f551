"""Laws of texts: what is read of bytes, and where findings stand in it."""

from __future__ import annotations

from io import BytesIO

from fuzz.harness import Seen, expect
from fuzz.laws.values import everything
from minimax_validate.output.tally import requests_of
from minimax_validate.project.checking import check_documents, meant, proof
from minimax_validate.project.ignoring.comments import apply_comments
from minimax_validate.rules.catalogue import RULES
from minimax_validate.texts.checked import Checked, check_document
from minimax_validate.texts.document import Document
from minimax_validate.texts.placed import place
from minimax_validate.texts.readers import read

_CODES = frozenset(rule.code for rule in RULES)


def documents_of(name: str, data: bytes) -> tuple[Document, ...]:
    """The documents of bytes; that bytes are damaged, if packed, is no fault of the reader."""
    try:
        return tuple(read(name, BytesIO(data)))
    except OSError:
        return ()


def checked(document: Document) -> Checked:
    """What all rules say of a document."""
    return Checked(document, check_document(everything(), document))


def read_soundly(name: str, data: bytes) -> Seen:
    """Everything that is done with a file ends well, and every place is inside of its text."""
    seen: set[object] = set()
    for document in documents_of(name, data):
        outcome = checked(document)
        placed_inside(outcome)
        meant(document)
        if document.ignore_comments:
            apply_comments(outcome, _CODES)
        if document.rewriter is not None:
            start, text = document.source.start, document.source.text.encode()
            expect(data[start : start + len(text)] == text, "a text that is rewritten stands in the file as it is")
        seen.add(len(document.requests))
        seen.update(found.code for found in outcome.report.diagnostics)
    return frozenset(seen)


def proven_as_checked(name: str, data: bytes) -> None:
    """A text whose clean requests are proven while they are read has as many of them, and the same findings."""
    for named in (True, False):
        whole = _counted(tuple(check_documents(documents_of(name, data), everything(), named=named)))
        documents = tuple(read(name, BytesIO(data), proof(everything(), named=named)))
        proven = _counted(tuple(check_documents(documents, everything(), named=named)))
        expect(proven == whole, "to prove lines while they are read changes nothing")


def _counted(outcomes: tuple[Checked, ...]) -> tuple[int, list[object]]:
    found: list[object] = [
        (outcome.document.source, outcome.report) for outcome in outcomes if outcome.report.diagnostics
    ]
    return sum(requests_of(outcome.document) for outcome in outcomes), found


def placed_inside(outcome: Checked) -> None:
    """Findings, what they relate to and the edits of their fixes have places inside of the text, in its order."""
    text = outcome.document.source.text
    for fault in outcome.document.faults:
        for span in (fault.span, *fault.related):
            expect(0 <= span.start <= span.end <= len(text), "the span of a fault lies inside of the text")
    placed = place(outcome)
    first = outcome.document.source.first_line
    last = first + len(text.replace("\r\n", "\n").replace("\r", "\n").split("\n")) - 1
    for finding in placed.findings:
        for location in (finding.location, *finding.related):
            expect(
                first <= location.line <= location.end_line <= last and min(location.column, location.end_column) >= 1,
                "a place lies inside of the text",
            )
            expect(location[:2] <= location[2:], "a place ends after it begins")
        if finding.diagnostic.fix is not None:
            for edit in placed.text_edits(finding.diagnostic.fix):
                expect(first <= edit.location.line <= edit.location.end_line <= last, "an edit lies inside of the text")
