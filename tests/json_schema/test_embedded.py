"""Values held against strangers' schemas: what is told, what is left alone, and what it costs."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from importlib.metadata import version
from typing import Any
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minimax_validate.json_schema import embedded
from minimax_validate.json_schema.embedded import ToolSchema, Verdict
from minimax_validate.json_schema.extent import MAX_DEPTH
from minimax_validate.json_schema.mismatches import Mismatch
from minimax_validate.json_schema.pattern_size import MOST_UNITS, size


def verdict(schema: Any, value: Any) -> Verdict:
    """What a value is by a schema that is made ready anew."""
    return ToolSchema(schema).verdict(value, len(json.dumps(value)))


def errors(schema: Any, value: Any) -> tuple[Mismatch, ...]:
    """The mismatches of a value that is checked."""
    found = verdict(schema, value)
    assert not found.unchecked
    return found.mismatches


UNCHECKED = Verdict(unchecked="the check would take too many steps")

PLACE = {
    "type": "object",
    "properties": {
        "city": {"type": "string", "maxLength": 5},
        "days": {"anyOf": [{"type": "integer", "minimum": 1}, {"type": "null"}]},
        "unit": {"enum": ["C", "F"]},
        "near": {"type": "array", "items": {"$ref": "#"}, "minItems": 1},
    },
    "required": ["city"],
    "additionalProperties": False,
}


@pytest.fixture(params=["compiled", "reference"])
def engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Each engine in turn: the reference one is what is left where jsonschema_rs cannot be imported."""
    embedded.compiled.forget()
    if request.param == "reference":
        monkeypatch.setitem(sys.modules, "jsonschema_rs", None)
    yield request.param
    embedded.compiled.forget()


