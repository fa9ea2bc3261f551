"""The characters of YAML scalars: what each is from, and what scalars without quotes stand for."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from yaml_engines import ENGINES, use
from yaml_spelling import STYLES, TEXTS, VALUES, dump, only

from minimax_validate.texts.spans import Span
from minimax_validate.texts.yaml.places import locate_yaml
from minimax_validate.texts.yaml.scalars import offset_map, pieces
from minimax_validate.texts.yaml.schema import construct, resolve

AWKWARD = st.text(st.sampled_from("ab é😀\n\t '\"#:-\\\x00\x07\x1b\x7f\x85\xa0\u2028\ufeff"), max_size=20)


def places(text: str, value: str) -> list[int]:
    """Where each character of the value at ``a`` is from, and the end."""
    span = locate_yaml(text, [(("a",), "value")])[("a",), "value"]
    place = offset_map(text, span, value)
    return [place(index) for index in range(len(value) + 1)]


@given(TEXTS | AWKWARD, STYLES, st.sampled_from([None, '"', "'", "|", ">"]))
def test_each_character_is_found_where_it_is_written(
    value: str, style: dict[str, Any], scalar_style: str | None
) -> None:
    """A scalar is read as a parser does, and each character is at its offset, or in an escape or a line break."""
    text = dump({"a": value}, {**style, "default_style": scalar_style})
    span = locate_yaml(text, [(("a",), "value")])[("a",), "value"]
    found = pieces(text, span, value)
    assert found is not None
    assert "".join(piece.value for piece in found) == value
    at = places(text, value)
    assert at == sorted(at)
    assert all(span.start <= offset <= span.end for offset in at)
    for index, char in enumerate(value):
        written = text[at[index]]
        assert written in (char, "\\") or written in "\r\n" or (char == "'" and text[at[index] :].startswith("''"))


@given(VALUES, STYLES, st.booleans())
def test_json_in_a_scalar_has_places(value: Any, style: dict[str, Any], is_pretty: bool) -> None:
    """Characters that JSON and YAML write alike are at their own offsets, so findings in a body can be shown."""
    body = json.dumps(value, indent=2 if is_pretty else None)
    text = dump({"a": body}, style)
    at = places(text, body)
    assert all(text[at[index]] == char for index, char in enumerate(body) if char.isalnum() or char in "[]{},:")


@pytest.mark.parametrize(
    ("text", "value", "expected"),
    [
        ("a: x y", "x y", [3, 4, 5, 6]),
        ("a: x\n  y\n\n\n  z", "x y\n\nz", [3, 4, 7, 9, 10, 13, 14]),
        ("a: 'it''s'", "it's", [4, 5, 6, 8, 9]),
        ("a: 'x \n  y'", "x y", [4, 6, 9, 10]),
        ('a: "\\u00e9\\n\\U0001F600x"', "é\n😀x", [4, 10, 12, 22, 23]),
        ('a: "\\ud83d\\ude00x"', "😀x", [4, 16, 17]),
        ('a: "x \\\n  \\ty"', "x \ty", [4, 5, 10, 12, 13]),
        ('a: "x\\\n\n  y"', "x\ny", [4, 7, 10, 11]),
        (
            'a: "\\0\\a\\b\\t\\n\\v\\f\\r\\e\\ \\"\\/\\\\\\N\\_\\L\\P\\x41"',
            '\0\a\b\t\n\v\f\r\x1b "/\\\x85\xa0\u2028\u2029A',
            [*range(4, 38, 2), 38, 42],
        ),
        ('a: "\\U0010FFFFx"', "\U0010ffffx", [4, 14, 15]),
        ('a: "\\uDBFF\\uDFFF\\ud800\\udc00x"', "\U0010ffff\U00010000x", [4, 16, 28, 29]),
        ('a: "x \n\n y"', "x\ny", [4, 7, 9, 10]),
        ("a: |\n  x\n  y\n", "x\ny\n", [7, 8, 11, 12, 12]),
        ("a: |-\r\n  x\r\n   y\r\n", "x\n y", [9, 10, 14, 15, 16]),
        ("a: |2\n   x\n", " x\n", [8, 9, 10, 10]),
        ("- a: |2-\n     x\n", " x", [13, 14, 15]),
        ("a: |+\n\n  x\n\n", "\nx\n\n", [6, 9, 10, 11, 11]),
        (
            "a: >\n  x\n  y\n\n  z\n\n   w\n  v\n",
            "x y\nz\n\n w\nv\n",
            [7, 8, 11, 13, 16, 17, 18, 21, 22, 23, 26, 27, 27],
        ),
        ("a: >-\n\n  x\n\n\n  y\n\n", "\nx\n\ny", [6, 9, 11, 12, 15, 16]),
        ("a: >+1\n x\n y\n\n", "x y\n\n", [8, 9, 11, 12, 13, 13]),
        ("a: |2\n  \n    \n", "\n  \n", [8, 11, 12, 13, 13]),
        ("a: |1+\n   \n\n", "  \n\n", [8, 9, 10, 11, 11]),
        ("a: |\n", "", [3]),
        ("a: >- # c", "", [3]),
        ("a: |+\n\n\n", "\n\n", [6, 7, 7]),
        ("a: !!binary |\n  aGk=\n", "hi", [12, 12, 12]),
        ("a: !!binary eA==", "x", [12, 12]),
        ("a: !!binary |1\n Cg==\n", "\n", [12, 12]),
        ("a:", "", [2]),
        ('a: ""', "", [3]),
    ],
)
@pytest.mark.parametrize("engine", ENGINES)
def test_every_style_has_its_map(engine: str, text: str, value: str, expected: list[int]) -> None:
    """Escapes and folding count from their first character, indentation is skipped, a tag's value is at the start."""
    with use(engine):
        root = only(text)
        if text.startswith("-"):
            (root,) = root
            span = locate_yaml(text, [((0, "a"), "value")])[(0, "a"), "value"]
            place = offset_map(text, span, value)
            assert [place(index) for index in range(len(value) + 1)] == expected
        else:
            assert places(text, value) == expected
        assert root == {"a": value} or (root == {"a": None} and not value)


