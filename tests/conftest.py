"""How hard the property tests try: ``ci`` repeats itself and is quick, ``long`` searches anew each time.

The environment variable HYPOTHESIS_PROFILE chooses one; ``ci`` is the default.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

settings.register_profile("ci", max_examples=40, derandomize=True, deadline=None, database=None)
settings.register_profile("mid", max_examples=3000, deadline=None)
settings.register_profile("long", max_examples=10_000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


@pytest.fixture(autouse=True)
def nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests run as though nowhere in particular: in GitHub Actions the command has another default."""
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)


@pytest.fixture(autouse=True)
def nothing_frozen() -> Iterator[None]:
    """The command freezes what it imports; Hypothesis warns in a later test if it finds its own objects frozen."""
    yield
    gc.unfreeze()
