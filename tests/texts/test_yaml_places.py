"""Places in YAML: the characters of any place spell what is there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from spelling import documents, spell
from yaml_engines import ENGINES, use
from yaml_spelling import STYLES, VALUES, dump, only, read_all

from minimax_validate.texts.json.places import locate_json
from minimax_validate.texts.spans import Span, Wanted
from minimax_validate.texts.yaml.compose import compose
from minimax_validate.texts.yaml.places import locate_yaml
from minimax_validate.texts.yaml.problem import YamlProblem
from minimax_validate.texts.yaml.walk import DEEPEST, walk
from minimax_validate.values.diagnostic import Focus
from minimax_validate.values.pointer import Pointer

FOCUSES: tuple[Focus, ...] = ("value", "key", "opening")


def pointers(value: Any, pointer: Pointer = ()) -> Iterator[tuple[Pointer, Any]]:
    """Every pointer into a value, and what it points to."""
    yield pointer, value
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, member in members:
        yield from pointers(member, (*pointer, step))


def locate(text: str, pointer: Pointer, focus: Focus = "value") -> str:
    """The characters of one place."""
    return text[slice(*locate_yaml(text, [(pointer, focus)])[pointer, focus])]


def column(text: str, at: int) -> int:
    """How many characters of its line stand before an offset, and no byte order mark."""
    line_start = max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1
    return len(text[line_start:at].removeprefix("\ufeff"))


def is_flow(text: str, span: Span) -> bool:
    """Whether a collection has brackets."""
    return text[span.start] in "[{"


def alone(text: str, span: Span, parent: Span | None) -> Any:
    """What the characters of a span are by themselves.

    They keep what gives them their meaning: the indentation of their first line, or that of the collection they are in,
    where that is what counts; that they stand between brackets; and the line break after them.
    """
    ending = text[span.end : span.end + 2]
    characters = text[slice(*span)] + (ending if ending == "\r\n" else ending[:1] if ending[:1] in ("\n", "\r") else "")
    if parent is None:
        return (
            only(" " * column(text, span.start) + characters)
            if text[span.start] not in "|>"
            else only("--- " + characters)
        )
    if is_flow(text, parent):
        return only(f"[{characters}]")[0]
    return only(" " * column(text, parent.start) + "- " + characters)[0]


@given(VALUES, STYLES, st.sampled_from(["", "\ufeff", "# é\n---\n"]))
def test_the_text_of_any_place_spells_what_is_there(value: Any, style: dict[str, Any], before: str) -> None:
    """A value's span is the value and a key's span is the key, whatever the style."""
    text = before + dump(value, style)
    assert repr(only(text)) == repr(value)
    places: list[Wanted] = [(pointer, focus) for pointer, _ in pointers(value) for focus in FOCUSES]
    found = locate_yaml(text, places)
    assert found.keys() == set(places)
    for pointer, member in pointers(value):
        span, key, opening = (found[pointer, focus] for focus in FOCUSES)
        parent = found[pointer[:-1], "value"] if pointer else None
        is_block = isinstance(member, dict | list) and not is_flow(text, span)
        assert repr(alone(text, span, None if is_block else parent)) == repr(member), text[slice(*span)]
        if pointer and isinstance(pointer[-1], str):
            assert alone(text, key, parent) == pointer[-1]
            assert key.end < span.start
        else:
            assert key == span
        assert opening.start == span.start or text[span.start] == "?"
        if isinstance(member, list):
            assert text[slice(*opening)] == ("-" if is_block else "[")
        elif isinstance(member, dict) and not is_block:
            assert text[slice(*opening)] == "{"
        elif isinstance(member, dict):
            assert opening == found[(*pointer, next(iter(member))), "key"]


@given(VALUES, STYLES)
def test_one_place_is_where_it_is_among_all(value: Any, style: dict[str, Any]) -> None:
    """What else is asked for does not change where a place is found, nor does the parser."""
    text = dump(value, style)
    places: list[Wanted] = [(pointer, focus) for pointer, _ in pointers(value) for focus in FOCUSES]
    together = locate_yaml(text, places)
    assert {place: locate_yaml(text, [place])[place] for place in places} == together
    with use("python"):
        assert only(text) == value
        assert locate_yaml(text, places) == together


@given(documents(repeats=False), st.integers(0, 2**32))
def test_json_is_at_its_place_too(document: Any, seed: int) -> None:
    """JSON that is read as YAML gives the values that JSON has, at the same places, but for odd line breaks."""
    text = spell([document], Random(seed))
    value = json.loads(text)
    assume("NaN" not in text and "Infinity" not in text)
    found, problem = read_all(text)
    assume(
        problem is None or problem.message != "expected a comma or }"
    )  # a colon in the line after its key is all that is not read
    assert problem is None
    (document_read,) = found
    assert repr(document_read.value) == repr(value)
    places: list[Wanted] = [(pointer, focus) for pointer, _ in pointers(value) for focus in FOCUSES]
    assert locate_yaml(text, places) == locate_json(text, places)


@given(VALUES, STYLES, st.data())
def test_a_text_that_is_cut_short_has_places_all_the_same(
    value: Any, style: dict[str, Any], data: st.DataObject
) -> None:
    """Nothing is raised, and every span lies in the text."""
    text = dump(value, style)
    cut = text[: data.draw(st.integers(0, len(text)))]
    places: list[Wanted] = [(pointer, focus) for pointer, _ in pointers(value) for focus in FOCUSES]
    assert all(0 <= span.start <= span.end <= len(cut) for span in locate_yaml(cut, places).values())


@given(st.text(st.sampled_from("{}[]\"',:- ?|>&*!#a1\n\t\r\ufeff\x7f\u2028\\"), max_size=30))
def test_any_text_has_places(text: str) -> None:
    """Nothing but a problem is raised, whatever the text, and every span lies in it."""
    places: list[Wanted] = [((), "value"), ((0, "a"), "key"), (("a",), "opening")]
    assert all(0 <= span.start <= span.end <= len(text) for span in locate_yaml(text, places).values())
    documents, problem = read_all(text)
    for document in documents:
        assert text[document.start :].startswith(document.text)
        again = next(iter(compose(document.text)))
        assert repr(again.value) == repr(document.value)
    assert problem is None or 0 <= problem.span.start <= problem.span.end <= len(text)


@given(VALUES, STYLES, st.lists(st.sampled_from(["zz", 9]), min_size=1, max_size=2))
def test_what_is_missing_is_at_its_nearest_ancestor(value: Any, style: dict[str, Any], steps: list[str | int]) -> None:
    """A pointer that leads nowhere gets the value that it leads through last."""
    text = dump(value, style)
    for pointer, _ in pointers(value):
        for focus in FOCUSES:
            assert locate(text, (*pointer, *steps), focus) == locate(text, pointer)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("text", "pointer", "value", "key", "opening"),
    [
        ("a:\nb: 1\n", ("a",), Span(2, 2), "a", ""),
        ("a: # c\nb: 1\n", ("a",), Span(2, 2), "a", ""),
        ("{a: # c\n , b}", ("a",), Span(3, 3), "a", ""),
        ("{a: , b}", ("b",), Span(7, 7), "b", ""),
        ("- # c\n- x", (0,), Span(1, 1), "", ""),
        ("a: &x\nb: *x", ("a",), Span(5, 5), "a", ""),
        ("---\n", (), Span(3, 3), "", ""),
        ("a: !t &x {b: 1}", ("a",), Span(9, 15), "a", "{"),
        ("a: !t &x # {\n  - b\n# c\n\nd: 1", ("a",), Span(15, 18), "a", "-"),
        ("a:\n- 1 # c\n\n# d\nb: 2", ("a",), Span(3, 6), "a", "-"),
        ("&m\n&k key: v", (), Span(3, 12), "&k key: v", "key"),
        ("[a: b, c]", (0,), Span(1, 5), "a: b", "a"),
        ("a: | # c\n  x\n\n\nb: 1", ("a",), Span(3, 12), "a", "| # c\n  x"),
        ("a: |+\n  x\n\n\nb: 1", ("a",), Span(3, 11), "a", "|+\n  x\n\n"),
        ("a: |\n  x\n    \n\nb: 1", ("a",), Span(3, 13), "a", "|\n  x\n    "),
        ("a: x y # c\n", ("a",), Span(3, 6), "a", "x y"),
        ("? a\n: b\n", ("a",), Span(6, 7), "a", "b"),
        ("a: |+\r\n  x\r\n\r\nb: 1", ("a",), Span(3, 12), "a", "|+\r\n  x\r\n"),
        ("a: |\r\n  x\r\n\r\nb: 1", ("a",), Span(3, 9), "a", "|\r\n  x"),
        ("a: |+\r  x\r\rb: 1", ("a",), Span(3, 10), "a", "|+\r  x\r"),
        ("a: |+\n\nb: 1", ("a",), Span(3, 6), "a", "|+\n"),
        ("a: |\n\nb: 1", ("a",), Span(3, 4), "a", "|"),
        ("a: |\n  x\n   \n # c\nb: 1", ("a",), Span(3, 12), "a", "|\n  x\n   "),
        ("a: &x !t\n  y\nb: 1", ("a",), Span(11, 12), "a", "y"),
        ("a: ! 'y'\n", ("a",), Span(5, 8), "a", "'y'"),
        ("a: !t\nb: 1", ("a",), Span(5, 5), "a", ""),
        ("a: !t # c\n  &x\nb: 1", ("a",), Span(14, 14), "a", ""),
        ("- !t\n- x", (0,), Span(4, 4), "", ""),
        ("a: |  \nb: 1", ("a",), Span(3, 6), "a", "|  "),
        ("{ ? a : b, ? c }", ("c",), Span(15, 15), "c", ""),
    ],
)
def test_the_odd_ones(engine: str, text: str, pointer: Pointer, value: Span, key: str, opening: str) -> None:
    """What is left out is after its colon.

    Tags, anchors and comments belong to no value, and blank lines only to one that keeps them.
    """
    with use(engine):
        found = locate_yaml(text, [(pointer, focus) for focus in FOCUSES])
    assert found[pointer, "value"] == value
    assert text[slice(*found[pointer, "key"])] == key
    assert text[slice(*found[pointer, "opening"])] == opening


def test_the_last_of_equal_keys_is_the_place() -> None:
    """A key given twice is found where its value is taken from; what the first value alone holds is not found."""
    text = "a: {x: 1, y: 2}\nb: 0\n'a': {y: 3}\n"
    assert locate(text, ("a",)) == "{y: 3}"
    assert locate(text, ("a",), "key") == "'a'"
    assert locate(text, ("a", "y")) == "3"
    assert locate(text, ("a", "x")) == "{y: 3}"


def test_an_alias_is_its_own_place_and_what_is_in_it_is_at_its_anchor() -> None:
    """A finding about the whole points to where it is used, and one about a part to where that is written."""
    text = "a: &x {b: [1]}\nc: *x\n"
    assert locate(text, ("c",)) == locate(text, ("c",), "opening") == "*x"
    assert locate_yaml(text, [(("c", "b", 0), "value")]) == {(("c", "b", 0), "value"): Span(11, 12)}
    assert locate(text, ("c", "b"), "key") == "b"
    assert locate(text, ("c", "z")) == "*x"


def test_what_is_merged_is_where_it_is_written() -> None:
    """A member's place is in the mapping itself, or else in the first merged one that has it."""
    text = "l: &l\n- {x: 1}\n- {y: 2, x: 3, <<: {w: 8}}\nm:\n  <<: *l\n  z: 4\nn:\n  <<: [{x: 5}, *l]\n  y: 6\n"
    assert [locate(text, ("m", key)) for key in "xyzw"] == ["1", "2", "4", "8"]
    assert [locate(text, ("n", key)) for key in "xyw"] == ["5", "6", "8"]
    assert locate(text, ("m", 0)) == "<<: *l\n  z: 4"
    assert locate(text, ("m",), "opening") == "<<"
    assert locate("- &a {x: 1}\n- <<: [*a, *a]\n  <<: *a\n", (1, "y")) == "<<: [*a, *a]\n  <<: *a"


