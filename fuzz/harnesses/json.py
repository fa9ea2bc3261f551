"""JSON: what is found in a text is what is found in its value, and places stand inside of the text."""

from __future__ import annotations

import json

from fuzz import seeds
from fuzz.harness import Harness, Seen, expect
from fuzz.laws.documents import checked, documents_of, read_soundly
from fuzz.laws.values import everything, spelled
from minimax_validate.texts.document import Document


def value_is_text(document: Document) -> None:
    """A text of JSON without faults says what the standard library reads, and has the findings of that value."""
    if document.faults:
        return
    value = json.loads(document.source.text.removeprefix("\ufeff"))
    # The value of a recording has its bodies opened.
    if document.requests == ((),):
        expect(spelled(value) == spelled(document.value), "a text says what the standard library reads")
        found = everything().check(value).diagnostics
        expect(checked(document).report.diagnostics == found, "value check = text check")


def _seeds() -> tuple[bytes, ...]:
    return (*seeds.requests(), *seeds.texts(), *seeds.fixtures(".json"))


def _run(data: bytes) -> Seen:
    seen = read_soundly("a.json", data)
    for document in documents_of("a.json", data):
        value_is_text(document)
    return seen


HARNESS = Harness("json", _seeds, _run, is_json=True)
