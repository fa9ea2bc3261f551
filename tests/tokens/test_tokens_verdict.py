"""The verdict has three states, and says by which count and how far."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from token_texts import BODIES

from minimax_validate.tokens import (
    ESTIMATE,
    LOWER,
    RESERVE,
    UPPER,
    Outcome,
    TokenCounter,
    Verdict,
    completion_limit,
    count_prompt,
    judge,
)
from minimax_validate.tokens.quick import least_tokens
from minimax_validate.tokens.verdict import ESTIMATE_CONFIDENCE, judge_closely

SENTENCE = "The ferry to the island leaves at ten. "
IMAGE = {"type": "image_url", "image_url": {"url": "https://example.com/a.png"}}


def ask(content: Any, **more: Any) -> dict[str, Any]:
    """A request of one message."""
    return {"messages": [{"role": "user", "content": content}], **more}


def by_letters(text: str) -> int:
    """An exact counter in whose vocabulary every letter is a token."""
    return len(text)


LETTERS = TokenCounter("letters", by_letters)
PROXY = TokenCounter("letters (proxy)", by_letters, exact=False)


def test_a_short_prompt_fits_by_its_upper_bound() -> None:
    """The cheapest count decides first."""
    verdict = judge(ask("hello"))
    assert (verdict.outcome, verdict.measure) == (Outcome.FITS, "upper bound")
    assert count_prompt(ask("hello"), UPPER).total <= verdict.tokens < 100


def test_the_reserve_is_kept_free() -> None:
    """The upper bound proves a fit only with 16 tokens to spare."""
    body = ask("a1" * 40)
    quickly, closely = judge(body).tokens, count_prompt(body, UPPER).total
    assert judge(body, window=quickly + RESERVE) == Verdict(Outcome.FITS, "upper bound", quickly, quickly + RESERVE, 0)
    window = closely + RESERVE
    assert judge_closely(body, window=window) == Verdict(Outcome.FITS, "upper bound", closely, window, 0)
    assert closely < quickly
    assert judge_closely(body, window=window - 1).measure == "estimate"


def test_tools_count_for_the_budget() -> None:
    """A prompt with tools fits by its upper bound too, whatever their texts hold; longer ones leave less."""
    texts = ("Find a ferry.", "Find a ferry. " * 2, "Find \ud800.")
    bodies = [
        ask("hello", tools=[{"type": "function", "function": {"name": "find", "description": text}}]) for text in texts
    ]
    short, long, broken = (judge(body) for body in bodies)
    assert {verdict.measure for verdict in (short, long, broken)} == {"upper bound"}
    assert judge(ask("hello")).tokens + 105 + len('[{"type":"function","function":{}}]') < short.tokens < long.tokens
    assert all(count_prompt(body, UPPER).total <= judge(body).tokens for body in bodies)


def test_a_rough_count_is_enough_below_the_budget() -> None:
    """Its texts are only looked at if it is below the budget; above it the template decides."""
    body = ask([{"type": "text", "text": "one " * 200}, IMAGE], tools=[{"function": {"name": "find"}}])
    rough = judge(body, window=700).tokens
    assert judge(body, window=700) == Verdict(Outcome.FITS, "estimate", rough, 700, 0)
    assert count_prompt(body).total < rough < count_prompt(body).total * 1.2
    assert judge(body, window=count_prompt(body).total) == Verdict(
        Outcome.FITS, "estimate", count_prompt(body).total, count_prompt(body).total, 0
    )


def test_a_thought_that_does_not_fit_is_seen() -> None:
    """A thought is a text of the prompt too, wherever a message has it."""
    thoughts: list[dict[str, Any]] = [
        {"reasoning_content": SENTENCE * 20_000},
        {"reasoning_details": [{"type": "reasoning.text", "text": SENTENCE * 20_000}]},
    ]
    for thought in thoughts:
        body = {"messages": [{"role": "user", "content": "hi"}, {"role": "assistant", "content": "", **thought}]}
        assert judge(body).outcome is judge_closely(body).outcome is Outcome.PROBABLY_EXCEEDS


def test_the_plain_contents_may_be_proof_enough() -> None:
    """If they alone are over the budget the rest is not rendered; at the budget, the whole request is."""
    body = ask(SENTENCE * 100)
    plain, whole = least_tokens(body["messages"]), count_prompt(body, LOWER).total
    assert plain < whole
    assert judge(body, window=plain - 1) == Verdict(Outcome.EXCEEDS, "lower bound", plain, plain - 1, 0)
    assert judge(body, window=plain) == Verdict(Outcome.EXCEEDS, "lower bound", whole, plain, 0)


def test_an_exact_counter_is_asked_before_any_bound_but_the_upper() -> None:
    """Who brings an exact counter wants its figures."""
    assert judge(ask(SENTENCE * 20_000), counter=LETTERS).measure == "letters"
    assert judge(ask("hello"), counter=LETTERS).measure == "upper bound"


def test_an_image_leaves_the_upper_bound_open() -> None:
    """What an image would cost, were it shown, nobody knows: then the estimate says that the prompt fits."""
    verdict = judge(ask([{"type": "text", "text": "hello"}, IMAGE]))
    assert (verdict.outcome, verdict.measure) == (Outcome.FITS, "estimate")


@given(BODIES, st.integers(0, 2_000))
@settings(max_examples=200, deadline=None)
def test_leaving_out_counts_changes_no_verdict(body: dict[str, Any], window: int) -> None:
    """The counts decide in their order: the upper bound, the lower one, the estimate."""
    counts = {measure: count_prompt(body, measure) for measure in (UPPER, LOWER, ESTIMATE)}
    budget = window - completion_limit(body)
    verdict = judge_closely(body, window=window)
    if counts[UPPER].total <= budget - RESERVE and not counts[UPPER].images:
        expected = Outcome.FITS, UPPER
    elif counts[LOWER].total > budget:
        expected = Outcome.EXCEEDS, LOWER
    elif counts[ESTIMATE].total * ESTIMATE_CONFIDENCE > budget:
        expected = Outcome.PROBABLY_EXCEEDS, ESTIMATE
    else:
        expected = Outcome.FITS, ESTIMATE
    assert (verdict.outcome, verdict.measure, verdict.tokens) == (
        expected[0],
        expected[1].name,
        counts[expected[1]].total,
    )


def test_a_prompt_whose_lower_bound_is_over_exceeds() -> None:
    """Every sentence has nine certain tokens or more; 20,000 of them are over any window."""
    verdict = judge(ask(SENTENCE * 20_000))
    assert (verdict.outcome, verdict.measure) == (Outcome.EXCEEDS, "lower bound")
    assert verdict.excess == verdict.tokens - 128_000 > 0


def test_a_prompt_between_the_bounds_is_judged_by_the_estimate() -> None:
    """Chinese has few certain cuts, so only the estimate can tell that half a million characters are too many."""
    verdict = judge(ask("渡船十点钟开往小岛" * 50_000))
    assert (verdict.outcome, verdict.measure) == (Outcome.PROBABLY_EXCEEDS, "estimate")
    assert judge(ask("渡船十点钟开往小岛" * 10_000)).outcome is Outcome.FITS


def test_an_estimate_must_be_clearly_over() -> None:
    """Up to a quarter over the budget is within the error of an estimate."""
    body = ask("渡船" * 10_000)
    estimated = judge(body, window=100).tokens
    assert judge(body, window=estimated * 8 // 10 + 1).outcome is Outcome.FITS
    assert judge(body, window=estimated * 8 // 10 - 1).outcome is Outcome.PROBABLY_EXCEEDS


def test_a_proxy_must_be_over_by_less() -> None:
    """A proxy is trusted more than the estimate, but proves nothing."""
    body = ask("字" * 10_000)
    counted = judge(body, window=1_000, counter=PROXY)
    assert (counted.outcome, counted.measure) == (Outcome.PROBABLY_EXCEEDS, "letters (proxy)")
    assert judge(body, window=counted.tokens * 85 // 100 + 1, counter=PROXY).outcome is Outcome.FITS
    assert judge(body, window=counted.tokens * 85 // 100 - 1, counter=PROXY).outcome is Outcome.PROBABLY_EXCEEDS


def test_a_proxy_leaves_proof_to_the_lower_bound() -> None:
    """What the lower bound proves needs no proxy."""
    assert judge(ask(SENTENCE * 20_000), counter=PROXY).measure == "lower bound"


def test_an_exact_count_proves_both_ways() -> None:
    """With the true count of what is surely shown over the budget, the prompt exceeds.

    Between that and all of it, probably.
    """
    body = ask("字" * 10_000)
    least = 10_000 + 5 + 3 + 4
    usual = 10_000 + 36 + 5
    assert judge(body, window=least - 1, counter=LETTERS) == Verdict(Outcome.EXCEEDS, "letters", least, least - 1, 0)
    assert judge(body, window=least, counter=LETTERS).outcome is Outcome.PROBABLY_EXCEEDS
    assert judge(body, window=usual - 1, counter=LETTERS) == Verdict(
        Outcome.PROBABLY_EXCEEDS, "letters", usual, usual - 1, 0
    )
    assert judge(body, window=usual, counter=LETTERS) == Verdict(Outcome.FITS, "letters", usual, usual, 0)


def test_the_completion_limit_takes_from_the_window() -> None:
    """The budget is what the completion leaves; it may be less than nothing."""
    verdict = judge(ask("hello", max_tokens=127_990))
    assert (verdict.budget, verdict.completion_limit, verdict.outcome) == (10, 127_990, Outcome.EXCEEDS)
    assert judge(ask("hello", max_tokens=200_000)).budget == -72_000


@pytest.mark.parametrize(
    ("parameters", "limit"),
    [
        ({}, 0),
        ({"max_tokens": 100}, 100),
        ({"max_completion_tokens": 50}, 50),
        ({"max_tokens": 100, "max_completion_tokens": 50}, 50),
        ({"max_tokens": 100, "max_completion_tokens": None}, 100),
        ({"max_tokens": 100, "max_completion_tokens": 0}, 100),
        ({"max_tokens": 1.5}, 2),
        ({"max_tokens": 0.5}, 1),
        ({"max_tokens": -1}, 0),
        ({"max_tokens": True}, 0),
        ({"max_tokens": "100"}, 0),
        ({"max_tokens": float("inf")}, 0),
        ({"max_tokens": float("nan")}, 0),
    ],
)
def test_the_completion_limit_of_a_request(parameters: dict[str, Any], limit: int) -> None:
    """The newer name wins, fractions are rounded up, and what is no positive number is no limit."""
    assert completion_limit(parameters) == limit


def test_a_request_that_is_none_has_no_limit() -> None:
    """Any value can be asked."""
    assert completion_limit([]) == 0
    assert judge(None).outcome is Outcome.FITS
    assert judge({"messages": 5, "tools": 5}).outcome is Outcome.FITS


@pytest.mark.parametrize(
    ("verdict", "words"),
    [
        (
            Verdict(Outcome.EXCEEDS, "lower bound", 130_512, 128_000, 1_000),
            "at least 130,512 tokens (lower bound), 3,512 more than the 127,000 "
            "left by a completion limit of 1,000 tokens in a context window of 128,000",
        ),
        (
            Verdict(Outcome.FITS, "upper bound", 500, 1_000, 0),
            "at most 500 tokens (upper bound), 500 of 1,000 left",
        ),
        (
            Verdict(Outcome.FITS, "estimate", 1_000, 1_000, 0),
            "about 1,000 tokens (estimate), 0 of 1,000 left",
        ),
        (
            Verdict(Outcome.EXCEEDS, "tokenizer.json", 1_001, 1_000, 0),
            "1,001 tokens (tokenizer.json), 1 more than the 1,000 left",
        ),
    ],
)
def test_a_verdict_in_words(verdict: Verdict, words: str) -> None:
    """The words name the figure, the count it comes from, and how far it is off."""
    assert verdict.describe() == words
