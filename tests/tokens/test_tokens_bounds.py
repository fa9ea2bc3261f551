"""The bounds hold for every merge table, and neither crash nor crawl."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from token_texts import TEXTS
from toy_tokenizer import TOYS, Toy

from minimax_validate.tokens import lower_bound, upper_bound
from minimax_validate.tokens.bounds import NFC_GROWTH, _bits, lower_bound_of_all
from minimax_validate.tokens.special import SPECIAL_TOKENS, _any_of, count_special_tokens

MEGABYTE = 1_000_000


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_no_merge_table_leaves_the_bounds(text: str) -> None:
    """The luckiest merge table gives no fewer tokens than the lower bound, and no merges no more than the upper."""
    for toy in TOYS:
        assert lower_bound(text) <= toy.fewest(text)
        assert toy.most(text) <= upper_bound(text)


@given(TEXTS, TEXTS, st.integers(0, 2**32), st.integers(0, 30), st.sampled_from(TOYS))
@settings(max_examples=100, deadline=None)
def test_random_merge_tables_stay_within_the_bounds(text: str, learnt: str, seed: int, merges: int, toy: Toy) -> None:
    """A tokenizer with merges learnt at random, from the text and another, counts between the bounds."""
    trained = toy.trained(text + learnt, seed, merges)
    assert lower_bound(text) <= trained.count(text) <= upper_bound(text)


def test_every_short_text_of_every_kind_of_character_is_within_the_bounds() -> None:
    """All texts of three characters, one or more of each class that the rules know: no context was forgotten."""
    kinds = "aZrsE 1'/+<\n\t\r\x1cé中\u0301\u0338\u2003٣\u017f"
    for characters in product(kinds, repeat=3):
        text = "".join(characters)
        fewest = min(toy.fewest(text) for toy in TOYS[:3])
        assert lower_bound(text) <= fewest, repr(text)


def test_a_special_token_is_one_token_in_any_surroundings() -> None:
    """Each special token, between any characters, costs the lower bound more than the cuts counted inside it."""
    kinds = "aZ 1+/\n\t<]"
    for token in SPECIAL_TOKENS:
        assert count_special_tokens(token) == 1
        for before, after in product(product(kinds, repeat=2), kinds):
            text = "".join(before) + token + after
            assert lower_bound(text) <= TOYS[0].fewest(text), repr(text)


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("", 0, 0),
        ("x", 1, 1),
        ("Two words.", 3, 10),
        ("one  two", 3, 8),
        ("snakeCase", 2, 9),
        ("camelCase", 1, 9),
        ("a1b22", 4, 5),
        ("line\nline", 3, 9),
        ("f(x) == {}", 5, 10),
        ("we'rE", 1, 5),
        ("we'lL", 1, 5),
        ("we'Re", 1, 5),
        ("a\x1cb\x1fc", 1, 5),
        ("\n/x", 1, 3),
        ("été", 1, 5),
        ("слово", 1, 10),
        ("слово слово", 2, 21),
        ("語語", 1, 6),
        ("\ud800", 1, 3),
        ("\U0001d160", 1, 12),
        ("e\u0301", 1, 3),
        ("<think>", 1, 7),
        ("]~b]user", 1, 8),
        ("</minimax:tool_call>", 1, 20),
    ],
)
def test_known_bounds(text: str, least: int, most: int) -> None:
    """Texts whose bounds can be worked out by hand."""
    assert (lower_bound(text), upper_bound(text)) == (least, most)


def test_the_rules_of_a_byte_are_its_bits() -> None:
    """A translation table has a bit for every class that a byte is in."""
    table = _bits([frozenset(b"ab"), frozenset(b"b"), frozenset(b"bc")])
    assert (len(table), table[ord("a")], table[ord("b")], table[ord("c")], sum(table)) == (256, 1, 7, 4, 12)


def test_the_longest_special_token_is_found_first() -> None:
    """One of two tokens that begin alike is not taken for the other; what only looks like a pattern is text."""
    pattern = _any_of(["<a", "<a.b"])
    assert [match[0] for match in pattern.finditer("<a.b<axb<a")] == ["<a.b", "<a", "<a"]


@pytest.mark.parametrize(
    ("texts", "least"),
    [
        ([], 0),
        (["", ""], 0),
        (["a", "a"], 2),
        (["two words", "", "\ud800", "three small words"], 2 + 1 + 3),
        (["a.", "b"], 3),
        (["<think>"], 0),
        (["<think>", "one two three four five six seven"], 3),
    ],
)
def test_the_lower_bound_of_several_texts(texts: list[str], least: int) -> None:
    """The sum for texts without special tokens, less where they take more than their own text has."""
    assert lower_bound_of_all(texts) == least <= sum(map(lower_bound, texts))


@given(st.lists(TEXTS, max_size=4))
@settings(deadline=None)
def test_the_lower_bound_of_all_is_below_the_sum(texts: list[str]) -> None:
    """However the texts end and begin, none gains a cut from its neighbours."""
    assert lower_bound_of_all(texts) <= sum(map(lower_bound, texts))


@pytest.mark.parametrize("text", ["The cat sat on the mat. ", "key = value(1, 2)\n", '{"id": 17, "ok": true}, '])
def test_blocks_join_without_a_seam(text: str) -> None:
    """A text that fills several blocks has as many cuts as its repetitions, wherever the blocks end."""
    for repetitions in (65_536 // len(text) + 1, 200_000 // len(text)):
        once, twice, many = lower_bound(text), lower_bound(text * 2), lower_bound(text * repetitions)
        assert many == once + (twice - once) * (repetitions - 1)


def test_upper_bound_of_marks_does_not_normalise_them() -> None:
    """A long run of combining marks is bounded by the growth of NFC; each alone is normalised."""
    assert upper_bound("\u0301" * 100) == NFC_GROWTH * 200
    assert upper_bound("e\u0301 " * 100) == 400
    assert upper_bound("\u0958 " * 100) == 700


HOSTILE = {
    "spaces": " ",
    "newlines": "\n",
    "one letter": "a",
    "one mark": "\u0301",
    "marks in turns": "a\u0323\u0301\u0302",
    "marks out of order": "\u0301\u0323",
    "vowel signs": "\u09be",
    "half syllables": "\u1100\u1161",
    "surrogates": "\ud800",
    "special tokens": "<think>",
    "opened tokens": "]<]",
    "nearly tokens": "[e~",
    "emoji": "🎉",
}


@pytest.mark.slow
@pytest.mark.parametrize("unit", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("bound", [lower_bound, upper_bound])
def test_time_grows_with_the_length_only(bound: Callable[[str], int], unit: str) -> None:
    """Eight times the text takes about eight times as long, for every text known to make some tokenizer crawl."""

    def seconds(text: str) -> float:
        started = perf_counter()
        bound(text)
        return perf_counter() - started

    short, long = unit * (MEGABYTE // len(unit)), unit * (8 * MEGABYTE // len(unit))
    once = min(seconds(short) for _ in range(5))
    assert min(seconds(long) for _ in range(3)) < 8 * 3 * once + 0.01


@pytest.mark.slow
@pytest.mark.parametrize("unit", [" ", "a", "\u0301", "hello world ", "語"])
def test_a_hundred_megabytes_have_bounds(unit: str) -> None:
    """Texts of 100 MB are bounded, lower below upper."""
    text = unit * (100 * MEGABYTE // len(unit.encode()))
    assert 1 <= lower_bound(text) <= upper_bound(text) <= NFC_GROWTH * 100 * MEGABYTE
