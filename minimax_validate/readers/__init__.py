"""How files become documents: one module a format, and the list of all formats."""

from __future__ import annotations

from minimax_validate.readers import json, jsonl, yaml
from minimax_validate.readers.reader import Reader

READERS: tuple[Reader, ...] = (jsonl.READER, json.READER, yaml.READER)
"""All formats. Names are asked first; the content of a file that its name tells nothing of is shown to each in this order."""


def reader_for(name: str, head: bytes = b"") -> Reader | None:
    """The reader of a file by the suffix of its name, else by its first bytes, else None.

    A name that tells a format is believed: several values in a ``.json`` file are a finding, as they are an error to whoever loads it.
    """
    lower = name.lower()
    by_name = next((reader for reader in READERS if lower.endswith(reader.suffixes)), None)
    return by_name or next((reader for reader in READERS if reader.recognises(head)), None)
