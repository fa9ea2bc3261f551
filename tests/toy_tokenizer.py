"""Byte-level tokenizers with any merge table, to hold the bounds to their word: sound for every one of them."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import regex

from minimax_validate.tokens.special import SPECIAL_TOKEN

# The pattern of o200k, as published with tiktoken (MIT licence).
_O200K = "|".join(
    (
        r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?",
        r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?",
        r"\p{N}{1,3}",
        r" ?[^\s\p{L}\p{N}]+[\r\n/]*",
        r"\s*[\r\n]+",
        r"\s+(?!\S)",
        r"\s+",
    )
)
# Python counts U+001C to U+001F as white space, Unicode and Rust do not; a bound has to hold for both.
_STRICT_SPACE = r"\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
PATTERNS = (
    regex.compile(_O200K),
    regex.compile(
        _O200K.replace(r"[^\s", f"[^{_STRICT_SPACE}")
        .replace(r"\S", f"[^{_STRICT_SPACE}]")
        .replace(r"\s", f"[{_STRICT_SPACE}]")
    ),
)
SURROGATE = re.compile("[\ud800-\udfff]")

Merge = tuple[bytes, bytes]


@dataclass(frozen=True)
class Toy:
    """A tokenizer: how it takes white space, whether it normalises, and its merges in their order."""

    pattern: int = 0
    nfc: bool = True
    merges: Sequence[Merge] = ()

    def pieces(self, text: str) -> Iterator[bytes | None]:
        """The pieces that are merged each for itself; None stands for a special token."""
        text = SURROGATE.sub("\ufffd", text)
        end = 0
        for special in (*SPECIAL_TOKEN.finditer(text), None):
            between = text[end : special.start() if special else len(text)]
            if self.nfc:
                between = unicodedata.normalize("NFC", between)
            found = PATTERNS[self.pattern].findall(between)
            assert "".join(found) == between
            yield from (piece.encode() for piece in found)
            if special:
                yield None
                end = special.end()

    def count(self, text: str) -> int:
        """The tokens of a text."""
        return sum(1 if piece is None else len(self.merge(piece)) for piece in self.pieces(text))

    def fewest(self, text: str) -> int:
        """The tokens of a text under the luckiest merge table, which makes one of every piece."""
        return sum(1 for _ in self.pieces(text))

    def most(self, text: str) -> int:
        """The tokens of a text under the empty merge table, which leaves every byte alone."""
        return sum(1 if piece is None else len(piece) for piece in self.pieces(text))

    def merge(self, piece: bytes) -> list[bytes]:
        """The tokens of one piece."""
        parts = [piece[at : at + 1] for at in range(len(piece))]
        for merge in self.merges:
            parts = _merged(parts, merge)
        return parts

    def trained(self, text: str, seed: int, merges: int) -> Toy:
        """This tokenizer with merges picked at random among those that a text allows."""
        rng = random.Random(seed)
        pieces = [[piece[at : at + 1] for at in range(len(piece))] for piece in self.pieces(text) if piece]
        table: list[Merge] = []
        for _ in range(merges):
            choices = sorted({pair for parts in pieces for pair in pairwise(parts)})
            if not choices:
                break
            table.append(rng.choice(choices))
            pieces = [_merged(parts, table[-1]) for parts in pieces]
        return Toy(self.pattern, self.nfc, tuple(table))


def _merged(parts: list[bytes], merge: Merge) -> list[bytes]:
    merged: list[bytes] = []
    for part in parts:
        if merged and (merged[-1], part) == merge:
            merged[-1] += part
        else:
            merged.append(part)
    return merged


TOYS = tuple(Toy(pattern, nfc) for pattern in range(len(PATTERNS)) for nfc in (True, False))
"""Every way to cut."""
