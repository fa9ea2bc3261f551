"""What a request may contain, whatever is wrong with it; found in one walk.

``features`` holds for requests that keep the contract. Here, any value may stand at any place. A feature that is left
out is proven to be absent, so a rule finds nothing in a request that has none of its features.
"""

from __future__ import annotations

from typing import Any

from minimax_validate.request.features import MOST_AROUND, MOST_PER_BYTE, Feature, features_of_keys
from minimax_validate.request.native import MARKS, ROLE_OF_DIALECTS, are_native_parts
from minimax_validate.request.system_prompt import SYSTEM_KEYS
from minimax_validate.request.toolset import Toolset, toolset

Json = dict[str, Any]

_TOOLS = int(Feature.TOOLS)
_EMPTY_TOOLS = int(Feature.EMPTY_TOOLS)
_UNSOUND_TOOLS = int(Feature.UNSOUND_TOOLS)
_FLAT_TOOLS = int(Feature.FLAT_TOOLS)
_TOOL_CHOICE_ALONE = int(Feature.TOOL_CHOICE_ALONE)
_TOKEN_LIMIT = int(Feature.TOKEN_LIMIT)
_ODD_TOKEN_LIMIT = int(Feature.ODD_TOKEN_LIMIT)
_LARGE = int(Feature.LARGE)
_CONTROL_TOKENS = int(Feature.CONTROL_TOKENS)
_NO_USER_MESSAGE = int(Feature.NO_USER_MESSAGE)
_SYSTEM_AGAIN = int(Feature.SYSTEM_AGAIN)
_BLANK_CONTENT = int(Feature.BLANK_CONTENT)
_PARTS = int(Feature.BLANK_CONTENT | Feature.IMAGES)
_LONG_MESSAGES = int(Feature.LONG_MESSAGES)
_DIALECT_KEYS = int(Feature.DIALECT_KEYS)
_UNPAIRED = int(Feature.UNPAIRED)
_TOOL_CALLS = int(Feature.TOOL_CALLS)
_EMPTY_TOOL_CALLS = int(Feature.EMPTY_TOOL_CALLS)
_UNSOUND_CALLS = int(Feature.UNSOUND_CALLS)
_FLAT_CALLS = int(Feature.FLAT_CALLS)
_ODD_TURN = int(
    Feature.UNPAIRED
    | Feature.TOOL_CALLS
    | Feature.EMPTY_TOOL_CALLS
    | Feature.MISPLACED_TOOL_KEYS
    | Feature.UNSOUND_CALLS
    | Feature.FLAT_CALLS
)
"""What a message may add that has keys of calls or results in a way that needs a closer look."""
_FOREIGN = int(Feature.DIALECT_KEYS | Feature.FLAT_TOOLS | Feature.FLAT_CALLS)
_TILDE, _LESS_THAN = b"~<"
_CALLS, _ANSWERS = 1 << 41, 1 << 42
"""``tool_calls`` or ``tool_call_id`` is among the keys of a message: no features, but questions to the message."""
_TOOL_KEYS = _CALLS | _ANSWERS

_MOST_KEPT = 4096
_LONGEST_KEPT = 32


def possible_features(body: Json, encoded: bytes, window: int) -> int:
    """The features that the inputs of a request may have; they are plain JSON values.

    ``encoded`` is a JSON text that holds them, empty if there is none. ``window`` is the context window in tokens.
    """
    found = features_of_keys(body)
    tools = body.get("tools")
    declared: Toolset | None = None
    if found & _TOOLS:
        if not tools:
            found |= _EMPTY_TOOLS
        elif type(tools) is list:
            declared = toolset(tools)
            if not declared.sound:
                found |= _UNSOUND_TOOLS
                if any(type(tool) is dict and "function" not in tool for tool in tools):
                    found |= _FLAT_TOOLS
    if not tools and "tool_choice" in body:
        found |= _TOOL_CHOICE_ALONE
    messages = body.get("messages")
    if type(messages) is list:
        found |= _features_of_messages(messages, tools, declared)
    room: float = window
    if found & _TOKEN_LIMIT:
        limits = [body[key] for key in ("max_tokens", "max_completion_tokens") if key in body]
        if len(limits) > 1 or type(limits[0]) is not int:
            found |= _ODD_TOKEN_LIMIT
        room -= max((limit for limit in limits if isinstance(limit, int | float)), default=0)
    if (
        not encoded
        or len(encoded) * MOST_PER_BYTE + MOST_AROUND > room
        # What is converted may be longer.
        or found & _FOREIGN
        or not body.keys().isdisjoint(SYSTEM_KEYS)
    ):
        found |= _LARGE
    if not encoded or _TILDE in encoded or (_LESS_THAN in encoded and b"<minimax:" in encoded):
        found |= _CONTROL_TOKENS
    return found


