"""libyaml and the parser made of Python take the same texts, and read the same values."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from yaml_engines import ENGINES, use
from yaml_spelling import read_all

from minimax_validate.texts.spans import Span
from minimax_validate.texts.yaml import parsers

# What tags, directives and the brackets around them are made of.
PIECES = (
    "!", "!!", "!a", "!!str ", "!<x>", "!<!str> ", "!e!", ",", "[", "]", "{", "}", ": ", "a", "- ", "\n", "%",
    "%YAML 1.2\n", "%TAG !e! x:\n", "%- ", "%a b\n", "---", "--- ", "...\n", " # c", "*a", "&a ", "'b'", " ", "1", ":", "?", "#",
)  # fmt: skip


def test_the_fast_parser_is_used_if_it_is_there() -> None:
    """The one made of Python takes ten times as long."""
    with use("libyaml"):
        assert isinstance(parsers.fastest_parser("a"), yaml.CSafeLoader)
    with use("python"):
        assert isinstance(parsers.fastest_parser("a"), yaml.SafeLoader)


def read(text: str, engine: str) -> tuple[Any, bool]:
    """What one engine makes of a text: the values, and whether there is a problem behind them."""
    with use(engine):
        documents, problem = read_all(text)
    return repr([document.value for document in documents]), problem is not None


@pytest.mark.parametrize(
    "text",
    [
        "%- *alias\n",
        "a: 1\n%- *alias\n",
        "--- # minimax-validate: ignore[MM110]\n%YAML 1.2\n---\nmessages: []\n...\n%- *alias\n",
        "%YAML 1.2\n---\n%- *alias\n",
        '{"presence_penalty": !!inaudio, "response_format": 1}',
        "{a: !x, b: 1}",
        "{a: !, b: 1}",
        "[!!str, b]",
        "[!a,!b]",
        "[!a]",
        "- !!a, b",
        "- !a[b] c",
        "!'b'!a",
    ],
)
def test_tags_and_directives_are_read_alike(text: str) -> None:
    """Where a tag ends, and which directives there are, is the same for both."""
    one, other = (read(text, engine) for engine in ENGINES)
    assert one == other


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("{s:[1]}", 2),
        ("{s :[1]}", 3),
        ('{s:[{s:{e: "\\""}}]}', 2),
        ("[a:,b]", 2),
        ("[a:?b]", 2),
        ("[a\n :{}]", 4),
        ("[a#:[b]]", 3),
        ("[x:y:]", 4),
        ("- b\n- {a: {b:}}", 12),
    ],
)
def test_a_colon_without_a_space_in_brackets_is_refused_alike(text: str, at: int) -> None:
    """Both refuse a colon directly before a bracket, a comma or a question mark, and say so at the colon."""
    for engine in ENGINES:
        with use(engine):
            _, problem = read_all(text)
        assert problem is not None
        assert problem.span == Span(at, at + 1)
        assert str(problem) == "a colon in braces or brackets needs a space after it"


@pytest.mark.parametrize("text", ['{"s":[1]}', "- a:[b", "[a:b, c]", "[x #:[\n]", "{a: [b], c: }", "['a':[1]]"])
def test_other_colons_are_taken_alike(text: str) -> None:
    """A colon after a quoted key, inside a word, outside of brackets or in a comment needs no space."""
    one, other = (read(text, engine) for engine in ENGINES)
    assert one == other
    assert not one[1]


@given(st.lists(st.sampled_from(PIECES), max_size=9).map("".join))
def test_any_text_of_tags_and_directives_is_read_alike(text: str) -> None:
    """Whatever tags, directives and brackets a text is made of, both give the same values, or both a problem."""
    (values, has_problem), (others, have_problem) = (read(text, engine) for engine in ENGINES)
    assert has_problem == have_problem
    assert has_problem or values == others
