"""How hard the property tests try, and what the processes of tests inherit.

``ci`` repeats itself and is quick, ``long`` searches anew each time. The environment variable HYPOTHESIS_PROFILE
chooses one; ``ci`` is the default.
"""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Iterator
from contextlib import suppress

import pytest
from hypothesis import settings

# Programs that tests start write and are interrupted as those of users are, however the tests were started: a shell has
# what it starts in the background ignore interrupts.
os.environ.pop("PYTHONUNBUFFERED", None)
with suppress(ValueError):  # in a thread, signals are somebody else's
    signal.signal(signal.SIGINT, signal.default_int_handler)

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