@pytest.mark.usefixtures("engine")
class TestMismatches:
    """What is wrong with a value, in both engines' words."""

    @pytest.mark.parametrize(
        ("value", "told"),
        [
            ({"city": "Oslo"}, []),
            ({"city": 5}, [(("city",), "5 is not a string")]),
            ({}, [((), 'the required key "city" is missing')]),
            ({"city": "Drammen"}, [(("city",), '"Drammen" is longer than 5 characters')]),
            ({"city": "Oslo", "days": 0}, [(("days",), "0 is below the minimum of 1")]),
            ({"city": "Oslo", "days": "0"}, [(("days",), '"0" is not an integer or null')]),
            ({"city": "Oslo", "unit": "K"}, [(("unit",), '"K" is not "C" or "F"')]),
            ({"city": "Oslo", "a": 1, "b": 2}, [((), '"a" and "b" are not declared')]),
            ({"city": "Oslo", "near": []}, [(("near",), "an empty array has fewer than 1 item")]),
            (
                {"city": "Oslo", "near": [{"city": "Ski"}, {"city": None}]},
                [(("near", 1, "city"), "null is not a string")],
            ),
            ([], [((), "an empty array is not an object")]),
        ],
    )
    def test_words_and_places(self, value: Any, told: list[tuple[tuple[str | int, ...], str]]) -> None:
        """Each mismatch has its pointer and says what is wrong there."""
        assert list(errors(PLACE, value)) == told

    def test_every_mismatch_in_order(self) -> None:
        """All mismatches are told, those of one place together."""
        assert [pointer for pointer, _ in errors(PLACE, {"unit": 1, "city": 1, "x": 1})] == [(), ("city",), ("unit",)]

    @pytest.mark.parametrize(
        ("kind", "words"),
        [
            ("object", "an object"),
            ("array", "an array"),
            ("string", "a string"),
            ("number", "a number"),
            ("integer", "an integer"),
            ("boolean", "a boolean"),
            ("null", "null"),
        ],
    )
    def test_words_of_types(self, kind: str, words: str) -> None:
        """Each type has its name in the message."""
        value = 5 if kind not in ("number", "integer") else "five"
        assert errors({"type": kind}, value) == (((), f"{json.dumps(value)} is not {words}"),)

    @pytest.mark.parametrize(
        ("schema", "value", "message"),
        [
            ({"minimum": 2}, 1, "1 is below the minimum of 2"),
            ({"maximum": 2}, 3, "3 is above the maximum of 2"),
            ({"exclusiveMinimum": 2}, 2, "2 is not above 2"),
            ({"const": {"a": 1}}, 2, "2 is not an object with 1 key"),
            ({"minLength": 2}, "a", '"a" is shorter than 2 characters'),
            ({"maxLength": 1}, "ab", '"ab" is longer than 1 character'),
            ({"minItems": 2}, [1], "an array of 1 item has fewer than 2 items"),
            ({"maxItems": 0}, [1], "an array of 1 item has more than 0 items"),
            ({"minProperties": 2}, {"a": 1}, "an object with 1 key has fewer than 2 keys"),
            ({"additionalProperties": False}, {"a": 1}, '"a" is not declared'),
            ({"additionalProperties": False}, {"a": {}, "b": 2}, '"a" and "b" are not declared'),
            ({"properties": {"a": {}}, "additionalProperties": False}, {"a": 1, "b": 1}, '"b" is not declared'),
            ({"properties": {}, "additionalProperties": {"type": "null"}}, {}, None),
            (
                {"additionalProperties": False},
                {f"k{number}": number for number in range(8)},
                '"k0", "k1", "k2", "k3", "k4", "k5", "k6" and "k7" are not declared',
            ),
            (
                {"additionalProperties": False},
                {f"k{number}": number for number in range(9)},
                '"k0", "k1", "k2", "k3", "k4", "k5", "k6", "k7" … are not declared',
            ),
            ({"enum": ["a"]}, "b", '"b" is not "a"'),
            ({"enum": list(range(8))}, "b", '"b" is not 0, 1, 2, 3, 4, 5, 6 or 7'),
            ({"enum": list(range(9))}, "b", '"b" is not 0, 1, 2, 3, 4, 5, 6, 7 …'),
            ({"type": ["object", "null"]}, 5, "5 is not an object or null"),
            ({"oneOf": [{"type": "string"}, {"type": "null"}]}, 1, "1 is not a string or null"),
            ({"anyOf": [{"type": "string"}, {"type": ["null", "array"]}]}, 1, "1 is not an array, a string or null"),
            (
                {"anyOf": [{"type": "string"}, {"type": "object", "required": ["a"]}]},
                {},
                'the required key "a" is missing',
            ),
            ({"anyOf": [{"type": "string"}, {"enum": [1, 2]}]}, 5, "5 is not 1 or 2"),
            ({"anyOf": [{"type": "string"}, {"enum": [1, 2]}, {"const": 7}]}, 5, "5 matches no schema under `anyOf`"),
            (
                {"anyOf": [{"type": "integer", "minimum": 2}, {"type": "array"}, {"maximum": 0}]},
                1,
                "1 matches no schema under `anyOf`",
            ),
            ({"anyOf": [{"items": {"type": "string"}}, {"type": "string"}, {"type": "null"}]}, [1], None),
            (
                {"anyOf": [{"properties": {"a": {"type": "string"}}}, {"properties": {"a": {"type": "null"}}}]},
                {"a": 1},
                "an object with 1 key matches no schema under `anyOf`",
            ),
            ({"oneOf": [{"minimum": 5}, {"maximum": 0}]}, 1, "1 matches no schema under `oneOf`"),
            (
                {"oneOf": [{"type": "integer"}, {"type": "string"}, True]},
                1,
                "1 matches more than one schema under `oneOf`",
            ),
            ({"not": {}}, 1, "1 violates `not`"),
            ({"if": {}, "then": False}, 1, "1 is not allowed here"),
            ({"contains": {"type": "string"}}, [1], "an array of 1 item violates `contains`"),
            ({"uniqueItems": True}, [1, 1], "an array of 2 items violates `uniqueItems`"),
        ],
    )
    def test_words_of_a_keyword(self, schema: Any, value: Any, message: str | None) -> None:
        """Each keyword says what it demands and what the value is instead; it has no words for what fits."""
        told = [found.message for found in errors(schema, value) if not found.pointer]
        assert told == ([] if message is None else [message])

    @pytest.mark.parametrize(
        ("value", "told"),
        [
            ({"a": {"b": 1}}, [(("a",), '"b" is not declared')]),
            ({"a": {"b": {}, "c": 1}}, [(("a",), '"b" and "c" are not declared')]),
            ({"a": {}}, []),
            ({"properties": {"b": 1}}, [(("properties",), '"b" is not declared')]),
            ({"b": {"additionalProperties": {"b": 1}}}, [(("b", "additionalProperties"), '"b" is not declared')]),
            ({"additionalProperties": {"b": 1}}, [(("additionalProperties", "b"), "1 is not null")]),
        ],
    )
    def test_object_that_declares_no_keys(self, value: Any, told: list[Any]) -> None:
        """The keys of an object without declared ones are named, even beside one that is called as a keyword."""
        schema = {
            "properties": {
                "a": {"additionalProperties": False},
                "b": {"properties": {"additionalProperties": {"additionalProperties": False}}},
                "properties": {"additionalProperties": False},
                "additionalProperties": {"additionalProperties": {"type": "null"}},
            }
        }
        assert [*errors(schema, value)] == told

    def test_mismatches_are_in_order(self) -> None:
        """They are in the order of keys, of indexes as numbers, and of words at one place."""
        items = errors({"items": {"type": "string"}}, [1, *["a"] * 8, 2, 3, "a"])
        assert [found.pointer for found in items] == [(0,), (9,), (10,)]
        schema = {"additionalProperties": {"type": "string"}, "required": ["z", "c"]}
        assert [*errors({"required": ["a", "b", "c"]}, {"b": 1})] == [
            ((), 'the required key "a" is missing'),
            ((), 'the required key "c" is missing'),
        ]
        assert [*errors(schema, {"b": 1, "a": 2})] == [
            ((), 'the required key "c" is missing'),
            ((), 'the required key "z" is missing'),
            (("a",), "2 is not a string"),
            (("b",), "1 is not a string"),
        ]

    @pytest.mark.parametrize(
        ("schema", "value", "told"),
        [
            (
                {"anyOf": [{"type": "string"}, {"type": "integer", "minimum": 3, "multipleOf": 2}]},
                1,
                [((), "1 is below the minimum of 3"), ((), "1 is not a multiple of 2")],
            ),
            (
                {
                    "anyOf": [
                        {"type": "string"},
                        {"anyOf": [{"type": "null"}, {"type": "object", "properties": {"a": {"type": "string"}}}]},
                    ]
                },
                {"a": 1},
                [(("a",), "1 is not a string")],
            ),
            (
                {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]},
                ["a", 1],
                [((1,), "1 is not a string")],
            ),
        ],
    )
    def test_branch_that_was_meant(self, schema: Any, value: Any, told: list[Any]) -> None:
        """Of several branches the one that takes values of this type has the words, however deep it lies."""
        assert [*errors(schema, value)] == told

    @pytest.mark.parametrize(
        ("schema", "value", "message"),
        [
            ({"const": 3}, 4, "4 is not 3"),
            ({"multipleOf": 2}, 3, "3 is not a multiple of 2"),
            ({"exclusiveMaximum": 2}, 2, "2 is not below 2"),
            ({"oneOf": [{"type": "integer"}, {"minimum": 0}]}, 1, "1 matches more than one schema under `oneOf`"),
            ({"anyOf": [{"minimum": 2}, {"maximum": 0}]}, 1, "1 matches no schema under `anyOf`"),
            ({"not": {"type": "integer"}}, 1, "1 violates `not`"),
            ({"maxProperties": 0}, {"a": 1}, "an object with 1 key has more than 0 keys"),
            ({"enum": list(range(20))}, "x", '"x" is not 0, 1, 2, 3, 4, 5, 6, 7 …'),
        ],
    )
    def test_words_of_other_keywords(self, schema: Any, value: Any, message: str) -> None:
        """Keywords with words of their own, and one that has none."""
        assert errors(schema, value) == (((), message),)

    @pytest.mark.parametrize(
        "schema",
        [
            None,
            True,
            False,
            "object",
            [],
            {"type": "objekt"},
            {"properties": 5},
            {"$ref": "https://schemas.example/place.json"},
            {"$ref": "file:///etc/hostname"},
            {"$ref": "#/$defs/missing"},
            {1: 2},
            {"default": {1, 2}, "type": "string"},
        ],
    )
    def test_no_schema_tells_nothing(self, schema: Any) -> None:
        """What is no schema, or refers to what is not there, lets every value pass; nothing is fetched."""
        assert errors(schema, {"city": 5}) == ()

    def test_foreign_draft_is_read_as_this_one(self) -> None:
        """A schema that names another draft still says something."""
        assert errors({"$schema": "http://json-schema.org/draft-07/schema#", "type": "string"}, 5) == (
            ((), "5 is not a string"),
        )

    def test_pattern_that_backtracks(self) -> None:
        """A pattern that takes a backtracking engine for ages costs nothing here."""
        errors({"properties": {"a": {"pattern": "^(a+)+$"}}}, {"a": "a" * 64 + "!"})
        errors({"patternProperties": {"^(a+)+$": {"type": "string"}}}, {"a" * 64 + "!": 1})

    def test_references_that_multiply(self) -> None:
        """A schema that doubles with each of its definitions is said to be unchecked."""
        definitions: dict[str, Any] = {f"d{n}": {"allOf": [{"$ref": f"#/$defs/d{n + 1}"}] * 2} for n in range(64)}
        definitions["d64"] = {"type": "string"}
        assert verdict({"$defs": definitions, "$ref": "#/$defs/d0"}, {}) == UNCHECKED

    @pytest.mark.parametrize(
        ("reference", "named"),
        [
            (lambda to: {"$ref": f"#{to}"}, lambda name: {"$anchor": name}),
            (lambda to: {"$dynamicRef": f"#{to}"}, lambda name: {"$dynamicAnchor": name}),
            (lambda to: {"$ref": f"#/%24defs/{to}"}, lambda _: {}),
            (lambda to: {"$ref": "#/$defs/plain", "$dynamicRef": f"#/$defs/{to}"}, lambda _: {}),
            (lambda to: {"$ref": f"place.json#/$defs/{to}"}, lambda _: {}),
        ],
        ids=["anchor", "dynamic anchor", "percent", "both", "id"],
    )
    def test_other_references_that_multiply(self, reference: Any, named: Any) -> None:
        """So is one that doubles by references of other kinds."""
        definitions: dict[str, Any] = {
            f"d{n}": {**named(f"d{n}"), "allOf": [reference(f"d{n + 1}")] * 2} for n in range(64)
        }
        definitions |= {"d64": {**named("d64"), "type": "string"}, "plain": {}}
        schema = {"$id": "https://schemas.example/place.json", "$defs": definitions, **reference("d0")}
        assert verdict(schema, {}) == UNCHECKED

    @pytest.mark.parametrize("keyword", ["anyOf", "allOf", "oneOf", "if", "dependentSchemas"])
    @pytest.mark.parametrize("rest", ["unevaluatedProperties", "unevaluatedItems"])
    def test_what_is_evaluated_again_on_each_level(self, keyword: str, rest: str) -> None:
        """So is one of nested schemas that ask what those inside have evaluated, as engines validate them again."""
        schema: Any = {"properties": {"a": {}}, "prefixItems": [{}]}
        for _ in range(64):
            inner: Any = {"if": schema, "dependentSchemas": {"a": schema}}.get(keyword, [schema])
            schema = {keyword: inner, rest: False}
        assert verdict(schema, {"a": 1}) == UNCHECKED

    @pytest.mark.skipif(
        tuple(map(int, version("jsonschema").split(".")[:2])) < (4, 24),
        reason="the reference engine lost what deeper parts evaluate",
    )
    def test_a_few_levels_of_what_is_evaluated(self) -> None:
        """A schema that closes what its parts have left open is held against a value."""
        schema: dict[str, Any] = {
            "allOf": [{"properties": {"a": {}}, "unevaluatedProperties": {}}, {"$ref": "#/$defs/b"}],
            "$defs": {"b": {"properties": {"b": {}}}},
            "unevaluatedProperties": False,
        }
        assert errors(schema, {"a": 1, "b": 1, "c": 1}) == ()
        (found,) = errors({**schema, "allOf": schema["allOf"][1:]}, {"b": 1, "c": 1})
        assert found.pointer == ()

    @pytest.mark.parametrize("schema", [{"$ref": "#"}, {"allOf": [{"$ref": "#"}]}])
    def test_references_without_end(self, schema: Any) -> None:
        """So is one that comes back to itself at the same value."""
        assert verdict(schema, {"city": 5}) == UNCHECKED

    def test_references_that_multiply_with_depth(self) -> None:
        """So is one that doubles with each level of the value."""
        value: Any = {}
        for _ in range(64):
            value = {"a": value}
        assert verdict({"properties": {"a": {"allOf": [{"$ref": "#"}, {"$ref": "#"}]}}}, value) == UNCHECKED

    def test_depth(self) -> None:
        """A chain of references is followed as deep as a payload may go, and no deeper."""
        chain = {"properties": {"next": {"$ref": "#"}, "name": {"type": "string"}}}
        value: Any = {"name": 5}
        for _ in range(20):
            value = {"next": value}
        assert errors(chain, value) == ((("next",) * 20 + ("name",), "5 is not a string"),)
        for _ in range(MAX_DEPTH):
            value = {"next": value}
        assert verdict(chain, value) == UNCHECKED

    def test_recursion_that_visits_each_part_once(self) -> None:
        """A schema of a tree, with a branch at each level, is followed through a large tree."""
        tree = {
            "anyOf": [{"type": "string"}, {"type": "object", "additionalProperties": {"$ref": "#"}}],
        }
        value = {str(number): {str(inner): "x" for inner in range(20)} for number in range(20)}
        assert errors(tree, value) == ()
        assert [pointer for pointer, _ in errors(tree, value | {"0": 5})] == [("0",)]

    def test_key_that_looks_like_a_keyword(self) -> None:
        """Properties may be called like keywords."""
        schema = {
            "properties": {"$ref": {"type": "string"}, "enum": {"$ref": "#/$defs/a~1b"}},
            "$defs": {"a/b": {"type": "null"}},
        }
        assert errors(schema, {"$ref": 1, "enum": 1}) == (
            (("$ref",), "1 is not a string"),
            (("enum",), "1 is not null"),
        )


