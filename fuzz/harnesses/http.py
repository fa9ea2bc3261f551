"""Files of HTTP requests: places stand inside of the text."""

from __future__ import annotations

from passage_samples import HTTP

from fuzz import seeds
from fuzz.harness import Harness, Seen
from fuzz.laws.documents import read_soundly


def _seeds() -> tuple[bytes, ...]:
    return seeds.short(write(seeds.BODY, seeds.URL).encode() for write in HTTP.values())


def _run(data: bytes) -> Seen:
    return read_soundly("a.http", data)


HARNESS = Harness("http", _seeds, _run)
