"""What is proven in Python keeps the schema by the compiled validator too."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minimax_validate import Validator
from minimax_validate.json_schema.brief import is_json, proof_of
from minimax_validate.json_schema.contract import brief_contract, contract
from minimax_validate.json_schema.contract.reference import ReferenceContract
from minimax_validate.strategies import requests
from minimax_validate.values.plain import is_plain

FIXTURES = Path(__file__).parents[2] / "fixtures"


class Role(StrEnum):
    """A role as some programs have it."""

    USER = "user"


SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-5, 5)
    | st.floats()
    | st.sampled_from(["", "a", "ab", "user", "2024-01-01", Role.USER])
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("ab"), inner, max_size=2) | st.tuples(inner)
    ),
    max_leaves=6,
)
NUMBERS = st.integers(-3, 3) | st.floats(-3, 3)


def _with(kind: str, **keywords: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({"type": st.just(kind)}, optional=keywords)


SCHEMAS = st.recursive(
    st.just({})
    | st.booleans()
    | _with("string", enum=st.lists(st.sampled_from(["a", "ab", 1]), max_size=2), maxLength=st.integers(0, 2))
    | _with("string", const=st.sampled_from(["a", "ab"]), minLength=st.integers(0, 2), format=st.just("date"))
    | _with("number", minimum=NUMBERS, exclusiveMaximum=NUMBERS)
    | _with("integer", maximum=NUMBERS, exclusiveMinimum=NUMBERS)
    | st.sampled_from([{"type": "boolean"}, {"type": "null"}, {"enum": [1]}, {"type": ["null"]}, {"pattern": "a"}]),
    lambda inner: (
        _with("array", items=inner)
        | _with(
            "object",
            properties=st.dictionaries(st.sampled_from("ab"), inner, max_size=2),
            required=st.lists(st.sampled_from("ab"), max_size=2, unique=True),
            additionalProperties=inner,
        )
        | st.fixed_dictionaries({"anyOf": st.lists(inner, min_size=1, max_size=3)})
    ),
    max_leaves=5,
)


@given(SCHEMAS, VALUES)
@settings(max_examples=1_500, deadline=None)
def test_what_is_proven_is_valid_and_plain(schema: Any, value: Any) -> None:
    """Whatever the schema and the value, a proof means that the value is valid, and of JSON's own types alone."""
    proof = proof_of(schema)
    if proof is not None and proof(value):
        assert is_plain(value)
        json.dumps(value, allow_nan=False)
        assert jsonschema_rs.Draft202012Validator(schema).is_valid(value)


@given(VALUES)
@settings(max_examples=500, deadline=None)
def test_json_is_what_can_be_written_as_it_stands(value: Any) -> None:
    """Values of JSON's own types are JSON, but for numbers that are infinite or none."""
    try:
        json.dumps(value, allow_nan=False)
    except ValueError:
        assert not is_json(value)
    else:
        assert is_json(value) == is_plain(value)


@given(requests())
@settings(max_examples=200, deadline=None)
def test_both_contracts_prove_the_same_requests(request: dict[str, Any]) -> None:
    """A request that is valid is proven by both, with the same text."""
    assert brief_contract().proves(request) == contract().proves(request) != b""


@pytest.mark.parametrize(
    "payload", [{"messages": []}, {"messages": 5}, [], None, {"messages": [{"role": "user"}]}, "a"]
)
def test_a_brief_check_says_what_any_check_says(payload: object) -> None:
    """What cannot be proven is explained as ever."""
    assert Validator(is_brief=True).check(payload) == Validator().check(payload)


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("*/*.json")), ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_brief_check_finds_the_same_in_files(path: Path) -> None:
    """Of each fixture, both kinds of validator report the same."""
    try:
        payload = json.loads(path.read_bytes())
    except ValueError:
        pytest.skip("it is no JSON")
    assert Validator(is_brief=True).check(payload) == Validator().check(payload)


