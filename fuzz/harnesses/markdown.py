"""Pages of Markdown: places stand inside of the text."""

from __future__ import annotations

from passage_samples import MARKDOWN

from fuzz import seeds
from fuzz.harness import Harness, Seen
from fuzz.laws.documents import read_soundly


def _seeds() -> tuple[bytes, ...]:
    return seeds.short(write(seeds.BODY, seeds.URL).encode() for write in MARKDOWN.values())


def _run(data: bytes) -> Seen:
    return read_soundly("a.md", data)


HARNESS = Harness("markdown", _seeds, _run)
