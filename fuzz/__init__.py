"""Fuzzing: inputs from nowhere, and laws that hold for each of them.

A harness (``harnesses/``, a file each) takes bytes and raises if a law does not hold. ``python -m fuzz`` runs one under
the mutator of ``mutate.py``, or under atheris where that is installed. Some samples and laws are those of the tests.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]

for _folder in ("tests", "tests/texts"):
    if str(ROOT / _folder) not in sys.path:
        sys.path.append(str(ROOT / _folder))
