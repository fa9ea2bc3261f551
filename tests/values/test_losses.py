"""What is lost when a value takes the place of another."""

from __future__ import annotations

from typing import Any

import pytest

from minimax_validate.values.losses import lost_keys, naming

CASES: dict[str, tuple[Any, Any, tuple[str, ...]]] = {
    "nothing": ({"a": "one", "b": 2}, {"c": ["one", {"b": 2}]}, ()),
    "a text": ({"a": "one", "b": "two"}, {"a": "one"}, ("b",)),
    "a text that is a part of another": ({"a": "one"}, {"a": "and one more"}, ()),
    "a text inside JSON text": ({"a": 'say "hi"\n'}, {"arguments": '{"a": "say \\"hi\\"\\n"}'}, ()),
    "a switch": ({"strict": True}, {}, ("strict",)),
    "a switch that is kept under its key": ({"strict": True}, {"strict": False}, ()),
    "null": ({"a": None}, {}, ()),
    "an empty text": ({"a": ""}, {}, ()),
    "kinds of things": ([{"type": "tool_use", "role": "user", "state": "done"}], {}, ()),
    "an object with a kind alone": ({"cache_control": {"type": "ephemeral"}}, {}, ("cache_control",)),
    "items": ({"tags": ["a", "b"]}, {"tags": "a"}, ("tags",)),
    "each key once": ([{"a": "x"}, {"a": "y"}], {}, ("a",)),
    "a property without a schema": ({"properties": {"city": {}}, "required": []}, {"arguments": "{}"}, ("city",)),
    "a property whose schema says nothing": ({"properties": {"city": {"": {}}}}, {"arguments": "{}"}, ("city",)),
    "such a property that stays": ({"properties": {"city": {}}}, {"parameters": {"properties": {"city": {}}}}, ()),
    "a property named by a quote": ({"properties": {'"': {}}}, {"content": ["a", "b"]}, ('"',)),
    "what stands between texts alone": ({"a": '", "'}, {"content": ["a", "b"]}, ("a",)),
    "no arguments": ({"type": "tool_use", "input": {}}, {"arguments": "{}"}, ()),
}


@pytest.mark.parametrize(("before", "after", "expected"), CASES.values(), ids=CASES)
def test_lost_keys(before: Any, after: Any, expected: tuple[str, ...]) -> None:
    """The keys whose texts, numbers or truth values are gone."""
    assert lost_keys(before, after) == expected


def test_naming() -> None:
    """The clause names every key, and is empty where nothing is lost."""
    assert naming(()) == ""
    assert naming(("a",)) == ", removing `a`"
    assert naming(("a", "b", "c")) == ", removing `a`, `b` and `c`"
