"""Places in texts: from pointers to spans, and from spans to lines and columns."""

from __future__ import annotations

import json
import re
import tracemalloc
from collections.abc import Iterator
from random import Random
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from spelling import documents, spell

from minimax_validate.texts import lines as lines_module
from minimax_validate.texts.json import places as places_module
from minimax_validate.texts.json.places import locate_json, spelled, string_offsets, too_deep
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


UNSOUND: list[tuple[str, Pointer, str]] = [
    ('{"a": [1, 2', (), '{"a": [1, 2'),
    ('{"a": [1, 2', ("a",), "[1, 2"),
    ('{"a": [1, 2', ("a", 1), "2"),
    ('{"a": [1, 2', ("a", 2), "[1, 2"),
    ('{"a": "b, "c": 1', ("a",), '"b, "'),
    ('{"a": "b', ("a",), '"b'),
    ('["a]', (0,), '"a]'),
    ('[{"a": 1}, "', (1,), '"'),
    ("[1 2]", (1,), "2"),
    ("[1,, 2]", (1,), "2"),
    ("[,1]", (0,), "1"),
    ('["a" : 1]', (1,), "1"),
    ('{"a" 1, "b": 2}', ("b",), "2"),
    ('{a: 1, "b": 2}', ("b",), "2"),
    ('{1, "b": 2}', ("b",), "2"),
    ('{"a": , "b": 1}', ("a",), ""),
    ('{"a": , "b": 1}', ("b",), "1"),
    ('{"a": 1, "b"', ("b",), ""),
    ('{"a": tru, "b": nul}', ("a",), "tru"),
    ('{"a": tru, "b": nul}', ("b",), "nul"),
    ('{"a\\q": 1}', ("a\\q",), "1"),
    ("[1, }, 2]", (), "[1, }"),
    ("[1, }, 2]", (0,), "1"),
    ('{"a": 1]', (), '{"a": 1]'),
    ('{"a": [1, "b": 2}', ("a",), '[1, "b": 2}'),
    ("[[[1", (0,), "[[1"),
    ('[[1], "x]", {"k": "}"}, 4', (2, "k"), '"}"'),
    ('[[1], "x]", {"k": "}"}, 4', (3,), "4"),
    ("[1]]", (), "[1]"),
    ("1 2", (), "1"),
    ('"a"b', (), '"a"'),
    ('{"a": 1}{"b": 2}', ("b",), '{"a": 1}'),
    ('{"a": {"b": 1}, "a": {"c"', ("a", "b"), '{"c"'),
    ('{"a": {"b": 1}, "a": {"c"', ("a", "c"), ""),
    ("[\ufeff1]", (0,), "\ufeff1"),
    ("[\x0b1, 2]", (2,), "2"),
    (f"[{'[' * 20}, 1", (0,), f"{'[' * 20}, 1"),
    (f'[{"[" * 20}"]", 1{"]" * 20}, 2', (1,), "2"),
]


@pytest.mark.parametrize(("text", "pointer", "characters"), UNSOUND)
def test_places_of_a_text_that_is_not_sound(text: str, pointer: Pointer, characters: str) -> None:
    """What an editor shows while somebody types has places as far as it goes, alone and among others."""
    assert locate(text, pointer) == characters
    others: list[Wanted] = [(("other", number), "value") for number in range(5)]
    start, end = locate_json(text, [*others, (pointer, "value")])[pointer, "value"]
    assert text[start:end] == characters


SOUND: list[tuple[str, Pointer, Focus, str]] = [
    (' {"a": [1, {"b": 2}], "c": "a"}', (), "value", '{"a": [1, {"b": 2}], "c": "a"}'),
    (' {"a": [1, {"b": 2}], "c": "a"}', (), "opening", "{"),
    (' {"a": [1, {"b": 2}], "c": "a"}', ("a",), "key", '"a"'),
    (' {"a": [1, {"b": 2}], "c": "a"}', ("a",), "opening", "["),
    (' {"a": [1, {"b": 2}], "c": "a"}', ("a", 0), "opening", "1"),
    (' {"a": [1, {"b": 2}], "c": "a"}', ("a", 1, "b"), "value", "2"),
    (' {"a": [1, {"b": 2}], "c": "a"}', ("a", 1), "key", '{"b": 2}'),
    (' {"a": [1, {"b": 2}], "c": "a"}', ("c",), "value", '"a"'),
    ('\ufeff {"a":1}', ("a",), "value", "1"),
    ('{"a": 1, "b": {"a": 2}}', ("b", "a"), "value", "2"),
    ('{"a": 1, "a": [2, 3], "c": 4}', ("a", 1), "value", "3"),
    ('{"a": 1, "\\u0061": 2}', ("a",), "key", '"\\u0061"'),
    ('{"a": 1, "b": 2} {"b": 3}', ("b",), "value", "2"),
]