@pytest.mark.parametrize("value", [5, {"a": 1}])
def test_member_that_is_forbidden(value: Any) -> None:
    """A member that may not be there is at its own place, even if it is called as the keyword for other members."""
    pytest.importorskip("jsonschema_rs", reason="the other engine names the object around")
    assert [*errors({"properties": {"additionalProperties": False}}, {"additionalProperties": value})] == [
        (("additionalProperties",), f"{'5' if value == 5 else 'an object with 1 key'} is not allowed here")
    ]


def test_pattern_is_checked_in_linear_time() -> None:
    """The compiled engine checks patterns, as its regular expressions cannot backtrack."""
    pytest.importorskip("jsonschema_rs", reason="the other engine runs no patterns")
    assert errors({"pattern": "^(a+)+$"}, "a" * 64 + "!") == (
        ((), f'"{"a" * 39}…" does not match the pattern "^(a+)+$"'),
    )


@pytest.mark.parametrize("key", ["0", "00", "+0", "01", "+01", "7", "-1", "\u0663"])
def test_key_in_digits_keeps_its_place(key: str) -> None:
    """A key that is written in digits is a key in the pointer, and no index (jsonschema-rs makes a number of it)."""
    schema = {"items": {"additionalProperties": {"anyOf": [{"type": "string"}, {"minProperties": 1}]}}}
    value = {"a": "x", "": "x", "+": "x", "9" * 5_000: "x", key: {}}
    assert [pointer for pointer, _ in errors(schema, [value])] == [(0, key)]


