"""Why a text is no JSON: what was expected, what stands there instead, and what to do."""

from __future__ import annotations

import json

import pytest

from minimax_validate.texts.json.syntax import Problem, first_problem
from minimax_validate.texts.spans import Span
from minimax_validate.values.pointer import Pointer


def problem(text: str, start: int = 0) -> Problem:
    """The first thing that is wrong with a text."""
    found = first_problem(text, start)
    assert found is not None
    return found


def characters(text: str, span: Span | None) -> str | None:
    """What stands at a place, if there is one."""
    return None if span is None else text[span.start : span.end]


HERE = {
    "a value or ]": [
        ("[0o17]", "0o17: JSON numbers must be decimal", "0o17"),
        ("[0b1]", "0b1: JSON numbers must be decimal", "0b1"),
        ("[0X1F]", "0X1F: JSON numbers must be decimal", "0X1F"),
        ("['a", "a single quote: JSON accepts only double quotes", "'a"),
        ("['a\\'b', 1]", "a single quote: JSON accepts only double quotes", "'a\\'b'"),
        ("['a\nb']", "a single quote: JSON accepts only double quotes", "'a"),
        (
            "[«]",
            '«, U+00AB, left-pointing double angle quotation mark: JSON accepts only the plain double quote "',
            "«",
        ),
        ("[`a`]", '`: JSON accepts only the plain double quote "', "`"),
        ("[\x1e1]", "the control character U+001E", "\x1e"),
        ("[\x0b1]", "the control character U+000B: only space, tab and line break are white space", "\x0b"),
        ("[<a>]", "<", "<"),
        ("[nil]", '"nil": use null in JSON', "nil"),
        ("[NULL]", '"NULL": use null in JSON', "NULL"),
        ("[TRUE]", '"TRUE": use true in JSON', "TRUE"),
        ("[False]", '"False": use false in JSON', "False"),
        ("[inf]", '"inf": JSON does not accept NaN and infinity', "inf"),
        ("[Infinit]", '"Infinit": put strings in double quotes', "Infinit"),
        ("[INFINITY]", '"INFINITY": JSON does not accept NaN and infinity', "INFINITY"),
        ("[-inf]", "-inf: this is not a valid JSON number", "-inf"),
        ("[-Infinit]", "-Infinit: this is not a valid JSON number", "-Infinit"),
        ("[+Infinity]", "+Infinity: JSON numbers must not have a plus sign", "+Infinity"),
        ("[fals]", '"fals": did you mean false?', "fals"),
        ("[f]", '"f": did you mean false?', "f"),
        ("[nul]", '"nul": did you mean null?', "nul"),
        ("[n]", '"n": did you mean null?', "n"),
        ("[1.e5]", "1.e5: a decimal point must have digits on both sides", "1.e5"),
        ("[1..2]", "1..2: a decimal point must have digits on both sides", "1..2"),
        ("[-01]", "-01: JSON numbers must not have leading zeros", "-01"),
        ("[-.5]", "-.5: a decimal point must have digits on both sides", "-.5"),
        ("[--1]", "--1: this is not a valid JSON number", "--1"),
        ("[-]", "-: this is not a valid JSON number", "-"),
        ("[+]", "+: JSON numbers must not have a plus sign", "+"),
        ("[1e]", "1e: this is not a valid JSON number", "1e"),
        ("[1E-]", "1E-: this is not a valid JSON number", "1E-"),
        ("[1e5.5]", "1e5.5: this is not a valid JSON number", "1e5.5"),
        ("[0_1]", "0_1: JSON numbers must not have separators", "0_1"),
        ("[00]", "00: JSON numbers must not have leading zeros", "00"),
        ("[12abc]", "12abc: this is not a valid JSON number", "12abc"),
        ("[1.5.]", "1.5.: a decimal point must have digits on both sides", "1.5."),
        ("[1.5_0]", "1.5_0: JSON numbers must not have separators", "1.5_0"),
        ("[..]", ".", "."),
        ("[.]", ".: a decimal point must have digits on both sides", "."),
        ("[\u200b1]", "U+200B, zero width space: only space, tab and line break are white space", "\u200b"),
        ("[😀]", "😀, U+1F600, grinning face", "😀"),
        ("[\ud800]", "U+D800: only space, tab and line break are white space", "\ud800"),
        ("[}", "}", "}"),
        ("[/]", "/", "/"),
        ("[１２]", "１２: JSON accepts only the digits 0 to 9", "１２"),
        ("[1２]", "1２: JSON accepts only the digits 0 to 9", "1２"),
        ("[\x7f]", "the control character U+007F: only space, tab and line break are white space", "\x7f"),
        ("[\x85]", "the control character U+0085: only space, tab and line break are white space", "\x85"),
        ("[tRue]", '"tRue": use true in JSON', "tRue"),
        ("[Nan]", '"Nan": JSON does not accept NaN and infinity', "Nan"),
        ("[nulll]", '"nulll": put strings in double quotes', "nulll"),
        ("[trué]", '"trué": put strings in double quotes', "trué"),
        ("[’a]", '’, U+2019, right single quotation mark: JSON accepts only the plain double quote "', "’"),
    ],
    "a comma or }": [
        ('{"a": 1 2}', "2: a comma is missing", "2"),
        ('{"a": 1 b}', '"b": a comma or a quote is missing', "b"),
        ('{"a": 1;}', ";", ";"),
        ('{"a": {"b": 1]}', "]", "]"),
        ('{"a": 1: 2}', "a colon", ":"),
        ('{"a": 1 {}}', "an object: a comma is missing before it", "{"),
        ('{"a": "say "hi" now"}', '"hi": escape a double quote inside a string as \\"', "hi"),
        ('{"a": true false}', '"false": a comma or a quote is missing', "false"),
    ],
    "a comma or ]": [
        ("[1 true]", '"true": a comma or a quote is missing', "true"),
        ("[1)", ")", ")"),
        ("[1;2]", ";", ";"),
        ("[1:2]", "a colon", ":"),
        ("[1 /* a */, 2]", "a comment: JSON does not accept comments; .jsonc files may contain them", "/*"),
        ("[1\xa0]", "U+00A0, no-break space: only space, tab and line break are white space", "\xa0"),
        ('["a" b]', '"b": a comma or a quote is missing', "b"),
        ("[1,\n2\n3]", "3: a comma is missing", "3"),
        ('[1 "]', "a string: a comma is missing before it", '"'),
    ],
    "a value after the colon": [
        ('{"a": “b”}', '“, U+201C, left double quotation mark: JSON accepts only the plain double quote "', "“"),
        ('{"a":= 1}', "=", "="),
        ('{"a":: 1}', "a colon", ":"),
        ('{"a": ,}', "a comma", ","),
        ('{"a": @}', "@", "@"),
        ('{"a": \'b}', "a single quote: JSON accepts only double quotes", "'b}"),
        ('{"a": - 1}', "-: this is not a valid JSON number", "-"),
        ('{"a": 1e+}', "1e+: this is not a valid JSON number", "1e+"),
        ('{"a": +}', "+: JSON numbers must not have a plus sign", "+"),
    ],
    "a colon after the key": [
        ('{"a" b}', '"b"', "b"),
        ('{"a"\x1e:1}', "the control character U+001E", "\x1e"),
        ('{"a" 1_0}', "1_0", "1_0"),
        ('{"a"]', "]", "]"),
        ('{"say "hi" now": 1}', '"hi"', "hi"),
    ],
    "the end of the text": [
        ("{} true", '"true"', "true"),
        ("{} 5", "5", "5"),
        (
            '{} "a"',
            "a string after the value; concatenated JSON is not supported, so write one value per line in a .jsonl file",
            '"',
        ),
        (
            '"a" "b"',
            "a string after the value; concatenated JSON is not supported, so write one value per line in a .jsonl file",
            '"',
        ),
        ("{} “", '“, U+201C, left double quotation mark: JSON accepts only the plain double quote "', "“"),
        ("{} // c", "a comment: JSON does not accept comments; .jsonc files may contain them", "//"),
        ('{"a": 1}}', "}: it closes no bracket", "}"),
        (
            "{}\x1e{}",
            "a record separator, U+001E: JSON text sequences (RFC 7464) are not supported; use JSON Lines, which has no separators",
            "\x1e",
        ),
        ("{} <", "<", "<"),
        ("[0]1", "1", "1"),
        ("{} ]", "]: it closes no bracket", "]"),
        ("{} /", "/", "/"),
        ("{}\xa0", "U+00A0, no-break space: only space, tab and line break are white space", "\xa0"),
    ],
    "a key in double quotes or }": [
        ("{,}", "a comma", ","),
        ("{1_000: 1}", "1_000: put keys in double quotes", "1_000"),
        ("{-1: 1}", "-1: put keys in double quotes", "-1"),
        ("{...}", "an ellipsis: replace it with the omitted text", "..."),
        ("{]", "]", "]"),
        ("{[1]: 2}", "an array", "["),
        ("{\xa0}", "U+00A0, no-break space: only space, tab and line break are white space", "\xa0"),
        ("{é: 1}", '"é": put keys in double quotes', "é"),
        ("{'a\\", "a single quote: JSON accepts only double quotes", "'a"),
    ],
    "a value": [
        ("[1, 2,,]", "a comma", ","),
        ("[1, ...]", "an ellipsis: replace it with the omitted text", "..."),
    ],
    "a key in double quotes": [
        ('{"a": 1, …}', "an ellipsis: replace it with the omitted text", "…"),
        ('{"a":1,,}', "a comma", ","),
    ],
    "a JSON value": [
        ("\x00", "the control character U+0000", "\x00"),
        ("'", "a single quote: JSON accepts only double quotes", "'"),
    ],
}
"""What stands where something else was expected, how a message calls it, and the characters that it points at."""


