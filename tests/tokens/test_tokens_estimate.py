"""The estimate is near the truth on ordinary text, and defined on all."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from token_samples import SAMPLES
from token_texts import TEXTS

from minimax_validate.tokens import estimate_tokens, lower_bound, o200k, upper_bound
from minimax_validate.tokens.bounds import cuts_at_most
from minimax_validate.tokens.estimate import LARGEST_WEIGHT, WEIGHTS_PER_TOKEN, page_codes, pair_codes
from minimax_validate.tokens.run_lengths import RUN_LENGTHS
from minimax_validate.tokens.weights import CLASS_OF_BYTE, PAGE_WEIGHTS, PAIR_WEIGHTS

GOLDEN = Path(__file__).parents[3] / "shared" / "tokens" / "golden.json"
ASCII = [chr(code) for code in range(128)]
RULER = "The first boats came in.\n{}\nNobody had expected them."


def test_tables_have_their_sizes_and_their_range() -> None:
    """A class a byte, a weight a pair and a page, none too large for the summing."""
    assert (len(CLASS_OF_BYTE), len(PAIR_WEIGHTS), len(PAGE_WEIGHTS)) == (256, 256, 256)
    assert max(CLASS_OF_BYTE) < 16
    assert max(PAIR_WEIGHTS + PAGE_WEIGHTS) <= LARGEST_WEIGHT


@pytest.mark.parametrize("length", [0, 1, 2, 65_536, 65_537, 65_538, 131_073])
def test_pairs_are_all_pairs(length: int) -> None:
    """Each byte but the last opens one pair, across the ends of blocks too."""
    encoded = Random(length).randbytes(length)
    expected = [CLASS_OF_BYTE[left] * 16 + CLASS_OF_BYTE[right] for left, right in pairwise(encoded)]
    assert sorted(b"".join(pair_codes(encoded))) == sorted(expected)


def test_pages_are_those_of_the_characters_beyond_ascii() -> None:
    """ASCII has no page, other characters one, those beyond U+FFFF the two of their surrogates.

    A lone surrogate its own.
    """
    text = "aé中🎉z\ud800\x80ÿĀ"
    assert sorted(page_codes(text, text.encode("utf-8", "surrogatepass"))) == [
        0x00,
        0x00,
        0x00,
        0x01,
        0x4E,
        0xD8,
        0xD8,
        0xDF,
    ]


@pytest.mark.parametrize("text", ["naïve 中文 text", "Zusammenhang", "你好"])
def test_estimate_is_the_sum_of_its_weights(text: str) -> None:
    """Both kinds of weight count, and a quarter of a token rounds."""
    encoded = text.encode()
    weight = sum(PAIR_WEIGHTS[code] for code in b"".join(pair_codes(encoded))) + sum(
        PAGE_WEIGHTS[page] for page in page_codes(text, encoded)
    )
    assert lower_bound(text) <= estimate_tokens(text) == (weight + 8) // WEIGHTS_PER_TOKEN


@pytest.mark.parametrize(("byte", "length"), [("a", 100), ("=", 79), (" ", 4_000), ("0", 33), ("\n", 32)])
def test_a_long_run_makes_whole_tokens(byte: str, length: int) -> None:
    """A long run has the tokens of its table, with no weight for the pairs inside it."""
    tokens = -(-length // RUN_LENGTHS[ord(byte)])
    assert estimate_tokens(byte * length) == max(tokens, lower_bound(byte * length))
    ends = [
        PAIR_WEIGHTS[CLASS_OF_BYTE[left] * 16 + CLASS_OF_BYTE[right]] for left, right in pairwise(f"(){byte}#".encode())
    ]
    assert estimate_tokens(f"(){byte * length}#") == tokens + (sum(ends) + 8) // WEIGHTS_PER_TOKEN


def test_estimate_is_never_below_what_is_certain() -> None:
    """Where the weights are too light, the lower bound is the better estimate."""
    assert estimate_tokens("a#a1" * 200) == lower_bound("a#a1" * 200)


@given(TEXTS)
@settings(deadline=None)
def test_estimate_lies_between_the_bounds(text: str) -> None:
    """An estimate is within both bounds, nothing only for nothing, and nothing raises."""
    assert lower_bound(text) <= estimate_tokens(text) <= upper_bound(text)
    assert (estimate_tokens(text) == 0) == (text == "")


@pytest.mark.parametrize("name", SAMPLES)
def test_estimate_is_near_the_count_of_o200k(name: str) -> None:
    """On texts of a paragraph the estimate is within a quarter of the o200k count, and o200k within the bounds."""
    pytest.importorskip("splintr")
    text = SAMPLES[name]
    tokens = o200k().count(text)
    assert abs(estimate_tokens(text) / tokens - 1) < 0.25
    assert lower_bound(text) <= tokens <= upper_bound(text)


@pytest.mark.parametrize("length", [32, 57, 79, 100, 300])
def test_estimate_of_long_runs_is_near_the_count_of_o200k(length: int) -> None:
    """Runs of each ASCII character, alone and as a ruler in prose, are 3 % off in sum and a few tokens each."""
    pytest.importorskip("splintr")
    count = o200k().count
    for frame in ("{}", RULER):
        texts = [frame.format(character * length) for character in ASCII]
        assert sum(map(estimate_tokens, texts)) == pytest.approx(sum(map(count, texts)), rel=0.03)
        assert max(abs(estimate_tokens(text) - count(text)) for text in texts) <= 4


@pytest.mark.skipif(not GOLDEN.is_file(), reason="the shared counts are not here")
def test_estimate_is_near_the_models_own_counts() -> None:
    """67 short texts, which took no part in the calibration, are less than 10 % off in sum."""
    golden = [(case["text"], case["tokens"]) for case in json.loads(GOLDEN.read_text(encoding="utf-8"))]
    estimated = sum(estimate_tokens(text) for text, _ in golden)
    assert abs(estimated / sum(tokens for _, tokens in golden) - 1) < 0.10


@pytest.mark.slow
@pytest.mark.parametrize("unit", [" ", "\u0301", "\ud800", "hello ", "語"])
def test_a_hundred_megabytes_have_an_estimate(unit: str) -> None:
    """Texts of 100 MB are estimated."""
    assert estimate_tokens(unit * (100_000_000 // len(unit.encode("utf-8", "surrogatepass")))) > 0


@given(TEXTS)
def test_the_lower_bound_is_left_out_only_where_it_is_smaller(text: str) -> None:
    """What stands for the lower bound in the estimate is never below it."""
    encoded = text.encode("utf-8", "surrogatepass")
    assert lower_bound(text) <= 1 + cuts_at_most(encoded) or not text
    assert estimate_tokens(text) >= min(lower_bound(text), len(encoded))
