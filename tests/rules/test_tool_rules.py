"""The rules of tools and response formats beside each other, and beside the rules of the contract and the history."""

from __future__ import annotations

import copy
import json
import sys
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minimax_validate import Settings, Validator
from minimax_validate.json_schema import faults
from minimax_validate.request.index import Request
from minimax_validate.rules.catalogue import RULES
from minimax_validate.rules.examples import (
    answer_format,
    call,
    calling,
    function,
    request,
    result,
    system,
    tool,
    user,
    without,
)
from minimax_validate.values.edits import apply_fixes
from minimax_validate.values.remembered import ByText

Json = dict[str, Any]
Found = list[tuple[str, tuple[str | int, ...]]]

FAMILIES = [rule for rule in RULES if rule.code.startswith(("MM3", "MM4"))]
EVERY = Validator(Settings(extend_select=("MM3", "MM4")))
PARAMETERS = ("tools", 0, "function", "parameters")
SCHEMA = ("response_format", "json_schema", "schema")


def found(payload: object, validator: Validator = EVERY) -> Found:
    """Codes and pointers of what is found in a payload."""
    return [(diagnostic.code, diagnostic.pointer) for diagnostic in validator.check(payload).diagnostics]


def fixed(payload: Any) -> Any:
    """A payload after all fixes, applied until nothing changes."""
    for _ in range(8):
        fixes = [diagnostic.fix for diagnostic in EVERY.check(payload).diagnostics if diagnostic.fix]
        if not fixes:
            return payload
        payload = apply_fixes(payload, fixes)
    raise AssertionError("fixes do not come to an end")


def declared(parameters: Any, **keys: Any) -> Json:
    """A request with one tool of these parameters."""
    return request(user(), tools=[tool(parameters=parameters, **keys)])


def asking(properties: Any, **keywords: Any) -> Json:
    """A request for an answer in JSON with these properties."""
    return request(
        user("JSON, please."),
        response_format=answer_format(schema={"type": "object", "properties": properties, **keywords}),
    )


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({"type": "dict", "properties": {}}, [("MM301", (*PARAMETERS, "type"))]),
        ({"type": ["object", "nul"]}, [("MM301", (*PARAMETERS, "type", 1))]),
        ({"type": None}, [("MM301", (*PARAMETERS, "type"))]),
        (False, [("MM302", PARAMETERS)]),
        (5, [("MM302", PARAMETERS)]),
        ([], [("MM302", PARAMETERS)]),
        ("", [("MM302", PARAMETERS)]),
        (
            {"type": "array", "items": {"type": "str"}},
            [("MM302", PARAMETERS), ("MM301", (*PARAMETERS, "items", "type"))],
        ),
        ({"properties": {"a": "string"}}, [("MM302", PARAMETERS), ("MM301", (*PARAMETERS, "properties", "a"))]),
        ({"$ref": "#/$defs/A", "$defs": {"A": {"type": "object"}}}, [("MM302", PARAMETERS)]),
        ({"type": "object", "properties": [], "required": ["a"]}, [("MM301", (*PARAMETERS, "properties"))]),
        (
            {"type": "object", "properties": {"a": {"$ref": 5}, "b": {"$ref": "#/c"}}, "required": ["c", 5]},
            [
                ("MM301", (*PARAMETERS, "properties", "a", "$ref")),
                ("MM306", (*PARAMETERS, "properties", "b", "$ref")),
                ("MM307", (*PARAMETERS, "required", 0)),
                ("MM301", (*PARAMETERS, "required", 1)),
            ],
        ),
    ],
)
def test_one_finding_a_mistake(parameters: Any, expected: Found) -> None:
    """Each mistake in the parameters of a tool is told once, by the rule that says most of it."""
    assert found(declared(parameters)) == expected


@pytest.mark.parametrize(
    ("tools", "expected"),
    [
        ([tool("")], [("MM214", ("tools", 0, "function", "name"))]),
        (
            [tool(" "), tool(" ")],
            [("MM214", ("tools", 0, "function", "name")), ("MM214", ("tools", 1, "function", "name"))],
        ),
        ([{"type": "function", "function": {**function(), "name": 7}}], [("MM102", ("tools", 0, "function", "name"))]),
        (
            [tool("a.b"), tool("a.b")],
            [
                ("MM303", ("tools", 0, "function", "name")),
                ("MM303", ("tools", 1, "function", "name")),
                ("MM304", ("tools", 1, "function", "name")),
            ],
        ),
        ([{"type": "function", **function("a.b", parameters={})}], [("MM119", ("tools", 0))]),
        ([{"type": "function", "function": without(function(), "parameters")}], [("MM117", ("tools", 0, "function"))]),
        ([{"type": "function", "function": without(function(), "description")}], [("MM118", ("tools", 0, "function"))]),
        ([tool(description=None)], [("MM118", ("tools", 0, "function", "description"))]),
        ([tool(description=" ")], [("MM308", ("tools", 0, "function", "description"))]),
        ([{"type": "function", "function": 5}], [("MM102", ("tools", 0, "function"))]),
        ([5, tool("a.b")], [("MM102", ("tools", 0)), ("MM303", ("tools", 1, "function", "name"))]),
        ({}, [("MM102", ("tools",))]),
    ],
)
def test_malformed_tools(tools: Any, expected: Found) -> None:
    """What the contract or the history's rules say of a tool, the rules of tools do not say again.

    The tools beside it are looked at.
    """
    assert found(request(user(), tools=tools)) == expected


