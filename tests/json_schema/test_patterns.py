"""Patterns that no engine can read, told without an engine."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minimax_validate.json_schema.faults import schema_faults
from minimax_validate.json_schema.faults.hopeless import is_hopeless

HOPELESS = [
    *("[", "[a", "[^", "a[\\]", "[a\\", "(", "(a", "a)", ")", "(?:a", "((a)", "a|(b"),
    *("*", "*.txt", "+", "?", "{2}", "{2,}", "a|*", "(*a)", "(?=+)", "a\\", "\\\\\\"),
    *("(a))", "(a|+)", "(?<=*)", "(?<!*)", "(?<a>*)", "(?P<a>*)", "(?!*)", "())(", "a)(b", "(+", "a|{1,2}"),
]
READABLE = [
    *(
        "",
        "a",
        "^[A-Z]{3}$",
        "(a|b)*",
        "(?:a)+",
        "(?<!a)b",
        "(?<year>\\d+)",
        "(?P<year>\\d+)",
        "\\[",
        "\\(",
        "\\*",
        "[*+?(]",
        "[\\]]",
        "[[]",
    ),
    *(
        "a{2,1}",
        "{",
        "}",
        "]",
        "a]",
        "a{,3}",
        "a{b}",
        "^*",
        "a**",
        "a|",
        "(|a)",
        "\\p{L}",
        "\\u{1F600}",
        "[^]",
        "[]",
        "[]a]",
        "[](",
        "[^]*)",
        "(?<=a)(?=b)(?!c)",
        "a{2}{3}",
        "(a)?",
        ".",
        "\n",
        "\n*",
    ),
]


@pytest.mark.parametrize("pattern", HOPELESS)
def test_hopeless(pattern: str) -> None:
    """What is no regular expression by anyone's grammar is told."""
    assert is_hopeless(pattern)


@pytest.mark.parametrize("pattern", READABLE)
def test_readable(pattern: str) -> None:
    """What some engine may read is left alone."""
    assert not is_hopeless(pattern)


PARTS = [
    *"ab-^$.|()[]{}*+?\\,:=!<>Pdwpuxk12_&",
    "(?:",
    "(?=",
    "(?<!",
    "(?<a>",
    "{2}",
    "{1,2}",
    "[^",
    "[a-z]",
    "\\d",
    "\\]",
    "[]",
    "(?i)",
    "\\p{L}",
]


@given(st.lists(st.sampled_from(PARTS), max_size=8).map("".join))
def test_fast_engine_agrees(pattern: str) -> None:
    """What is hopeless is so for the fast engine as well, where there is one.

    A schema with the pattern has that fault.
    """
    pytest.importorskip("jsonschema_rs", reason="there is one engine only on this platform")
    if is_hopeless(pattern):
        (fault,) = schema_faults({"type": "string", "pattern": pattern}).keywords
        assert "is not a valid regular expression" in fault.message


@pytest.mark.parametrize("pattern", ["(" * 100_000, "[" + "a" * 100_000, "[\\" * 50_000, "(?<" * 30_000, "{1" * 50_000])
def test_long_patterns_end(pattern: str) -> None:
    """A hostile pattern costs no more than its length: this ends."""
    assert is_hopeless(pattern) == (not pattern.startswith("{"))
