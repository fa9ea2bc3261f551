"""The reference engine finds what the compiled one finds: the same codes, places, words and fixes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any
from unittest import mock

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from minimax_validate import Diagnostic, Validator
from minimax_validate.json_schema.contract.reference import ReferenceContract
from minimax_validate.strategies import Expected, faulty_requests, requests

compiled = pytest.importorskip(
    "minimax_validate.json_schema.contract.compiled", reason="there is one engine only on this platform"
)

Json = Any
Steps = tuple[str | int, ...]


@cache
def validators() -> tuple[Validator, Validator]:
    """The same rules on each of the two engines."""
    with mock.patch("minimax_validate.engine.validator.contract", ReferenceContract):
        reference = Validator()
    with mock.patch("minimax_validate.engine.validator.contract", compiled.CompiledContract):
        return reference, Validator()


def found(payload: object) -> list[tuple[Diagnostic, ...]]:
    """What each engine finds."""
    return [validator.check(payload).diagnostics for validator in validators()]


def test_engines_differ() -> None:
    """The two validators really stand on different engines."""
    reference, other = (type(each._reader.read({}, each.settings, frozenset()).contract) for each in validators())
    assert reference is ReferenceContract
    assert other is compiled.CompiledContract


@given(requests())
def test_engines_agree_on_valid_requests(payload: Json) -> None:
    """Neither engine finds anything in a valid request."""
    assert found(payload) == [(), ()]


@given(faulty_requests())
def test_engines_agree_on_faults(case: tuple[object, Expected]) -> None:
    """Both engines lead to the same finding of a planted fault."""
    reference, other = found(case[0])
    assert reference == other


TEXTS = st.text(st.characters(codec="utf-8"), max_size=3)
WORDS = st.sampled_from(
    [
        *(
            "messages",
            "role",
            "name",
            "content",
            "tool_calls",
            "tool_call_id",
            "type",
            "text",
            "id",
            "function",
            "arguments",
            "index",
        ),
        *(
            "description",
            "parameters",
            "strict",
            "tools",
            "tool_choice",
            "response_format",
            "schema",
            "properties",
            "required",
            "stream",
        ),
        *(
            "system",
            "user",
            "assistant",
            "tool",
            "developer",
            "image_url",
            "input_text",
            "json_schema",
            "json_object",
            "object",
            "auto",
            "",
        ),
    ]
)
NUMBERS = (
    st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from([0, 1, 0.0, 1.0, 2**53 + 1, 2**64, 10**300])
)
SCALARS = st.none() | st.booleans() | NUMBERS | TEXTS | WORDS
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS | TEXTS, inner, max_size=4), max_leaves=6
)


def places(value: Json, at: Steps = ()) -> Iterator[Steps]:
    """The steps to every value inside a value, itself first."""
    yield at
    items: Iterator[tuple[str | int, Any]] = iter(())
    if isinstance(value, dict):
        items = iter(value.items())
    elif isinstance(value, list):
        items = enumerate(value)
    for step, item in items:
        yield from places(item, (*at, step))


@st.composite
def near_requests(draw: st.DrawFn) -> Json:
    """A request with a few values replaced, taken away, added or moved somewhere else."""
    payload = draw(requests() | faulty_requests("MM1").map(lambda case: case[0]))
    for _ in range(draw(st.integers(1, 4))):
        kinds: dict[Steps, list[Steps]] = {}
        for place in places(payload):
            kinds.setdefault(tuple(step for step in place if isinstance(step, str)), []).append(place)
        payload = damaged(draw, payload, draw(st.sampled_from(draw(st.sampled_from(list(kinds.values()))))))
    return payload


def damaged(draw: st.DrawFn, value: Json, place: Steps) -> Json:
    """A copy of a value, spoiled in one way at one place inside it."""
    if place:
        step, *rest = place
        copied = value.copy()
        copied[step] = damaged(draw, value[step], tuple(rest))
        return copied
    if isinstance(value, dict) and draw(st.booleans()):
        key = draw(st.sampled_from([*value, "type"]) | WORDS | TEXTS)
        return (
            {**value, key: draw(VALUES)}
            if draw(st.booleans())
            else {other: held for other, held in value.items() if other != key}
        )
    if isinstance(value, list) and draw(st.booleans()):
        index = draw(st.integers(0, len(value)))
        return [*value[:index], *([draw(VALUES)] if draw(st.booleans()) else ()), *value[index + 1 :]]
    return draw(VALUES | st.just([value]) | st.just({"type": "text", "text": value}))


@given(near_requests())
@example({"messages": [{"role": "user", "content": [{}]}]})
@example({"messages": [{"role": "user", "content": [{"text": "Hello"}]}]})
@example({"messages": [{"role": "user", "content": [{"type": 5, "text": 5, "more": 5}]}]})
@example({"messages": [{}], "tools": [{}], "response_format": {}})
@example({"messages": [{"role": None, "content": None, "tool_calls": [{"function": {}}]}]})
@example({"messages": [], "temperature": 2**1000, "max_tokens": -(2**70), "top_p": -0.0})
@example(
    {
        "messages": [],
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "😀" * 65, "schema": {"type": "object", "properties": 1}},
        },
    }
)
def test_engines_agree_near_the_contract(payload: Json) -> None:
    """Both engines lead to the same findings of any JSON near the contract."""
    reference, other = found(payload)
    assert reference == other


@given(VALUES)
def test_engines_agree_on_any_json(payload: Json) -> None:
    """Both engines lead to the same findings of any JSON, alone and as the messages."""
    for value in (payload, {"messages": payload}, {"messages": [payload]}, {"messages": [], "tools": [payload]}):
        reference, other = found(value)
        assert reference == other
