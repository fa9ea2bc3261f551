"""The JSON text inside a tool call."""

from __future__ import annotations

from typing import Any

import pytest

from minimax_validate.request import arguments
from minimax_validate.request.arguments import parse_arguments


@pytest.fixture(params=["orjson", "json"], autouse=True)
def _parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """With orjson, and without it."""
    if request.param == "json":
        monkeypatch.setattr(arguments, "_loads", None)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("{}", {}),
        (' {"a": [1, 2.5, null]}\n', {"a": [1, 2.5, None]}),
        ('"x"', "x"),
        ("null", None),
        ('"\\ud800"', "\ud800"),
    ],
)
def test_json_is_read(text: str, value: Any) -> None:
    """JSON of any kind is read, half of a surrogate pair included."""
    assert parse_arguments(text) == (value, None, False)


@pytest.mark.parametrize(
    "text", ['{"a": NaN}', "[Infinity]", "-Infinity", "{'a': 1}", '{"a": 1,}', '{"a": 1} x', "\ufeff{}", ""]
)
def test_other_text_has_a_problem(text: str) -> None:
    """What is no JSON says why; nothing of it counts as cut short."""
    value, problem, truncated = parse_arguments(text)
    assert value is None
    assert problem
    assert not truncated


@pytest.mark.parametrize(
    "text", ["{", '{"a', '{"a":', '{"a": "b', '{"a": 1', '{"a": 1,', '{"a": [1, ', '{"a": {"b": 1}\n']
)
def test_beginning_of_json_is_cut_short(text: str) -> None:
    """A text that stops before its JSON is complete is told apart."""
    assert parse_arguments(text).truncated


def test_depth_does_not_overflow() -> None:
    """Nesting beyond every limit is a problem, not an exception."""
    assert parse_arguments("[" * 200_000).problem


@pytest.mark.parametrize(
    ("text", "value"), [("{}", {}), ('{"a": "\\ud800"}', {"a": "\ud800"}), ("[]", None), ("null", None), ("{", None)]
)
def test_only_objects_are_arguments(text: str, value: Any) -> None:
    """Anything but the JSON text of an object is None."""
    assert arguments.read_object(text) == value
