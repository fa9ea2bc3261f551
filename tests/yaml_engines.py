"""The two parsers that may be under the reading of YAML."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

import pytest

from minimax_validate.texts.yaml import parsers

ENGINES = ["libyaml", "python"]


@contextmanager
def use(engine: str) -> Iterator[None]:
    """Read YAML with one of the engines; libyaml is in what tests install."""
    if engine == "libyaml" and not parsers.has_fast_parser():
        pytest.skip("libyaml is not there")
    with patch.object(parsers, "has_fast_parser", lambda: engine == "libyaml"):
        yield