def test_related_place_of_a_duplicate_is_the_first() -> None:
    """A second and a third tool of one name point at the first, and each copy of either can go."""
    other = tool(description="Tells the weather of a region.")
    report = EVERY.check(request(user(), tools=[tool(), other, tool(), other]))
    assert [diagnostic.pointer[1] for diagnostic in report.diagnostics] == [1, 2, 3]
    assert {related.pointer for diagnostic in report.diagnostics for related in diagnostic.related} == {
        ("tools", 0, "function", "name")
    }
    assert [diagnostic.fix is not None for diagnostic in report.diagnostics] == [False, True, True]
    assert fixed(request(user(), tools=[tool(), other, tool(), other]))["tools"] == [tool(), other]


def test_copies_are_told_by_their_json() -> None:
    """The order of keys does not matter, and 1 is not true."""
    turned = {"function": dict(reversed(list(function().items()))), "type": "function"}
    assert fixed(request(user(), tools=[tool(), turned]))["tools"] == [tool()]
    ones = [tool(parameters={"type": "object", "properties": {"a": {"const": value}}}) for value in (1, True)]
    assert [diagnostic.fix for diagnostic in EVERY.check(request(user(), tools=ones)).diagnostics] == [None]


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({"tool_choice": "auto"}, [("MM305", ("tool_choice",))]),
        ({"tool_choice": "auto", "tools": None}, [("MM120", ("tools",)), ("MM305", ("tool_choice",))]),
        ({"tool_choice": None}, [("MM120", ("tool_choice",))]),
        ({"tool_choice": None, "tools": []}, [("MM120", ("tool_choice",)), ("MM310", ("tools",))]),
        ({"tool_choice": "required"}, [("MM113", ("tool_choice",)), ("MM305", ("tool_choice",))]),
        ({"tool_choice": "auto", "tools": {}}, [("MM102", ("tools",))]),
        ({"tool_choice": "auto", "tools": [5]}, [("MM102", ("tools", 0))]),
        ({"tools": []}, [("MM310", ("tools",))]),
    ],
)
def test_choice_of_nothing(keys: Json, expected: Found) -> None:
    """A choice needs tools; of what is null, or no array, another rule speaks."""
    assert sorted(found(request(user(), **keys))) == sorted(expected)
    fixed(request(user(), **keys))


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        (asking({}, **{"$defs": {}}), [("MM121", (*SCHEMA, "$defs"))]),
        (
            asking({"a": {"$ref": "#/$defs/A"}}, **{"$defs": {"A": {"type": "str"}}}),
            [("MM403", (*SCHEMA, "properties", "a", "$ref")), ("MM121", (*SCHEMA, "$defs"))],
        ),
        (asking({}, required="a"), [("MM121", (*SCHEMA, "required"))]),
        (asking({"a": {"type": "object", "properties": {}, "required": ["b"]}}), []),
        (asking("a"), [("MM402", (*SCHEMA, "properties"))]),
        (
            asking({"a": {"items": [{"$ref": "#/b"}]}}),
            [
                ("MM402", (*SCHEMA, "properties", "a", "items")),
                ("MM403", (*SCHEMA, "properties", "a", "items", 0, "$ref")),
            ],
        ),
        (request(user("JSON"), response_format=answer_format(schema=5)), [("MM102", SCHEMA)]),
        (request(user("JSON"), response_format=answer_format(schema={"type": "object"})), [("MM101", SCHEMA)]),
        (
            request(user("JSON"), response_format=answer_format(name=5)),
            [("MM102", ("response_format", "json_schema", "name"))],
        ),
        (
            request(user("JSON"), response_format=answer_format(name="n" * 65)),
            [("MM122", ("response_format", "json_schema", "name"))],
        ),
        (
            request(user("JSON"), response_format={"type": "json_schema", "json_schema": None}),
            [("MM102", ("response_format", "json_schema"))],
        ),
        (request(user(), response_format=None), [("MM120", ("response_format",))]),
        (request(user(), response_format=[]), [("MM102", ("response_format",))]),
        (
            request(
                user(), response_format={**answer_format(name="a b", schema={"properties": 5}), "type": "json_object"}
            ),
            [("MM114", ("response_format", "type"))],
        ),
        (
            request(user(), response_format=without(answer_format(), "type")),
            [("MM101", ("response_format",)), ("MM404", ("response_format",))],
        ),
    ],
)
def test_response_formats(payload: Json, expected: Found) -> None:
    """Of a response format, each mistake is told once, and of one of another type nothing more."""
    assert found(payload) == expected