@pytest.mark.parametrize(
    ("expected", "text", "found", "at"), [(expected, *row) for expected, rows in HERE.items() for row in rows]
)
def test_what_stands_there_is_called_by_its_name(expected: str, text: str, found: str, at: str) -> None:
    """A message says what was expected, names what is there, and has a hint if the mistake is a known one."""
    assert problem(text).message == f"expected {expected} here, found {found}"
    assert characters(text, problem(text).span) == at


ELSEWHERE = [
    ('{"a": 1, "b"', "expected a colon after the key, found the end of the text: an object is not closed", ""),
    ('["a",', "expected a value, found the end of the text: an array is not closed", ""),
    ('{"a": 1,', "expected a key in double quotes, found the end of the text: an object is not closed", ""),
    ("{", "expected a key in double quotes or }, found the end of the text: an object is not closed", ""),
    ("[", "expected a value or ], found the end of the text: an array is not closed", ""),
    ('["\x0b"]', "found the control character U+000B inside a string; escape it as \\u000b", "\x0b"),
    (
        '["a\r',
        "expected a closing double quote before the end of the line; escape a line break inside a string as \\n",
        "",
    ),
    ('["\\u', "expected four hexadecimal digits after \\u, found the end of the text", "\\u"),
    ('["\\u1', "expected four hexadecimal digits after \\u, found the end of the text", "\\u1"),
    ('["\\u1234\\u"]', 'expected four hexadecimal digits after \\u, found "', "\\u"),
    ('["\\ua b"]', "expected four hexadecimal digits after \\u, found a space", "\\ua"),
    (
        '["a\\ b"]',
        'expected an escape after the backslash, one of \\" \\\\ \\/ \\b \\f \\n \\r \\t \\u, found a space; escape a backslash as \\\\',
        "\\ ",
    ),
    ('{"a"', "expected a colon after the key, found the end of the text: an object is not closed", ""),
    ('{"a" ', "expected a colon after the key, found the end of the text: an object is not closed", ""),
    ('["a"\n,]', "expected a value after this comma, found ]: JSON does not accept a trailing comma", ","),
    ('"a', "expected a closing double quote, found the end of the text: a string is not closed", ""),
    ('"', "expected a closing double quote, found the end of the text: a string is not closed", ""),
    (
        '{"a\nb": 1}',
        "expected a closing double quote before the end of the line; escape a line break inside a string as \\n",
        "",
    ),
]


