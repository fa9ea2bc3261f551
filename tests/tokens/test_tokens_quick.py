"""The quick bounds never let a prompt pass that a full count would not."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from token_texts import BODIES

from minimax_validate.tokens import LOWER, UPPER, count_prompt, fits_surely, upper_bound_from_encoded
from minimax_validate.tokens.costs import MOST_COSTS
from minimax_validate.tokens.quick import GROWTH, UTF8_OF_NFC, least_tokens, room_left

FIXED = MOST_COSTS.head + MOST_COSTS.default_system + MOST_COSTS.answer + 2 * MOST_COSTS.circumstance
FRAME = MOST_COSTS.first_result
CALL = MOST_COSTS.first_call
TOOLS = MOST_COSTS.tools + MOST_COSTS.tool


def compact(value: Any) -> bytes:
    """JSON without spaces, in UTF-8."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def calls_of(body: dict[str, Any]) -> int:
    """The tool calls and tool messages of a request."""
    return sum(len(message.get("tool_calls") or ()) + (message["role"] == "tool") for message in body["messages"])


def from_encoded(body: dict[str, Any]) -> int:
    """The bound that the length of the request alone gives."""
    encoded = compact(body)
    return upper_bound_from_encoded(
        len(encoded), len(body["messages"]), len(body["tools"]), calls_of(body), ascii_only=encoded.isascii()
    )


@given(BODIES)
@settings(max_examples=100, deadline=None)
def test_the_bound_by_length_is_above_the_bound_by_text(body: dict[str, Any]) -> None:
    """The length of its JSON bounds a request more loosely than its texts do."""
    assert count_prompt(body, UPPER).total <= from_encoded(body)


@given(BODIES, st.integers(0, 20_000))
@settings(max_examples=100, deadline=None)
def test_what_surely_fits_fits(body: dict[str, Any], budget: int) -> None:
    """A yes is never wrong, for whatever budget."""
    if fits_surely(body["messages"], body["tools"], budget, compact(body["tools"])):
        assert count_prompt(body, UPPER).total <= budget


GROWING: dict[str, dict[str, Any]] = {
    "numbers": {"tools": [{"function": {"name": "", "x": [0] * 5_000}}]},
    "floats": {"tools": [{"function": {"name": "", "x": [1e16, 1e-7] * 5_000}}]},
    "a date": {"messages": [{"role": "system", "content": "", "current_date": "\U0001d160" * 5_000}]},
    "a date and a place": {
        "messages": [{"role": "system", "content": "", "current_date": "a", "current_location": "b"}]
    },
    "composed": {"messages": [{"role": "user", "content": "\U0001d160" * 5_000}]},
    "composed tools": {"tools": [{"function": {"name": "", "x": "\U0001d160" * 5_000}}]},
    "printed": {"messages": [{"role": "tool", "content": [{"type": "json", "x": "\x7f'\"" * 5_000}]}]},
}


def _with_arguments(arguments: str) -> dict[str, Any]:
    return {
        "messages": [{"role": "assistant", "tool_calls": [{"function": {"name": "", "arguments": arguments}}]}],
    }


GROWING["parameters"] = _with_arguments(
    json.dumps({chr(code): 0 for code in range(0x4E00, 0x5E00)}, ensure_ascii=False, separators=(",", ":"))
)
GROWING["exponents"] = _with_arguments('{"a":[' + ",".join(["1e15"] * 5_000) + "]}")


@pytest.mark.parametrize("body", GROWING.values(), ids=GROWING)
def test_what_grows_most_is_still_bounded(body: dict[str, Any]) -> None:
    """The kinds of value that a prompt spells longest, thousands of them."""
    assert count_prompt(body, UPPER).total <= from_encoded({"messages": [], "tools": [], **body})


def test_the_bound_by_length_by_hand() -> None:
    """Each factor and each frame is in the sum."""
    assert upper_bound_from_encoded(1_000, 2, 0, 0) == 3_000 + FIXED + 2 * FRAME
    assert upper_bound_from_encoded(1_001, 2, 0, 0, ascii_only=True) == 1_501 + FIXED + 2 * FRAME
    assert upper_bound_from_encoded(1_000, 2, 1, 0) == 3_000 + FIXED + 2 * FRAME + TOOLS
    assert upper_bound_from_encoded(1_000, 2, 3, 0) == 3_000 + FIXED + 2 * FRAME + TOOLS + 2 * MOST_COSTS.tool
    assert upper_bound_from_encoded(1_000, 2, 0, 3, ascii_only=True) == GROWTH * 1_000 + FIXED + 2 * FRAME + 3 * CALL


def least_budget(messages: list[Any], tools: list[Any] | None = None, encoded: bytes = b"") -> int | None:
    """The smallest budget that a request is certain to fit, None if there is none below a million."""
    low, high = -1, 1_000_000
    if not fits_surely(messages, tools or [], high, encoded):
        return None
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if fits_surely(messages, tools or [], middle, encoded) else (middle, high)
    return high