def test_a_key_of_items_is_no_key_of_their_list() -> None:
    """What is asked for in an item is not found in the list itself, be it asked for too."""
    text = "- a: 1\n- *b\n"
    found = locate_yaml(text, [((0, "a"), "value"), (("a",), "value")])
    assert [text[slice(*span)] for span in found.values()] == ["1", "- a: 1\n- *b"]


def test_an_alias_may_be_a_key() -> None:
    """Its value is the key, and the alias the place of it."""
    text = "- &k name\n- *k : 1\n  &l other: 2\n  b: *l\n- *l : 3\n"
    assert only(text) == ["name", {"name": 1, "other": 2, "b": "other"}, {"other": 3}]
    assert locate(text, (1, "name"), "key") == "*k"
    assert locate(text, (1, "name")) == "1"
    assert locate(text, (1, "other"), "key") == "other"
    assert locate(text, (2, "other"), "key") == "*l"


def test_a_number_that_is_a_key_is_no_index() -> None:
    """Keys that are numbers are found as such, and one that is a boolean by nothing that a pointer holds."""
    text = "0: a\n'1': b\ntrue: c\n1.0: d\n"
    assert locate(text, (0,)) == "a"
    assert locate(text, ("1",)) == "b"
    assert locate(text, (1,)) == text.strip()