@pytest.mark.parametrize(
    "pattern",
    ["a{1,90000}", "(a{1,300}){1,300}", r"\p{L}{1,2000}", r".{1,5000}", r"(?:\S{1,50}){1,100}"],
)
def test_patterns_that_take_memory_are_not_compiled(pattern: str) -> None:
    """Values are said to be unchecked by a schema whose patterns would take more than some megabytes."""
    schema = {"properties": {f"p{number}": {"pattern": f"{number}{pattern}"} for number in range(600)}}
    with mock.patch.object(embedded, "engine_of", side_effect=AssertionError("made ready")):
        found = verdict(schema, {"p0": "b"})
    assert found == Verdict(unchecked="the patterns of the schema would take too much memory")


@pytest.mark.parametrize(
    ("pattern", "units"),
    [
        ("", 0),
        ("^abc$", 3),
        ("a{3}", 3),
        ("a{2,}", 2),
        ("a{0}", 1),
        ("(ab){3}c", 7),
        ("((ab){3}c){2}", 14),
        (r"\d{4}-\d{2}", 25),
        ("[a-z]{2}", 6),
        (")(", 1),
        ("{3}", 0),
        (r"\{3}", 3),
    ],
)
def test_size_of_a_pattern(pattern: str, units: int) -> None:
    """What a repetition counts is counted as often as it may repeat, and what is no pattern does no harm."""
    assert size(pattern) == units


