"""Keys that an object gives more than once: which, where, and how often."""

from __future__ import annotations

import pytest

from minimax_validate.texts.json.repeats import repeated_keys
from minimax_validate.texts.repeats import RepeatedKeys
from minimax_validate.texts.spans import Repeat, Span
from minimax_validate.values.pointer import Pointer

TOLD: list[tuple[str, list[tuple[Pointer, int, int, int]]]] = [
    ("{}", []),
    ('{"a": 1, "b": 1}', []),
    ('{"a": 1, "a": 2}', [(("a",), 1, 9, 2)]),
    ('{"a": 1, "b": 2, "a": 3, "\\u0061" : 4}', [(("a",), 1, 25, 3)]),
    ('["a", "a", {"a": "a"}, {"a": "a:"}]', []),
    ('[0, [{}, {"a": 1, "a": 2}], {"b": 1, "b": 2}]', [((1, 1, "a"), 10, 18, 2), ((2, "b"), 29, 37, 2)]),
    ('{"a": {"b": [0, 1, {"c": 1, "c": 2}]}}', [(("a", "b", 2, "c"), 20, 28, 2)]),
    ('{"a": [1, 2], "b": {"c": 1, "c": 2}}', [(("b", "c"), 20, 28, 2)]),
    ('{"b": 1, "a": {"c": 1, "c": 2}, "b": 2}', [(("a", "c"), 15, 23, 2), (("b",), 1, 32, 2)]),
    ('{"a": {"c": 1, "c": 2}, "a": {"c": 1}}', [(("a", "c"), 7, 15, 2), (("a",), 1, 24, 2)]),
    ('{"a,{[": 1, "a,{[": 2, "x": "\\": {"}', [(("a,{[",), 1, 12, 2)]),
]


@pytest.mark.parametrize(("text", "told"), TOLD, ids=[text for text, _ in TOLD])
def test_keys_of_json(text: str, told: list[tuple[Pointer, int, int, int]]) -> None:
    """Each has its pointer and its first and last token, in the order of the last ones."""
    found = repeated_keys(text)
    assert [(each.pointer, each.first.start, each.last.start, each.times) for each in found] == told
    for each in found:
        assert text[each.first.start] == text[each.first.end - 1] == '"'
        assert text[each.last.start] == text[each.last.end - 1] == '"'
        assert each.key == each.pointer[-1]


def test_keys_that_only_look_the_same() -> None:
    """A number and a boolean may be one step and two keys, and some keys are no repetitions of others."""
    keys = RepeatedKeys()
    keys.next_item()
    keys.opens(is_object=False)
    keys.next_item()
    keys.opens(is_object=True)
    keys.key(1, Span(0, 1), int)
    keys.key(1, Span(1, 2), bool)
    keys.key("<<", Span(2, 3), counts=False)
    keys.key("<<", Span(3, 4), counts=False)
    keys.key("<<", Span(4, 5))
    keys.key(1, Span(5, 6), bool)
    keys.closes()
    keys.closes()
    assert keys.found() == (Repeat((1, 1), "1", Span(1, 2), Span(5, 6), 2),)