_OBJECT = {"type": "object", "properties": {"a": {"type": "integer"}}, "required": ["a"], "additionalProperties": False}
_EITHER = {"anyOf": [{"type": "string"}, {"pattern": "a"}, {"type": "null"}]}


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        (True, [{"a": 1.5}, "x", None]),
        ({}, {"a": [True]}),
        *(({keyword: "uri"}, 5) for keyword in ("$schema", "$comment", "title", "description", "default", "format")),
        ({"examples": [1]}, "x"),
        ({"title": "Anything", **_EITHER}, "x"),
        (_EITHER, None),
        (_OBJECT, {"a": 1}),
        ({"type": "object"}, {"b": {"c": []}}),
        ({"type": "object", "properties": {"a": {"pattern": "x"}}}, {"b": 1}),
        ({"type": "object", "required": ["a"]}, {"a": None}),
        ({"type": "object", "additionalProperties": {"type": "null"}}, {"a": None}),
        ({"type": "array"}, [1, "x"]),
        ({"type": "array", "items": {"type": "integer"}}, [1, 2]),
        ({"type": "string"}, ""),
        ({"type": "string", "enum": ["a", "b"]}, "b"),
        ({"type": "string", "const": "a"}, "a"),
        ({"type": "string", "minLength": 2, "maxLength": 2}, "ab"),
        ({"type": "number"}, 1.5),
        ({"type": "number"}, 1),
        ({"type": "number", "minimum": 1, "maximum": 1.5}, 1),
        ({"type": "number", "minimum": 1, "maximum": 1.5}, 1.5),
        ({"type": "number", "exclusiveMinimum": 1, "exclusiveMaximum": 2}, 1.5),
        ({"type": "integer", "minimum": 1, "maximum": 1, "exclusiveMinimum": 0.5, "exclusiveMaximum": 1.5}, 1),
        ({"type": "boolean"}, False),
        ({"type": "null"}, None),
    ],
)
def test_plain_value_is_proven(schema: Any, value: Any) -> None:
    """A value that keeps a schema of the plainest keywords is proven to."""
    proof = proof_of(schema)
    assert proof is not None
    assert proof(value)


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        (True, {1: 2}),
        (True, [(1,)]),
        (True, Role.USER),
        ({}, float("nan")),
        ({}, [float("-inf")]),
        (_EITHER, 5),
        (_OBJECT, {}),
        (_OBJECT, {"a": "1"}),
        (_OBJECT, {"a": 1, "b": 1}),
        (_OBJECT, [1]),
        ({"type": "object", "properties": {"a": {"pattern": "x"}}}, {"a": "x"}),
        ({"type": "object"}, {1: 2}),
        ({"type": "object", "required": ["a", "b"]}, {"a": 1}),
        ({"type": "object", "additionalProperties": {"pattern": "x"}}, {"a": "x"}),
        ({"type": "array"}, (1,)),
        ({"type": "array"}, {}),
        ({"type": "array", "items": {"type": "integer"}}, [1, "x"]),
        ({"type": "string"}, 5),
        ({"type": "string"}, Role.USER),
        ({"type": "string", "enum": ["a", "b"]}, "c"),
        ({"type": "string", "const": "a"}, "b"),
        ({"type": "string", "minLength": 2}, "a"),
        ({"type": "string", "maxLength": 2}, "abc"),
        ({"type": "string", "minLength": 1, "maxLength": 2}, "abc"),
        ({"type": "number"}, True),
        ({"type": "number"}, "1"),
        ({"type": "number"}, float("inf")),
        ({"type": "number", "minimum": 1}, 0),
        ({"type": "number", "maximum": 1}, 2),
        ({"type": "number", "exclusiveMinimum": 1}, 1),
        ({"type": "number", "exclusiveMaximum": 1}, 1),
        ({"type": "number", "minimum": 0, "maximum": 1}, 2),
        ({"type": "integer"}, 1.0),
        ({"type": "integer"}, False),
        ({"type": "boolean"}, 0),
        ({"type": "null"}, False),
    ],
)
def test_value_that_is_not_proven(schema: Any, value: Any) -> None:
    """A value that breaks the schema, or is not of JSON's own types, is not proven."""
    proof = proof_of(schema)
    assert proof is not None
    assert not proof(value)


@pytest.mark.parametrize(
    "schema",
    [
        False,
        5,
        "string",
        [],
        None,
        {"type": "strng"},
        {"type": ["string"]},
        {"type": []},
        {"pattern": "a"},
        {"enum": ["a"]},
        {"type": "string", "pattern": "a"},
        {"type": "string", "minimum": 1},
        {"type": "object", "minLength": 1},
        {"type": "boolean", "const": True},
        {"type": "null", "enum": [None]},
        {"type": "string", "minLength": True},
        {"type": "string", "maxLength": 2.0},
        {"type": "number", "minimum": True},
        {"type": "integer", "maximum": "1"},
        {"type": "string", "anyOf": [{}]},
        {"anyOf": [{"pattern": "a"}, False]},
        {"anyOf": []},
        {"anyOf": {"type": "string"}},
        {"anyOf": 5},
        {"type": "object", "properties": []},
        {"type": "object", "properties": None},
        {"type": "object", "required": ["a", 5]},
        {"type": "array", "items": {"pattern": "a"}},
        {"type": "array", "items": False},
        {"type": "array", "items": [{}]},
    ],
)
def test_schema_of_other_keywords_proves_nothing(schema: Any) -> None:
    """Of a schema with a keyword that is not known here, or in a wrong type, nothing is proven."""
    assert proof_of(schema) is None


@pytest.mark.parametrize("required", [[[]], [{}], "ab", None])
def test_a_schema_that_is_none_raises_nothing(required: object) -> None:
    """Whatever stands in the place of names, nothing is raised, and nothing proven."""
    assert proof_of({"type": "object", "required": required}) is None


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "string", "enum": ["a"], "const": "a"},
        {"type": "string", "enum": "a"},
        {"type": "string", "minLength": "1"},
        {"type": "number", "minimum": "1"},
    ],
)
def test_odd_schemas_prove_nothing(schema: dict[str, Any]) -> None:
    """Of a schema that says a thing twice, or in a wrong type, nothing is proven."""
    assert proof_of(schema) is None


def test_contract_of_few_requests() -> None:
    """It says of a parsed body what it says of any, and what is wrong as the compiled contract does."""
    for body in ({"messages": [{"role": "user", "content": "a"}]}, {"messages": 5}):
        assert brief_contract().keeps_parsed(body) is contract().keeps_parsed(body)
        assert ReferenceContract().keeps_parsed(body) is contract().keeps_parsed(body)
        assert brief_contract().violations(body) == contract().violations(body)


def test_without_the_encoder_the_usual_contract_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where its module cannot be imported, few requests are checked as many are."""
    monkeypatch.setitem(sys.modules, "minimax_validate.json_schema.contract.brief", None)
    assert brief_contract.__wrapped__() is contract()
