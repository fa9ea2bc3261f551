"""JSON with comments: read as though they were not there, with every character in its place."""

from __future__ import annotations

import json
import re
from itertools import count
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spelling import documents, spell
from test_json_places import FOCUSES, pointers

from minimax_validate.texts.document import ABSENT, Source
from minimax_validate.texts.readers.jsonc import plain_json, read_jsonc
from minimax_validate.texts.replacement import replaced
from minimax_validate.texts.spans import Wanted
from minimax_validate.values.diagnostic import Edit


@given(documents(repeats=False), st.integers(0, 2**32))
def test_comments_and_last_commas_change_nothing(document: Any, seed: int) -> None:
    """The value is that of the text without them, and the text of any place spells what is there."""
    text = spell(document, Random(seed), comments=True)
    plain = plain_json(text)
    assert len(plain) == len(text)
    read = read_jsonc(Source("a.jsonc", text))
    assert not read.faults
    assert repr(read.value) == repr(json.loads(plain))
    places: list[Wanted] = [(pointer, focus) for pointer, _ in pointers(read.value) for focus in FOCUSES]
    found = read.locate(text, places)
    for pointer, member in pointers(read.value):
        start, end = found[pointer, "value"]
        assert repr(json.loads(plain[start:end])) == repr(member)
        assert text[start] == plain[start]
        assert text[end - 1] == plain[end - 1]


@given(documents(), st.integers(0, 2**32))
def test_json_is_json_with_comments(document: Any, seed: int) -> None:
    """A text without any is read as JSON."""
    text = spell(document, Random(seed))
    assert plain_json(text) == text


@pytest.mark.parametrize(
    ("text", "message", "at"),
    [
        ('{"a": 1 /* and so on', "expected the end of the comment, */; this comment is not closed", 8),
        ('{"a": [1,,]}', "expected a value", 9),
        ('{"a" /* b */ 1}', "expected", 13),
        ("[,]", "expected", 1),
        ("// nothing else", "expected", None),
        ('{"url": "http://a//b", // c\n "d"}', "expected", 32),
    ],
)
def test_what_is_wrong_has_its_place(text: str, message: str, at: int | None) -> None:
    """A text that is none has one finding, where it goes wrong."""
    document = read_jsonc(Source("a.jsonc", text))
    assert document.value is ABSENT
    (fault,) = document.faults
    assert fault.diagnostic.code == "MM001"
    assert message in fault.diagnostic.message
    assert at is None or fault.span.start == at
    assert document.source.text == text


def test_a_text_of_commas_takes_no_long_time() -> None:
    """Blanks between commas are looked at once."""
    assert read_jsonc(Source("a.jsonc", "[1" + ",  \n" * 200_000 + "]")).value is ABSENT
    assert read_jsonc(Source("a.jsonc", "/*" * 200_000)).value is ABSENT


GAPS = st.sampled_from(["", " ", "\n  ", " /* {} */ ", " // {}\n  ", " // {}\r\n\t", "\n  // {}\n  "])


@st.composite
def commented(draw: st.DrawFn) -> tuple[str, int, bool]:
    """The text of an array or object with comments around its members, how many members it has, and whether it is an object."""
    number = draw(st.integers(1, 5))
    is_object = draw(st.booleans())
    names = (f"c{index}" for index in count())

    def gap() -> str:
        form = draw(GAPS)
        return form.format(next(names)) if "{}" in form else form

    parts: list[str] = []
    for index in range(number):
        name = f'"{index}": ' if is_object else ""
        is_last = index == number - 1
        parts.append(f"{gap()}{name}{index}{gap()}{'' if is_last and draw(st.booleans()) else ','}")
    text = "".join(parts) + gap()
    return ("{" + text + "}" if is_object else "[" + text + "]"), number, is_object


@given(commented(), st.data())
def test_what_is_removed_leaves_comments_and_json(case: tuple[str, int, bool], data: st.DataObject) -> None:
    """Members that are removed leave all comments in their order, what parses to the others, and no comma alone."""
    text, number, is_object = case
    document = read_jsonc(Source("a.jsonc", text))
    gone = data.draw(st.sets(st.integers(0, number - 1), min_size=1))
    edits = [Edit("remove", (str(index) if is_object else index,)) for index in gone]
    assert document.rewriter
    new = replaced(text, document.rewriter.rewrite(text, edits))
    again = read_jsonc(Source("a.jsonc", new))
    kept = [index for index in range(number) if index not in gone]
    assert again.value == ({str(index): index for index in kept} if is_object else kept)
    assert re.findall(r"\bc\d+", new) == re.findall(r"\bc\d+", text)
    if not re.search(r"^[ \t]*,", text, re.MULTILINE):
        assert not re.search(r"^[ \t]*,", new, re.MULTILINE)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[\n  1, // one\n  2, // two\n]", "[\n  1, // one\n  // two\n]"),
        ("[\n  1,\n  2, // two\n]", "[\n  1,\n  // two\n]"),
        ("[\n  1,\n  2,\n]", "[\n  1,\n]"),
        ("[1, 2, ]", "[1, ]"),
        ("[\n  1, // one\n  2 // two\n]", "[\n  1 // one\n  // two\n]"),
    ],
)
def test_the_last_member_takes_its_comma_along(text: str, expected: str) -> None:
    """The comma behind a last member goes with it, and what is said of it stays on its line."""
    document = read_jsonc(Source("a.jsonc", text))
    assert document.rewriter
    assert replaced(text, document.rewriter.rewrite(text, [Edit("remove", (1,))])) == expected
