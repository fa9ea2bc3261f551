"""About how many tokens a text is.

A weight for each pair of neighbouring byte classes, and one for each page of Unicode. A linear model of the o200k
vocabulary, the nearest to the model's own that can be had. Long runs of one repeated byte, which no pair knows of, are
counted by themselves. On ordinary text the estimate is a few per cent off; on random characters and on long runs of a
character beyond ASCII it can be off by half or more, so nothing certain may rest on it. The weights, and the error by
kind of text, come from ``scripts/calibrate_tokens.py``, the runs from ``scripts/calibrate_runs.py``;
``benchmarks/tokens.py`` prints the error again.
"""

from __future__ import annotations

from collections.abc import Iterator

from minimax_validate.tokens import pairs
from minimax_validate.tokens.bounds import cuts_at_most, lower_bound
from minimax_validate.tokens.pairs import digits_of
from minimax_validate.tokens.run_lengths import RUN_LENGTHS
from minimax_validate.tokens.runs import long_runs
from minimax_validate.tokens.sums import total
from minimax_validate.tokens.weights import CLASS_OF_BYTE, PAGE_WEIGHTS, PAIR_WEIGHTS

WEIGHTS_PER_TOKEN = 32
"""A weight of one token; weights are whole numbers from 0 to ``LARGEST_WEIGHT``."""

LARGEST_WEIGHT = 63
"""The largest weight."""

# Half a token would be the usual rounding; a quarter allows for the first character, which has no left neighbour.
_ROUNDING = WEIGHTS_PER_TOKEN // 4
_PAGE_OF_ASCII = b"\0"
_LATIN_1_LEADS = b"\xc2\xc3"


_DIGIT_OF_BYTE = digits_of(CLASS_OF_BYTE)


def pair_codes(encoded: bytes) -> Iterator[bytes]:
    """The codes of the pairs of neighbouring bytes, in blocks; see ``pairs.pair_codes``."""
    return pairs.pair_codes(encoded, _DIGIT_OF_BYTE)


def page_codes(text: str, encoded: bytes) -> bytes:
    """For each character beyond ASCII, its page: the code point without its last two hexadecimal digits. In no order.

    ``encoded`` is the text in UTF-8. Characters beyond U+FFFF give two pages, those of their surrogates in UTF-16.
    """
    pages = text.encode("utf-16-le", "surrogatepass")[1::2].translate(None, _PAGE_OF_ASCII)
    # ASCII has gone, and with it the rest of its page: the characters that UTF-8 begins with one of two bytes.
    rest_of_first_page = len(encoded) - len(encoded.translate(None, _LATIN_1_LEADS))
    return _PAGE_OF_ASCII * rest_of_first_page + pages


def run_tokens(byte: int, length: int) -> int:
    """About the number of tokens of a long run of one byte; a run makes whole tokens."""
    return -(-length // RUN_LENGTHS[byte])


def run_weight(encoded: bytes) -> int:
    """What the long runs of a text add to the weight of its pairs, or, below nothing, take from it.

    Each run weighs its own tokens, and the pairs inside it nothing.
    """
    weight = 0
    for byte, length in long_runs(encoded):
        pair = CLASS_OF_BYTE[byte] * (16 + 1)
        weight += WEIGHTS_PER_TOKEN * run_tokens(byte, length) - (length - 1) * PAIR_WEIGHTS[pair]
    return weight


def weight_of(encoded: bytes) -> int:
    """The weight of some UTF-8 in 32nds of a token, with no regard to what its tokens are certain to be at least."""
    weight = _ROUNDING + run_weight(encoded)
    for codes in pair_codes(encoded):
        weight += total(codes.translate(PAIR_WEIGHTS), LARGEST_WEIGHT)
    if not encoded.isascii():
        pages = page_codes(encoded.decode("utf-8", "surrogatepass"), encoded)
        weight += total(pages.translate(PAGE_WEIGHTS), LARGEST_WEIGHT)
    return weight


def estimate_tokens(text: str) -> int:
    """Estimate the number of tokens of a text, calibrated with o200k.

    The estimate is never lower than the lower bound and never higher than the number of bytes. It never raises.
    """
    if not text:
        return 0
    encoded = text.encode("utf-8", "surrogatepass")
    tokens = weight_of(encoded) // WEIGHTS_PER_TOKEN
    # The lower bound costs more than all before it, and is hardly ever the larger one.
    if tokens <= cuts_at_most(encoded):
        tokens = max(lower_bound(text), tokens)
    return min(tokens, len(encoded))
