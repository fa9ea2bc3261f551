"""Output formats: one module each, imported when it is asked for."""

from __future__ import annotations

from importlib import import_module

from minimax_validate.output.formats.writer import Writer

FORMATS = ("text", "concise", "json", "json-lines", "sarif", "github", "gitlab", "junit", "markdown")
"""The name of each format: that which ``--output-format`` takes, and that of its module."""


def load_format(name: str) -> type[Writer]:
    """The format of a name in ``FORMATS``."""
    found: type[Writer] = import_module(f"{__name__}.{name.replace('-', '_')}").Format
    return found
