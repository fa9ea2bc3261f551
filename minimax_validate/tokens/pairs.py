"""The pairs of neighbouring bytes of a text, each by the classes of its bytes, at the speed of reading digits."""

from __future__ import annotations

from binascii import unhexlify
from collections.abc import Iterator

_BLOCK = 1 << 16


def digits_of(class_of_byte: bytes) -> bytes:
    """A table of the classes of bytes, 0 to 15, as the digits that ``pair_codes`` reads."""
    return class_of_byte.translate(b"0123456789abcdef" + bytes(240))


def pair_codes(encoded: bytes, digit_of_byte: bytes) -> Iterator[bytes]:
    """For each pair of neighbouring bytes, the class of the left one times 16 plus that of the right one.

    In blocks of 64 KiB: first the pairs that begin at an even place of the block, then the others.
    """
    for start in range(0, len(encoded) - 1, _BLOCK):
        digits = encoded[start : start + 1 + _BLOCK].translate(digit_of_byte)
        even, odd = len(digits) // 2 * 2, (len(digits) - 1) // 2 * 2
        yield unhexlify(digits[:even]) + unhexlify(digits[1 : 1 + odd])
