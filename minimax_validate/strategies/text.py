"""The words and texts that requests are made of."""

from __future__ import annotations

import string
from collections.abc import Collection, Iterable

from hypothesis import strategies as st

from minimax_validate.json_schema import bundle

LONGEST_NAME = 64
_CONTROL_TOKENS: tuple[str, ...] = tuple(bundle.fact("control_tokens"))
_SENTENCES = (
    "Hello",
    "What is the weather in Oslo?",
    "Wie spät ist es in Zürich?",
    "北京今天的天气怎么样？",
    "ما هو الطقس اليوم؟",
    "👩‍👩‍👧 🇳🇴 e\u0301",
    'line one\nline two\t"quoted" \\ <b>&amp;</b>',
)
_WORDS = ("get_weather", "search-files", "query", "city", "id", "A", "0", "_", "x" * LONGEST_NAME)
_KEYS = (
    "city",
    "days",
    "unit",
    "from",
    "type",
    "properties",
    "required",
    "items",
    "$ref",
    "$defs",
    "with space",
    "größe",
    "a/b~c",
    "",
)


def without_control_tokens(text: str) -> str:
    """The text with every token taken out by which the model's chat template would see a turn begin or end."""
    while any(token in text for token in _CONTROL_TOKENS):
        for token in _CONTROL_TOKENS:
            text = text.replace(token, "")
    return text


def distinct(words: Iterable[str]) -> list[str]:
    """The words, with a number behind those that occurred before.

    None gets longer than a name may be, unless it was.
    """
    seen: list[str] = []
    for word in words:
        seen.append(fresh(word, seen))
    return seen


def fresh(word: str, taken: Collection[str]) -> str:
    """The word if it is not taken, else a numbered one that is not."""
    number = 2
    found = word
    while found in taken:
        found = f"{word[: LONGEST_NAME - 4]}_{number}"
        number += 1
    return found


def _with_substance(text: str) -> str:
    return text if any(character.isalnum() for character in text) else text + "a"


_ANYTHING = st.text(st.characters(codec="utf-8"), max_size=12)

TEXTS = (st.sampled_from(_SENTENCES) | _ANYTHING).map(without_control_tokens)
"""Any text that no chat template mistakes for a turn; it may be empty or blank."""

SAYINGS = TEXTS.map(_with_substance)
"""Texts that say something: never blank."""

NAMES = st.sampled_from(_WORDS) | st.text(string.ascii_letters + string.digits + "_-", min_size=1, max_size=12)
"""Names of functions and of response schemas."""

KEYS = st.sampled_from(_KEYS) | st.text(st.characters(codec="utf-8"), max_size=6)
"""Keys of objects that the contract leaves free; keywords of JSON Schema among them, which are ordinary names there."""

IDS = st.sampled_from(("call_1", "call_2", "call_3", "chatcmpl-tool-9f3a", "functions.search:0")) | SAYINGS
"""Ids of tool calls."""
