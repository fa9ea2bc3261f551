"""Faults of tools and response formats, and of the schemas in them: what the rules MM301 to MM404 find."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from minimax_validate.strategies.choice import COIN
from minimax_validate.strategies.faults.contract import BASES, RESPONSE_SCHEMA
from minimax_validate.strategies.faults.planted import Json, Planted, Planter, found, inserted, put, taken
from minimax_validate.strategies.messages import USER
from minimax_validate.strategies.requests import FORMATS, Needs, requests_with
from minimax_validate.strategies.text import LONGEST_NAME, NAMES
from minimax_validate.strategies.tools import tools
from minimax_validate.values.pointer import Pointer

_WITH_TOOLS = requests_with(Needs(tools=True))
_NAME = ("response_format", "json_schema", "name")
_PLANTED = "planted"
"""A property that no drawn arguments have: they stay as good as they were, whatever its schema says."""

_INVALID: tuple[tuple[Any, Pointer], ...] = (
    ("string", ()),
    (None, ()),
    ([{"type": "string"}], ()),
    ({"type": "str"}, ("type",)),
    ({"type": ["string", "none"]}, ("type", 1)),
    ({"type": "string", "required": True}, ("required",)),
    ({"type": "number", "minimum": "0"}, ("minimum",)),
    ({"type": "number", "exclusiveMinimum": True}, ("exclusiveMinimum",)),
    ({"type": "string", "minLength": -1}, ("minLength",)),
    ({"type": "string", "pattern": "*.txt"}, ("pattern",)),
    ({"type": "array", "items": [{"type": "string"}]}, ("items",)),
    ({"enum": "a, b"}, ("enum",)),
    (
        {"type": "object", "properties": {"inner": {"anyOf": [{"type": "strng"}]}}},
        ("properties", "inner", "anyOf", 0, "type"),
    ),
)
_NOT_OF_OBJECTS: tuple[Any, ...] = (
    None,
    {},
    True,
    False,
    "",
    '{"type": "object"}',
    0,
    [],
    [{"name": "city", "type": "string"}],
)
_LOST = (
    "https://example.com/schema.json",
    "other.json#/$defs/Place",
    "#/$defs/nowhere",
    "#/components/schemas/Place",
    "#nowhere",
)
_BLANKS = st.sampled_from(("", " ", "\n\t", "\u3000"))
_ODD = st.characters(codec="utf-8", exclude_characters="0123456789_-", exclude_categories=("L", "N")) | st.sampled_from(
    ". []/é号"
)


def _a_function(draw: st.DrawFn, request: Json) -> Pointer:
    return ("tools", draw(st.integers(0, len(request["tools"]) - 1)), "function")


def _in_parameters(draw: st.DrawFn, schema: Any, inside: Pointer) -> Planted:
    """A request with a tool that has one property more."""
    request = draw(_WITH_TOOLS)
    place = (*_a_function(draw, request), "parameters", "properties", _PLANTED)
    return Planted(put(request, place, copy.deepcopy(schema)), (*place, *inside))


def _in_answer(draw: st.DrawFn, schema: Any, inside: Pointer) -> Planted:
    """A request for an answer that has one property more."""
    request = {**draw(BASES), "response_format": draw(FORMATS)}
    place = (*RESPONSE_SCHEMA, "properties", _PLANTED)
    return Planted(put(request, place, copy.deepcopy(schema)), (*place, *inside))


def invalid_tool_schema(draw: st.DrawFn) -> Planted:
    """A property whose schema has a mistake."""
    return _in_parameters(draw, *draw(st.sampled_from(_INVALID)))


def tool_schema_not_object(draw: st.DrawFn) -> Planted:
    """Parameters that are no schema, one that says nothing, or one that does not say that it is of an object."""
    request = draw(_WITH_TOOLS)
    place = (*_a_function(draw, request), "parameters")
    if draw(COIN):
        return Planted(put(request, place, copy.deepcopy(draw(st.sampled_from(_NOT_OF_OBJECTS)))), place)
    if draw(COIN):
        return Planted(put(request, (*place, "type"), ["object", "null"]), place)
    return Planted(taken(request, (*place, "type")), place)


def tool_name_format(draw: st.DrawFn) -> Planted:
    """One tool more, with an odd character in its name."""
    return _one_tool_more(draw, draw(NAMES)[: LONGEST_NAME - 1] + draw(_ODD))


def tool_name_length(draw: st.DrawFn) -> Planted:
    """One tool more, with a name that is too long."""
    return _one_tool_more(draw, "n" * draw(st.integers(LONGEST_NAME + 1, 100)))


def _one_tool_more(draw: st.DrawFn, name: str) -> Planted:
    request = draw(_WITH_TOOLS)
    place = ("tools", len(request["tools"]))
    return Planted(
        put(inserted(request, place, draw(tools())), (*place, "function", "name"), name), (*place, "function", "name")
    )


def empty_tools(draw: st.DrawFn) -> Planted:
    """An empty array of tools, in a request that calls none."""
    request = draw(requests_with(turns=st.lists(USER, min_size=1, max_size=2)))
    spared = {key: value for key, value in request.items() if key != "tool_choice"}
    return Planted({**spared, "tools": []}, ("tools",))


def duplicate_tool(draw: st.DrawFn) -> Planted:
    """One tool more, with the name of another; it may be the same."""
    request = draw(_WITH_TOOLS)
    function = _a_function(draw, request)
    more = copy.deepcopy(found(request, function[:-1]))
    if draw(COIN):
        more["function"]["description"] += " Or not."
    place = ("tools", len(request["tools"]))
    return Planted(inserted(request, place, more), (*place, "function", "name"))


def tool_choice_without_tools(draw: st.DrawFn) -> Planted:
    """A choice where no tools are declared."""
    request = {key: value for key, value in draw(BASES).items() if key != "tools"}
    return Planted({**request, "tool_choice": draw(st.sampled_from(("auto", "none")))}, ("tool_choice",))


def external_schema_reference(draw: st.DrawFn) -> Planted:
    """A reference to another document, or to nothing."""
    keyword = draw(st.sampled_from(("$ref", "$dynamicRef")))
    return _in_parameters(draw, {"type": "array", "items": {keyword: draw(st.sampled_from(_LOST))}}, ("items", keyword))


def required_not_declared(draw: st.DrawFn) -> Planted:
    """An object inside the parameters that requires what it does not declare."""
    names = ["city"] if draw(COIN) else []
    properties = {name: {"type": "string"} for name in names}
    schema = {"type": "object", "properties": properties, "required": [*names, "unit"]}
    return _in_parameters(draw, schema, ("required", len(names)))


def blank_tool_description(draw: st.DrawFn) -> Planted:
    """A tool that does not say what it does."""
    request = draw(_WITH_TOOLS)
    functions = [("tools", number, "function", "description") for number in range(len(request["tools"]))]
    for place in functions:  # drawn descriptions may be blank too
        request = put(request, place, "Does something.")
    place = draw(st.sampled_from(functions))
    return Planted(put(request, place, draw(_BLANKS)), place)


def json_schema_name_format(draw: st.DrawFn) -> Planted:
    """A name of a response schema that is empty, or has an odd character in it."""
    request = {**draw(BASES), "response_format": draw(FORMATS)}
    name = draw(NAMES)[: LONGEST_NAME - 1] + draw(_ODD) if draw(COIN) else ""
    return Planted(put(request, _NAME, name), _NAME)


def invalid_response_schema(draw: st.DrawFn) -> Planted:
    """A property of the answer whose schema has a mistake, or properties that are no object."""
    if draw(st.integers(0, 4)) < 4:
        return _in_answer(draw, *draw(st.sampled_from(_INVALID)))
    request = {**draw(BASES), "response_format": draw(FORMATS)}
    place = (*RESPONSE_SCHEMA, "properties")
    return Planted(put(request, place, draw(st.sampled_from((None, "city", 5, True, ["city"], [])))), place)


def dangling_response_reference(draw: st.DrawFn) -> Planted:
    """A reference to a definition that a response schema has no place for, or to another document."""
    return _in_answer(draw, {"type": "array", "items": {"$ref": draw(st.sampled_from(_LOST))}}, ("items", "$ref"))


def response_format_not_enforced(draw: st.DrawFn) -> Planted:
    """A response format whose prompt does not speak of JSON."""
    request = {**draw(BASES), "response_format": draw(FORMATS)}
    for index, message in enumerate(request["messages"]):
        if (
            message["role"] != "tool" and "json" in str(message["content"]).lower()
        ):  # any text may be drawn, this word among them
            request = put(request, ("messages", index, "content"), "Hello")  # pragma: no cover - few draws come to it
    return Planted(request, ("response_format",))


PLANTERS: Mapping[str, Planter] = {
    "MM301": invalid_tool_schema,
    "MM302": tool_schema_not_object,
    "MM303": tool_name_format,
    "MM304": duplicate_tool,
    "MM305": tool_choice_without_tools,
    "MM306": external_schema_reference,
    "MM307": required_not_declared,
    "MM308": blank_tool_description,
    "MM309": tool_name_length,
    "MM310": empty_tools,
    "MM401": json_schema_name_format,
    "MM402": invalid_response_schema,
    "MM403": dangling_response_reference,
    "MM404": response_format_not_enforced,
}
