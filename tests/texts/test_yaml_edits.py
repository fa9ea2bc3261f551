"""What edits write in YAML looks like the text around it, character for character."""

from __future__ import annotations

import pytest
from text_edits import edited, insert, put, remove, rename
from yaml_spelling import only

from minimax_validate.texts.fixing import is_same
from minimax_validate.values.diagnostic import Edit
from minimax_validate.values.edits import apply_edits


def assert_edited(text: str, edits: list[Edit], expected: str) -> None:
    """Edits of a YAML text give this text, which says what the edits make of its value."""
    assert edited("yaml", text, *edits) == expected
    assert is_same(only(expected), apply_edits(only(text), edits))


@pytest.mark.parametrize(
    ("text", "edits", "expected"),
    [
        ("a: 1\n", [put("a", value="it's")], 'a: "it\'s"\n'),
        ("a: 'x y'\n", [put("b", value="1")], "a: 'x y'\nb: '1'\n"),
        ("a: 'x y'\n", [put("b", value="it's: 'so'")], "a: 'x y'\nb: 'it''s: ''so'''\n"),
        ("a: 'x y'\n", [put("b", value="")], "a: 'x y'\nb: ''\n"),
        ("a: 'x y'\n", [put("b", value="  ")], "a: 'x y'\nb: \"  \"\n"),
        ("a: 'x y'\n", [put("b", value="a\nb")], "a: 'x y'\nb: \"a\\nb\"\n"),
        ("a: 'x'\nb: \"y\"\n", [put("b", value="z")], "a: 'x'\nb: \"z\"\n"),
        ("a: 'x'\nb: \"y\"\n", [put("a", value="z")], "a: 'z'\nb: \"y\"\n"),
        ('a: "x"\n', [put("b", value=": ")], 'a: "x"\nb: ": "\n'),
        (
            "a: 1\n",
            [put("b", value="y" * 80)],
            f"a: 1\nb: {'y' * 80}\n",
        ),
        (
            "a: 1\n",
            [put("b", value="y" * 81)],
            f'a: 1\nb: "{"y" * 81}"\n',
        ),
        ("a: 1\n", [put("b", value="x y")], "a: 1\nb: x y\n"),
        ("a: 1\n", [put("b", value="x  y")], 'a: 1\nb: "x  y"\n'),
        ("a: 1\n", [put("b", value="true")], 'a: 1\nb: "true"\n'),
        ("a: 1\n", [put("b", value="é")], 'a: 1\nb: "é"\n'),
        ('a: "\\u00e9"\n', [put("b", value="é😀\x7f")], 'a: "\\u00e9"\nb: "\\u00e9\\U0001f600\\u007f"\n'),
        (
            "a: 1\n",
            [put("b", value="x\x7f\x9f\u2028\ufeff\ufffe\uffffy")],
            'a: 1\nb: "x\\u007f\\u009f\\u2028\\ufeff\\ufffe\\uffffy"\n',
        ),
        (
            "a: 1\n",
            [put("b", value=None), put("c", value=1.5), put("d", value=True)],
            "a: 1\nb: null\nc: 1.5\nd: true\n",
        ),
        ('"a": 1\n', [put("b", value="c")], '"a": 1\n"b": c\n'),
        ('"a": 1\n', [put("a", value={"b": 1, "c d": []})], '"a":\n  "b": 1\n  "c d": []\n'),
        ('- "a" : 1\n', [rename(0, "a", value="b")], '- "b" : 1\n'),
        ("a: 1\n", [rename("a", value="b c")], "b c: 1\n"),
        ("a: 1\n", [rename("a", value="1")], '"1": 1\n'),
        ('{a: 1, "b": c}\n', [put("c", value=1)], '{a: 1, "b": c, "c": 1}\n'),
        ("a:\n  'b': 1\n", [rename("a", "b", value="c")], "a:\n  c: 1\n"),
        ('a: "x\\ty"\n', [put("a", value="z\tw")], 'a: "z\\tw"\n'),
        ("a: 'x'\n", [put("a", value="it's")], "a: 'it''s'\n"),
        ("a: 'x'\n", [put("a", value="é\u2028")], 'a: "é\\u2028"\n'),
        ("a: x\n", [put("a", value="")], 'a: ""\n'),
        ("a: x\n", [put("a", value="-")], 'a: "-"\n'),
        ("a: x\n", [put("a", value="x: y")], 'a: "x: y"\n'),
        ("a: x\n", [put("a", value="a/b.c-d_e f")], "a: a/b.c-d_e f\n"),
        ("a: x\n", [put("a", value="1.5")], 'a: "1.5"\n'),
    ],
)
def test_scalars_are_written_as_those_around(text: str, edits: list[Edit], expected: str) -> None:
    """A new string has quotes only if it needs them, and then those of the text; so has a key."""
    assert_edited(text, edits, expected)


