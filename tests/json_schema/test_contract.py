"""What keeps a request from the contract, one fact a mistake, on each engine; and what an engine can prove."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterator
from typing import Any
from unittest import mock

import pytest

from minimax_validate.json_schema import contract
from minimax_validate.json_schema.contract import Contract
from minimax_validate.json_schema.contract.failures import failures
from minimax_validate.json_schema.contract.places import failures_at
from minimax_validate.json_schema.contract.reference import ReferenceContract
from minimax_validate.rules.examples import answer_format, call, calling, function, request, result, tool, user, without
from minimax_validate.values.pointer import Pointer

compiled = pytest.importorskip(
    "minimax_validate.json_schema.contract.compiled", reason="there is one engine only on this platform"
)

ENGINES: list[Contract] = [compiled.CompiledContract(), ReferenceContract()]
CONTENT = ("messages", 0, "content")
TOOL = ("tools", 0)
FORMAT = ("response_format",)
OPTIONAL = True


def facts(engine: Contract, payload: Any) -> set[tuple[Any, ...]]:
    """Keyword, pointer and what was expected of each failure, and whether its key is optional."""
    found = failures(engine, payload)
    told = {(fact.keyword, fact.pointer, str(fact.expected), fact.optional) for fact in found}
    assert len(told) == len(found), "a fact is told twice"
    return told


def fact(keyword: str, pointer: Pointer, expected: object, optional: bool = False) -> tuple[Any, ...]:
    """A fact as ``facts`` gives it."""
    return keyword, pointer, str(expected), optional


TEXT = {"type": "text", "text": "Describe the harbour."}
NAMES = ("name", "description", "parameters")
CASES: list[tuple[str, Any, list[tuple[Any, ...]]]] = [
    ("healthy", request(user()), []),
    ("no object", 5, [fact("type", (), "object")]),
    ("no messages", {}, [fact("required", (), "messages")]),
    ("messages of the wrong type", {"messages": 5}, [fact("type", ("messages",), "array")]),
    ("a message of the wrong type", request("Hello"), [fact("type", ("messages", 0), "object")]),
    ("two keys missing", request({}), [fact("required", ("messages", 0), key) for key in ("role", "content")]),
    (
        "a role of the wrong type has that fault alone",
        request(user(role=5)),
        [fact("type", ("messages", 0, "role"), "string")],
    ),
    (
        "an optional name of the wrong type",
        request(user(name=5)),
        [fact("type", ("messages", 0, "name"), "string", OPTIONAL)],
    ),
    (
        "calls of the wrong type",
        request(user(tool_calls=5)),
        [fact("type", ("messages", 0, "tool_calls"), "array", OPTIONAL)],
    ),
    (
        "a call of the wrong type is an element, not a key",
        request(user(), calling(call(), 5)),  # type: ignore[arg-type]  # a fault on purpose
        [fact("type", ("messages", 1, "tool_calls", 1), "object")],
    ),
    ("an optional parameter", request(user(), stream=None), [fact("type", ("stream",), "boolean", OPTIONAL)]),
    (
        "bounds",
        request(user(), top_p=2, temperature=-1),
        [fact("maximum", ("top_p",), 1), fact("minimum", ("temperature",), 0)],
    ),
    (
        "unknown keys",
        request(user(), tools=[tool(colour=1, shape=2)]),
        [fact("additionalProperties", (*TOOL, "function", key), NAMES) for key in ("colour", "shape")],
    ),
    (
        "keys missing and unknown",
        request(user(), tools=[{"type": "function", "function": {"name": "tide", "colour": 1}}]),
        [
            *(fact("required", (*TOOL, "function"), key) for key in ("description", "parameters")),
            fact("additionalProperties", (*TOOL, "function", "colour"), NAMES),
        ],
    ),
    ("content of no branch's type", request(user(5)), [fact("anyOf", CONTENT, ({"type": "string"}, mock.ANY))]),
    ("a part of no type", request(user(["Hello"])), [fact("anyOf", (*CONTENT, 0), (mock.ANY, mock.ANY))]),
    (
        "a part of a foreign type",
        request(user([{"type": "file"}])),
        [fact("const", (*CONTENT, 0, "type"), ("text", "image_url"))],
    ),
    ("a part whose type is no text", request(user([{"type": 5}])), [fact("type", (*CONTENT, 0, "type"), "string")]),
    (
        "a foreign type hides the faults of its object",
        request(user([{"type": "file", "text": 5, "more": 5}])),
        [fact("const", (*CONTENT, 0, "type"), ("text", "image_url"))],
    ),
    (
        "a part that is meant by its type",
        request(user([{"type": "text", "text": 5}])),
        [fact("type", (*CONTENT, 0, "text"), "string")],
    ),
    ("a part that lacks its text", request(user([{"type": "text"}])), [fact("required", (*CONTENT, 0), "text")]),
    (
        "a part without a type, whose keys tell",
        request(user([{"text": "Hello"}])),
        [fact("required", (*CONTENT, 0), "type")],
    ),
    ("a part of which nothing tells", request(user([{}])), [fact("anyOf", (*CONTENT, 0), (mock.ANY, mock.ANY))]),
    (
        "the second part",
        request(user([TEXT, {"type": "image_url", "image_url": {}}])),
        [fact("required", (*CONTENT, 1, "image_url"), "url")],
    ),
    (
        "inside an anyOf no key is optional",
        request(user([{"type": "image_url", "image_url": {"url": 5}}])),
        [fact("type", (*CONTENT, 0, "image_url", "url"), "string")],
    ),
    (
        "a foreign tool",
        request(user(), tools=[{"type": "custom", "name": "tide"}]),
        [fact("const", (*TOOL, "type"), "function")],
    ),
    (
        "a foreign tool beside a faulty one",
        request(user(), tools=[{"type": "custom", "more": 5}, tool(name=5)]),  # type: ignore[arg-type]  # a fault on purpose
        [fact("const", (*TOOL, "type"), "function"), fact("type", ("tools", 1, "function", "name"), "string")],
    ),
    (
        "the kind of a tool has the wrong type",
        request(user(), tools=[{"type": 5, "more": 5, "function": function()}]),
        [fact("type", (*TOOL, "type"), "string"), fact("additionalProperties", (*TOOL, "more"), ("type", "function"))],
    ),
    (
        "a foreign format hides what is inside it",
        request(user(), response_format={"type": "grammar", "json_schema": {"name": 5, "schema": {"type": "array"}}}),
        [fact("const", (*FORMAT, "type"), "json_schema")],
    ),
    (
        "a foreign shape inside a known one",
        request(user(), response_format=answer_format(schema={"type": "array", "items": {}})),
        [fact("const", (*FORMAT, "json_schema", "schema", "type"), "object")],
    ),
    (
        "an optional description inside a format",
        request(user(), response_format=answer_format(description=5)),
        [fact("type", (*FORMAT, "json_schema", "description"), "string", OPTIONAL)],
    ),
    (
        "a required name inside a format",
        request(user(), response_format=answer_format(name=5)),
        [fact("type", (*FORMAT, "json_schema", "name"), "string")],
    ),
    (
        "a name too long",
        request(user(), response_format=answer_format(name="w" * 65)),
        [fact("maxLength", (*FORMAT, "json_schema", "name"), 64)],
    ),
    (
        "a choice of the wrong type",
        request(user(), tool_choice={}),
        [fact("type", ("tool_choice",), "string", OPTIONAL)],
    ),
]


@pytest.mark.parametrize("engine", ENGINES, ids=["compiled", "reference"])
@pytest.mark.parametrize(("payload", "expected"), [pytest.param(*case[1:], id=case[0]) for case in CASES])
def test_each_mistake_is_one_fact(engine: Contract, payload: Any, expected: list[tuple[Any, ...]]) -> None:
    """A mistake is told once, at its deepest place, with what was expected there."""
    told = facts(engine, payload)
    branches = {(keyword, pointer) for keyword, pointer, *_ in expected if keyword == "anyOf"}
    assert {(one[0], one[1]) for one in told if one[0] == "anyOf"} == branches
    assert {one for one in told if one[0] != "anyOf"} == {one for one in expected if one[0] != "anyOf"}


@pytest.mark.parametrize("engine", ENGINES, ids=["compiled", "reference"])
def test_fact_holds_the_value(engine: Contract) -> None:
    """A fact holds the smallest wrong value.

    An unknown key's value, the object that lacks a key, the word that is not known.
    """
    held = request(user(), {"role": "user"}, user([{"type": "file"}]), tools=[tool(colour="red")], top_p=2)
    values = {found.pointer: found.instance for found in failures(engine, held)}
    assert values == {
        ("messages", 1): {"role": "user"},
        ("messages", 2, "content", 0, "type"): "file",
        (*TOOL, "function", "colour"): "red",
        ("top_p",): 2,
    }


@pytest.mark.parametrize("engine", ENGINES, ids=["compiled", "reference"])
def test_bare_any_of_names_its_branches(engine: Contract) -> None:
    """Where no branch was meant, the fact holds them all."""
    (found,) = failures(engine, request(user(5)))
    assert [branch["type"] for branch in found.expected] == ["string", "array"]


class Unruly(dict[str, Any]):
    """A mapping that cannot be looked into."""

    def items(self) -> Any:
        """No items."""
        raise RuntimeError

    def __iter__(self) -> Iterator[str]:
        raise RuntimeError

    def keys(self) -> Any:
        """No keys."""
        raise RuntimeError


FULL = request(
    user("Où ? 😀"),
    user(
        [TEXT, {"type": "image_url", "image_url": {"url": "https://example.com/"}}],
        extra={"deep": [1, 2.5, None, True]},
    ),
    calling(),
    result(),
    tools=[tool()],
    response_format=answer_format(),
    stream=False,
    more={"nested": []},
)


@pytest.mark.parametrize("engine", ENGINES, ids=["compiled", "reference"])
@pytest.mark.parametrize("payload", [FULL, request(user()), request()])
def test_proof_is_the_compact_text(engine: Contract, payload: Any) -> None:
    """What keeps the contract is proven by its JSON text, without escapes or white space."""
    assert engine.proves(payload) == json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()


OPEN: list[Any] = [
    lambda value: request(user(), more=value),
    lambda value: request(user(extra=value)),
    lambda value: request(user(), tools=[tool(parameters=value)]),
    lambda value: request(user(), response_format=answer_format(schema={"type": "object", "properties": value})),
]


@pytest.mark.parametrize("engine", ENGINES, ids=["compiled", "reference"])
@pytest.mark.parametrize("place", OPEN)
@pytest.mark.parametrize(
    "wrap",
    [lambda value: value, lambda value: {"deep": value}, lambda value: [1, value], lambda value: {"a": [{"b": value}]}],
)
def test_places_open_to_any_json_are_open_to_json_alone(engine: Contract, place: Any, wrap: Any) -> None:
    """Where the contract takes any JSON it takes every kind of it, but no NaN, infinity, set or key that is no text."""
    plain: list[object] = [{}, [], "text", 1, 2.5, True, None]
    for value in plain:
        assert engine.proves(place(wrap(value)))
    for value in (math.nan, math.inf, -math.inf, {1, 2}, {1: 2}, object()):
        assert engine.proves(place(wrap(value))) == b""


@pytest.mark.parametrize("engine", ENGINES, ids=["compiled", "reference"])
@pytest.mark.parametrize(
    "payload", [5, None, [], {}, request(5), request(user(5)), without(request(user()), "messages")]
)
def test_what_breaks_the_contract_is_not_proven(engine: Contract, payload: Any) -> None:
    """There is no proof for what is no request."""
    assert engine.proves(payload) == b""


def test_proof_never_raises() -> None:
    """A payload whose class misbehaves is not proven, and does no harm."""
    assert ENGINES[0].proves(Unruly(messages=[])) in (b"", b'{"messages":[]}')


def test_contract_is_made_once() -> None:
    """Everybody shares the one contract, on the fast engine where there is one."""
    assert contract.contract() is contract.contract()
    assert isinstance(contract.contract(), compiled.CompiledContract)


def test_contract_does_without_the_fast_engine() -> None:
    """Where the fast engine cannot be imported, the reference stands in."""
    with mock.patch.dict(sys.modules, {"minimax_validate.json_schema.contract.compiled": None}):
        assert isinstance(contract.contract.__wrapped__(), ReferenceContract)


SHAPE: dict[str, Any] = {
    "type": "object",
    "properties": {
        "list": {"type": "array", "items": {"type": "object", "properties": {"a": {"type": "string"}}}},
        "open": {},
        "untyped": {"properties": {"a": {"type": "null"}}, "items": {"type": "boolean"}},
        "either": {
            "anyOf": [
                {"type": "string"},
                {"type": "array", "items": {"type": "integer"}},
                {"type": "array", "items": {"type": "null"}},
                {"type": "object", "properties": {"a": {"type": "boolean"}}, "additionalProperties": False},
            ]
        },
        "map": {"type": "object", "additionalProperties": {"type": "integer"}},
        "closed": {"type": "object", "properties": {"a": {"const": 1}}, "additionalProperties": False},
    },
}


@pytest.mark.parametrize(
    ("pointer", "value", "expected"),
    [
        ((), 5, [("type", ())]),
        (("list",), 5, [("type", ())]),
        (("list", 7), 5, [("type", ())]),
        (("list", 7, "a"), 5, [("type", ())]),
        (("list", 7, "a"), "x", []),
        (("list", 7, "b"), 5, []),
        (("list", 7), {"a": 5}, [("type", ("a",))]),
        (("list", "a"), 5, [("additionalProperties", ())]),
        (("open", "a", 3), 5, []),
        (("untyped", "a"), 5, [("type", ())]),
        (("untyped", 3), 5, [("type", ())]),
        (("untyped", 3), True, []),
        (("either", 2), 5, []),
        (("either", 2), None, []),
        (("either", 2), "x", [("anyOf", ())]),
        (("either", "a"), 5, [("type", ())]),
        (("either", "a"), True, []),
        (("either", "b"), True, [("additionalProperties", ())]),
        (("map", "a"), "x", [("type", ())]),
        (("map", "a"), 5, []),
        (("map", 0), 5, [("additionalProperties", ())]),
        (("closed", "a"), 1, []),
        (("closed", "b"), 1, [("additionalProperties", ())]),
        (("x", "a"), 5, []),
        (("list", 7, "a"), "x" * 65, []),
        (("list", 7, "a"), ["x"], [("type", ())]),
    ],
)
def test_value_at_a_place(pointer: Pointer, value: Any, expected: list[tuple[str, Pointer]]) -> None:
    """A value is held against what the contract demands at its place: in all branches, and in open objects."""
    found = failures_at(contract.contract_of(SHAPE), pointer, value)
    assert [(failure.keyword, failure.pointer) for failure in found] == expected
    assert all(failure.instance == (value["a"] if failure.pointer else value) for failure in found)


def test_numbers_that_python_takes_for_equal() -> None:
    """What was found of 1 is not what is found of true or 1.0."""
    strict = contract.contract_of({"properties": {"a": {"type": "integer"}, "b": {"type": "boolean"}}})
    for _ in range(2):
        assert [bool(failures_at(strict, ("a",), value)) for value in (1, True)] == [False, True]
        assert [bool(failures_at(strict, ("b",), value)) for value in (1.0, 1, True)] == [True, True, False]


@pytest.mark.parametrize("engine", ENGINES, ids=["compiled", "reference"])
def test_parts_of_a_body(engine: Contract) -> None:
    """A body is kept or not, whether it comes from a program or a parser; NaN comes from a program alone."""
    for body, kept in ((request(user()), True), (request(user(5)), False), ({}, False)):
        assert engine.keeps(body) is kept
        assert engine.keeps_parsed(body) is kept
    assert not engine.keeps(request(user(), more=math.nan))


@pytest.mark.parametrize("make", [compiled.CompiledContract, ReferenceContract], ids=["compiled", "reference"])
@pytest.mark.parametrize(
    ("schema", "wrap"),
    [
        ({"type": "array", "items": {}}, lambda value: [value]),
        ({"type": "object", "additionalProperties": {}}, lambda value: {"a": value}),
        ({"type": "object", "properties": {"a": {}}}, lambda value: {"a": value}),
        (
            {"properties": {"a": {"type": "array", "items": {"properties": {"b": {}}}}}},
            lambda value: {"a": [{"b": value}]},
        ),
        ({"anyOf": [{"type": "null"}, {"type": "array", "items": {}}]}, lambda value: [value]),
    ],
)
def test_open_schema_takes_json_alone(make: Any, schema: Any, wrap: Any) -> None:
    """A schema without a demand takes every JSON value, on each level of a contract, and no NaN."""
    engine = make(schema)
    plain: list[Any] = ["a", 1, 1.5, True, None, [[]], {"b": {}}]
    others: list[Any] = [math.nan, [math.nan], {"b": math.inf}]
    for value in plain:
        assert engine.keeps(wrap(value))
        assert engine.proves(wrap(value))
    for value in others:
        assert not engine.keeps(wrap(value))


def test_foreign_shape_hides_those_inside_of_it() -> None:
    """Of an object of a foreign shape nothing else is told, not even the foreign shape of what is right in it."""
    shape = {"type": {"const": "a"}, "y": {"properties": {"type": {"const": "b"}, "z": {"type": "string"}}}}
    engine = contract.contract_of({"properties": {"x": {"properties": shape}}})
    for x, expected in [
        ({"type": "c", "y": {"type": "d", "z": 5}}, [("x", "type")]),
        ({"type": "a", "y": {"type": "d", "z": 5}}, [("x", "y", "type")]),
        ({"type": "a", "y": {"type": "b", "z": 5}}, [("x", "y", "z")]),
    ]:
        assert [found.pointer for found in failures(engine, {"x": x})] == expected


def test_wrong_type_of_several_hides_nothing() -> None:
    """A `type` that is one of several names no shape, and the rest of its object is told too."""
    engine = contract.contract_of({"properties": {"type": {"enum": ["a", "b"]}, "z": {"type": "string"}}})
    assert {found.pointer for found in failures(engine, {"type": "c", "z": 5})} == {("type",), ("z",)}


def test_optional_keys_are_those_that_the_contract_names() -> None:
    """Below a key that the contract does not name, or in an item, no key is called optional."""
    inner = {"properties": {"a": {"type": "string"}}}
    engine = contract.contract_of({"properties": {"x": inner, "y": {"items": inner}}, "additionalProperties": inner})
    found = failures(engine, {"x": {"a": 5}, "y": [{"a": 5}], "z": {"a": 5}})
    assert {fact.pointer: fact.optional for fact in found} == {("x", "a"): True, ("y", 0, "a"): True, ("z", "a"): False}


@pytest.mark.parametrize("make", [compiled.CompiledContract, ReferenceContract], ids=["compiled", "reference"])
def test_contract_with_a_closed_form(make: Any) -> None:
    """A payload is proven by the closed schema, and its violations are those of the open one."""
    schema = {"type": "object", "properties": {"a": {"type": "string"}, "b": {"anyOf": [{}, {"type": "null"}]}}}
    engine = make(schema, {**schema, "additionalProperties": False})
    assert engine.schema == schema
    assert engine.proves({"a": "x"}) == b'{"a":"x"}'
    assert engine.proves({"a": "x", "c": 1}) == b""
    assert engine.keeps({"a": "x"})
    assert not engine.keeps({"c": 1})
    assert engine.keeps_parsed({"a": "x"})
    assert not engine.keeps_parsed({"c": 1})
    assert engine.violations({"a": "x", "c": 1}) == ()
    assert [(found.keyword, found.pointer, found.schema) for found in engine.violations({"a": 5})] == [
        ("type", ("a",), {"type": "string"})
    ]


@pytest.mark.parametrize("engine", ENGINES, ids=["compiled", "reference"])
def test_keys_in_digits_keep_their_place(engine: Contract) -> None:
    """A key that is written in digits is a key in the place of a fact, and an item has its index."""
    payload = request(
        user([{"type": "text", "text": "a"}, {"type": "text", "text": 5}]),
        tools=[{"type": "function", "function": {**function(), "0": 1}}],
    )
    assert {fact.pointer for fact in failures(engine, payload)} == {
        ("messages", 0, "content", 1, "text"),
        ("tools", 0, "function", "0"),
    }


def test_branches_of_may() -> None:
    """The chat format is judged with its top left open and proven with it closed, but for the model."""
    chat = contract.contract_of_chat()
    assert chat is contract.contract_of_chat()
    assert chat.violations({**request(user()), "mood": 1}) == ()
    assert chat.proves({**request(user()), "mood": 1}) == b""
    assert chat.proves({**request(user()), "model": "minimax/m2.7"})
    assert chat.proves({**request(user()), "model": 5}) == b""
    messages = contract.contract_of_messages()
    assert messages is contract.contract_of_messages()
    assert [found.keyword for found in messages.violations({"messages": 5, "max_tokens": 5})] == ["type"]
