"""The comments of YAML texts."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st
from yaml_engines import ENGINES, use
from yaml_spelling import STYLES, VALUES, dump

from minimax_validate.texts.yaml import comments as module
from minimax_validate.texts.yaml.comments import comments


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# a\na: 1 # b\n  # c\nb: 2", [("# a", True), ("# b", False), ("# c", True)]),
        ("\ufeff# a", [("# a", True)]),
        ("\ufeffa: 1 # a\n", [("# a", False)]),
        ("- # a\n  b", [("# a", False)]),
        (
            "a: \"# no\" # a\nb: '# no'\nc: x#no\nd: # b\n  # c\n  e # d",
            [("# a", False), ("# b", False), ("# c", True), ("# d", False)],
        ),
        (
            "a: | # a\n  # no\n\n# b\nb: >-  # c\n  no # no\n# d",
            [("# a", False), ("# b", True), ("# c", False), ("# d", True)],
        ),
        ("a: !t x # a\n", [("# a", False)]),
        ("a: &x # a\n  !y # b\n  - z", [("# a", False), ("# b", False)]),
        ("[1, # a\n # b\n {a: # c\n b}]# d", [("# a", False), ("# b", True), ("# c", False), ("# d", False)]),
        (
            "- 1\n# a\n... # b\n# c\n--- # d\n- 2 # e",
            [("# a", True), ("# b", False), ("# c", True), ("# d", False), ("# e", False)],
        ),
        ("%TAG !e! tag:x,2000: # a\n---\n!e!f x # b", [("# a", False), ("# b", False)]),
        ("a: # é😀\r\n  1\r# b\u2028c\r\n", [("# é😀", False), ("# b\u2028c", True)]),
        ("a: 1 # a\nb: [ # b\nc: ]: # c", [("# a", False), ("# b", False)]),
        ("# a", [("# a", True)]),
        ("", []),
    ],
)
def test_a_comment_is_what_no_scalar_holds(engine: str, text: str, expected: list[tuple[str, bool]]) -> None:
    """It goes to the end of its line, and may have the line for itself; where the text is no YAML, comments end."""
    with use(engine):
        found = list(comments(text))
    assert [(comment.text, comment.alone) for comment in found] == expected
    assert all(text[slice(*comment.span)] == comment.text for comment in found)


@given(VALUES, STYLES)
def test_values_hold_none(value: Any, style: dict[str, Any]) -> None:
    """What is written without comments has none, whatever its strings look like."""
    text = dump(value, style)
    assert list(comments(text)) == []
    assert [comment.text for comment in comments(f"# a\n---\n{text}...\n# b")] == ["# a", "# b"]


@given(st.lists(st.sampled_from(["# one", "# two", "a: 1"]), unique=True))
def test_a_word_chooses(lines: list[str]) -> None:
    """Comments without it are left out."""
    assert [comment.text for comment in comments("\n".join(lines), "two")] == [line for line in lines if "two" in line]


def test_a_text_without_the_word_is_not_parsed() -> None:
    """Looking for the word is all that most texts cost."""
    with patch.object(module, "walk", side_effect=AssertionError):
        assert list(comments("a: 1 # b", "minimax-validate:")) == []
        assert list(comments("a: minimax-validate:", "minimax-validate:")) == []