@pytest.mark.parametrize(
    ("text", "edits", "expected"),
    [
        (
            "a:\n    b: 1\n",
            [put("a", "c", value={"d": {"e": 1}})],
            "a:\n    b: 1\n    c:\n        d:\n            e: 1\n",
        ),
        ("a:\n    - b\n", [put("c", value=["x", ["y"]])], "a:\n    - b\nc:\n  - x\n  - - y\n"),
        ("a:\n  - b:\n       c: 1\n", [put("d", value={"e": 1})], "a:\n  - b:\n       c: 1\nd:\n     e: 1\n"),
        ("- a:\n     c: 1\n", [put(0, "d", value={"e": 1})], "- a:\n     c: 1\n  d:\n       e: 1\n"),
        ("a:\n          b: 1\n", [put("c", value={"d": 1})], "a:\n          b: 1\nc:\n  d: 1\n"),
        ("a:\n         b: 1\n", [put("c", value={"d": 1})], "a:\n         b: 1\nc:\n  d: 1\n"),
        ("a:\n        b: 1\n", [put("c", value={"d": 1})], "a:\n        b: 1\nc:\n        d: 1\n"),
        ("a:\n b: 1\n", [put("c", value={"d": 1})], "a:\n b: 1\nc:\n d: 1\n"),
        ("a: |2\n      x:\n    y\n", [put("c", value={"d": 1})], "a: |2\n      x:\n    y\nc:\n  d: 1\n"),
        ("a: # x\n   b: 1\n", [put("c", value={"d": 1})], "a: # x\n   b: 1\nc:\n   d: 1\n"),
        ("a:\n- b\n", [put("c", value=["d"])], "a:\n- b\nc:\n  - d\n"),
        (
            "a:\r\n  b: 1\r\n",
            [put("c", value={"d": [1, [2, 3], {}]})],
            "a:\r\n  b: 1\r\nc:\r\n  d:\r\n    - 1\r\n    - - 2\r\n      - 3\r\n    - {}\r\n",
        ),
        ("a: 1", [put("c", value={"d": 1})], "a: 1\nc:\n  d: 1"),
    ],
)
def test_indentation_is_that_of_the_text(text: str, edits: list[Edit], expected: str) -> None:
    """A new mapping or list is indented as the first mapping of the text that is inside of another one."""
    assert_edited(text, edits, expected)


