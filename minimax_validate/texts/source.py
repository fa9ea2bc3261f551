"""Text and where it came from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """A named piece of text; ``first_line`` (from 1) lets one line of a JSONL file keep its place in the file.

    ``start`` is how many bytes of the file stand before the text, which is as long in the file as it is in UTF-8.
    """

    name: str
    text: str
    first_line: int = 1
    start: int = 0
