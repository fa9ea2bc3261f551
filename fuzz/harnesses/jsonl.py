"""Lines of JSON: each line has the findings of its value, proven while it is read or not."""

from __future__ import annotations

from fuzz import seeds
from fuzz.harness import Harness, Seen
from fuzz.harnesses.json import value_is_text
from fuzz.laws.documents import documents_of, proven_as_checked, read_soundly


def _seeds() -> tuple[bytes, ...]:
    lines = seeds.requests()
    pairs = (b"\n".join(pair) for pair in zip(lines[::2], lines[1::2], strict=False))
    return (*seeds.fixtures(".jsonl"), *seeds.short(pairs))


def _run(data: bytes) -> Seen:
    seen = read_soundly("a.jsonl", data)
    proven_as_checked("a.jsonl", data)
    for document in documents_of("a.jsonl", data):
        value_is_text(document)
    return seen


HARNESS = Harness("jsonl", _seeds, _run)
