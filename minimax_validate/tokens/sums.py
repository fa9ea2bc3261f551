"""Add up bytes at the speed of a checksum, ten times that of ``sum``."""

from __future__ import annotations

import zlib

# Adler-32 keeps, in its lower half, 1 plus the sum of the bytes modulo 65,521.
_MODULUS = 65_521


def total(numbers: bytes, largest: int) -> int:
    """The sum of some bytes, each of which is ``largest`` at most."""
    at_once = (_MODULUS - 2) // largest
    if len(numbers) <= at_once:
        return (zlib.adler32(numbers) & 0xFFFF) - 1
    view = memoryview(numbers)
    return sum([(zlib.adler32(view[at : at + at_once]) & 0xFFFF) - 1 for at in range(0, len(numbers), at_once)])
