"""What a rule says, for terminals, documents and programs: one module a way to write it."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import Protocol, TextIO

from minimax_validate.output.formats.writer import Style
from minimax_validate.rules.rule import Rule

FORMATS = ("text", "markdown", "json")
"""The name of each way: what ``--output-format`` takes, and that of its module."""


class Writer(Protocol):
    """Writes what rules say to a stream."""

    def __call__(self, rules: Iterable[Rule], stream: TextIO, style: Style) -> None:
        """Write it all."""
        ...


def load_format(name: str) -> Writer:
    """The writer of a name in ``FORMATS``."""
    write: Writer = import_module(f"{__name__}.{name}").write
    return write
