"""Habits from other vendors' APIs: what the rules MM110 to MM128 find."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from minimax_validate.json_schema import bundle
from minimax_validate.request.system_prompt import SYSTEM_KEYS
from minimax_validate.strategies.choice import COIN
from minimax_validate.strategies.dialects import WRITERS
from minimax_validate.strategies.faults.contract import (
    ALL,
    BASES,
    FOREIGN_CHOICES,
    FOREIGN_FORMATS,
    FOREIGN_PARTS,
    RESPONSE_SCHEMA,
    around,
)
from minimax_validate.strategies.faults.histories import ROLES, a_call, a_message, as_parts, blocks, of_role
from minimax_validate.strategies.faults.places import a_place
from minimax_validate.strategies.faults.planted import Json, Planted, Planter, found, inserted, put, taken
from minimax_validate.strategies.messages import SYSTEM
from minimax_validate.strategies.requests import FORMATS, Needs, requests_with
from minimax_validate.strategies.text import KEYS, TEXTS
from minimax_validate.strategies.values import NUMBERS, OBJECTS, VALUES
from minimax_validate.values.model import MODEL
from minimax_validate.values.pointer import Pointer

_WITH_CALLS = requests_with(Needs(rounds=1))
_WITH_TOOLS = requests_with(Needs(tools=True))
_FOREIGN_ROLES = st.sampled_from(("developer", "model", "human", "ai", "System", "assistent")) | TEXTS
_LONGEST_NAME: int = bundle.fact("json_schema_name_length")


def _a_tool(draw: st.DrawFn, request: Json) -> int:
    return draw(st.integers(0, len(request["tools"]) - 1))


def null_content(draw: st.DrawFn) -> Planted:
    """A message whose content is null."""
    request = draw(BASES)
    place = ("messages", a_message(draw, request), "content")
    return Planted(put(request, place, None), place)


def absent_content(draw: st.DrawFn) -> Planted:
    """A message without content."""
    request = draw(BASES)
    place = ("messages", a_message(draw, request))
    return Planted(taken(request, (*place, "content")), place)


def unsupported_role(draw: st.DrawFn) -> Planted:
    """A message of a role that another vendor has, or nobody."""
    request = draw(BASES)
    place = ("messages", a_message(draw, request), "role")
    role = draw(_FOREIGN_ROLES)
    return Planted(put(request, place, f"{role}_" if role in ROLES else role), place)


def unsupported_tool_choice(draw: st.DrawFn) -> Planted:
    """A tool_choice that would force a call."""
    request = draw(_WITH_TOOLS)
    function = {"name": found(request, ("tools", _a_tool(draw, request), "function", "name"))}
    choices: tuple[Any, ...] = (*FOREIGN_CHOICES, {"type": "function", "function": function}, {"type": "any"}, {})
    return Planted({**request, "tool_choice": draw(st.sampled_from(choices))}, ("tool_choice",))


def unsupported_response_format(draw: st.DrawFn) -> Planted:
    """A response_format of another vendor's types, with a schema or without."""
    request = draw(BASES)
    held = draw(FORMATS) if draw(COIN) else {}
    return Planted(
        {**request, "response_format": {**held, "type": draw(st.sampled_from(FOREIGN_FORMATS))}},
        ("response_format", "type"),
    )


def unsupported_content_part(draw: st.DrawFn) -> Planted:
    """A part of a type that only other vendors have, whatever it holds."""
    request = draw(BASES)
    place = ("messages", a_message(draw, request), "content")
    parts = as_parts(found(request, place))
    index = draw(st.integers(0, len(parts)))
    kind = draw(st.sampled_from(FOREIGN_PARTS))
    held = draw(OBJECTS | TEXTS.map(lambda text: {"text": text}))
    foreign = {**held, "type": kind}
    return Planted(put(request, place, inserted(parts, (index,), foreign)), (*place, index, "type"))


_FOREIGN_PLACES: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "strict": (("tools", "function"), ("response_format", "json_schema")),
    "cache_control": (("messages", "content"), ("tools",), ("tools", "function"), ("messages", "tool_calls")),
    "index": (("messages", "tool_calls"),),
    "include_obfuscation": (("stream_options",),),
}


