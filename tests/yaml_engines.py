"""The two parsers that may be under the reading of YAML."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

import pytest

from minimax_validate.texts.yaml import parsers, rewrite, sharing, walk

ENGINES = ["libyaml", "python"]


@contextmanager
def use(engine: str) -> Iterator[None]:
    """Read YAML with one of the engines, also a text that the other one has just read; tests install libyaml."""
    if engine == "libyaml" and not parsers.has_fast_parser():
        pytest.skip("libyaml is not there")
    _forget()
    try:
        with patch.object(parsers, "has_fast_parser", lambda: engine == "libyaml"):
            yield
    finally:
        _forget()


def _forget() -> None:
    """Forget what is kept of the last text."""
    walk._kept.cache_clear()
    rewrite._tree.cache_clear()
    sharing.sharing.cache_clear()
