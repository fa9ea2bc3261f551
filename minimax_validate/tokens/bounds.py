"""How few and how many tokens a text can be, whatever vocabulary counts it.

Both bounds hold for every byte-level BPE that contains the 256 single bytes, cuts text with the o200k pre-tokenizer
pattern before it merges anything, and may normalise to NFC first: the tokenizer of MiniMax M2 to M2.7 is one of these.
No vocabulary is needed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from minimax_validate.tokens.pairs import digits_of, pair_codes
from minimax_validate.tokens.special import count_special_tokens
from minimax_validate.tokens.sums import total

NFC_GROWTH = 3
"""The most by which NFC can lengthen UTF-8 (Unicode Standard Annex 15, section 9): U+1D160 goes from 4 bytes to 12."""

CUTS_IN_A_SPECIAL_TOKEN = 6
"""No special token, with its neighbours, holds more of the counted cuts than this beyond the one token that it is."""

_BLOCK = 1 << 16

_LOWER = frozenset(b"abcdefghijklmnopqrstuvwxyz")
_UPPER = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_LETTER = _LOWER | _UPPER
_DIGIT = frozenset(b"0123456789")
_NEWLINE = frozenset(b"\r\n")
_BLANK = frozenset(b" \t\v\f")
_SPACE = _BLANK | _NEWLINE
# Engines disagree whether these four are white space, so no cut may depend on one.
_DISPUTED = frozenset(b"\x1c\x1d\x1e\x1f")
_SYMBOL = frozenset(range(128)) - _LETTER - _DIGIT - _SPACE - _DISPUTED
_APOSTROPHE = frozenset(b"'")
_SLASH = frozenset(b"/")
_ANYTHING = frozenset(range(256))
# Bytes beyond ASCII that end no Unicode white space in UTF-8 (U+0085, U+00A0, U+1680, U+2000-200A, U+2028, U+2029,
# U+202F, U+205F, U+3000).
_FOREIGN_INK = frozenset(range(0x80, 0x100)) - frozenset(range(0x80, 0x8B)) - frozenset((0x9F, 0xA0, 0xA8, 0xA9, 0xAF))


@dataclass(frozen=True, slots=True)
class _Cut:
    """Two neighbouring bytes, and the one after them, between which the pattern ends a piece, whatever is around."""

    first: frozenset[int]
    second: frozenset[int]
    third: frozenset[int] = _ANYTHING


# Each cut falls at another place than every other rule's, so their numbers add up. Each stays when NFC is applied: the
# only ASCII that NFC touches is a base that a combining mark follows, and that remains a letter or a symbol.
_CUTS = (
    # A run of letters or digits ends. Not before an apostrophe, which may open a contraction ('re) and belong to the
    # word.
    _Cut(_LETTER | _DIGIT, (_SYMBOL - _APOSTROPHE) | _SPACE),
    # Digits form pieces of their own.
    _Cut(_LETTER | _SYMBOL | _SPACE, _DIGIT),
    _Cut(_DIGIT, _LETTER | _APOSTROPHE),
    # Symbols and other scripts take nothing blank behind them; they may take newlines.
    _Cut(_SYMBOL | _FOREIGN_INK, _BLANK),
    # A newline ends its piece, unless a slash rides along in [\r\n/]*.
    _Cut(_NEWLINE, _LETTER | (_SYMBOL - _SLASH)),
    # camel|Case. Not behind r, v and l: in 'rE, 'vE and 'lL they are inside a contraction.
    _Cut(_LOWER - frozenset(b"rvl"), _UPPER),
    # Two symbols in a row, or a space and a symbol, are eaten as a run, so letters after them begin a piece (one alone
    # would lead it).
    _Cut((_SYMBOL - _SLASH) | frozenset(b" "), _SYMBOL, _LETTER),
    # Of several blanks the last is left to the piece that follows.
    _Cut(_BLANK, _BLANK, _LETTER | _DIGIT | _SYMBOL),
)


def _bits(classes: Iterable[frozenset[int]]) -> bytes:
    """A translation table whose entry for a byte has bit k set if the byte is in the k-th class."""
    table = bytearray(256)
    for bit, members in enumerate(classes):
        for byte in members:
            table[byte] |= 1 << bit
    return bytes(table)


_AS_FIRST = _bits(cut.first for cut in _CUTS)
_AS_SECOND = _bits(cut.second for cut in _CUTS)
_AS_THIRD = _bits(cut.third for cut in _CUTS)
# What stands behind the last byte of a text is unknown, so it may be in no class that a rule asks for.
SEPARATOR = b"\x1c"
"""No cut is beside it, so that texts with it between them have the cuts that each of them has."""


def count_cuts(encoded: bytes) -> int:
    """How many places of some UTF-8 are certain to be cut, counted 64 KiB at a time.

    Every byte is translated to the rules that it may be the first, second or third byte of; where the three sets, laid
    on top of each other, share a bit, that rule cuts. Whole blocks are laid on each other as big integers, at C speed.
    """
    cuts = 0
    for start in range(0, len(encoded), _BLOCK):
        block = encoded[start : start + _BLOCK]
        following = encoded[start + 1 : start + _BLOCK + 1]
        afterwards = encoded[start + 2 : start + _BLOCK + 2] + SEPARATOR
        first = int.from_bytes(block.translate(_AS_FIRST), "little")
        second = int.from_bytes(following.translate(_AS_SECOND), "little")
        third = int.from_bytes(afterwards.translate(_AS_THIRD), "little")
        cuts += (first & second & third).bit_count()
    return cuts


# Every cut is before a symbol, a space, a digit or a capital, or behind a digit or a newline.
CUTS_BESIDE = bytes(
    (byte in _SYMBOL | _SPACE | _DIGIT | _UPPER) + (byte in _DIGIT | _NEWLINE) for byte in sorted(_ANYTHING)
)
"""By the byte: the most cuts that are counted as its own, of those before it and behind it."""
MOST_CUTS_BESIDE = 2


def cuts_at_most(encoded: bytes) -> int:
    """What the cuts of some UTF-8 are no more than, for a fraction of their cost: one look at single bytes."""
    return total(encoded.translate(CUTS_BESIDE), MOST_CUTS_BESIDE)


# Bytes of a class may begin and end the same cuts.
_KINDS = sorted({(_AS_FIRST[byte], _AS_SECOND[byte]) for byte in range(256)})
_DIGIT_OF_BYTE = digits_of(bytes(_KINDS.index((_AS_FIRST[byte], _AS_SECOND[byte])) for byte in range(256)))
_MAY_CUT = bytes(
    left < len(_KINDS) and right < len(_KINDS) and _KINDS[left][0] & _KINDS[right][1] != 0
    for left in range(16)
    for right in range(16)
)


def cuts_of_pairs(encoded: bytes) -> int:
    """What the cuts of some UTF-8 are no more than, for half of their cost: one look at neighbouring bytes."""
    return sum(total(codes.translate(_MAY_CUT), 1) for codes in pair_codes(encoded, _DIGIT_OF_BYTE))


def lower_bound(text: str) -> int:
    """Return the smallest number of tokens that a text can have with any vocabulary.

    No vocabulary merges characters across certain cuts, so each cut is one more token. This never raises. An unpaired
    surrogate counts as three bytes, like the character that replaces it.
    """
    if not text:
        return 0
    cuts = count_cuts(text.encode("utf-8", "surrogatepass"))
    return max(1, 1 + cuts - CUTS_IN_A_SPECIAL_TOKEN * count_special_tokens(text))


def lower_bound_of_all(texts: Iterable[str]) -> int:
    """The fewest tokens that some texts can be together, if no two of them touch.

    One look at all, for many short ones far cheaper. At most the sum of the lower bounds of each.
    """
    present = [text for text in texts if text]
    # No rule knows the separator, so no cut is counted or lost beside it.
    together = SEPARATOR.decode().join(present)
    cuts = count_cuts(together.encode("utf-8", "surrogatepass"))
    return max(0, len(present) + cuts - CUTS_IN_A_SPECIAL_TOKEN * count_special_tokens(together))


# Long runs of combining marks make normalisation quadratic. Every combining mark is a character beyond ASCII that is no
# word character; the left-out ranges hold punctuation, symbols, box drawing and emoji, of which long runs are ordinary,
# and no mark.
_RUN_OF_MARKS = re.compile("[^\\w\0-\u02ff\u2000-\u20cf\u2100-\u2cee\u3000-\u3029\U0001f000-\U0001faff]{32}")


def upper_bound(text: str) -> int:
    """Return the largest number of tokens that a text can have with any vocabulary.

    Each token covers at least one byte of the text or of its NFC form, whichever is longer. This never raises. For
    ASCII text, it takes constant time.
    """
    if text.isascii():
        return len(text)
    length = len(text.encode("utf-8", "surrogatepass"))
    if _RUN_OF_MARKS.search(text):
        return NFC_GROWTH * length
    if unicodedata.is_normalized("NFC", text):
        return length
    return max(length, len(unicodedata.normalize("NFC", text).encode("utf-8", "surrogatepass")))
