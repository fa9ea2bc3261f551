"""What edits write looks like the text around it, character for character."""

from __future__ import annotations

from io import BytesIO

import pytest

from minimax_validate.texts.readers import load_reader
from minimax_validate.texts.replacement import replaced
from minimax_validate.values.diagnostic import Edit


def edited(name: str, text: str, *edits: Edit) -> str:
    """The text of a format with edits made."""
    (document,) = load_reader(name).read(name, BytesIO(text.encode()))
    assert document.rewriter is not None
    return replaced(text, document.rewriter.rewrite(text, list(edits)))


def put(*pointer: str | int, value: object) -> Edit:
    """An edit that sets a value, or adds one."""
    return Edit("set", pointer, value)


def insert(*pointer: str | int, value: object) -> Edit:
    """An edit that puts a value into an array."""
    return Edit("insert", pointer, value)


def remove(*pointer: str | int) -> Edit:
    """An edit that takes a value out."""
    return Edit("remove", pointer)


@pytest.mark.parametrize(
    ("text", "edits", "expected"),
    [
        ("[1, 2, 3]", [remove(0), insert(1, value=9)], "[9, 2, 3]"),
        ("[1, 2, 3]", [remove(0), insert(0, value=9), insert(0, value=8)], "[8, 9, 2, 3]"),
        ("[1, 2, 3]", [insert(2, value=9), remove(1)], "[1, 9, 3]"),
        ("[1,2]", [put(0, value=9), put(1, value=8)], "[9,8]"),
        ('{"a": []}', [insert("a", 0, value=9), insert("a", 0, value=8)], '{"a": [8, 9]}'),
        ('{"a": [7]}', [remove("a", 0), insert("a", 1, value=9), insert("a", 0, value=8)], '{"a": [8, 9]}'),
        ('{"a":[]}', [put("a", value=[1, {"b": 2}])], '{"a":[1,{"b":2}]}'),
        ('{ "a": {} }', [put("a", value={"b": 1, "c": [1, 2]})], '{ "a": { "b": 1, "c": [1, 2] } }'),
        ('{"a": 1, "b": { "c": 1 } }', [put("a", value={"b": 1})], '{"a": {"b": 1}, "b": { "c": 1 } }'),
        ('{"a":1,  "b":2}', [put("c", value=[1, 2])], '{"a":1,  "b":2,  "c":[1,2]}'),
        (
            '{\n    "a": 1\n}',
            [put("b", value={"c": [1, {"d": 2}]})],
            '{\n    "a": 1,\n    "b": {\n        "c": [\n            1,\n            {\n                "d": 2\n'
            "            }\n        ]\n    }\n}",
        ),
        (
            '{\n  "a": {"x": 1}\n}',
            [put("b", value={"c": [1, {"d": 2}]})],
            '{\n  "a": {"x": 1},\n  "b": {"c": [1, {"d": 2}]}\n}',
        ),
        (
            '{\n  "a": 1\n}',
            [remove("a"), put("b", value=2), put("c", value=3)],
            '{\n  "b": 2,\n  "c": 3\n}',
        ),
        ('{\n  "a": 1,\n  "b": 2,\n  "c": 3\n}', [remove("b"), remove("c")], '{\n  "a": 1\n}'),
        ('{\r\n\t"a": 1\r\n}', [put("b", value=[1])], '{\r\n\t"a": 1,\r\n\t"b": [\r\n\t\t1\r\n\t]\r\n}'),
        ('{"a": "\\u00e9"}', [put("b", value="ü")], '{"a": "\\u00e9", "b": "\\u00fc"}'),
        ('{"a": "é"}', [put("b", value="ü")], '{"a": "é", "b": "ü"}'),
        ('{"a": 1}', [Edit("rename", ("a",), "b")], '{"b": 1}'),
        ('{"a": {"x":   1}}', [remove("a"), put("b", value={"x": 1})], '{"b": {"x":   1}}'),
    ],
)
def test_json_is_written_as_it_was(text: str, edits: list[Edit], expected: str) -> None:
    """New JSON has the line ends, indentation, spaces and escapes of the text, and a moved value its own spelling."""
    assert edited("json", text, *edits) == expected


@pytest.mark.parametrize(
    ("text", "edits", "expected"),
    [
        (
            '{\n  "a": 1, // one\n  "b": 2 // two\n}',
            [put("c", value=3)],
            '{\n  "a": 1, // one\n  "b": 2, // two\n  "c": 3\n}',
        ),
        (
            '{\n  "a": 1, // one\n  "b": 2, // two\n}',
            [put("c", value=3)],
            '{\n  "a": 1, // one\n  "b": 2, // two\n  "c": 3,\n}',
        ),
        ('{\n  "a": 1, // one\n  "b": 2 // two\n}', [remove("a")], '{\n  // one\n  "b": 2 // two\n}'),
        ("[ 1 /* one */, 2 ]", [remove(0)], "[ /* one */ 2 ]"),
        ("[ 1 /* one */, 2 ]", [remove(0), remove(1)], "[ /* one */ ]"),
        ("[ 1, /* two */ 2 ]", [remove(1)], "[ 1 /* two */ ]"),
    ],
)
def test_comments_stay_beside_what_they_are_of(text: str, edits: list[Edit], expected: str) -> None:
    """What is new goes below the comment of what stands before it; what goes leaves its comment."""
    assert edited("jsonc", text, *edits) == expected