@pytest.mark.parametrize(("text", "message", "at"), ELSEWHERE)
def test_what_is_wrong_in_a_string_or_at_the_end(text: str, message: str, at: str) -> None:
    """A string that is not closed or has a wrong escape, a comma too many, and a text that ends too soon."""
    assert problem(text).message == message
    assert characters(text, problem(text).span) == at


@pytest.mark.parametrize(
    ("text", "found", "at"),
    [
        ('["\\é"]', "é, U+00E9, latin small letter e with acute", "\\é"),
        ('["\\\n"]', "the end of the line", "\\\n"),
        ('["\\,"]', "a comma", "\\,"),
        ('["\\:"]', "a colon", "\\:"),
        ('["\\\t"]', "a tab", "\\\t"),
        ('{"a\\x": 1}', "x", "\\x"),
        ('["\\u12\\x"]', "\\", "\\u12"),
    ],
)
def test_what_stands_behind_a_backslash(text: str, found: str, at: str) -> None:
    """What is no escape is shown with its backslash, and named."""
    message = problem(text).message
    assert message.split(", found ")[1].split("; ")[0] == found
    assert message.startswith("expected an escape after the backslash, one of ") is message.endswith(
        "; escape a backslash as \\\\"
    )
    assert characters(text, problem(text).span) == at