@pytest.mark.parametrize("text", ['"\\q"', '"\\X"', '"\\U00110000"', '"\\ud8"', "|x\n y", "|\n  x\n y\n"])
def test_what_is_no_scalar_is_at_its_start(text: str) -> None:
    """No place is wrong, however little the text is what it was taken for."""
    assert offset_map(text, Span(0, len(text)), "anything")(3) == 0


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('"\\ud83d\\ude00"', "😀"),
        ('"\\uD83D\\uDe00 \\/ \\ude00"', "😀 / \ude00"),
        ("'\\ud83d\\uD83D'", "\\ud83d\\uD83D"),
        ("'\\ude00 \\uDEad'", "\\ude00 \\uDEad"),
        ("[\n\t 1,\n \t # c\n\t 2 ]", [1, 2]),
        ('"\\\\ud83d \\ud83d"', "\\ud83d \ud83d"),
        ("|-\n  \\ud83d \ue800\n  \\uE8", "\\ud83d \ue800\n\\uE8"),
        ('"\\ud83d\\uded2 \\ue800 \ue800"', "\U0001f6d2 \ue800 \ue800"),
        ('"\x7f \x80 \x00"', "\x7f \x80 \x00"),
        ("'\x7f \x00'", "\x7f \x00"),
        ('"a \x85 b \u2028 \ufeff \ufffe"', "a \x85 b \u2028 \ufeff \ufffe"),
        ("\x85", "\x85"),
        (">-\n  a\u2028b\n  c\x85", "a\u2028b c\x85"),
        ("'a \u2028\n\t\n  b'", "a \u2028\nb"),
        ("|\n x\n \t\n y", "x\n\t\ny"),
        ("a: x\ty \t# c", {"a": "x\ty"}),
        ('"a\\\tb\tc"', "a\tb\tc"),
        ("|\n a\tb\n \tc", "a\tb\n\tc"),
        ('{\n\t"a":\t[\n\t\t1,\n\t\t2\n\t]\n}', {"a": [1, 2]}),
        ("|\n x\n\t\t\n y\n\t", "x\n\ny\n"),
        ("&a # \u2028\n{}", {}),
        ("\t\n \t['a',\tb\t]\t\n\t\n", ["a", "b"]),
        ("a:\t1\nb:\n  - c\n\t\n  - d", {"a": 1, "b": ["c", "d"]}),
        ('{"a":1,"b":[true,null,-0.5e-3]}', {"a": 1, "b": [True, None, -0.0005]}),
    ],
)
@pytest.mark.parametrize("engine", ENGINES)
def test_what_parsers_refuse_or_misread_is_read(engine: str, text: str, value: object) -> None:
    """Halves of characters, control characters in quotes, tabs, and what is the end of a line to YAML 1.1 alone."""
    with use(engine):
        assert only(text) == value


@pytest.mark.parametrize(
    ("texts", "value"),
    [
        (["", "~", "null", "Null", "NULL"], None),
        (["true", "True", "TRUE"], True),
        (["false", "False", "FALSE"], False),
        (["12", "+12", "012", "0xC", "0xc", "0o14"], 12),
        (["-7", "-07"], -7),
        (["1.5", "+1.5", "15e-1", "1.5E0", "01.5", ".15e1"], 1.5),
        (["1.", "1e0", "1.0"], 1.0),
        ([".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF", "1e999", "9" * 5000], math.inf),
        (["-.inf", "-.Inf", "-.INF", "-1e999", "-" + "9" * 5000], -math.inf),
    ],
)
def test_the_core_schema(texts: list[str], value: object) -> None:
    """Scalars without quotes are null, booleans and numbers in the spellings of YAML 1.2."""
    assert [repr(resolve(text)) for text in texts] == [repr(value)] * len(texts)