def is_native(body: Json, found: int) -> bool:
    """Whether nothing in a request is in a dialect, by the features that it may have."""
    return not found & _FOREIGN and body.keys().isdisjoint(SYSTEM_KEYS)


def _features_of_keys(keys: tuple[str, ...]) -> int:
    """What the keys of a message say by themselves."""
    found = _LONG_MESSAGES if set(keys) - {"role", "content"} else 0
    if not MARKS.isdisjoint(keys):
        found |= _DIALECT_KEYS
    if "tool_calls" in keys:
        found |= _CALLS
    if "tool_call_id" in keys:
        found |= _ANSWERS
    return found


class _Kept(dict[tuple[str, ...], int]):
    """The features of a message by its keys."""

    def __missing__(self, keys: tuple[str, ...]) -> int:
        found = _features_of_keys(keys)
        if len(self) < _MOST_KEPT and len(keys) <= _LONGEST_KEPT:
            self[keys] = found
        return found


_OF_KEYS = _Kept()


def _features_of_messages(messages: list[Any], tools: Any, declared: Toolset | None) -> int:
    found = _NO_USER_MESSAGE
    awaited: list[str] = []  # ids whose results are due next, the first one last
    is_first, others = True, False
    for message in messages:
        if type(message) is not dict:
            others = True
            is_first = False
            found |= _UNPAIRED
            continue
        of_keys = _OF_KEYS[tuple(message)]
        role, content = message.get("role"), message.get("content")
        if role == "system":
            if not is_first:
                found |= _SYSTEM_AGAIN
        else:
            others = True
            if role == ROLE_OF_DIALECTS:
                found |= _DIALECT_KEYS
        is_first = False
        if type(content) is str:
            if not content or content.isspace():
                found |= _BLANK_CONTENT
        elif type(content) is list:
            found |= _PARTS
            if not are_native_parts(content):
                found |= _DIALECT_KEYS
        found |= of_keys
        if not of_keys & _TOOL_KEYS:
            if awaited or role == "tool":
                found |= _UNPAIRED
                awaited = []
        elif role == "tool" and not of_keys & _CALLS:
            if not awaited or awaited.pop() != message["tool_call_id"]:
                found |= _UNPAIRED
        elif role == "assistant" and not of_keys & _ANSWERS and type(message["tool_calls"]) is list:
            if awaited:
                found |= _UNPAIRED
            if declared is None:
                declared = toolset(tools)
            calls = message["tool_calls"]
            awaited = [call["id"] for call in reversed(calls) if type(call) is dict and type(call.get("id")) is str]
            if len(set(awaited)) != len(calls) or "" in awaited:
                found |= _UNPAIRED
            found |= _TOOL_CALLS if calls else _EMPTY_TOOL_CALLS
            found |= _features_of_calls(calls, declared)
        else:
            found |= _ODD_TURN
            awaited = []
    if others:
        found ^= _NO_USER_MESSAGE
    if awaited or found & _DIALECT_KEYS:
        found |= _UNPAIRED
    return found & ~_TOOL_KEYS


def _features_of_calls(calls: list[Any], declared: Toolset) -> int:
    """Whether calls may be flat, do not name a declared tool or do not fit it."""
    found = 0
    for call in calls:
        if type(call) is not dict:
            continue  # no rule looks at what is no object
        if "function" not in call:
            found |= _FLAT_CALLS
        function = call.get("function")
        name, arguments = (function.get("name"), function.get("arguments")) if type(function) is dict else (None, None)
        if not (type(name) is str and type(arguments) is str and declared.accepts(name, arguments)):
            found |= _UNSOUND_CALLS
    return found
