"""Fixes of texts: a text says after them what they make of its value, and they come to an end."""

from __future__ import annotations

from fuzz import seeds
from fuzz.harness import Harness, Seen, expect
from fuzz.laws.documents import checked, documents_of, placed_inside
from fuzz.laws.values import everything, spelled
from minimax_validate.engine.fixing import fix, fixable
from minimax_validate.project.fixing import changed, fix_bytes
from minimax_validate.texts.document import Document
from minimax_validate.texts.fixing import FixedDocument, fix_document, writable
from minimax_validate.values.diagnostic import Diagnostic

FEW = 20
"""Fixes of a document of which all are tried before they are counted."""
NAMES = ("a.json", "a.jsonc", "a.jsonl", "a.yaml", "a.py", "a.ts")


def _seeds() -> tuple[bytes, ...]:
    found = [bytes((number % 4,)) + data for number, data in enumerate(seeds.requests())]
    found += [b"\x03" + data for data in seeds.fixtures(".yaml", ".yml")]
    found += [b"\x02" + data for data in seeds.fixtures(".jsonl")]
    found += [b"\x04" + data for data in (*seeds.programs(".py"), *seeds.calls_in_python())]
    found += [b"\x05" + data for data in (*seeds.programs(".ts"), *seeds.calls_in_typescript())]
    return tuple(found)


def _diagnose(document: Document) -> tuple[Diagnostic, ...]:
    return checked(document).report.diagnostics


def _fixed(document: Document) -> FixedDocument:
    return fix_document(document, _diagnose, unsafe=True)


def _run(data: bytes) -> Seen:
    if not data:
        return None
    name, data = NAMES[data[0] % len(NAMES)], data[1:]
    seen: set[str] = set()
    for document in documents_of(name, data):
        result = _fixed(document)
        found = [each for each in _diagnose(document) if each.fix]
        if len(found) < FEW:
            counted = writable(document, found)
            expect(bool(counted) == bool(result.applied), "what is counted as fixable is fixed")
        seen.update(found.code for found in result.applied)
        placed_inside(checked(result.document))
        left = {(found.code, found.pointer) for found in result.unwritable}
        again = [found for found in _diagnose(result.document) if (found.code, found.pointer) not in left]
        if document.rewriter is not None and result.applied:
            expect(not fixable(again, unsafe=True), "fixes of a text converge")
        if name != "a.yaml" and document.program is None and not document.faults and not result.unwritable:
            of_value = fix(everything(), document.value, unsafe=True)
            expect(
                spelled(of_value.payload) == spelled(result.document.value), "a fixed text says what the fixed value is"
            )
    _, changes = fix_bytes(name, data, _fixed)
    changed(data, changes)
    return name, frozenset(seen)


HARNESS = Harness("fix_texts", _seeds, _run)
