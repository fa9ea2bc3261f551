"""A pytest plugin (``-p without_wheels``) that takes away what is compiled for a platform, as in Pyodide.

Tests that need one of these packages are skipped by ``pytest.importorskip``; all others have to pass as they are.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType

COMPILED = frozenset({"jsonschema_rs", "orjson", "splintr", "tokenizers", "yaml._yaml"})
"""Modules that are imported where they can be, and never relied on."""


class Blocker:
    """Finds modules before anyone else does, to say that they are not there."""

    def __init__(self, names: frozenset[str]) -> None:
        self._names = names

    def find_spec(
        self,
        name: str,
        path: Sequence[str] | None = None,  # noqa: ARG002
        target: ModuleType | None = None,  # noqa: ARG002
    ) -> ModuleSpec | None:
        """Refuse what is blocked, and leave the rest to others."""
        if name in self._names:
            raise ModuleNotFoundError(f"No module named {name!r}: it is blocked here", name=name)
        return None


def block(names: frozenset[str]) -> None:
    """Let none of these modules be imported from now on.

    Raises:
        RuntimeError: one of them has been imported before.
    """
    if loaded := names & sys.modules.keys():
        raise RuntimeError(f"too late to block {', '.join(sorted(loaded))}")
    sys.meta_path.insert(0, Blocker(names))


def pytest_addoption() -> None:
    """Block them, before the first test file is imported."""
    block(COMPILED)
