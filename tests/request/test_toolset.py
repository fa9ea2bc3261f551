"""What is proven of tools and calls holds: the rules then have nothing to say.

And what is sound is proven so, once for all.
"""

from __future__ import annotations

import copy
import json
import threading
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minimax_validate.json_schema import bundle
from minimax_validate.request import toolset as module
from minimax_validate.request.features import Feature, features
from minimax_validate.request.index import Request
from minimax_validate.request.toolset import TOOL_NAME, Toolset, is_object_schema, toolset
from minimax_validate.rules.catalogue import RULES
from minimax_validate.rules.examples import call, calling, function, request, result, tool, user
from minimax_validate.rules.response_format.json_schema_name_format import NAME
from minimax_validate.strategies import json_schemas, requests, tool_conversations, tools
from minimax_validate.values.codec import dumps
from minimax_validate.values.model import CONTEXT_WINDOW

Json = dict[str, Any]

OF_TOOLS = ("MM214", "MM301", "MM302", "MM303", "MM304", "MM306", "MM307", "MM309")
OF_CALLS = ("MM210", "MM211", "MM212", "MM214")

_NAMES = st.sampled_from(("get_weather", "get_time", "a.b", "", " ", "x" * 65, "get_weather\n"))
_PARAMETERS: st.SearchStrategy[Any] = json_schemas() | st.sampled_from(
    (
        None,
        {},
        True,
        [],
        "{}",
        {"type": "string"},
        {"type": ["object"]},
        {"type": "object"},
        {"type": "object", "required": ["a"]},
        {"type": "object", "properties": {"a": {"type": "str"}}},
        {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"]},
        {"type": "object", "properties": {"a": {"$ref": "#/$defs/B"}}},
        {"type": "object", "properties": {"a": {"pattern": "*"}}},
        {"type": "object", "minProperties": 2},
    )
)
_TOOLS = st.lists(
    st.builds(lambda name, parameters: tool(name, parameters=parameters), _NAMES, _PARAMETERS), max_size=3
)
_ARGUMENTS = st.sampled_from(
    ("{}", '{"a": "b"}', '{"a": 5}', "", "[]", "null", '{"a": NaN}', '{"a":', ' {"a": "b", "c": "d"} ', '"{}"')
)
_CALLS = st.lists(st.builds(lambda name, arguments: ("call", name, arguments), _NAMES, _ARGUMENTS), max_size=4)


def said(body: Json, codes: tuple[str, ...], prefix: str) -> set[str]:
    """The codes of the rules that report something below a key of a request."""
    found: set[str] = set()
    for rule in RULES:
        if rule.code in codes and rule.check is not None:
            rule.check(
                Request(body),
                lambda pointer, *_, code=rule.code, **__: found.add(code) if pointer[0] == prefix else None,
            )
    return found


@given(_TOOLS)
def test_sound_means_that_no_rule_has_anything_to_say(declared: list[Json]) -> None:
    """Tools are sound exactly where the rules of tools are silent."""
    assert toolset(declared).sound == (said(request(user(), tools=declared), OF_TOOLS, "tools") == set())


@given(st.none() | _TOOLS, _CALLS)
def test_accepted_means_that_no_rule_has_anything_to_say(
    declared: list[Json] | None, calls: list[tuple[str, str, str]]
) -> None:
    """A call is accepted exactly where the rules of calls are silent, whatever may be wrong with the tools."""
    known = toolset(declared)
    for identifier, name, arguments in calls:
        body = request(user(), calling(call(identifier, name, arguments)), result(identifier))
        if declared is not None:
            body["tools"] = declared
        assert known.accepts(name, arguments) == (said(body, OF_CALLS, "messages") == set())


def found(body: Json) -> int:
    """The features of a request."""
    return features(body, json.dumps(body).encode(), CONTEXT_WINDOW)


@given(requests())
def test_features_of_clean_requests(body: Json) -> None:
    """Clean requests are proven so: none of the rules in question is even asked."""
    assert not found(body) & (Feature.UNSOUND_TOOLS | Feature.UNSOUND_CALLS)


@given(tool_conversations())
def test_features_without_tools(conversation: list[Json]) -> None:
    """Without tools, calls of any name are proven sound."""
    assert not found({"messages": conversation}) & (Feature.UNSOUND_TOOLS | Feature.UNSOUND_CALLS)


@given(st.lists(tools(), min_size=1, max_size=3, unique_by=lambda tool_: tool_["function"]["name"]))
def test_generated_tools_are_sound(declared: list[Json]) -> None:
    """Sound tools are proven so."""
    assert toolset(declared).sound


@pytest.mark.parametrize(
    "declared",
    [
        5,
        "tools",
        {},
        [None],
        [5],
        [{}],
        [{"function": 5}],
        [{"function": {}}],
        [{"function": {"name": 7, "parameters": {"type": "object"}}}],
        [{"function": {"name": "get_weather"}}],
        [tool(parameters={"type": "object", "maximum": float("nan")}), {"function": None}],
        [tool(), {"type": "function", **function("flat")}],
    ],
)
def test_malformed_tools_prove_nothing(declared: Any) -> None:
    """What is no array of tools is not sound, and raises nothing."""
    known = toolset(declared)
    assert not known.sound
    assert not known.accepts("get_time", "{}")


def test_no_tools() -> None:
    """Without any tool, calls of all names are accepted, blank ones apart."""
    assert toolset([]) is toolset(None)
    assert toolset(None).sound
    assert toolset(None).accepts("get_weather", "{}")
    assert not toolset(None).accepts(" ", "{}")
    assert not toolset(None).accepts("", "{}")
    assert not toolset(None).accepts("get_weather", "[]")


def test_tools_that_change_are_other_tools() -> None:
    """What is kept is of the text of the tools, so a change is seen at once, and undone as well."""
    declared = [tool()]
    first = toolset(declared)
    assert first.sound
    assert first.accepts("get_weather", '{"city": "Oslo"}')
    declared[0]["function"]["parameters"]["properties"]["city"]["type"] = "integer"
    assert toolset(declared).sound
    assert not toolset(declared).accepts("get_weather", '{"city": "Oslo"}')
    assert first.accepts("get_weather", '{"city": "Bergen"}')
    declared[0]["function"]["parameters"]["properties"]["city"]["type"] = "str"
    assert not toolset(declared).sound
    assert toolset([tool()]) is first
    assert toolset(copy.deepcopy([tool()])) is first


@pytest.mark.parametrize(("one", "other"), [(True, 1), (1, 1.0), (0.0, -0.0), ("1", 1), (None, "null"), ([], {})])
def test_values_that_python_takes_for_equal_are_told_apart(one: Any, other: Any) -> None:
    """Two arrays of tools are the same only if their JSON is."""
    sets = [
        toolset([tool(parameters={"type": "object", "properties": {}, "default": value})]) for value in (one, other)
    ]
    assert sets[0] is not sets[1]


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Calls that were accepted are forgotten when they become many, and long ones are not kept at all."""
    monkeypatch.setattr(module, "_ROOM", 1_000)
    known = Toolset([tool()], dumps([tool()]))
    for number in range(1_000):
        assert known.accepts("get_weather", json.dumps({"city": f"Oslo {number}"}))
        assert sum(len(name) + len(arguments) for name, arguments in known.known) <= 1_000
    assert known.known
    long = json.dumps({"city": "O" * 3_000})
    assert known.accepts("get_weather", long)
    assert ("get_weather", long) not in known.known
    assert not known.accepts("get_weather", '{"city": 5}')
    assert ("get_weather", '{"city": 5}') not in known.known


def test_large_tools_are_not_kept() -> None:
    """An array of tools beyond a size is judged anew each time."""
    declared = [tool(description="w" * 300_000)]
    assert toolset(declared).sound
    assert toolset(declared) is not toolset(declared)


def test_integer_beyond_the_encoder_proves_nothing() -> None:
    """What cannot be written is not proven; the rules will see."""
    pytest.importorskip("orjson", reason="the standard encoder writes integers of any length")
    assert not toolset([tool(parameters={"type": "object", "properties": {}, "default": 2**70})]).sound


def test_threads_share_what_is_known() -> None:
    """Many threads ask the same tools at a time, and all are told the truth."""
    known, wrong = Toolset([tool()], dumps([tool()])), []

    def ask(start: int) -> None:
        for number in range(start, start + 2_000):
            fits, fails = json.dumps({"city": str(number % 500)}), json.dumps({"city": number % 500})
            if not known.accepts("get_weather", fits) or known.accepts("get_weather", fails):
                wrong.append(number)

    threads = [threading.Thread(target=ask, args=(start,)) for start in range(0, 800, 100)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_names_are_as_in_the_models_facts() -> None:
    """The patterns of names are those of model.json."""
    assert bundle.fact("tool_name_pattern") == f"^{TOOL_NAME.pattern}$"
    assert bundle.fact("json_schema_name_pattern") == f"^{NAME.pattern}$"


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({"type": "object"}, True),
        ({"type": ["object"]}, True),
        ({"type": ["object", "null"]}, False),
        ({"type": "string"}, False),
        ({"type": None}, False),
        ({"properties": {}}, False),
        ({}, False),
        (None, False),
        ("object", False),
        (["object"], False),
    ],
)
def test_schema_of_an_object(parameters: Any, expected: bool) -> None:
    """A schema of an object says so itself."""
    assert is_object_schema(parameters) is expected