@pytest.mark.parametrize(
    ("text", "edits", "expected"),
    [
        ("a: |\n  x\n", [put("a", value="y\nz\n")], "a: |\n  y\n  z\n"),
        ("a: |\n  x\n", [put("a", value="y\nz")], "a: |-\n  y\n  z\n"),
        ("a: >\n  x\n", [put("a", value="y\n\nz\n")], "a: |\n  y\n\n  z\n"),
        ("a: |\n  x\n", [put("a", value="y\n\n")], 'a: "y\\n\\n"\n'),
        ("a: |\n  x\n", [put("a", value="\ny")], 'a: "\\ny"\n'),
        ("a: |\n  x\n", [put("a", value="y ")], 'a: "y "\n'),
        ("a: |\n  x\n", [put("a", value="y \n")], 'a: "y \\n"\n'),
        ("a: |\n  x\n", [put("a", value="y\t\n")], 'a: "y\\t\\n"\n'),
        ("a: |\n  x\n", [put("a", value="\ty\n")], 'a: "\\ty\\n"\n'),
        ("a: |\n  x\n", [put("a", value="")], 'a: ""\n'),
        ("a: |\n  x\n", [put("a", value="\n")], 'a: "\\n"\n'),
        ("a: |\n  x\n", [put("a", value="é\n\ty\n")], "a: |\n  é\n  \ty\n"),
        ("a: |\n\n", [put("a", value="y\nz")], "a: |-\n  y\n  z\n\n"),
        ("a:\n   b: |\n\n", [put("a", "b", value="y\nz")], "a:\n   b: |-\n      y\n      z\n\n"),
        ("a: |\r\n  x\r\n", [put("a", value="y\nz\n")], "a: |\r\n  y\r\n  z\r\n"),
        ("a: |\n    x\n", [put("a", value=5)], "a: 5\n"),
        ("a: |\n    x\nb: 1\n", [put("a", value=["y"])], "a:\n  - y\nb: 1\n"),
        ("a: |\n  x\n", [put("a", value="yz ")], 'a: "yz "\n'),
        ("a: |\n  x\n", [put("a", value="y \nz")], "a: |-\n  y \n  z\n"),
        ("a: |\n  x\n", [put("a", value="y\nMAX\n")], "a: |\n  y\n  MAX\n"),
    ],
)
def test_a_text_in_lines_stays_one(text: str, edits: list[Edit], expected: str) -> None:
    """What comes for a block scalar is one too, at the same indentation, unless it cannot be written as one."""
    assert_edited(text, edits, expected)


@pytest.mark.parametrize(
    ("text", "edits", "expected"),
    [
        ("a: 1\nb: 2\nc: 3\n", [remove("a")], "b: 2\nc: 3\n"),
        ("a: 1\nb: 2\nc: 3\n", [remove("b")], "a: 1\nc: 3\n"),
        ("a: 1\nb: 2\nc: 3\n", [remove("c")], "a: 1\nb: 2\n"),
        ("a: 1\nb: 2\nc: 3\n", [remove("a"), remove("c")], "b: 2\n"),
        ("a: 1\nb: 2\nc: 3\n", [remove("b"), remove("c")], "a: 1\n"),
        ("a: 1\nb: 2\nc: 3\n", [remove("a"), remove("b"), remove("c")], "{}\n"),
        ("x:\n  a: 1\n  b: 2\ny: 3\n", [remove("x", "a"), remove("x", "b")], "x: {}\ny: 3\n"),
        ("x:\n- 1\n- 2\ny: 3\n", [remove("x", 0), remove("x", 1)], "x: []\ny: 3\n"),
        ("- - 1\n  - 2\n- 3\n", [remove(0, 0), remove(0, 1)], "- []\n- 3\n"),
        ("- 1\n- 2\n", [remove(0), remove(1)], "[]\n"),
        (
            "x: # why\n  a: 1\n  # c\n  b: 2 # d\ny: 3\n",
            [remove("x", "a"), remove("x", "b")],
            "x: {} # why\n  # c\n  # d\ny: 3\n",
        ),
        ("a: 1 # one\n# two\nb: 2 # b\nc: 3\n", [remove("a")], "# one\n# two\nb: 2 # b\nc: 3\n"),
        ("a: 1\n# two\nb: 2 # b\nc: 3\n", [remove("b")], "a: 1\n# two\n# b\nc: 3\n"),
        ("a: 1\n# two\nb: 2 # b\n# end\n", [remove("b")], "a: 1\n# two\n# b\n# end\n"),
        ("a: 1\n\nb: 2\n\nc: 3\n", [remove("b")], "a: 1\n\nc: 3\n"),
        ("a: 1\nb:\n  c: 2\n  d: 3\n", [remove("b", "d")], "a: 1\nb:\n  c: 2\n"),
        ("a: 1\na: 2\nb: 3\n", [remove("a")], "b: 3\n"),
        ("a: 1\na: 2\nb: 3\n", [put("a", value=5)], "a: 1\na: 5\nb: 3\n"),
        ("a: 1\na: 2\nb: 3\n", [rename("a", value="c")], "c: 1\nc: 2\nb: 3\n"),
        ("- a: 1\n  b: 2\n- c: 3\n", [remove(0, "a")], "- b: 2\n- c: 3\n"),
        ("- a: 1\n  b: 2\n- c: 3\n", [remove(0, "a"), remove(0, "b")], "- {}\n- c: 3\n"),
        ("-\n  a: 1\n-\n  b: 2\n", [remove(0)], "-\n  b: 2\n"),
        ("-\n  a: 1\n-\n  b: 2\n", [remove(1, "b")], "-\n  a: 1\n- {}\n"),
        ("a: 1\n# two\nb: 2", [remove("b")], "a: 1\n# two"),
        ("a: 1\r\n# two\r\nb: 2 # b\r\n", [remove("b")], "a: 1\r\n# two\r\n# b\r\n"),
        ("a: 1\rb: 2\rc: 3\r", [remove("b")], "a: 1\rc: 3\r"),
        ("a:\n  - x # one\n\n  # two\n  - y\n", [remove("a", 1)], "a:\n  - x # one\n\n  # two\n"),
        ("a:\n  - x # one\n\n  # two\n  - y\n", [remove("a", 0)], "a:\n  # one\n\n  # two\n  - y\n"),
        ("a:\n  - x # one\n\n  # two\n  - y\n", [remove("a", 0), remove("a", 1)], "a: [] # one\n\n  # two\n"),
        ("- # c\n  a: 1\n- 2\n", [remove(0)], "- 2\n"),
        ("- # c\n  a: 1\n- 2\n", [remove(0, "a")], "- {} # c\n- 2\n"),
    ],
)
def test_what_goes_takes_its_lines_along(text: str, edits: list[Edit], expected: str) -> None:
    """A member goes with its key or dash and its lines; comments, and a container that has nothing left, stay."""
    assert_edited(text, edits, expected)