@pytest.mark.parametrize("text", ["", "  ", "\ufeff", "# c\n"])
def test_an_empty_text_has_an_empty_place(text: str) -> None:
    """Where there is no value at all, the place is the end of the text."""
    assert locate_yaml(text, [((), "value"), (("a", 0), "key")]) == {
        ((), "value"): Span(len(text), len(text)),
        (("a", 0), "key"): Span(len(text), len(text)),
    }


def test_what_is_too_deep_has_places_all_the_same() -> None:
    """A walk ends somewhere, and what it was in goes to the end of the text."""
    text = "- [" + "[" * 100_000
    assert locate(text, ()) == text
    assert locate(text, (0, 0), "opening") == "["


@pytest.mark.parametrize("engine", ENGINES)
def test_a_walk_ends_at_what_is_too_deep(engine: str) -> None:
    """So many levels are walked, and the bracket of the next one is the place of the problem."""
    with use(engine):
        assert len(list(walk("[" * DEEPEST + "]" * DEEPEST))) == 2 * DEEPEST + 1
        with pytest.raises(YamlProblem) as caught:
            list(walk("[" * (DEEPEST + 1)))
    assert (caught.value.span, caught.value.too_deep) == (Span(DEEPEST, DEEPEST + 1), True)


def test_only_the_first_document_is_looked_into() -> None:
    """Each document of a file is a text of its own."""
    assert locate("--- [1]\n--- [2, 3]\n", (1,)) == "[1]"
