"""Output formats: one module each, and the list of all."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from minimax_validate.formats import concise, json, text
from minimax_validate.formats.format import Format

FORMATS: Mapping[str, Format] = MappingProxyType({"text": text.write, "concise": concise.write, "json": json.write})
"""All formats by the name that ``--output-format`` takes."""
