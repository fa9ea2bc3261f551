"""Findings of a document with their lines and columns: those of its reading, those of its values, and fixes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest

from minimax_validate import Diagnostic, Severity, Validator
from minimax_validate.texts.checked import Checked, check_document
from minimax_validate.texts.document import Document, Fault, Rewriter, Source
from minimax_validate.texts.lines import Location
from minimax_validate.texts.placed import TextEdit, place, spanned
from minimax_validate.texts.readers.json_document import read_json
from minimax_validate.texts.readers.yaml import read_yaml
from minimax_validate.texts.replacement import Replacement, UnwritableError
from minimax_validate.texts.spans import Span
from minimax_validate.values.diagnostic import Edit, Fix, Related
from minimax_validate.values.pointer import Pointer
from minimax_validate.values.report import Report

TEXT = '{"a": 1,\n "b": [2, {"c": 3}]}'


def diagnostic(code: str, pointer: Pointer, *related: Pointer, message: str = "wrong") -> Diagnostic:
    """A finding of an error."""
    places = tuple(Related(other, "see here") for other in related)
    return Diagnostic(code, code.lower(), Severity.ERROR, message, pointer, related=places)


def test_findings_are_in_the_order_of_the_text() -> None:
    """They are sorted by place, and by code at the same place; ``spanned`` has them in the order of the report."""
    found = (
        diagnostic("MM9", ("b", 1, "c"), ("a",), ("b",)),
        diagnostic("MM2", ("a",)),
        diagnostic("MM1", ("a",)),
        replace(diagnostic("MM3", ("b",)), focus="key"),
    )
    checked = Checked(read_json(Source("a.json", TEXT, 5)), Report(found))
    assert [each.diagnostic.code for each in spanned(checked)] == ["MM9", "MM2", "MM1", "MM3"]
    placed = place(checked)
    assert [(finding.diagnostic.code, finding.location) for finding in placed.findings] == [
        ("MM1", Location(5, 7, 5, 8)),
        ("MM2", Location(5, 7, 5, 8)),
        ("MM3", Location(6, 2, 6, 5)),
        ("MM9", Location(6, 17, 6, 18)),
    ]
    assert [finding.related for finding in placed.findings] == [
        (), (), (), (Location(5, 7, 5, 8), Location(6, 7, 6, 20)),
    ]  # fmt: skip
    assert (placed.name, placed.is_rewritten) == ("a.json", True)


def test_what_reading_found_stands_where_reading_found_it() -> None:
    """Faults that say the same have each a place of their own, and other findings are found by their pointers."""
    twice = diagnostic("MM4", ("a",))
    faults = (
        Fault(twice, Span(0, 1)),
        Fault(diagnostic("MM4", ("a",), (), message="other"), Span(2, 3), (Span(4, 5),)),
        Fault(twice, Span(6, 7)),
    )
    document = Document(Source("a.json", TEXT), {}, faults)
    found = (twice, diagnostic("MM5", ("a",), ("b",)), faults[1].diagnostic, twice, twice)
    assert [(each.span, each.related) for each in spanned(Checked(document, Report(found)))] == [
        (Span(0, 1), ()),
        (Span(6, 7), (Span(15, 28),)),
        (Span(2, 3), (Span(4, 5),)),
        (Span(6, 7), ()),
        (Span(6, 7), ()),
    ]


FIX = Fix("correct", (Edit("set", ("b", 1, "c"), 4), Edit("remove", ("a",))), safe=True)


def test_edits_of_a_fix_stand_in_the_text() -> None:
    """Each is a range of lines and columns and what comes there, in the order of the text."""
    document = read_json(Source("a.json", TEXT))
    edits = place(Checked(document, Report(()))).text_edits(FIX)
    assert edits == (TextEdit(Location(1, 2, 2, 2), ""), TextEdit(Location(2, 17, 2, 18), "4"))


@pytest.mark.parametrize("document", [Document(Source("a.json", TEXT), {}), read_json(Source("a.json", "[]"))])
def test_a_text_that_cannot_be_rewritten_has_no_edits(document: Document) -> None:
    """Either no text of its kind is rewritten, or the edits cannot be made in it."""
    placed = place(Checked(document, Report(())))
    assert placed.text_edits(FIX) == ()
    assert placed.is_rewritten is (document.rewriter is not None)


def test_the_next_way_is_tried_where_one_cannot_be_written() -> None:
    """What is not written at the anchor that several requests share is written in each of them."""
    (document,) = read_yaml("a.yaml", "- &a {messages: [{role: user, content: a}], n: 0}\n- *a\n")
    asked: list[int] = []

    def rewrite(_: str, edits: Iterable[Edit]) -> tuple[Replacement, ...]:
        asked.append(len(list(edits)))
        if len(asked) == 1:
            raise UnwritableError("not here")
        return (Replacement(Span(0, 1), "x"),)

    assert document.rewriter is not None
    document = replace(document, rewriter=Rewriter(rewrite, document.rewriter.read))
    fix = Fix("correct", (Edit("set", (0, "n"), 1), Edit("set", (1, "n"), 1)), safe=True)
    assert place(Checked(document, Report(()))).text_edits(fix) == (TextEdit(Location(1, 1, 1, 2), "x"),)
    assert asked == [1, 2]


def test_a_checked_request_has_its_findings_placed() -> None:
    """Findings of reading and of rules are placed together."""
    text = '{"messages": [{"role": "user", "content": "a"}], "n": 1, "n": 2, "temperature": 7}'
    document = read_json(Source("a.json", text))
    placed = place(Checked(document, check_document(Validator(), document)))
    places = [(finding.diagnostic.code, finding.location.column) for finding in placed.findings]
    assert ("MM004", text.rindex('"n"') + 1) in places
    assert [code for code, column in places if column == text.index("7") + 1] == ["MM105"]
    assert places == sorted(places, key=lambda one: one[1])
