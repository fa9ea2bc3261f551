"""What a walk over a large tree costs beside reading and parsing the same files: ``python -m benchmarks.walk``."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.payloads import conversation
from benchmarks.ratio import HEADER, compare

FILES, REQUESTS, FOLDERS = 20_000, 500, 200

_MANIFEST = {
    "name": "harbour-lights",
    "version": "1.4.2",
    "scripts": {"build": "make", "test": "make test"},
    "dependencies": {f"package-{number}": f"^{number}.0.0" for number in range(20)},
}
_PARSE = """
import os, sys, orjson
for folder, _, names in os.walk(sys.argv[1]):
    for name in names:
        with open(os.path.join(folder, name), "rb") as file:
            orjson.loads(file.read())
"""


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        _plant(Path(folder))
        ours = [sys.executable, "-m", "minimax_validate", "check", folder, "--isolated"]
        theirs = [sys.executable, "-c", _PARSE, folder]
        print(HEADER)
        ratio = compare(lambda: _run(ours), lambda: _run(theirs), rounds=7, seconds=0)
        print(ratio.row(f"{FILES:,} files, {REQUESTS} of them requests / orjson", 2))


def _plant(root: Path) -> None:
    """A tree of JSON files; every fortieth is a request, the others are manifests."""
    request, manifest = json.dumps(conversation(), indent=2), json.dumps(_MANIFEST, indent=2)
    for number in range(FOLDERS):
        (root / f"folder-{number}").mkdir()
    for number in range(FILES):
        is_request = number % (FILES // REQUESTS) == 0
        (root / f"folder-{number % FOLDERS}" / f"{number}.json").write_text(
            request if is_request else manifest, "utf-8"
        )


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, "PYTHONDONTWRITEBYTECODE": ""})


if __name__ == "__main__":
    main()
