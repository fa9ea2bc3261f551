"""Files of any name, packed ones among them: the first byte chooses the name, the rest is in the file."""

from __future__ import annotations

import gzip

from fuzz import seeds
from fuzz.harness import Harness, Seen
from fuzz.laws.documents import read_soundly

NAMES = (
    *("a", "a.gz", "a.json.gz", "a.jsonl.gz", "a.txt", "a.toml", "a.csv", "a.json5", "a.bru", "a.hbs", "a.j2", "a.rb"),
    *(
        "a.go",
        "a.xml",
        "a.html",
        "a.parquet",
        "a.har",
        "a.ndjson",
        "a.yml",
        "a.tsx",
        "a.mdx",
        "a.rest",
        "a.d.ts",
        "a.log",
    ),
)


def _seeds() -> tuple[bytes, ...]:
    found: list[bytes] = []
    for number, name in enumerate(NAMES):
        inside = (*seeds.texts()[number::12], *seeds.requests()[number::40])
        found += [bytes((number,)) + (gzip.compress(data, mtime=0) if name.endswith("gz") else data) for data in inside]
    return seeds.short(found)


def _run(data: bytes) -> Seen:
    return read_soundly(NAMES[data[0] % len(NAMES)], data[1:]) if data else None


HARNESS = Harness("any_name", _seeds, _run)