@pytest.mark.parametrize(
    ("text", "edits", "expected"),
    [
        ("- 1\n- 2\n", [insert(0, value=0)], "- 0\n- 1\n- 2\n"),
        ("- 1\n- 2\n", [insert(1, value=0)], "- 1\n- 0\n- 2\n"),
        ("- 1\n- 2\n", [insert(2, value=0)], "- 1\n- 2\n- 0\n"),
        ("- 1\n- 2\n", [insert(0, value=8), insert(0, value=9)], "- 9\n- 8\n- 1\n- 2\n"),
        ("- 1\n- 2\n", [remove(0), insert(0, value=8), insert(1, value=9)], "- 8\n- 9\n- 2\n"),
        (
            "- 1\n- 2\n",
            [remove(0), remove(1), insert(0, value=8), insert(1, value={"a": 1, "b": 2})],
            "- 8\n- a: 1\n  b: 2\n",
        ),
        ("- 1 # one\n- 2 # two\n", [insert(1, value=0)], "- 1 # one\n- 0\n- 2 # two\n"),
        ("- 1 # one\n- 2 # two\n", [insert(2, value={"a": 1, "b": 2})], "- 1 # one\n- 2 # two\n- a: 1\n  b: 2\n"),
        ("- 1\n- 2 # two", [insert(2, value=0)], "- 1\n- 2 # two\n- 0"),
        (
            "a:\n  - b: 1\n    c: 2\n",
            [insert("a", 0, value={"d": 1, "e": [2]})],
            "a:\n  - d: 1\n    e:\n      - 2\n  - b: 1\n    c: 2\n",
        ),
        (
            "a:\n  - b: 1\n    c: 2\n",
            [insert("a", 1, value={"d": 1, "e": [2]})],
            "a:\n  - b: 1\n    c: 2\n  - d: 1\n    e:\n      - 2\n",
        ),
        (
            "a:\n  - x # one\n\n  # two\n  - y\n",
            [insert("a", 1, value="z")],
            "a:\n  - x # one\n  - z\n\n  # two\n  - y\n",
        ),
        (
            "a:\n  - x # one\n\n  # two\n  - y\n",
            [remove("a", 0), remove("a", 1), insert("a", 0, value="z")],
            "a:\n  - z # one\n\n  # two\n",
        ),
    ],
)
def test_items_are_inserted_in_lines(text: str, edits: list[Edit], expected: str) -> None:
    """A new item has the column of the others, and stands below the comment beside the one before it."""
    assert_edited(text, edits, expected)


