"""JSON with comments: read as though they were not there, with every character in its place."""

from __future__ import annotations

import json
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spelling import documents, spell
from test_json_places import FOCUSES, pointers

from minimax_validate.texts.document import ABSENT, Source
from minimax_validate.texts.readers.jsonc import plain_json, read_jsonc
from minimax_validate.texts.spans import Wanted


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