@given(st.text("a.\\dpLW(){}[]^?:<>,0123456789*+|-\n\u00e9", max_size=40))
def test_size_of_any_text(text: str) -> None:
    """Every text has a size, no larger than one above the most."""
    assert 0 <= size(text) <= MOST_UNITS + 1


def test_schema_of_usual_patterns_is_checked() -> None:
    """Hundreds of patterns as people write them are within the budget."""
    pattern = "^[a-zA-Z0-9._%+-]{1,64}@[a-zA-Z0-9.-]+$"
    schema = {"properties": {f"p{number}": {"type": "string", "pattern": pattern} for number in range(200)}}
    assert verdict(schema, {"p7": 5}).mismatches


def test_schema_that_is_too_large_is_not_made_ready() -> None:
    """Values are said to be unchecked by a schema of more than two million characters."""
    schema = {"description": "a" * 2_000_000}
    assert verdict(schema, 1) == Verdict(unchecked="the schema has more than 2,000,000 characters")


def test_errors_of_many_branches_are_not_described() -> None:
    """Of a value that fails a thousand branches at a thousand places, it is said only that it does not fit."""
    pytest.importorskip("jsonschema_rs", reason="the other engine takes as long for a yes or no")
    schema = {"items": {"anyOf": [{"const": number} for number in range(1000)]}}
    with mock.patch.object(embedded, "mismatches", side_effect=AssertionError("described")):
        found = verdict(schema, ["x"] * 1000)
    assert found.mismatches == (((), "finding the place would take too many steps"),)
    assert verdict(schema, [5] * 1000) == Verdict()


