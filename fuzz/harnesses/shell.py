"""Shell scripts: places stand inside of the text."""

from __future__ import annotations

from passage_samples import SHELL

from fuzz import seeds
from fuzz.harness import Harness, Seen
from fuzz.laws.documents import read_soundly


def _seeds() -> tuple[bytes, ...]:
    return seeds.short(write(seeds.BODY, seeds.URL).encode() for write in SHELL.values())


def _run(data: bytes) -> Seen:
    return read_soundly("a.sh", data)


HARNESS = Harness("shell", _seeds, _run)
