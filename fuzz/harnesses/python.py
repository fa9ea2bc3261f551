"""Programs in Python: reading ends, and places stand inside of the text."""

from __future__ import annotations

from fuzz import seeds
from fuzz.harness import Harness, Seen
from fuzz.laws.documents import read_soundly


def _seeds() -> tuple[bytes, ...]:
    return (*seeds.programs(".py"), *seeds.calls_in_python())


def _run(data: bytes) -> Seen:
    return read_soundly("a.py", data)


HARNESS = Harness("python", _seeds, _run)