@pytest.mark.parametrize("keyword", ["anyOf", "oneOf"])
def test_errors_of_few_branches_are_described(keyword: str) -> None:
    """A schema with branches has its mismatches described as long as a value takes no more than 50,000 steps."""
    pytest.importorskip("jsonschema_rs", reason="the other engine takes as long for a yes or no")
    schema = {"items": {keyword: [{"const": number} for number in range(100)]}}
    assert verdict(schema, [0] * 400 + ["x"]).mismatches == (((400,), f'"x" matches no schema under `{keyword}`'),)
    assert verdict(schema, [0] * 600 + ["x"]).mismatches == (((), "finding the place would take too many steps"),)


def test_what_passes() -> None:
    """A value passes if it fits, or if the schema says nothing; not if it is not known."""
    large = {"description": "a" * 2_000_000}
    patterns = {"pattern": "a{1,90000}b{1,90000}"}
    endless = {"allOf": [{"$ref": "#"}]}
    for schema, expected in [
        ({"type": "string"}, True),
        ({"type": "integer"}, False),
        ({"type": "strng"}, True),
        (True, True),
        (None, True),
        ({"const": float("nan")}, True),
        (large, False),
        (patterns, False),
        (endless, False),
    ]:
        assert ToolSchema(schema).passes("x", 3) is expected


def test_deep_values_are_few_steps_for_small_schemas() -> None:
    """A value as deep as a request may be is held against a schema if both are small, and not if they are large."""
    value: Any = "a" * 1_000
    for _ in range(130):
        value = [value]
    for words, expected in (("a" * 10_000, Verdict()), ("a" * 20_000, UNCHECKED)):
        assert verdict({"description": words, "items": {"type": "array"}}, value) == expected


def test_schema_that_has_no_text_is_remembered_as_none() -> None:
    """What cannot be written as JSON says nothing about values."""
    assert embedded.compiled({"const": {1, 2}}).verdict("x", 3) == Verdict()


def test_large_value_is_held_against_a_plain_schema() -> None:
    """A value of half a million parts is checked by a schema without references or branches."""
    schema = {"properties": {"a": {"items": {"type": "integer"}}}}
    assert [pointer for pointer, _ in errors(schema, {"a": [1] * 100_000 + ["x"]})] == [("a", 100_000)]


def test_schema_is_compiled_once() -> None:
    """Schemas of one text share what was made ready, whoever brings them."""
    assert embedded.compiled({"type": "string"}) is embedded.compiled({"type": "string"})


_KEYS = st.sampled_from(["a", "b1", "name", "x-1"])
_LEAVES: list[Any] = [{}, {"type": "string"}, {"type": "integer"}, {"enum": ["a", 1]}]
_SHAPES: st.SearchStrategy[Any] = st.recursive(
    st.sampled_from(_LEAVES),
    lambda inner: st.fixed_dictionaries(
        {},
        optional={
            "type": st.sampled_from(["object", "array"]),
            "properties": st.dictionaries(_KEYS, inner, max_size=2),
            "additionalProperties": st.booleans() | inner,
            "propertyNames": inner,
            "items": inner,
            "uniqueItems": st.booleans(),
            "contains": inner,
        },
    ),
    max_leaves=6,
)
_VALUES: st.SearchStrategy[Any] = st.recursive(
    st.sampled_from(["a", "b1", "name", "ab12", "a@b", "", 1, 1.0, True, 0, False, None]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_KEYS, inner, max_size=3),
    max_leaves=8,
)


