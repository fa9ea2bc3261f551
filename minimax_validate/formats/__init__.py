"""Output formats: one module each, imported when it is asked for."""

from __future__ import annotations

from importlib import import_module

from minimax_validate.formats.format import Format

FORMATS = ("text", "concise", "json")
"""The name of each format: that which ``--output-format`` takes, and that of its module."""


def load_format(name: str) -> Format:
    """The format of a name in ``FORMATS``."""
    write: Format = import_module(f"{__name__}.{name.replace('-', '_')}").write
    return write
