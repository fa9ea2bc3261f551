"""Where orjson is not built, the standard library writes the same, and the long way finds what the quick one proves."""

from __future__ import annotations

from typing import Any

import pytest

from minimax_validate import Settings, Validator
from minimax_validate.request import envelope, index
from minimax_validate.tokens import verdict
from minimax_validate.values import plain, remembered
from minimax_validate.values.codec import orjson

PAYLOADS: list[Any] = [
    {"messages": [{"role": "user", "content": "a"}]},
    {"messages": [{"role": "usr", "content": "é🙂"}], "temperature": 2, "stop": ["x"]},
    {"messages": ({"role": "user", "content": "a"},), "temperature": float("nan")},
    {"input": {"messages": [{"role": "user", "content": [{"text": "a"}, {"cachePoint": {}}, {"toolUse": {}}]}]}},
    {
        "messages": [{"role": "user", "parts": [{"text": "a"}]}],
        "tools": [{"type": "function", "function": {"name": "f", "description": "\ud800", "parameters": {}}}],
    },
    {"messages": [{"role": "user", "content": "a"}] * 3, "max_tokens": 200_000, "tools": [{"name": 2**70}]},
]


@pytest.mark.skipif(orjson is None, reason="it is missing anyway")
@pytest.mark.parametrize("payload", PAYLOADS)
def test_the_same_is_found(payload: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A check finds the same with orjson and without it."""
    expected = Validator(Settings(select=("ALL",))).check(payload)
    for module in (envelope, index, plain, verdict):
        monkeypatch.setattr(module, "orjson", None)
    assert Validator(Settings(select=("ALL",))).check(payload) == expected


@pytest.mark.skipif(orjson is None, reason="it is missing anyway")
@pytest.mark.parametrize("value", [{"a": [1, 2.5, None, True]}, [], "x y", {"b": {"c": "d"}}])
def test_the_same_is_remembered(value: Any) -> None:
    """The text by which a value is remembered is as compact as that of orjson."""
    assert remembered._standard_dumps(value) == orjson.dumps(value)