@pytest.mark.parametrize(
    "texts",
    [
        "yes no on off y n nULL tRUE",
        "1:30 190:20:30 2001-01-01 2001-12-14t21:59:43.10-05:00 1_000 0b1 0o8 0xg -0x1 +0o7 . - + -. +e1 e1 1e 1e+",
        ".e1 inf nan NaN Infinity -Infinity 1.2.3 ++1 ٣ << =",
    ],
)
def test_everything_else_is_a_string(texts: str) -> None:
    """What YAML 1.1 took for booleans, dates and numbers to other bases is text."""
    for text in texts.split():
        assert resolve(text) == text


def test_not_a_number_is_one() -> None:
    """It is the float that is not equal to itself."""
    assert all(math.isnan(float(str(resolve(text)))) for text in (".nan", ".NaN", ".NAN"))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("!!str 12", "12"),
        ("! 12", "12"),
        ("!!str", ""),
        ('!!int "12"', 12),
        ("!!int x", "x"),
        ("!!int true", True),
        ('!!int "true"', "true"),
        ('!!int "1.5"', "1.5"),
        ('!!float "true"', "true"),
        ('!!float "x"', "x"),
        ('!!bool "1"', "1"),
        ('!!null "x"', "x"),
        ('!!float "1"', 1.0),
        ("!!float " + "9" * 400, math.inf),
        ("!!float -" + "9" * 400, -math.inf),
        ('!!bool "true"', True),
        ("!!bool yes", "yes"),
        ('!!null ""', None),
        ("!!null x", "x"),
        ("!!seq [1]", [1]),
        ("!!map {a: 1}", {"a": 1}),
        ("!!set {a, b}", {"a": None, "b": None}),
        ("!!omap [a: 1]", [{"a": 1}]),
        ("!!timestamp 2001-01-01", "2001-01-01"),
        ("!!binary aMOp", "hé"),
        ("!binary |\n  aM\n  Op\n", "hé"),
        ("!!binary /+8=", b"\xff\xef"),
        ("!!binary a", "a"),
        ("!!binary é", "é"),
        ("!Custom 5", 5),
        ("!Custom '5'", "5"),
        ("!ruby/object:Foo {a: 1}", {"a": 1}),
        ("!!python/unicode '5'", "5"),
        ("!!python/unicode 5", "5"),
        ("!!python/str 5", "5"),
        ("!ruby/string 5", "5"),
        ("!ruby/symbol 5", "5"),
        ("!ruby/sym 5", "5"),
        ("!!python/tuple [1, 2]", [1, 2]),
        ("!!python/name:os.system ''", ""),
        ("!!python/object/apply:os.system [exit 1]", ["exit 1"]),
        ("!!python/object/new:os.system {args: [exit 1]}", {"args": ["exit 1"]}),
        ("%TAG !e! tag:yaml.org,2002:\n---\n!e!str 5", "5"),
        ("!<tag:yaml.org,2002:str> 5", "5"),
    ],
)
@pytest.mark.parametrize("engine", ENGINES)
def test_tags_build_nothing(engine: str, text: str, value: object) -> None:
    """A standard tag says which plain value is meant, and any other one is passed over."""
    with use(engine):
        assert repr(only(text)) == repr(value)


@given(st.text(max_size=5), st.text(max_size=8), st.booleans())
def test_no_tag_is_too_strange(tag: str, text: str, plain: bool) -> None:
    """Whatever tag and text are, there is a plain value."""
    for name in (tag, "tag:yaml.org,2002:binary", "tag:yaml.org,2002:int", "tag:yaml.org,2002:float"):
        assert isinstance(construct(name, text, plain), str | int | float | bytes | None)


@given(st.text(st.sampled_from("0123456789abcdefoxEe+-._:tT "), max_size=8))
def test_numbers_are_those_of_python(text: str) -> None:
    """What is read as a number is the number that Python reads, and what JSON has for one is that."""
    value = resolve(text)
    if isinstance(value, float):
        assert value == float(text.replace(".inf", "inf"))
    elif isinstance(value, int):
        assert value == (int(text, 0) if text[:2] in ("0x", "0o") else int(text))
    try:
        number = json.loads(text)
    except ValueError:
        return
    assert repr(value) == repr(number)


def test_writers_of_yaml_1_1_are_read() -> None:
    """What PyYAML writes comes back, dates and all, as the text that stands there."""
    text = yaml.safe_dump({"a": "yes", "b": "1:30", "c": 1e20, "d": "12", "e": "2001-01-01"})
    assert only(text) == {"a": "yes", "b": "1:30", "c": 1e20, "d": "12", "e": "2001-01-01"}