@given(_SHAPES, _VALUES)
def test_engines_agree(schema: Any, value: Any) -> None:
    """The reference engine finds the same mismatches at the same places, equal items among them, but for patterns."""
    pytest.importorskip("jsonschema_rs")
    compiled = {found.pointer for found in errors(schema, value)}
    with mock.patch.dict(sys.modules, {"jsonschema_rs": None}):
        assert {found.pointer for found in errors(schema, value)} == compiled


@pytest.mark.parametrize(
    "schema",
    [
        {"pattern": "^[0-9]+$"},
        {"propertyNames": {"pattern": "^x"}},
        {"patternProperties": {"id": {"type": "integer"}}},
        {"patternProperties": {"^a": {}}, "unevaluatedProperties": False},
        {"properties": {"deep": {"patternProperties": {"(?=a)": False}}}},
    ],
)
def test_what_the_reference_engine_leaves(schema: Any) -> None:
    """It runs no pattern, and where keys go by patterns it says nothing of values at all."""
    with mock.patch.dict(sys.modules, {"jsonschema_rs": None}):
        assert errors(schema, {"id": "x", "a": 1, "deep": {"a": 1}}) == ()


@pytest.mark.usefixtures("engine")
def test_items_are_compared_as_values() -> None:
    """Objects are the same whatever the order of their keys, and 1 is 1.0, for either engine."""
    schema = {"uniqueItems": True}
    same: list[Any] = [[{"a": 1, "b": [2.0]}, {"b": [2], "a": 1}], ["a", "a"], [1, 1.0]]
    different: list[Any] = [[{"a": 1}, {"a": True}], [1, "1", True], [[1], [1, 2]]]
    for value in same:
        assert [found.pointer for found in errors(schema, value)] == [()]
    for value in different:
        assert errors(schema, value) == ()


class Counted:
    """An engine that takes nothing, and counts how often one is made."""

    made = 0

    def __init__(self, _: object) -> None:
        Counted.made += 1

    def is_valid(self, _: object) -> bool:
        """No."""
        return False

    def violations(self, _: object) -> tuple[()]:
        """None that has words."""
        return ()


SMALL = {"type": "object", "properties": {"days": {"type": "integer"}}}


@pytest.fixture
def without_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that has not loaded the compiled validator yet."""
    monkeypatch.delitem(sys.modules, "jsonschema_rs", raising=False)
    Counted.made = 0


@pytest.mark.usefixtures("without_engine")
def test_proven_values_need_no_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine is made for the first value that is not proven in Python, and is kept."""
    monkeypatch.setattr(embedded, "engine_of", Counted)
    schema = ToolSchema(SMALL)
    assert schema.passes({"days": 1}, 10)
    assert Counted.made == 0
    assert not schema.passes({"days": "1"}, 10)
    assert not schema.passes({"days": "2"}, 10)
    assert Counted.made == 1


@pytest.mark.usefixtures("without_engine")
def test_engine_that_cannot_be_made_later_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A schema that no engine takes says nothing of values; a lack of memory goes through."""
    monkeypatch.setattr(embedded, "engine_of", mock.Mock(side_effect=ValueError))
    assert ToolSchema(SMALL).passes({"days": "1"}, 10)
    monkeypatch.setattr(embedded, "engine_of", mock.Mock(side_effect=MemoryError))
    with pytest.raises(MemoryError):
        ToolSchema(SMALL).passes({"days": "1"}, 10)


def test_lack_of_memory_for_words_goes_through(monkeypatch: pytest.MonkeyPatch) -> None:
    """A value that does not fit is not taken to fit because memory runs out where it is put into words."""
    monkeypatch.setattr(embedded, "engine_of", Counted)
    monkeypatch.setattr(embedded, "mismatches", mock.Mock(side_effect=MemoryError))
    with pytest.raises(MemoryError):
        verdict({"anyOf": [{"type": "integer"}, {"minLength": 2}]}, {"days": "1"})