@pytest.mark.parametrize(
    ("text", "edits", "expected"),
    [
        ("a: 1 # one\n", [put("b", value=2)], "a: 1 # one\nb: 2\n"),
        ("a: 1  \n", [put("b", value=2)], "a: 1  \nb: 2\n"),
        ("X-Id: 1\n", [put("X-Id", value=2), put("b", value=3)], "X-Id: 2\nb: 3\n"),
        ("a: |\n  x\n", [put("b", value=2)], "a: |\n  x\nb: 2\n"),
        ("a: |+\n  x\n\nc: 1\n", [put("b", value=2)], "a: |+\n  x\n\nc: 1\nb: 2\n"),
        (
            "a:\n  b: 1\nc: 1 # c\n# end\n",
            [put("a", "d", value=2), put("e", value={"f": 1})],
            "a:\n  b: 1\n  d: 2\nc: 1 # c\ne:\n  f: 1\n# end\n",
        ),
        ("a:\nb:\n", [put("a", value=2), put("b", value="x")], "a: 2\nb: x\n"),
        ("a:\nb:\n", [put("a", value={"c": 1}), put("b", value=[1])], "a:\n  c: 1\nb:\n  - 1\n"),
        ("a: # c\nb: 1\n", [put("a", value=2)], "a: 2 # c\nb: 1\n"),
        ("a: # c\n  x\nb: 1\n", [put("a", value={"d": 1})], "a: {d: 1} # c\nb: 1\n"),
        ("a:\n  # c\n  - x\nb: 1\n", [put("a", value={"d": 1})], "a: {d: 1}\n  # c\nb: 1\n"),
        ("a: &n 1\nb: 2\n", [put("a", value=2)], "a: 2\nb: 2\n"),
        ("a: !t {x: 1}\nb: 2\n", [put("a", value=[1])], "a:\n  - 1\nb: 2\n"),
        ("a: !t\nb: 2\n", [put("a", value=[1])], "a:\n  - 1\nb: 2\n"),
        ("a: &n\nb: 2\n", [put("a", value="x")], "a: x\nb: 2\n"),
        ("- &n {x: 1}\n- <<: *n\n", [put(1, "<<", value=2)], '- &n {x: 1}\n- <<: *n\n  "<<": 2\n'),
        ("a: !t {x: 1}\nb: 2\n", [remove("a")], "b: 2\n"),
        ("- &n x\n- 1\n", [remove(0)], "- 1\n"),
        ("- &n x\n- 1\n", [put(0, value={"a": 1, "b": 2})], "- a: 1\n  b: 2\n- 1\n"),
        ("a:\n    - x\n", [put("a", 0, value={"b": 1, "c": 2})], "a:\n    - b: 1\n      c: 2\n"),
        ("-\n- 1\n", [put(0, value={"a": 1, "b": 2})], "- a: 1\n  b: 2\n- 1\n"),
        ("- \n- 1\n", [put(0, value=3)], "- 3 \n- 1\n"),
        ("-   x\n-   y\n", [put(0, value={"a": 1, "b": 2}), put(1, value="z")], "- a: 1\n  b: 2\n- z\n"),
        ("a:   x\nb:   y\n", [put("a", value={"a": 1, "b": 2}), put("b", value="z")], "a:\n  a: 1\n  b: 2\nb: z\n"),
        ("? a\n: 1\n? b\n: 2\n", [put("a", value=5), remove("b")], "? a\n: 5\n"),
        ("? a\n: 1\n", [put("c", value=5)], "? a\n: 1\nc: 5\n"),
        ("a: x\n  y\nb: 1\n", [put("a", value="z")], "a: z\nb: 1\n"),
        ("a: x\n  y\nb: 1\n", [put("b", value="z")], "a: x\n  y\nb: z\n"),
        ("a: [x,\n  y]\nb: 1\n", [put("a", 0, value="z")], "a: [z,\n  y]\nb: 1\n"),
        ("a: 1\rb: 2\rc: 3\r", [put("b", value={"x": 1})], "a: 1\rb:\r  x: 1\rc: 3\r"),
        ("a:\n  x: 1\n\nb:\n  y: 2\n", [put("a", "z", value=3)], "a:\n  x: 1\n  z: 3\n\nb:\n  y: 2\n"),
        ("a: 'x' # c\n", [put("a", value=["y", "z"])], "a:\n  - y\n  - z # c\n"),
        ("a: # c\n  - x\n  - y\n", [put("a", value="z")], "a: z # c\n"),
        ("- a: 1\n  b: # c\n    - x\n", [put(0, "b", value={})], "- a: 1\n  b: {} # c\n"),
        ("- # c\n  a: 1\n- 2\n", [put(0, value=[1, 2])], "- [1, 2] # c\n- 2\n"),
        ("a: x\n", [put("a", value=[])], "a: []\n"),
        ("a: x\n", [put("a", value={})], "a: {}\n"),
        ("a: x\n", [put("a", value=[[], {}, [[1]]])], "a:\n  - []\n  - {}\n  - - - 1\n"),
    ],
)
def test_members_are_put_in_lines(text: str, edits: list[Edit], expected: str) -> None:
    """A new value stands behind its colon or dash, in lines of its own if it has members, and comments stay where they are."""
    assert_edited(text, edits, expected)


