"""What edits write looks like the text around it, character for character."""

from __future__ import annotations

import pytest
from text_edits import edited, insert, put, remove, rename

from minimax_validate.values.diagnostic import Edit


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
        ('{"a": "\\u00e9é"}', [put("b", value="ü")], '{"a": "\\u00e9é", "b": "ü"}'),
        ('{"a": "é"}', [put("b", value="ü")], '{"a": "é", "b": "ü"}'),
        ('{ "a": [] }', [insert("a", 0, value={})], '{ "a": [{}] }'),
        ("{}\n", [put("a", value=1)], '{"a": 1}\n'),
        ("\n{}\n", [put("a", value=1)], '\n{\n  "a": 1\n}\n'),
        ('{"a": 1.50}', [put("b", value=1.5)], '{"a": 1.50, "b": 1.5}'),
        ('{"a": 1.50}', [put("b", value=[1.5])], '{"a": 1.50, "b": [1.50]}'),
        ('{"a": [1,2]}', [put("b", value={"c": [1, 2]})], '{"a": [1,2], "b": {"c": [1,2]}}'),
        (
            '{\n  "a": [\n    1\n  ],\n  "b": 1\n}',
            [put("b", value={"c": [1]})],
            '{\n  "a": [\n    1\n  ],\n  "b": {\n    "c": [\n      1\n    ]\n  }\n}',
        ),
        (
            '{\n  "a": [\n 1\n  ],\n  "b": 1\n}',
            [put("b", value={"c": [1]})],
            '{\n  "a": [\n 1\n  ],\n  "b": {\n    "c": [\n      1\n    ]\n  }\n}',
        ),
        ('{ "a": {} }', [put("a", "b", value=[])], '{ "a": { "b": [] } }'),
        ('{"a": 1}', [rename("a", value="b")], '{"b": 1}'),
        ('{"a": {"x":   1}}', [remove("a"), put("b", value={"x": 1})], '{"b": {"x":   1}}'),
        ('{"a": 1, "b": 2, "c": 3}', [remove("a")], '{"b": 2, "c": 3}'),
        ('{"a": 1, "b": 2, "c": 3}', [remove("b")], '{"a": 1, "c": 3}'),
        ('{"a": 1, "b": 2, "c": 3}', [remove("c")], '{"a": 1, "b": 2}'),
        ('{"a": 1, "b": 2, "c": 3}', [remove("a"), remove("c")], '{"b": 2}'),
        ('{"a": 1, "b": 2, "c": 3}', [remove("a"), remove("b"), remove("c")], "{}"),
        ('{\n  "a": 1,\n  "b": 2\n}', [remove("a"), remove("b")], "{}"),
        ('{\n  "a": 1,\n  "b": 2,\n  "c": 3\n}', [remove("a"), remove("b"), put("c", value=4)], '{\n  "c": 4\n}'),
        (
            '{\n  "a": 1,\n  "b": 2,\n  "c": 3\n}',
            [remove("a"), remove("b"), remove("c"), put("d", value=4)],
            '{\n  "d": 4\n}',
        ),
        (
            '{\n  "a": {},\n  "b": []\n}',
            [put("a", "x", value=1), insert("b", 0, value=2), insert("b", 0, value=[])],
            '{\n  "a": {\n    "x": 1\n  },\n  "b": [\n    [],\n    2\n  ]\n}',
        ),
        ('{\n  "a": {\n  }\n}', [put("a", "x", value=1)], '{\n  "a": {\n    "x": 1\n  }\n}'),
        ("[{}, []]", [put(0, "x", value={"y": 1}), insert(1, 0, value={"z": {}})], '[{"x": {"y": 1}}, [{"z": {}}]]'),
        ('{ "a": {}, "b": 1 }', [put("a", "x", value={"y": 1})], '{ "a": { "x": { "y": 1 } }, "b": 1 }'),
        ('{"a": 1, "a": 2, "b": 3}', [remove("a")], '{"b": 3}'),
        ('{"a": 1, "a": 2, "b": 3}', [put("a", value=5)], '{"a": 1, "a": 5, "b": 3}'),
        ('{"a": 1, "a": 2, "b": 3}', [rename("a", value="c")], '{"c": 1, "c": 2, "b": 3}'),
        ("[\n  1,\n  2\n]", [insert(0, value=0)], "[\n  0,\n  1,\n  2\n]"),
        ("[\n  1,\n  2\n]", [insert(1, value={"a": 1})], '[\n  1,\n  {\n    "a": 1\n  },\n  2\n]'),
        ("[\n  1,\n  2\n]", [insert(2, value=0), insert(2, value=5)], "[\n  1,\n  2,\n  5,\n  0\n]"),
        (
            '[\n  {"a": 1},\n  {"a": 2}\n]',
            [insert(2, value={"a": [1, 2]})],
            '[\n  {"a": 1},\n  {"a": 2},\n  {"a": [1, 2]}\n]',
        ),
        (
            '[\n  {\n    "a": 1\n  }\n]',
            [insert(1, value={"a": [1, 2]})],
            '[\n  {\n    "a": 1\n  },\n  {\n    "a": [\n      1,\n      2\n    ]\n  }\n]',
        ),
        (
            '[\n  [\n    1\n  ], {"b": 1}\n]',
            [insert(2, value={"a": [1, 2]})],
            '[\n  [\n    1\n  ], {"b": 1},\n  {"a": [1, 2]}\n]',
        ),
        ('[\n  "{x}"\n]', [insert(1, value={"a": 1})], '[\n  "{x}",\n  {\n    "a": 1\n  }\n]'),
        ("[\n  {}\n]", [insert(1, value={"a": 1})], '[\n  {},\n  {\n    "a": 1\n  }\n]'),
        ("[1,2]", [insert(2, value=3)], "[1,2,3]"),
        ("[1,   2]", [insert(2, value=3)], "[1,   2,   3]"),
        ("[1]", [insert(1, value=3)], "[1, 3]"),
        ('{"a":1}', [put("b", value=[1, 2])], '{"a":1,"b":[1,2]}'),
        ('{"a" : 1}', [put("b", value={"c": 1})], '{"a" : 1, "b" : {"c" : 1}}'),
        ('{"a":\t1}', [put("b", value={"c": 1, "d": 2})], '{"a":\t1, "b":\t{"c":\t1, "d":\t2}}'),
        ('{"a":1,"b":"\\u00e9"}', [put("c", value="é")], '{"a":1,"b":"\\u00e9","c":"\\u00e9"}'),
        ('{\t"a": 1}', [put("b", value=1)], '{\t"a": 1, "b": 1}'),
        (
            '{\n\t"a": {\n\t\t"b": 1\n\t}\n}',
            [put("c", value={"d": {}})],
            '{\n\t"a": {\n\t\t"b": 1\n\t},\n\t"c": {\n\t\t"d": {}\n\t}\n}',
        ),
        (
            "[\r\n    1\r\n]",
            [put(0, value={"d": [1]})],
            '[\r\n    {\r\n        "d": [\r\n            1\r\n        ]\r\n    }\r\n]',
        ),
        ("[\r    1\r]", [put(0, value={"d": [1]})], '[\r    {\r        "d": [\r            1\r        ]\r    }\r]'),
        ('\n\n{"a": 1}', [put("b", value={"d": [1]})], '\n\n{"a": 1, "b": {"d": [1]}}'),
        ('{"a": 1,\n "b": 2}', [put("c", value=3)], '{"a": 1,\n "b": 2, "c": 3}'),
        ('{"a": 1,\n "b": 2}', [remove("b")], '{"a": 1}'),
        ('{"a": 1,\n "b": 2}', [remove("a")], '{"b": 2}'),
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
        (
            '{\n  "a": 1, // one\n  "b": 2, // two\n  "c": 3\n}',
            [remove("b")],
            '{\n  "a": 1, // one\n  // two\n  "c": 3\n}',
        ),
        (
            '{\n  "a": 1, // one\n  "b": 2, // two\n  "c": 3\n}',
            [remove("b"), remove("c")],
            '{\n  "a": 1 // one\n   // two\n}',
        ),
        (
            '{\n  "a": 1, // one\n  "b": 2, // two\n  "c": 3, // three\n}',
            [remove("b"), remove("c")],
            '{\n  "a": 1, // one\n  // two\n  // three\n}',
        ),
        (
            '{\n  "a": 1, // one\n  "b": 2, // two\n  "c": 3, // three\n}',
            [remove("a"), remove("b"), remove("c")],
            "{\n  // one\n  // two\n  // three\n}",
        ),
        (
            '{\n  "a": 1, // one\n  "b": 2, // two\n  "c": 3, // three\n}',
            [remove("a"), remove("b"), remove("c"), put("d", value=1)],
            '{\n  "d": 1, // one\n  // two\n  // three\n}',
        ),
        ('{\n  "a": 1,\n  "b": 2,\n}', [remove("b")], '{\n  "a": 1,\n}'),
        ('{\n  "a": 1,\n  "b": 2,\n}', [put("c", value=3)], '{\n  "a": 1,\n  "b": 2,\n  "c": 3,\n}'),
        ('{\n  "a": 1,\n  "b": 2,\n}', [remove("a"), remove("b")], "{}"),
        ("[1, 2, 3,]", [remove(2)], "[1, 2,]"),
        ("[1, 2, 3,]", [remove(1), remove(2)], "[1,]"),
        ("[1, 2, 3,]", [remove(0), remove(1), remove(2)], "[]"),
        ("[1, 2, 3,]", [remove(0), remove(1), remove(2), insert(0, value=9)], "[9,]"),
        ("[1, 2, 3,]", [insert(3, value=9)], "[1, 2, 3, 9,]"),
        ("[1, 2 /* two */, 3 /* three */,]", [remove(1), remove(2)], "[1, /* two */ /* three */]"),
        ("[1, 2, /* two */ 3, /* three */]", [remove(1), remove(2)], "[1, /* two */ /* three */]"),
        ("[1 /* one */, 2]", [remove(1)], "[1 /* one */ ]"),
        ("[1, 2 /* two */]", [remove(1)], "[1 /* two */]"),
        ("[1, 2 /* two */\n, 3]", [remove(1)], "[1, /* two */\n 3]"),
        ("[1 // one\n, 2]", [remove(0)], "[// one\n 2]"),
        ("[1 // one\n, 2]", [remove(1)], "[1 // one\n ]"),
        ("[1 // one\n, 2]", [insert(1, value=5)], "[1, 5 // one\n, 2]"),
        ("[1, // one\n 2]", [insert(1, value=5)], "[1, 5, // one\n 2]"),
        ("[\n1 // one\n, 2\n]", [insert(1, value=5)], "[\n1,\n5 // one\n, 2\n]"),
        (
            "[\n  1, // one\n  2, // two\n  3 // three\n]",
            [insert(1, value=5)],
            "[\n  1, // one\n  5,\n  2, // two\n  3 // three\n]",
        ),
        (
            "[\n  1, // one\n  2, // two\n  3 // three\n]",
            [insert(1, value=5), insert(1, value=6)],
            "[\n  1, // one\n  6,\n  5,\n  2, // two\n  3 // three\n]",
        ),
        (
            "[\n  1, // one\n  2, // two\n  3 // three\n]",
            [insert(3, value=5), insert(3, value=6)],
            "[\n  1, // one\n  2, // two\n  3, // three\n  6,\n  5\n]",
        ),
        (
            "[\n  1, // one\n  2, // two\n  3 // three\n]",
            [remove(2), insert(2, value=5)],
            "[\n  1, // one\n  2, // two\n  5\n  // three\n]",
        ),
        (
            "[\n  1, // one\n  2, // two\n  3 // three\n]",
            [remove(2), insert(3, value=5)],
            "[\n  1, // one\n  2, // two\n  5\n  // three\n]",
        ),
        (
            "[\n  1, // one\n  2, // two\n  3, // three\n]",
            [remove(2), insert(3, value=5)],
            "[\n  1, // one\n  2, // two\n  5,\n  // three\n]",
        ),
        (
            "[\n  1, // one\n  2, // two\n  3, // three\n]",
            [remove(1), insert(2, value=5)],
            "[\n  1, // one\n  5,\n  // two\n  3, // three\n]",
        ),
        ("[\n  // none\n]", [insert(0, value=5)], "[5\n  // none\n]"),
        ("{ // none\n}", [put("a", value=5)], '{"a": 5 // none\n}'),
        ('{\n  "a": { /* none */ }\n}', [put("a", "b", value=5)], '{\n  "a": {"b": 5 /* none */ }\n}'),
        ("[ /* one */ 1 /* uno */ ]", [put(0, value=5)], "[ /* one */ 5 /* uno */ ]"),
        ('// head\n{"a": 1} // tail\n', [put("b", value=5)], '// head\n{"a": 1, "b": 5} // tail\n'),
        ("// head\n[1] // tail\n", [put(value={"b": 5})], '// head\n{"b": 5} // tail\n'),
        ('{"a": /* x */ 1}', [put("a", value=[5])], '{"a": /* x */ [5]}'),
        ('{"a" /* x */: 1}', [rename("a", value="b")], '{"b" /* x */: 1}'),
        ('{\n  /* one */ "a": 1,\n  "b": 2\n}', [remove("a")], '{\n  /* one */ "b": 2\n}'),
        ('{\n  /* one */ "a": 1,\n  "b": 2\n}', [remove("b")], '{\n  /* one */ "a": 1\n}'),
        ('{\n  "a": 1,\n  /* two */ "b": 2\n}', [remove("b")], '{\n  "a": 1\n  /* two */ \n}'),
        ('{\n  "a": 1,\n  // two\n  "b": 2\n}', [remove("b")], '{\n  "a": 1\n  // two\n}'),
        ('{\n  "a": 1,\n  // two\n  "b": 2 // deux\n}', [remove("b")], '{\n  "a": 1\n  // two\n  // deux\n}'),
        ('{\n  "a": 1,\n  // two\n  "b": 2, // deux\n}', [remove("b")], '{\n  "a": 1,\n  // two\n  // deux\n}'),
        ('{\n  "a": 1, "b": 2 // both\n}', [put("c", value=5)], '{\n  "a": 1, "b": 2, // both\n  "c": 5\n}'),
        ('{\n  "a": 1, /* one */ "b": 2\n}', [put("c", value=5)], '{\n  "a": 1, /* one */ "b": 2,\n  "c": 5\n}'),
        ("[\n  1, /* one */ 2\n]", [insert(1, value=5)], "[\n  1,\n  5, /* one */ 2\n]"),
        ("[\n  1 /* one */, // uno\n  2\n]", [insert(1, value=5)], "[\n  1 /* one */, // uno\n  5,\n  2\n]"),
    ],
)
def test_comments_stay_beside_what_they_are_of(text: str, edits: list[Edit], expected: str) -> None:
    """What is new goes below the comment of what stands before it; what goes leaves its comment."""
    assert edited("jsonc", text, *edits) == expected