@pytest.mark.parametrize(("text", "pointer", "focus", "characters"), SOUND)
def test_few_places_of_a_sound_text_need_no_walk(
    text: str, pointer: Pointer, focus: Focus, characters: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Up to three are found where they are without a walk over all of the text."""
    others: list[Wanted] = [((), "value"), ((), "opening")]
    start, end = locate_json(text, [*others * 2, (pointer, focus), *others])[pointer, focus]
    assert text[start:end] == characters
    monkeypatch.setattr(places_module, "_walk", None)
    assert locate(text, pointer, focus) == characters
    assert len(locate_json(text, [*others, (pointer, focus)])) in (2, 3)


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("", 0, False),
        ("1", 0, False),
        ("[]", 0, True),
        ("[]", 1, False),
        ('[{"a": [1]}]', 3, False),
        ('[{"a": [1]}]', 2, True),
        ("[[[", 3, False),
        ("[[[[", 3, True),
        ("[[], [], [], []]", 2, False),
        ("{[}]{[", 2, False),
        ("[][][]", 1, False),
        ('["[[[", "\\"[[["]', 2, False),
        ('["[[[', 1, False),
        ('[1, "a", [[2]]]', 2, True),
    ],
)
def test_levels_are_those_of_open_brackets(text: str, limit: int, expected: bool) -> None:
    """What is too deep is known by the brackets that are open at the same time, strings left out."""
    assert too_deep(text, limit) is expected


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


@example("\n\r", 1, 9)
@example("\n\r\n\n\r\r\n", 1, 1)
@example("\ufeff\n\ufeff", 1, 1)
@example("\ufeff\na", 2, 2)
@example("a\r\nb\rc\nd", 3, 2)
@given(st.text(st.sampled_from("ab\r\n\u2028\x0b😀\ufeff"), max_size=30), st.integers(1, 5), st.integers(1, 9))
def test_lines_are_those_of_an_editor(text: str, first: int, block: int) -> None:
    r"""Lines end at ``\n``, ``\r\n`` or ``\r``.

    Columns count code points, and no byte order mark that starts a file.
    """
    with patch.object(lines_module, "_BLOCK", block):  # line ends are counted in blocks, which may end inside of one
        assert_lines(Lines(text, first), text, first)


def assert_lines(lines: Lines, text: str, first: int) -> None:
    """All lines of a text, and the places of all its characters, are those that a regular expression finds."""
    mark = first == 1 and text.startswith("\ufeff")
    expected = re.split(r"\r\n|\r|\n", text[1:] if mark else text)
    assert [lines.text(first + number) for number in range(len(expected))] == expected
    offset = int(mark)
    for number, line in enumerate(expected):
        for column in range(len(line) + 1):
            place = (first + number, column + 1)
            assert lines.location(Span(offset + column, offset + column)) == Location(*place, *place)
        offset += len(line) + (2 if text[offset + len(line) : offset + len(line) + 2] == "\r\n" else 1)
    assert not lines.has(first - 1)
    assert not lines.has(first + len(expected))


@pytest.mark.parametrize("size", [1022, 1023, 1024, 1025, 2047])
@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\n\n", "\r\r\n"])
@pytest.mark.parametrize("around", ["", "\n", "\r"])
def test_lines_that_end_where_blocks_do(size: int, end: str, around: str) -> None:
    """Lines are counted in blocks, and a line that ends where a block does is a line like any other."""
    text = around + "x" * (size - len(around)) + end + "y" + around
    expected = re.split(r"\r\n|\r|\n", text)
    lines = Lines(text, 3)
    assert [lines.text(3 + number) for number in range(len(expected))] == expected
    at = text.index("y")
    before = [part.end() for part in re.finditer(r"\r\n|\r|\n", text[:at])]
    assert lines.location(Span(at, at + 1)) == Location(3 + len(before), 1, 3 + len(before), 2)
    assert lines.location(Span(size, size))[:2] == (
        3 + len([one for one in before if one <= size]), size - max([one for one in before if one <= size], default=0) + 1
    )  # fmt: skip
    assert [lines.has(number) for number in (2, 3, 2 + len(expected), 3 + len(expected))] == [False, True, True, False]


@pytest.mark.parametrize(
    ("text", "offset", "place"),
    [
        ("a\r\nb", 2, (1, 3)),
        ("a\rb\r\nc", 4, (2, 3)),
        ("a\nb\r\nc", 4, (2, 3)),
        ("\r\r\nc", 2, (2, 2)),
        ("\r\n\r\n", 3, (2, 2)),
        ("\r\n\r\n", 4, (3, 1)),
    ],
)
def test_a_place_inside_of_a_line_end_is_in_its_line(text: str, offset: int, place: tuple[int, int]) -> None:
    """Between a carriage return and its line feed no line has ended."""
    assert Lines(text).location(Span(offset, offset)) == Location(*place, *place)


def test_short_lines_take_little_memory() -> None:
    """The lines of a text of line ends alone take a fraction of the text."""
    text = "\n" * 1_000_000
    tracemalloc.start()
    lines = Lines(text)
    held = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert held < len(text) / 10
    assert lines.location(Span(999_999, 1_000_000)) == Location(1_000_000, 1, 1_000_001, 1)


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", ""])
def test_long_lines_are_not_searched(end: str) -> None:
    """What is searched for the end of a line is less than two blocks, however long the line is."""
    text = "x" * 100_000 + end + "y"
    lines = Lines(text)
    searched: list[int] = []

    class Counted:
        """A pattern that notes how much of a text it looks at."""

        def finditer(self, text: str, start: int) -> Iterator[re.Match[str]]:
            """As that of a pattern."""
            for found in re.compile("\r\n?|\n").finditer(text, start):
                searched.append(found.end() - start)
                yield found

    lines._end = Counted()  # type: ignore[assignment]
    assert lines.span(1) == Span(0, 100_000 if end else 100_001)
    assert sum(searched) <= 2 * lines_module._BLOCK


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


@pytest.mark.parametrize("levels", [1, 7, 8, 9, 10, 300, 20_000])
@pytest.mark.parametrize("wanted", [1, 4])
def test_values_of_any_depth_are_skipped(levels: int, wanted: int) -> None:
    """What stands behind a value is found however deep that nests, a bracket and a quote in its strings."""
    deep = '{"a":[' * (levels // 2) + '"]\\"}"' + "]}" * (levels // 2)
    text = f'[{deep}, [{deep}], {{"b": {deep}, "c": 1}}, 5]'
    places: list[Wanted] = [((2, "c"), "value"), ((3,), "value"), ((2,), "opening"), ((1,), "opening")]
    found = locate_json(text, places[:wanted])
    expected = ["1", "5", "{", "["]
    assert [text[slice(*found[place])] for place in places[:wanted]] == expected[:wanted]


def test_a_bracket_without_its_partner_ends_nothing() -> None:
    """An array that is never closed reaches to the end of the text, though a string inside of it has a bracket."""
    text = '[1, {"a": ["]}", 2'
    assert locate(text, ()) == text
    assert locate(text, (1,)) == text[4:]


def test_token_that_is_no_sound_string() -> None:
    """A string with a broken escape spells what stands in it, and the characters of what is no string stand nowhere."""
    assert spelled('"a\\q"') == "a\\q"
    assert string_offsets("[12]", Span(1, 3), "12") is None
    assert string_offsets('["12"]', Span(1, 5), "1") is None
    offsets = string_offsets('["12"]', Span(1, 5), "12")
    assert offsets is not None
    assert [offsets(number) for number in range(3)] == [2, 3, 4]


@pytest.mark.parametrize(
    ("token", "value", "expected"),
    [
        ('""', "", [1]),
        (r'"ab"', "ab", [1, 2, 3]),
        (r'"\n\"b"', '\n"b', [1, 3, 5, 6]),
        (r'"\u0041b"', "Ab", [1, 7, 8]),
        (r'"\ud83d\ude00b"', "😀b", [1, 13, 14]),
        (r'"\uD83D\uDE00b"', "😀b", [1, 13, 14]),
        (r'"\ud83db"', "\ud83db", [1, 7, 8]),
        (r'"\ude00\ud83d"', "\ude00\ud83d", [1, 7, 13]),
        (r'"\ud83d\u0041"', "\ud83dA", [1, 7, 13]),
        ('"a\nb"', "a\nb", [1, 2, 3, 4]),
        (r'"ab"', "a", None),
        (r'"ab"', "abc", None),
        ("12", "12", None),
        ('"a', "a", None),
        ('a"', "a", None),
    ],
)
def test_each_character_of_a_string_has_its_place(token: str, value: str, expected: list[int] | None) -> None:
    """An escape is one character, and so are two halves of one; where the string spells another value nobody knows."""
    offsets = string_offsets(f"[{token}]", Span(1, 1 + len(token)), value)
    found = None if offsets is None else [offsets(number) - 1 for number in range(len(value) + 1)]
    assert found == expected


@pytest.mark.parametrize(
    ("token", "expected"),
    [('"a"', "a"), (r'"a\"\u0062"', 'a"b'), ('"a\n\\t"', "a\n\t"), (r'"\ud83d"', "\ud83d"), (r'"\x"', r"\x")],
)
def test_a_token_spells_its_string(token: str, expected: str) -> None:
    """Escapes are read, line breaks are taken as they are, and of a broken one the characters are left."""
    assert spelled(token) == expected