@pytest.mark.parametrize(
    ("text", "edits", "expected"),
    [
        ("{a: 1}\n", [put("b", value=2)], "{a: 1, b: 2}\n"),
        ("{ a: 1 }\n", [put("b", value={"c": 1})], "{ a: 1, b: {c: 1} }\n"),
        ('{ "a": 1 }\n', [put("b", value={"c": 1})], '{ "a": 1, "b": { "c": 1 } }\n'),
        ("{a: 1,b: 2}\n", [put("c", value=[1, {"x": 2}])], "{a: 1,b: 2,c: [1, {x: 2}]}\n"),
        ("a: {}\n", [put("a", "b", value=[1, {"x": 2}])], "a: {b: [1, {x: 2}]}\n"),
        ("a: { }\n", [put("a", "b", value=[1, {"x": 2}])], "a: {b: [1, {x: 2}]}\n"),
        ("a: []\n", [insert("a", 0, value=2)], "a: [2]\n"),
        ("a: {b: 1, c: 2}\n", [remove("a", "b"), remove("a", "c")], "a: {}\n"),
        ("a: {b: 1, c: 2}\n", [rename("a", "b", value="d e")], "a: {d e: 1, c: 2}\n"),
        ("a: {\n  b: 1,  # one\n  c: 2\n}\n", [put("a", "d", value=2)], "a: {\n  b: 1,  # one\n  c: 2,\n  d: 2\n}\n"),
        (
            "a: {\n  b: 1,  # one\n  c: 2  # two\n}\n",
            [put("a", "d", value=2)],
            "a: {\n  b: 1,  # one\n  c: 2,  # two\n  d: 2\n}\n",
        ),
        ("a: {\n  b: 1,  # one\n  c: 2  # two\n}\n", [remove("a", "c")], "a: {\n  b: 1  # one\n  # two\n}\n"),
        ("a: {\n  b: 1,  # one\n  c: 2  # two\n}\n", [remove("a", "b")], "a: {\n  # one\n  c: 2  # two\n}\n"),
        (
            "a: {\n  b: 1,  # one\n  c: 2,  # two\n}\n",
            [remove("a", "b"), remove("a", "c")],
            "a: {\n  # one\n  # two\n}\n",
        ),
        ("a: [b: 1, c]\n", [remove("a", 0)], "a: [c]\n"),
        ("a: [b: 1, c]\n", [put("a", 0, "b", value=2)], "a: [b: 2, c]\n"),
        ("a: {b: , c: 2}\n", [put("a", "b", value=2)], "a: {b: 2 , c: 2}\n"),
        ("a: {b, c: 2}\n", [put("a", "b", value="x")], "a: {b: x, c: 2}\n"),
        ("a: {c: 2, 'b':}\n", [put("a", "b", value={"x": 1})], "a: {c: 2, 'b': {x: 1}}\n"),
        ("a: {c: 2, b: # why\n  }\n", [put("a", "b", value=5)], "a: {c: 2, b: 5 # why\n  }\n"),
        ("a: {b: !t , c: 2}\n", [put("a", "b", value=2)], "a: {b: 2 , c: 2}\n"),
        ("a: [b, 'c']\n", [put("a", 0, value=None), put("a", 1, value="")], "a: [null, '']\n"),
    ],
)
def test_brackets_stay_brackets(text: str, edits: list[Edit], expected: str) -> None:
    """Between brackets, what is new is written in brackets, on one line or on lines of its own as the others are."""
    assert_edited(text, edits, expected)


