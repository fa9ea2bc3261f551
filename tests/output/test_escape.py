"""How text that may act on a terminal, or on the service that reads a log, is spelled."""

from __future__ import annotations

import json

import pytest

from minimax_validate.output.escape import is_plain, json_text, visible


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("a plain text", "a plain text"),
        ("usér 你好 👋", "usér 你好 👋"),
        ("no\u00a0break\u3000wide", "no\u00a0break\u3000wide"),
        ("👩\u200d💻 \u0915\u094d\u200c\u0937", "👩\u200d💻 \u0915\u094d\u200c\u0937"),
        ("a\tb\nc\r", r"a\x09b\x0ac\x0d"),
        ("\x1b[31m\x7f\x9b", r"\x1b[31m\x7f\x9b"),
        ("\u202eabc\u2028", r"\u202eabc\u2028"),
        ("\ud800\uffff", r"\ud800\uffff"),
        ("\U000e0001\U0010ffff", r"\U000e0001\U0010ffff"),
        ("::error::forged", r"\x3a:error::forged"),
        ("  ::error::forged", r"  \x3a:error::forged"),
        (" \u200d:\u200c:error::é", " \u200d\\x3a\u200c:error::é"),
        ("\n::error::", r"\x0a\x3a:error::"),
        ("a ::b:: c", "a ::b:: c"),
        ("a: b", "a: b"),
        ("##[error]forged", r"\x23#[error]forged"),
        ("see ##vso[x] and ##[y]", r"see \x23#vso[x] and \x23#[y]"),
        ("#\u200d#[error]", "\\x23\u200d#[error]"),
        ("## heading", "## heading"),
        ("# [a]", "# [a]"),
        ("###[a]", r"#\x23#[a]"),
        ("é #X#[a]", "é #X#[a]"),
    ],
)
def test_text_stays_visible_and_does_nothing(text: str, expected: str) -> None:
    """Controls, format characters and the first character of a command are spelled, and words in any script stay."""
    assert visible(text) == expected


@pytest.mark.parametrize(
    ("text", "plain"),
    [("a: b", True), ("", True), ("::x::", True), ("é", False), ("a\tb", False), ("\x7f", False), ("a ##b", False)],
)
def test_plain_text(text: str, plain: bool) -> None:
    """A text is plain if it is printable ASCII without two hashes in a row."""
    assert is_plain(text) is plain


def test_json_holds_no_command() -> None:
    """JSON is escaped to ASCII and spells the start of a command, in keys too, and its value is the same."""
    value = {"##[error]": ["é\u202e", "## no command", "##vso[x]"]}
    text = json_text(value)
    assert text == '{"\\u0023#[error]": ["\\u00e9\\u202e", "## no command", "\\u0023#vso[x]"]}'
    assert json.loads(text) == value
    assert json_text([1], indent=2) == "[\n  1\n]"
