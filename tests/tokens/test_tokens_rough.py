"""A rough count lets no prompt pass that a whole count would not."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from token_texts import BODIES

from minimax_validate.tokens import ESTIMATE, LOWER, count_prompt, judge
from minimax_validate.tokens.rough import LONG, rough_count
from minimax_validate.tokens.verdict import ESTIMATE_CONFIDENCE, judge_closely

PROSE = "The ferry to the island leaves at ten, and takes an hour. "


def roughly(body: dict[str, Any], budget: int) -> int | None:
    """The rough count of a request, if that is enough to let it pass."""
    rough = rough_count(body["messages"], body.get("tools", []), budget, ESTIMATE_CONFIDENCE)
    return rough.tokens if rough is not None and rough.fits else None


def call(arguments: object, name: object = "find") -> dict[str, Any]:
    """A message with one call."""
    function = {"name": name, "arguments": arguments}
    return {"role": "assistant", "content": None, "tool_calls": [{"id": "a", "function": function}]}


@given(BODIES, st.integers(-300, 300))
@settings(max_examples=400, deadline=None)
def test_what_passes_is_below_both_limits(body: dict[str, Any], more: int) -> None:
    """The lower bound is at most the budget, and the estimate not above what is probable, at budgets near both."""
    least, usual = count_prompt(body, LOWER).total, count_prompt(body, ESTIMATE).total
    for budget in (least + more, int(usual * ESTIMATE_CONFIDENCE) + more):
        if roughly(body, budget) is not None:
            assert least <= budget
            assert usual * ESTIMATE_CONFIDENCE <= budget


@given(BODIES, st.integers(0, 3_000))
@settings(max_examples=200, deadline=None)
def test_a_quick_verdict_is_that_of_whole_counts(body: dict[str, Any], window: int) -> None:
    """Whatever the window, both say the same of a prompt."""
    assert judge(body, window=window).outcome is judge_closely(body, window=window).outcome


@pytest.mark.parametrize("size", [LONG // 8, LONG * 8])
def test_a_rough_count_is_hardly_above_the_estimate(size: int) -> None:
    """Of prose, in many messages or in few, it is an eighth too many at most."""
    body = {"messages": [{"role": "user", "content": PROSE * (size // len(PROSE))}] * (LONG * 16 // size)}
    rough, estimate = roughly(body, 128_000), count_prompt(body).total
    assert rough is not None
    assert estimate <= rough <= estimate * 1.125


def test_text_of_every_kind_counts() -> None:
    """Contents, parts, thoughts, calls and tools all add to the count; what is no message adds nothing."""
    bare: dict[str, Any] = {"messages": [{"role": "user", "content": "a"}]}
    more: list[dict[str, Any]] = [
        {
            "messages": [
                {
                    "role": "user",
                    "content": [{"type": "text", "text": PROSE}, {"type": "image_url", "image_url": {}}, PROSE],
                }
            ]
        },
        {"messages": [{"role": "assistant", "content": "a", "reasoning_content": PROSE}]},
        {"messages": [{"role": "assistant", "content": "a", "reasoning_details": [{"text": PROSE}, {}, 5]}]},
        {"messages": [{"role": "system", "content": "a", "current_date": PROSE}]},
        {"messages": [call('{"a": "b"}')]},
        {
            "messages": [{"role": "assistant", "content": "a", "tool_calls": {}, "name": PROSE}, None],
            "tools": [{"a": 1}],
        },
    ]
    least = roughly(bare, 9_000)
    assert least is not None
    for body in more:
        counted = roughly(body, 9_000)
        assert counted is not None
        assert counted > least
    assert roughly({"messages": [None, *bare["messages"]]}, 9_000) == least


@pytest.mark.parametrize(
    "message",
    [
        {"role": "user", "content": 5},
        {"role": "tool", "content": [{"type": "json", "value": 5}]},
        {"role": "tool", "content": [{"type": "text", "text": "a", "output": "b"}]},
        call({"a": 5}),
        call("{}", name=5),
        call('{"a": 1e15}'),
        {"role": "assistant", "tool_calls": [5]},
        {"role": "assistant", "tool_calls": [{"name": "find"}]},
    ],
)
def test_what_only_the_template_knows_takes_a_whole_count(message: dict[str, Any]) -> None:
    """There is no rough count of a message in a form that a request of the contract does not have."""
    assert roughly({"messages": [message]}, 128_000) is None


def test_a_prompt_that_is_certain_to_be_too_long_does_not_pass() -> None:
    """The cuts alone are enough to say so."""
    assert roughly({"messages": [{"role": "user", "content": "a b " * 200_000}]}, 128_000) is None