def foreign_key(draw: st.DrawFn) -> Planted:
    """A key that other vendors take, at a place where they do."""
    request = draw(ALL)
    key = draw(st.sampled_from(list(_FOREIGN_PLACES)))
    holder = a_place(
        draw,
        request,
        lambda place: place.kind in _FOREIGN_PLACES[key] and place.schema.get("additionalProperties") is False,
    )
    value = {"strict": True, "cache_control": {"type": "ephemeral"}, "index": 0, "include_obfuscation": False}[key]
    return around(draw, put(request, (*holder.pointer, key), value), (*holder.pointer, key))


def tool_without_parameters(draw: st.DrawFn) -> Planted:
    """A function that does not state its parameters."""
    request = draw(_WITH_TOOLS)
    place = ("tools", _a_tool(draw, request), "function")
    return Planted(taken(request, (*place, "parameters")), place)


def tool_without_description(draw: st.DrawFn) -> Planted:
    """A function without a description, or with null for one."""
    request = draw(_WITH_TOOLS)
    place = ("tools", _a_tool(draw, request), "function")
    if draw(COIN):
        return Planted(put(request, (*place, "description"), None), (*place, "description"))
    return Planted(taken(request, (*place, "description")), place)


def flat_tool(draw: st.DrawFn) -> Planted:
    """A tool whose function's keys stand beside its type, under one vendor's names or another's."""
    request = draw(_WITH_TOOLS)
    place = ("tools", _a_tool(draw, request))
    function = found(request, (*place, "function"))
    if draw(COIN):
        return Planted(put(request, place, {"type": "function", **function}), place)
    others = {"input_schema" if key == "parameters" else key: value for key, value in function.items()}
    return Planted(put(request, place, others), place)


_OPTIONAL = (
    "temperature",
    "top_p",
    "max_tokens",
    "max_completion_tokens",
    "mask_sensitive_info",
    "stream",
    "response_format",
)


def null_parameter(draw: st.DrawFn) -> Planted:
    """An optional key that is null, of the request, a message or an object of the contract."""
    # Without a model, what ends with an answer is a row to train on, and its keys are columns.
    request = {**draw(BASES), "model": MODEL}
    options: list[Pointer] = [(key,) for key in _OPTIONAL]
    options += [("messages", index, "name") for index in range(len(request["messages"]))]
    options += [("messages", index, "tool_calls") for index in _not_calling(request)]
    options += [("tool_choice",)] if request.get("tools") else []
    options += [("stream_options",), ("stream_options", "include_usage")] if "stream_options" in request else []
    options += [("response_format", "json_schema", "description")] if "response_format" in request else []
    options += [] if request.get("tools") or blocks(request) else [("tools",)]
    place = draw(st.sampled_from(options))
    if place == ("stream",):
        request = {key: value for key, value in request.items() if key != "stream_options"}
    return Planted(put(request, place, None), place)


def _not_calling(request: Json) -> list[int]:
    return [index for index, message in enumerate(request["messages"]) if "tool_calls" not in message]


_KEYWORDS: Mapping[str, Any] = {
    "required": [],
    "additionalProperties": False,
    "$defs": {},
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Answer",
    "description": "What to answer.",
    "strict": True,
}


def response_schema_keyword(draw: st.DrawFn) -> Planted:
    """A keyword at the root of a response schema that is not one of the two."""
    request = {**draw(BASES), "response_format": draw(FORMATS)}
    key, value = draw(st.sampled_from(list(_KEYWORDS.items())) | st.tuples(KEYS, VALUES))
    while key in ("type", "properties"):
        key += "_"
    return Planted(put(request, (*RESPONSE_SCHEMA, key), copy.deepcopy(value)), (*RESPONSE_SCHEMA, key))


def json_schema_name_length(draw: st.DrawFn) -> Planted:
    """A name of a response schema that is too long, by one character or more."""
    place = ("response_format", "json_schema", "name")
    request = {**draw(BASES), "response_format": draw(FORMATS)}
    more = draw(st.integers(1, 40))
    return Planted(put(request, place, draw(st.sampled_from("n_-9")) * (_LONGEST_NAME + more)), place)