@pytest.mark.parametrize(
    ("text", "edits", "expected"),
    [
        (
            "a:\n  - x: 'it'  # is\n    y: >-\n      b\n  - z: 1\n",
            [remove("a", 1), insert("a", 0, value={"z": 1})],
            "a:\n  - z: 1\n  - x: 'it'  # is\n    y: >-\n      b\n",
        ),
        (
            "- x: 'it'\n  y: >-\n      b\n- z: 1\n",
            [remove(0), insert(2, value={"x": "it", "y": "b"})],
            "- z: 1\n- x: 'it'\n  y: >-\n      b\n",
        ),
        (
            "a:\n    - 0x10\n    - z:  1\nb: 2\n",
            [put("b", value=[{"z": 1}])],
            "a:\n    - 0x10\n    - z:  1\nb:\n  - z: 1\n",
        ),
        ("a: |\n  x\n  y\nb: 2\n", [put("b", value="x\ny\n")], 'a: |\n  x\n  y\nb: "x\\ny\\n"\n'),
        ("a: |\n  x\n  y\nb: 2\n", [put("b", value={"c": "x\ny\n"})], "a: |\n  x\n  y\nb:\n  c: |\n    x\n    y\n"),
        ("a: |\n  x\n  y\nb: 2\n", [put("b", value=["x\ny\n"])], "a: |\n  x\n  y\nb:\n  - |\n    x\n    y\n"),
        ("- |\n  x\n  y\n- 2\n", [put(1, value=["x\ny\n"])], "- |\n  x\n  y\n- - |\n    x\n    y\n"),
        ("- |\n  x\n  y\n- 2\n", [put(1, value={"a": "x\ny\n"})], "- |\n  x\n  y\n- a: |\n    x\n    y\n"),
        ("- |\n  x\n  y\n- 2\n", [insert(2, value="x\ny\n")], "- |\n  x\n  y\n- 2\n- |\n  x\n  y\n"),
        ("a: 'x'\nb: 2\n", [remove("a"), put("c", value="x")], "b: 2\nc: 'x'\n"),
        ("a: {x:   1}\nb: 2\n", [remove("a"), put("c", value={"x": 1})], "b: 2\nc: {x:   1}\n"),
        ("a:\n    x:   1\nb: 2\n", [remove("a"), put("c", value={"x": 1})], "b: 2\nc:\n    x:   1\n"),
        (
            "a:\n    x:   1\n    y: z\nb: 2\n",
            [put("b", value={"c": {"x": 1, "y": "z"}})],
            "a:\n    x:   1\n    y: z\nb:\n    c:\n        x:   1\n        y: z\n",
        ),
        ("a: &n 'x'\n", [put("b", value="x")], "a: &n 'x'\nb: x\n"),
        ("a: &n 'x'\nc: *n\n", [put("b", value="x")], "a: &n 'x'\nc: *n\nb: x\n"),
        ("a: !t 'x'\n", [put("b", value="x")], "a: !t 'x'\nb: x\n"),
        ("z: &n 1\na: [*n, 'x']\n", [put("b", value="x")], "z: &n 1\na: [*n, 'x']\nb: x\n"),
        ("a: ~\nb: 2\n", [put("b", value=None)], "a: ~\nb: null\n"),
        ("a: 0x10\nb: 2\n", [put("b", value=16), put("c", value=[16, "q"])], "a: 0x10\nb: 16\nc:\n  - 0x10\n  - q\n"),
    ],
)
def test_a_value_that_stands_in_the_text_keeps_its_spelling(text: str, edits: list[Edit], expected: str) -> None:
    """A value that is moved or comes again is written as it was, indented anew, without its anchor or tag."""
    assert_edited(text, edits, expected)