def test_name_that_is_long_and_odd() -> None:
    """Both are told, and the fixes of both come to an end."""
    payload = request(user("JSON"), response_format=answer_format(name="a b" * 30))
    assert [code for code, _ in found(payload)] == ["MM122", "MM401"]
    assert fixed(payload) == request(user("JSON"), response_format=answer_format(name=("a_b" * 30)[:64]))


@pytest.mark.parametrize(
    "messages",
    [[user("Answer in Json.")], [user([{"type": "text", "text": "As JSON."}])], [system("json"), user()]],
)
def test_prompt_asks_for_json(messages: list[Json]) -> None:
    """Any word of JSON in the prompt will do."""
    assert found(request(*messages, response_format=answer_format())) == []


def test_json_elsewhere_is_not_asked_for() -> None:
    """What a tool says is no prompt."""
    body = request(user(), calling(), result(content="JSON"), tools=[tool()], response_format=answer_format())
    assert found(body) == [("MM404", ("response_format",))]


def test_tools_that_are_wrong_do_not_hide_calls_that_are() -> None:
    """Calls are held to sound parameters, though another tool is not sound."""
    body = request(
        user(),
        calling(call(arguments='{"city": 5}')),
        result(),
        tools=[tool(), tool("a.b", parameters={"type": "dict"})],
    )
    assert [code for code, _ in found(body)] == ["MM211", "MM303", "MM301"]


def test_fix_of_empty_parameters_fits_any_call() -> None:
    """What takes the place of null takes all arguments that were made."""
    nothing: tuple[Any, ...] = (None, {})
    for parameters in nothing:
        body = request(user(), calling(), result(), tools=[tool(parameters=parameters)])
        assert [code for code, _ in found(body)] == ["MM302"]
        assert found(fixed(body)) == []


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|a)*b", r"^(\w+\s?)*$", "(?=(a+)+$)", r"(a+)\1"])
def test_patterns_are_never_run_backwards(pattern: str) -> None:
    """A pattern that backtracks for ever elsewhere takes no time, in the schema of a tool and on a call of it."""
    schema = {"type": "object", "properties": {"city": {"type": "string", "pattern": pattern}}}
    arguments = json.dumps({"city": "a" * 5_000 + "!"})
    body = request(user(), calling(call(arguments=arguments)), result(), tools=[tool(parameters=schema)])
    start = time.perf_counter()
    assert {code for code, _ in found(body)} <= {"MM211"}
    assert time.perf_counter() - start < 2


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reference to a site is reported without a word to that site."""
    import socket

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a check went online")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    schema = {
        "$schema": "http://127.0.0.1:9/s",
        "$id": "http://127.0.0.1:9/a",
        "type": "object",
        "properties": {"a": {"$ref": "b"}},
    }
    body = request(user(), calling(call(arguments="{}")), result(), tools=[tool(parameters=schema)])
    assert found(body) == [("MM306", (*PARAMETERS, "properties", "a", "$ref"))]


_ANYTHING: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-9, 9)
    | st.sampled_from(("", "a.b", "object", "json_schema", "function", "#/a", "#")),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ("function", "name", "parameters", "description", "type", "properties", "required", "$ref")
            ),
            inner,
        )
        | st.dictionaries(
            st.sampled_from(("json_schema", "schema", "type", "name", "properties", "items", "$id", "$defs", "a")),
            inner,
        )
    ),
    max_leaves=10,
)


@given(_ANYTHING, _ANYTHING, _ANYTHING)
def test_malformed_requests_raise_nothing(tools: Any, choice: Any, wanted: Any) -> None:
    """Whatever stands in their places, the rules take it, alone and among all others, and change nothing."""
    for declared_ in (tools, [tools], [{"type": "function", "function": tools}], [tool(parameters=tools)]):
        body = request(user(), tools=declared_, tool_choice=choice, response_format=wanted)
        before = copy.deepcopy(body)
        for rule in FAMILIES:
            assert rule.check is not None
            rule.check(Request(body), lambda *_, **__: None)
        EVERY.check(body)
        assert body == before
        fixed(body)


def test_work_is_linear_in_the_number_of_tools(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten times the tools, all wrong in six ways and none seen before, are ten times the work, counted in calls.

    Time varies.
    """
    monkeypatch.setattr(faults, "_examined", ByText(faults._examine, most=0))

    def work(number: int) -> int:
        wrong = {
            "type": "dict",
            "properties": {"a": {"type": "str", "pattern": "*"}, "b": {"$ref": "#/$defs/b"}},
            "required": ["c"],
        }
        tools = [tool(f"t.{index}", parameters={**wrong, "description": str(index)}) for index in range(number)]
        calls = 0

        def count(*_: object) -> None:
            nonlocal calls
            calls += 1

        before = sys.getprofile()
        sys.setprofile(count)
        try:
            report = EVERY.check(request(user(), tools=tools))
        finally:
            sys.setprofile(before)
        assert len(report.diagnostics) == 6 * number
        return calls

    work(5)
    assert work(200) < 10.5 * work(20)