def tool_content_not_text(draw: st.DrawFn) -> Planted:
    """A result that is the object, number or boolean which the function returned."""
    request = draw(_WITH_CALLS)
    place = ("messages", draw(st.sampled_from(of_role(request, "tool"))), "content")
    return Planted(put(request, place, draw(OBJECTS | NUMBERS | st.booleans())), place)


def arguments_not_string(draw: st.DrawFn) -> Planted:
    """The arguments of a call as the object whose text they should be."""
    request = draw(_WITH_CALLS)
    block, number = a_call(draw, request)
    place = (*block.call(number), "function", "arguments")
    return Planted(put(request, place, json.loads(found(request, place))), place)


def misplaced_response_schema(draw: st.DrawFn) -> Planted:
    """The schema of the answer as ``json_schema`` itself, or in ``response_format``, with its name or without."""
    wanted = draw(FORMATS)["json_schema"]
    if draw(COIN):
        bare = {"type": "json_schema", "json_schema": wanted["schema"]}
        return Planted({**draw(BASES), "response_format": bare}, ("response_format", "json_schema"))
    named = {"name": wanted["name"]} if draw(COIN) else {}
    kind = draw(st.sampled_from(("json_schema", *FOREIGN_FORMATS)))
    held = {"type": kind, **named, "schema": wanted["schema"]}
    return Planted({**draw(BASES), "response_format": held}, ("response_format",))


def flat_tool_call(draw: st.DrawFn) -> Planted:
    """A call with its name and arguments at the top, under one library's names or another's."""
    request = draw(_WITH_CALLS)
    block, number = a_call(draw, request)
    place = block.call(number)
    call = found(request, place)
    name, arguments = call["function"]["name"], json.loads(call["function"]["arguments"])
    flat = draw(
        st.sampled_from(
            (
                {"name": name, "args": arguments, "id": call["id"], "type": "tool_call"},
                {"id": call["id"], "name": name, "arguments": arguments},
                {"id": call["id"], "type": "function", "name": name, "arguments": call["function"]["arguments"]},
            )
        )
    )
    return Planted(put(request, place, flat), place)


_ONE_MESSAGE = ("Anthropic's Messages API", "the AI SDK", "the AI SDK's UI messages")
"""Dialects that have the results of a turn in one message."""


def foreign_message(draw: st.DrawFn) -> Planted:
    """A message in a dialect: a user's, or one with the results of calls."""
    if draw(COIN):
        request = draw(BASES)
        place: Pointer = ("messages", a_message(draw, request, "user"))
        (written,) = WRITERS["the AI SDK's UI messages"]([found(request, place)])
        return Planted(put(request, place, written), place)
    request = draw(_WITH_CALLS)
    messages, (block, number) = request["messages"], a_call(draw, request)
    if draw(COIN):
        name = draw(st.sampled_from(("OpenAI's Responses API", "a framework with camel-case keys")))
        place = block.result(number)
        (written,) = WRITERS[name]([found(request, place)])
        return Planted(put(request, place, written), place)
    write = WRITERS[draw(st.sampled_from(_ONE_MESSAGE))]
    *calling, written = write(messages[block.message : block.end])
    kept = messages[: block.message + len(calling)]
    turn = {**request, "messages": [*kept, written, *messages[block.end :]]}
    return Planted(turn, ("messages", len(kept)))


def misplaced_system_prompt(draw: st.DrawFn) -> Planted:
    """A system prompt beside the messages, as a text or in blocks."""
    request, prompt = draw(BASES), draw(SYSTEM)["content"]
    key = draw(st.sampled_from(SYSTEM_KEYS))
    return Planted({**request, key: prompt}, (key,))


PLANTERS: Mapping[str, Planter] = {
    "MM110": null_content,
    "MM111": absent_content,
    "MM112": unsupported_role,
    "MM113": unsupported_tool_choice,
    "MM114": unsupported_response_format,
    "MM115": unsupported_content_part,
    "MM116": foreign_key,
    "MM117": tool_without_parameters,
    "MM118": tool_without_description,
    "MM119": flat_tool,
    "MM120": null_parameter,
    "MM121": response_schema_keyword,
    "MM122": json_schema_name_length,
    "MM123": tool_content_not_text,
    "MM124": arguments_not_string,
    "MM125": misplaced_response_schema,
    "MM126": flat_tool_call,
    "MM127": foreign_message,
    "MM128": misplaced_system_prompt,
}
