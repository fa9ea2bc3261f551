"""What is not said to be large fits, whatever it holds."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from token_texts import BODIES

from minimax_validate.engine.readings import ChatReader
from minimax_validate.json_schema.contract import contract
from minimax_validate.request.features import _OF_KEYS, MOST_AROUND, Feature, features
from minimax_validate.tokens import RESERVE, UPPER, count_prompt

_keeps = ChatReader(contract()).keeps


def _ask(content: object, **keys: Any) -> dict[str, Any]:
    return {"messages": [{"role": "user", "content": content}], **keys}


@given(BODIES, st.sampled_from([1.0, 1.5, 5.0]), st.integers(-50, 50), st.booleans())
@example(_ask("a" * 3_000), 1.0, 0, True)
@example(_ask("\U0001d160" * 300), 1.0, 0, False)
@example(
    _ask("hi", tools=[{"type": "function", "function": {"name": "f", "parameters": {"x": [0] * 2_000}}}]), 1.5, 0, True
)
@example(_ask([{"type": "text", "text": ""}] * 300), 1.0, 0, True)
@example({"messages": [{"role": "tool", "content": "\x7f'\"" * 300, "tool_call_id": "call"}] * 9}, 1.0, 0, True)
@settings(max_examples=300, deadline=None)
def test_what_is_not_large_fits(body: dict[str, Any], times: float, more: int, ascii_only: bool) -> None:
    """At windows near the lengths that decide, the upper bound of what is not large leaves the reserve free."""
    assume(_keeps(body))
    encoded = json.dumps(body, ensure_ascii=ascii_only, separators=(",", ":")).encode("utf-8", "surrogatepass")
    window = int(len(encoded) * times) + MOST_AROUND + more
    if not Feature(features(body, encoded, window)) & Feature.LARGE:
        assert count_prompt(body, UPPER).total <= window - RESERVE


def test_plain_text_is_not_large_up_to_the_window() -> None:
    """ASCII without calls cannot have more tokens than bytes."""
    body = _ask("a" * 3_000)
    encoded = json.dumps(body).encode()
    window = len(encoded) + MOST_AROUND
    assert not Feature(features(body, encoded, window)) & Feature.LARGE
    assert Feature(features(body, encoded, window - 1)) & Feature.LARGE


def _features(*messages: Any, **keys: Any) -> int:
    body = {"messages": list(messages), **keys}
    return features(body, json.dumps(body).encode(), 100_000)


CALL = {"id": "a", "type": "function", "function": {"name": "f", "arguments": "{}"}}
CALLING = {"role": "assistant", "content": "", "tool_calls": [CALL]}
RESULT = {"role": "tool", "tool_call_id": "a", "content": "x"}


def test_keys_of_other_apis_in_results_are_seen() -> None:
    """A result with a key of another API has that feature, beside one without."""
    asked = {"role": "user", "content": "x"}
    assert not _features(asked, CALLING, RESULT) & Feature.DIALECT_KEYS
    assert _features(asked, CALLING, {**RESULT, "toolCallId": "a"}) & Feature.DIALECT_KEYS
    assert not _features(asked, CALLING, {**RESULT, "name": "f"}) & Feature.DIALECT_KEYS


def test_calls_that_are_no_list_prove_nothing() -> None:
    """Calls in a tuple, which an encoder writes as a list, take a closer look."""
    assert _features({"role": "user", "content": "x"}, {**CALLING, "tool_calls": (CALL,)}) == -1


def test_features_of_many_keys_are_not_kept() -> None:
    """Of requests with more keys than programs write, the features are worked out each time, and are the same."""
    many = {f"x{number}": 1 for number in range(40)}
    asked = {"role": "user", "content": "x"}
    expected = _features(asked, temperature=1, stream=True)
    for _ in range(2):
        assert _features(asked, temperature=1, stream=True, **many) | expected == _features(
            asked, temperature=1, stream=True, **many
        )
    assert not any(len(keys) > 32 for keys in _OF_KEYS)