def call(name: str, arguments: str) -> dict[str, Any]:
    """A tool call."""
    return {"id": "1", "type": "function", "function": {"name": name, "arguments": arguments}}


@pytest.mark.parametrize(
    ("message", "texts"),
    [
        ({"role": "user", "content": "hello"}, 5),
        ({"role": "user", "content": "héllo"}, 5 * UTF8_OF_NFC),
        ({"role": "user", "content": "hello", "name": "ann"}, 5),
        ({"role": "user", "content": "héllo", "name": "ann"}, 5 * UTF8_OF_NFC),
        (
            {"role": "user", "content": [{"type": "text", "text": "ab"}, {"type": "text", "text": "é"}]},
            2 + UTF8_OF_NFC + 2 * FRAME,
        ),
        ({"role": "assistant", "content": "ab", "tool_calls": [call("f", "{}")]}, 2 + CALL + 1 + 3),
        (
            {"role": "assistant", "content": "", "tool_calls": [call("f", '{"a":"bc"}')]},
            CALL + 1 + 15 + MOST_COSTS.parameter,
        ),
        ({"role": "assistant", "content": "", "tool_calls": [call("f", '{"a":1e9}')]}, CALL + 1 + 9 * GROWTH),
        (
            {"role": "assistant", "content": "", "tool_calls": [call("f", "éa"), call("éa", "")]},
            2 * CALL + 1 + 4 * UTF8_OF_NFC,
        ),
    ],
)
def test_the_bound_by_lengths_by_hand(message: dict[str, Any], texts: int) -> None:
    """Each text counts its length, or what NFC could make of it, and each frame its most."""
    assert least_budget([message]) == texts + FIXED + FRAME
    assert least_budget([message, message]) == 2 * texts + FIXED + 2 * FRAME


def test_tools_count_by_their_length() -> None:
    """Half as much again for ASCII, three times for the rest; without their length nothing is certain."""
    assert least_budget([], [{}], b"x" * 101) == 151 + FIXED + TOOLS
    assert least_budget([], [{}], "é".encode() * 50) == 300 + FIXED + TOOLS
    assert least_budget([], [{}, {}], b"x" * 101) == 151 + FIXED + TOOLS + MOST_COSTS.tool
    assert least_budget([], [{}]) is None
    assert not fits_surely([], [{}], 10**15)
    assert room_left([], [{}], 10**15) < 0


@pytest.mark.parametrize(
    "message",
    [
        None,
        "text",
        {},
        {"role": "user"},
        {"role": "assistant", "content": None},
        {"role": "user", "content": 5, "name": "ann"},
        {"role": "user", "content": ["text"]},
        {"role": "user", "content": [{"type": "image_url", "image_url": {"url": "https://example.com/a.png"}}]},
        {"role": "user", "content": [{"text": "untyped"}]},
        {"role": "tool", "content": [{"type": "text", "text": "short", "output": "long"}]},
        {"role": "assistant", "content": "x", "reasoning_content": "long"},
        {"role": "assistant", "content": "x", "reasoning_details": []},
        {"role": "system", "content": "x", "current_date": "long"},
        {"role": "assistant", "content": "x", "tool_calls": None},
        {"role": "assistant", "content": "x", "tool_calls": [None]},
        {"role": "assistant", "content": "x", "tool_calls": [call("f", {})]},  # type: ignore[arg-type]
        {"role": "assistant", "content": "x", "tool_calls": [{"id": "1"}]},
    ],
)
def test_what_takes_a_closer_look_is_not_certain(message: Any) -> None:
    """Whatever is malformed, or shows something that has no length, is left to the full count."""
    assert not fits_surely([message], [], 10**15)


def test_the_room_left_is_what_the_bound_leaves() -> None:
    """The figure behind the yes."""
    assert room_left([{"role": "user", "content": "hello"}], [], 1_000) == 1_000 - FIXED - FRAME - 5


@given(BODIES)
@settings(max_examples=100, deadline=None)
def test_the_least_tokens_are_below_the_lower_bound_of_the_request(body: dict[str, Any]) -> None:
    """What the plain contents prove, the whole request proves too."""
    assert least_tokens(body["messages"]) <= count_prompt(body, LOWER).total


def test_the_least_tokens_by_hand() -> None:
    """Plain contents that are certain to be shown count, with their frames; all else is left out."""
    two_words = "two words"
    left_out: list[object] = [
        None,
        {"role": "user"},
        {"role": "system", "content": two_words},
        {"role": "assistant", "content": "a</think>" + two_words},
        {"role": "user", "content": [{"type": "text", "text": two_words}]},
    ]
    counted: list[object] = [{"role": role, "content": two_words} for role in ("user", "assistant", "tool")]
    assert least_tokens(left_out) == 0
    assert least_tokens(counted[:1]) == 4 + 2
    assert least_tokens(left_out + counted) == 4 + 4 + 3 + 3 * 2
