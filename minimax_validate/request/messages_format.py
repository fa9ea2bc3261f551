"""A body in Anthropic's Messages format, read as the chat request that says the same, with the way back to its places.

What holds for any request (calls have results, tools have sound schemas, the prompt fits the window) is told of the
chat request, and led back.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from minimax_validate.request.dialects.anthropic import DIALECT
from minimax_validate.request.dialects.dialect import Context
from minimax_validate.request.dialects.functions import function_tool
from minimax_validate.request.system_prompt import system_prompt
from minimax_validate.values.pointer import Pointer, nearest

Json = dict[str, Any]

_ROLES = ("user", "assistant")
_UNREADABLE: Json = {"role": "function"}
"""Stands for a message that may be a call, a result or neither."""


@dataclass(frozen=True, slots=True)
class ChatReading:
    """The chat request ``body`` that a body, ``given``, says.

    ``lost`` are the places in it of what JSON cannot hold. ``origins`` are the places that its messages come from,
    ``kept`` the places of ``body`` that stand in the given body as they are.
    """

    given: Json
    body: Json
    lost: frozenset[Pointer]
    origins: tuple[Pointer, ...]
    kept: frozenset[Pointer]

    def as_given(self, pointer: Pointer) -> Pointer:
        """A place in the chat request, as a place in the body that was given: the nearest one that is there."""
        return nearest(self.given, self._led_back(pointer))

    def _led_back(self, pointer: Pointer) -> Pointer:
        match pointer:
            case ("messages", int(index), *rest) if index < len(self.origins):
                return (*self.origins[index], *rest) if pointer[:2] in self.kept else self.origins[index]
            case ("tools", int(), *_) if pointer[:2] in self.kept:
                return pointer
            case ("tools", int(index), "function", "parameters", *rest):
                return ("tools", index, "input_schema", *rest)
            case ("tools", int(index), "function", *rest):
                return ("tools", index, *rest)
        return pointer


def read_messages(body: Json, lost: Collection[Pointer] = ()) -> ChatReading:
    """The chat request that a body in the Messages format says; ``lost`` are places of what JSON cannot hold."""
    chat = {key: value for key, value in body.items() if key != "system"}
    origins: list[Pointer] = []
    kept: set[Pointer] = set()
    if isinstance(body.get("messages"), list):
        chat["messages"] = []
        unreadable = {place[1] for place in lost if place[0] == "messages" and len(place) > 1}
        for origin, message in _messages(body, unreadable):
            if origin[0] == "messages" and message is body["messages"][origin[1]]:
                kept.add(("messages", len(origins)))
            origins.append(origin)
            chat["messages"].append(message)
    tools = body.get("tools")
    if isinstance(tools, list):
        chat["tools"] = [_tool(tool) for tool in tools]
        kept.update(("tools", index) for index, tool in enumerate(tools) if chat["tools"][index] is tool)
    return ChatReading(body, chat, frozenset(_in_chat(place, kept) for place in lost), tuple(origins), frozenset(kept))


def _messages(body: Json, unreadable: Collection[object]) -> Iterator[tuple[Pointer, Any]]:
    """The messages of the chat request, each with the place that it comes from."""
    prompt = system_prompt(body.get("system"))
    if prompt is not None:
        yield ("system",), {"role": "system", "content": prompt}
    for index, message in enumerate(body["messages"]):
        origin = ("messages", index)
        if not isinstance(message, dict):
            yield origin, message
        elif index in unreadable or message.get("role") not in _ROLES:
            yield origin, _UNREADABLE
        elif not isinstance(message.get("content"), list):
            yield origin, message
        elif not all(map(_is_block, message["content"])) or DIALECT.messages is None:
            yield origin, _UNREADABLE
        else:
            context = Context(index, {}, invents=False)
            yield from ((origin, converted) for converted in DIALECT.messages.convert(message, context))


def _is_block(value: object) -> bool:
    return isinstance(value, dict) and isinstance(value.get("type"), str)


def _tool(tool: Any) -> Any:
    if not isinstance(tool, dict) or "input_schema" not in tool or "function" in tool:
        return tool
    converted = function_tool(tool, "input_schema")
    return tool if converted is None else converted[0]


def _in_chat(place: Pointer, kept: Collection[Pointer]) -> Pointer:
    """The place of what is lost, where that matters: inside of a tool."""
    match place:
        case ("tools", int(), *_) if place[:2] in kept:
            return place
        case ("tools", int(index), "input_schema", *rest):
            return ("tools", index, "function", "parameters", *rest)
        case ("tools", int(index), *rest):
            return ("tools", index, "function", *rest)
        case ("messages", *_):
            return ("messages",)  # what is lost there makes a message unreadable
    return place
