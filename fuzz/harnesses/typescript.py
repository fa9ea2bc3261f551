"""Programs in TypeScript: reading ends, and places stand inside of the text."""

from __future__ import annotations

from fuzz import seeds
from fuzz.harness import Harness, Seen
from fuzz.laws.documents import read_soundly


def _seeds() -> tuple[bytes, ...]:
    return (*seeds.programs(".ts", ".js", ".mjs", ".tsx"), *seeds.calls_in_typescript())


def _run(data: bytes) -> Seen:
    return read_soundly("a.ts", data)


HARNESS = Harness("typescript", _seeds, _run)
