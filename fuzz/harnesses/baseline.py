"""Baselines: a file is one or is refused, and what is read of it is written again."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from fuzz.harness import Harness, Seen, expect
from minimax_validate.project.ignoring.baseline import BaselineError, read_baseline, write_baseline

_SEEDS = (
    b'{"version": 1, "findings": [{"file": "a.json", "code": "MM110", "pointer": "/messages/0", '
    b'"fingerprint": "0", "count": 2}]}',
    b'{"version": 1, "findings": []}',
)


@cache
def _path() -> Path:
    return Path(tempfile.mkdtemp(prefix="fuzz-")) / "baseline.json"


def _run(data: bytes) -> Seen:
    path = _path()
    path.write_bytes(data)
    try:
        entries = read_baseline(path)
    except BaselineError as error:
        return str(error)[:20]
    write_baseline(path, entries)
    expect(read_baseline(path) == entries, "what is written says the same")
    return len(entries)


HARNESS = Harness("baseline", lambda: _SEEDS, _run, is_json=True)
