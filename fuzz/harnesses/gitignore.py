"""Ignore files: no line of one stops a walk, and no pattern of a configuration raises."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from fuzz.harness import Harness, Seen
from minimax_validate.project import discover

_SEEDS = (
    b"*.json\n!keep.json\n", b"/a/**/b\n", b"x[w-f]y\n", b"[!a-z]?\\ \n# no\n", b"**\n!*/\n", b"a/\n\\#b\n\\!c\n",
    b"[[:alpha:]]*\n",
    b"a.json\r\nb.json\r\n", b"[\n", b"[]a]\n", b"a[^b]\\\n", b"\xff\xfe\n", b"**/a/**/b/**\n", b"/\n", b"//\n",
    b"!\n", b"*a**b\n",
)  # fmt: skip


@cache
def _tree() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
    (folder / "a" / "b").mkdir(parents=True)
    for name in ("a.json", "keep.json", "a/x.json", "a/b/y.jsonl"):
        (folder / name).write_text("{}")
    return folder


def _run(data: bytes) -> Seen:
    folder = _tree()
    (folder / ".gitignore").write_bytes(data)
    filters = discover.Filters(folder)
    found = frozenset(Path(each.path).name for each in discover.discover((str(folder),), filters))
    usable = []
    for line in data.decode("utf-8", "replace").splitlines():
        if discover.is_pattern(line):
            usable.append(line)
            discover.is_match(line, folder / "a" / "x.json", folder)
    chosen = discover.Filters(folder, tuple(usable), include=tuple(usable), include_root=folder)
    picked = frozenset(Path(each.path).name for each in discover.discover((str(folder),), chosen))
    discover._patterns.cache_clear()
    return found, picked


HARNESS = Harness("gitignore", lambda: _SEEDS, _run)
