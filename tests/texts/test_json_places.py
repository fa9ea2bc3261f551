"""Places in texts: from pointers to spans, and from spans to lines and columns."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spelling import documents, spell

from minimax_validate.texts.json.places import locate_json, spelled, string_offsets
from minimax_validate.texts.lines import Lines, Location
from minimax_validate.texts.spans import Span, Wanted
from minimax_validate.values.diagnostic import Focus
from minimax_validate.values.pointer import Pointer

FOCUSES: tuple[Focus, ...] = ("value", "key", "opening")
BROKEN = st.text(st.sampled_from('{}[]",:\\ 1anu0\n\x0b\ufeff'), max_size=30)
STEPS = st.sampled_from(["", "a", "n", "1", 0, 1, 2])


def pointers(value: Any, pointer: Pointer = ()) -> Iterator[tuple[Pointer, Any]]:
    """Every pointer into a value, and what it points to."""
    yield pointer, value
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, member in members:
        yield from pointers(member, (*pointer, step))


def locate(text: str, pointer: Pointer, focus: Focus = "value") -> str:
    """The characters of one place."""
    span = locate_json(text, [(pointer, focus)])[pointer, focus]
    return text[span.start : span.end]


@given(documents(), st.integers(0, 2**32), st.sampled_from(["", "\ufeff"]))
def test_the_text_of_any_place_spells_what_is_there(document: Any, seed: int, mark: str) -> None:
    """Parsed alone, a value's span is the value, a key's is the key, and an opening is the bracket."""
    text = spell(document, Random(seed))
    value = json.loads(text)
    text = mark + text
    places: list[Wanted] = [(pointer, focus) for pointer, _ in pointers(value) for focus in FOCUSES]
    found = locate_json(text, places)
    assert found.keys() == set(places)
    for pointer, member in pointers(value):
        characters, key, opening = (text[slice(*found[pointer, focus])] for focus in FOCUSES)
        assert repr(json.loads(characters)) == repr(member)
        assert characters == characters.strip(" \t\r\n")
        if pointer and isinstance(pointer[-1], str):
            assert json.loads(key) == pointer[-1]
            assert found[pointer, "key"].end < found[pointer, "value"].start
        else:
            assert key == characters
        assert opening == (characters[0] if isinstance(member, dict | list) else characters)


@given(documents(), st.integers(0, 2**32))
def test_one_place_is_where_it_is_among_all(document: Any, seed: int) -> None:
    """What else is asked for does not change where a place is found."""
    text = spell(document, Random(seed))
    places: list[Wanted] = [(pointer, "value") for pointer, _ in pointers(json.loads(text))]
    together = locate_json(text, places)
    assert {place: locate_json(text, [place])[place] for place in places} == together


@given(documents(), st.integers(0, 2**32), st.lists(STEPS, min_size=1, max_size=3))
def test_what_is_missing_is_at_its_nearest_ancestor(document: Any, seed: int, steps: list[str | int]) -> None:
    """A pointer that leads nowhere gets the value that it leads through last."""
    text = spell(document, Random(seed))
    known = dict(pointers(json.loads(text)))
    for start in known:
        pointer = (*start, *steps)
        nearest = next(pointer[:length] for length in range(len(pointer), -1, -1) if pointer[:length] in known)
        assert locate(text, pointer, "value") == locate(text, nearest)
        if nearest != pointer:
            assert locate(text, pointer, "key") == locate(text, pointer, "opening") == locate(text, nearest)


@given(BROKEN, st.lists(st.tuples(st.lists(STEPS, max_size=4).map(tuple), st.sampled_from(FOCUSES))))
def test_a_text_that_is_no_json_has_places_all_the_same(text: str, places: list[Wanted]) -> None:
    """Nothing is raised, whatever the text, and every span lies in it."""
    found = locate_json(text, places)
    assert found.keys() == set(places)
    assert all(0 <= span.start <= span.end <= len(text) for span in found.values())


@given(documents(), st.integers(0, 2**32), st.data())
def test_a_text_that_is_cut_short_has_places_all_the_same(document: Any, seed: int, data: st.DataObject) -> None:
    """A value that is never closed ends with the text, and what is missing is still found at an ancestor."""
    text = spell(document, Random(seed))
    places: list[Wanted] = [(pointer, "value") for pointer, _ in pointers(json.loads(text))]
    cut = text[: data.draw(st.integers(0, len(text)))]
    assert all(0 <= span.start <= span.end <= len(cut) for span in locate_json(cut, places).values())


def test_the_last_of_equal_keys_is_the_place() -> None:
    """A key given twice is found where parsers take it from; what the first value alone holds is not found."""
    text = '{"a": {"x": 1, "y": 2}, "b": 0, "\\u0061": {"y": 3}}'
    assert locate(text, ("a",)) == '{"y": 3}'
    assert locate(text, ("a",), "key") == '"\\u0061"'
    assert locate(text, ("a", "y")) == "3"
    assert locate(text, ("a", "x")) == '{"y": 3}'


def test_a_number_that_is_a_key_is_no_index() -> None:
    """Keys are strings and indexes are numbers, even where they look the same."""
    text = '{"0": [10, 20]}'
    assert locate(text, ("0", 1)) == "20"
    assert locate(text, (0,)) == text


@pytest.mark.parametrize("text", ["", "  ", "\ufeff", "\ufeff\n"])
def test_an_empty_text_has_an_empty_place(text: str) -> None:
    """Where there is no value at all, the place is the end of the text."""
    assert locate_json(text, [((), "value"), (("a", 0), "key")]) == {
        ((), "value"): Span(len(text), len(text)),
        (("a", 0), "key"): Span(len(text), len(text)),
    }


def test_numbers_that_are_none_and_endless_ones_are_passed_over() -> None:
    """A walk reads no value that nobody asked for, so none can be too much for a parser."""
    text = f'{{"a": [NaN, -Infinity, 1e999, {"9" * 5000}], "b": true}}'
    assert locate(text, ("b",)) == "true"
    assert locate(text, ("a", 3)) == "9" * 5000


def test_depth_is_no_limit() -> None:
    """Text and pointers of any depth are walked without the interpreter's stack."""
    depth = 50_000
    text = "[" * depth + "7" + "]" * depth + ","
    assert locate(text, ()) == text[:-1]
    assert locate(text, (0,) * depth) == "7"
    assert locate(f'{{"a": {text} "b": 1}}', ("b",)) == "1"


