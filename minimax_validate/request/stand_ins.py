"""Keys that hold what another key should: other APIs' words for the parts of a request, and slips of the pen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from minimax_validate.values.pointer import Pointer
from minimax_validate.values.suggest import nearest

_ALIASES: Mapping[str, tuple[str, ...]] = {
    "content": ("text", "message", "value", "body"),
    "text": ("value", "content", "input_text", "output_text"),
    "parameters": (
        "inputSchema", "input_schema", "parametersJsonSchema", "args_schema", "schema", "json_schema", "input", "args",
    ),
    "arguments": ("args", "input", "parameters", "params"),
    "description": ("desc", "summary", "title"),
    "name": ("toolName", "tool_name", "function_name", "functionName"),
    "url": ("uri", "href", "image_url"),
    "schema": ("parameters", "json_schema", "jsonSchema", "definition"),
    "function": ("func", "fn"),
    "image_url": ("imageUrl", "image"),
    "id": ("toolCallId", "tool_call_id", "call_id", "callId"),
    "role": ("speaker", "from", "author"),
}  # fmt: skip
"""What a required key goes by elsewhere, the likeliest first."""

_TYPES: Mapping[str, tuple[type, ...]] = {
    "content": (str, list),
    "parameters": (dict,),
    "arguments": (str, dict),
    "function": (dict,),
    "schema": (dict,),
    "image_url": (dict,),
    "messages": (list,),
}
"""The types that the value of a key may have, where that is not a text."""


KEYS_OF_MESSAGES = frozenset(
    {"role", "content", "name", "tool_calls", "tool_call_id", "reasoning_content", "reasoning", "refusal"}
)
"""The keys of messages that stand for nothing else; messages take others too."""


def stand_in(missing: str, holder: Mapping[str, Any], known: Iterable[str]) -> str | None:
    """The key of an object that holds what a missing one should.

    ``known`` are the keys that the object may have: those stand for nothing else.
    """
    own = frozenset(known)
    strangers = [
        key for key, value in holder.items() if key not in own and isinstance(value, _TYPES.get(missing, (str,)))
    ]
    for alias in _ALIASES.get(missing, ()):
        if alias in strangers:
            return alias
    return next((key for key in strangers if nearest(key, (missing,))), None)


def keys_of(place: Pointer) -> tuple[str, ...]:
    """The keys that the contract has for an object that takes no others, by its place in a request; none for others.

    A test holds them to the schema.
    """
    match place:
        case ("tools", _):
            return ("type", "function")
        case ("tools", _, "function"):
            return ("name", "description", "parameters")
        case ("messages", _, "tool_calls", _):
            return ("id", "type", "function")
        case ("messages", _, "tool_calls", _, "function"):
            return ("name", "arguments")
        case ("messages", _, "content", _):
            return ("type", "text", "image_url")
        case ("messages", _, "content", _, "image_url"):
            return ("url",)
        case ("response_format",):
            return ("type", "json_schema")
        case ("response_format", "json_schema"):
            return ("name", "schema", "description")
    return ()


_OPTIONAL = frozenset({(("response_format", "json_schema"), "description")})


def moved_key(place: Pointer, holder: Mapping[str, Any], missing: str) -> str | None:
    """The key of an object at a place that holds what a required one should, which it lacks."""
    known = keys_of(place)
    if missing not in known or missing in holder or _is_of_another_kind(place, holder, missing):
        return None
    return stand_in(missing, holder, known)


_KINDS_OF_PARTS = frozenset({"text", "image_url"})


def _is_of_another_kind(place: Pointer, holder: Mapping[str, Any], missing: str) -> bool:
    """Whether an object is a part of the content whose type has no such key: an image has no text."""
    kind = holder.get("type")
    is_part = len(place) == 4 and place[2] == "content"
    return is_part and missing in _KINDS_OF_PARTS and isinstance(kind, str) and kind in _KINDS_OF_PARTS - {missing}


def meant_key(place: Pointer, holder: Mapping[str, Any], key: str) -> str | None:
    """The required key that an unknown one of an object at a place stands for."""
    return next(
        (
            missing
            for missing in keys_of(place)
            if (place, missing) not in _OPTIONAL and moved_key(place, holder, missing) == key
        ),
        None,
    )


def is_elsewhere(body: Any, place: Pointer, holder: Mapping[str, Any], missing: str) -> bool:
    """Whether the value of a key that an object at a place lacks stands under another key there.

    Or, if the object is a ``function``, beside it.
    """
    if moved_key(place, holder, missing) is not None:
        return True
    if place[-1:] != ("function",) or missing not in keys_of(place) or missing in holder:
        return False
    for step in place[:-1]:
        body = body[step]
    return isinstance(body.get(missing), _TYPES.get(missing, (str,)))


def belongs_inside(place: Pointer, holder: Mapping[str, Any], key: str) -> bool:
    """Whether an unknown key of a tool or a call is one that its ``function`` lacks."""
    function = holder.get("function")
    if not isinstance(function, dict) or not isinstance(holder[key], _TYPES.get(key, (str,))):
        return False
    inside = (*place, "function")
    return key in keys_of(inside) and key not in function and moved_key(inside, function, key) is None
