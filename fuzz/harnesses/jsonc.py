"""JSON with comments: a text that is plain JSON says the same under both readers."""

from __future__ import annotations

from fuzz import seeds
from fuzz.harness import Harness, Seen, expect
from fuzz.laws.documents import checked, documents_of, read_soundly
from fuzz.laws.values import spelled


def _seeds() -> tuple[bytes, ...]:
    comment = b"// minimax-validate: ignore[MM110]\n"
    return (*seeds.fixtures(".jsonc"), *seeds.requests()[:100], *(comment + each for each in seeds.requests()[:100]))


def _run(data: bytes) -> Seen:
    seen = read_soundly("a.jsonc", data)
    plain = documents_of("a.json", data)
    if len(plain) == 1 and not plain[0].faults:
        (other,) = documents_of("a.jsonc", data)
        expect(spelled(plain[0].value) == spelled(other.value), "JSON says the same with comments allowed")
        expect(checked(plain[0]).report == checked(other).report, "and has the same findings")
    return seen


HARNESS = Harness("jsonc", _seeds, _run)
