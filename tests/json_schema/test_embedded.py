"""Values held against strangers' schemas: what is told, what is left alone, and what it costs."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minimax_validate.json_schema import embedded
from minimax_validate.json_schema.embedded import ToolSchema, errors
from minimax_validate.json_schema.extent import MAX_DEPTH

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
    embedded._compiled.forget()
    if request.param == "reference":
        monkeypatch.setitem(sys.modules, "jsonschema_rs", None)
    yield request.param
    embedded._compiled.forget()


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
        ("schema", "value", "message"),
        [
            ({"const": 3}, 4, "4 is not 3"),
            ({"multipleOf": 2}, 3, "3 is no multiple of 2"),
            ({"exclusiveMaximum": 2}, 2, "2 is not below 2"),
            ({"oneOf": [{"type": "integer"}, {"minimum": 0}]}, 1, "1 fits more than one of the shapes under `oneOf`"),
            ({"anyOf": [{"minimum": 2}, {"maximum": 0}]}, 1, "1 fits none of the shapes under `anyOf`"),
            ({"not": {"type": "integer"}}, 1, "1 fails `not`"),
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
            {"$ref": "#"},
            {"allOf": [{"$ref": "#"}]},
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
        """A schema that doubles with each of its definitions is left alone."""
        definitions: dict[str, Any] = {f"d{n}": {"allOf": [{"$ref": f"#/$defs/d{n + 1}"}] * 2} for n in range(64)}
        definitions["d64"] = {"type": "string"}
        assert errors({"$defs": definitions, "$ref": "#/$defs/d0"}, {}) == ()

    def test_references_that_multiply_with_depth(self) -> None:
        """So is one that doubles with each level of the value."""
        value: Any = {}
        for _ in range(64):
            value = {"a": value}
        assert errors({"properties": {"a": {"allOf": [{"$ref": "#"}, {"$ref": "#"}]}}}, value) == ()

    def test_depth(self) -> None:
        """A chain of references is followed as deep as a payload may go, and no deeper."""
        chain = {"properties": {"next": {"$ref": "#"}, "name": {"type": "string"}}}
        value: Any = {"name": 5}
        for _ in range(20):
            value = {"next": value}
        assert errors(chain, value) == ((("next",) * 20 + ("name",), "5 is not a string"),)
        for _ in range(MAX_DEPTH):
            value = {"next": value}
        assert errors(chain, value) == ()

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


def test_pattern_is_checked_in_linear_time() -> None:
    """The compiled engine checks patterns, as its regular expressions cannot backtrack."""
    pytest.importorskip("jsonschema_rs", reason="the other engine runs no patterns")
    assert errors({"pattern": "^(a+)+$"}, "a" * 64 + "!") == (
        ((), f'"{"a" * 39}…" does not match the pattern "^(a+)+$"'),
    )


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
    compiled = {found.pointer for found in ToolSchema(schema).errors(value)}
    with mock.patch.dict(sys.modules, {"jsonschema_rs": None}):
        assert {found.pointer for found in ToolSchema(schema).errors(value)} == compiled


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
        assert ToolSchema(schema).errors({"id": "x", "a": 1, "deep": {"a": 1}}) == ()