def test_many_places_take_one_walk() -> None:
    """Ten thousand places in a large text are found at once."""
    text = json.dumps([{"number": number, "text": "lorem ipsum " * 10} for number in range(10_000)])
    found = locate_json(text, (((number, "number"), "value") for number in range(10_000)))
    assert [text[slice(*span)] for span in found.values()] == [str(number) for number in range(10_000)]


@given(st.text(st.sampled_from("ab\r\n\u2028\x0b😀\ufeff"), max_size=30), st.integers(1, 5))
def test_lines_are_those_of_an_editor(text: str, first: int) -> None:
    r"""Lines end at ``\n``, ``\r\n`` or ``\r``.

    Columns count code points, and no byte order mark that starts a file.
    """
    lines = Lines(text, first)
    mark = first == 1 and text.startswith("\ufeff")
    expected = re.split(r"\r\n|\r|\n", text[1:] if mark else text)
    assert [lines.text(first + number) for number in range(len(expected))] == expected
    offset = int(mark)
    for number, line in enumerate(expected):
        for column in range(len(line) + 1):
            place = (first + number, column + 1)
            assert lines.location(Span(offset + column, offset + column)) == Location(*place, *place)
        offset += len(line) + (2 if text[offset + len(line) : offset + len(line) + 2] == "\r\n" else 1)


def test_a_location_has_two_ends() -> None:
    """A span that goes over lines starts in one and ends in another, its end not included."""
    text = '{\r\n  "ü": [1,\n2]\r\n}'
    assert Lines(text, 7).location(locate_json(text, [(("ü",), "value")])[("ü",), "value"]) == Location(8, 8, 9, 3)


def test_the_byte_order_mark_takes_no_column() -> None:
    """A place that holds the mark itself starts where the text does."""
    assert Lines("\ufeff{}").location(Span(0, 2)) == Location(1, 1, 1, 2)


@pytest.mark.parametrize("line", [0, 3])
def test_a_line_that_is_not_there(line: int) -> None:
    """Asking for it is an error of the caller."""
    with pytest.raises(IndexError, match=f"no line {line}"):
        Lines("a\nb").text(line)


def test_token_that_is_no_sound_string() -> None:
    """A string with a broken escape spells what stands in it, and the characters of what is no string stand nowhere."""
    assert spelled('"a\\q"') == "a\\q"
    assert string_offsets("[12]", Span(1, 3), "12") is None
    assert string_offsets('["12"]', Span(1, 5), "1") is None
    offsets = string_offsets('["12"]', Span(1, 5), "12")
    assert offsets is not None
    assert [offsets(number) for number in range(3)] == [2, 3, 4]