@pytest.mark.parametrize(
    ("text", "opening"),
    [
        ('[1, {"a": 2]', Span(4, 5)),
        ('{"a": [1, 2}', Span(6, 7)),
        ('{"a"]', Span(0, 1)),
        ("{]", Span(0, 1)),
        ("[}", Span(0, 1)),
        ('{"a": [1, [2', Span(10, 11)),
        ('["a", "b', Span(6, 7)),
        ('["a", "\\q"]', Span(6, 7)),
        ("[1)", None),
        ("[1, }", None),
        ("[1]]", None),
        ("]", None),
        ('{"a"}', None),
        ('{"a":}', None),
        ('{"a": 1 2}', None),
        ("", None),
    ],
)
def test_what_still_waits_for_its_end(text: str, opening: Span | None) -> None:
    """It matters where a text ends too soon, where a string is broken, and where another bracket is closed."""
    assert problem(text).opening == opening


@pytest.mark.parametrize(
    ("text", "start", "message"),
    [
        ("\ufeff", 1, "expected a JSON value, found nothing: the text is empty"),
        ("\ufeff ", 1, "expected a JSON value, found nothing: the text contains only white space"),
        (
            "\ufeff{}{}",
            1,
            "expected the end of the text here, found an object after the value; concatenated JSON is not supported,"
            " so write one value per line in a .jsonl file",
        ),
        (
            "\n{}\n[]\n",
            0,
            "expected the end of the text here, found an array after the value; one value per line is JSON Lines,"
            " so name the file .jsonl or .ndjson",
        ),
    ],
)
def test_a_text_begins_where_its_mark_ends(text: str, start: int, message: str) -> None:
    """What stands before the text of JSON is no part of it."""
    assert problem(text, start).message == message


@pytest.mark.parametrize(
    ("text", "limit", "pointer", "at"),
    [
        ("[[1]]", 1, (0,), 1),
        ('{"a": [1, {"b": {}}]}', 3, ("a", 1, "b"), 16),
        ('{"a": 1, "\\u0062": []}', 1, ("b",), 19),
        ("[[], [[]]]", 2, (1, 0), 6),
        ("[", 0, (), 0),
    ],
)
def test_what_is_too_deep_has_a_pointer(text: str, limit: int, pointer: Pointer, at: int) -> None:
    """The bracket that goes below the limit is pointed at by the keys and indexes on the way to it."""
    found = first_problem(text, max_depth=limit)
    assert found == Problem("", Span(at, at + 1), too_deep=True, pointer=pointer)


@pytest.mark.parametrize(
    "text",
    [
        "1", "-0", "-1.5e+10", "1E5", "0.0", "NaN", "-Infinity", "Infinity", "true", "null", '""', "[]", "{}",
        ' {"a" : [ 1 , "b\\u00e9\\/" ] , "": {} } ', '"\\"\\\\\\/\\b\\f\\n\\r\\t\\uaF09"', "\t\r\n[[], [{}]]\n", '"\x7f\u2028"',
    ],
)  # fmt: skip
def test_what_is_json_has_no_problem(text: str) -> None:
    """All that the standard parser takes is sound, infinities included."""
    json.loads(text)
    assert first_problem(text) is None
    assert first_problem(text, max_depth=3) is None
