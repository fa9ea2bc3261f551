"""A pytest plugin (``-p without_wheels``) that takes away what is compiled for a platform, as where there are no wheels: Pyodide, Workers.

Tests that need one of these packages are skipped by ``pytest.importorskip``; all others have to pass as they are, but for ``UNTOLD``.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType

import pytest

COMPILED = frozenset({"jsonschema_rs", "orjson", "splintr", "tokenizers", "yaml._yaml"})
"""Modules that are imported where they can be, and never relied on."""

UNTOLD = frozenset(
    {
        "test_invalid_example_is_found[arguments-mismatch: Three things at once.]",
        "test_findings_carry_what_they_did[arguments-mismatch]",
    }
)
"""Tests with a finding that is not made there: a text does not match a pattern. No stranger's pattern is run in more than linear time."""


class Blocker:
    """Finds modules before anyone else does, to say that they are not there."""

    def __init__(self, names: frozenset[str]) -> None:
        self._names = names

    def find_spec(self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None) -> ModuleSpec | None:  # noqa: ARG002
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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Expect what is not found to stay so."""
    for item in items:
        if item.name in UNTOLD:
            item.add_marker(pytest.mark.xfail(strict=True, reason="no engine of linear time is there to run a pattern"))
