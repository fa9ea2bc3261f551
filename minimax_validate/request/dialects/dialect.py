"""What a dialect is: another API's way to write what a chat request says."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Context:
    """What stands before a message that is converted.

    ``index`` is the message's own, from which ids are made where there are none. ``waiting`` are the names of the calls
    that have no result yet, by their ids, in their order. ``invents`` says whether a call without an id gets one.
    """

    index: int
    waiting: Mapping[str, str]
    invents: bool = True

    def identifier(self, number: int = 0) -> str:
        """An id for a call of this message that has none."""
        return f"call_{self.index}_{number}" if self.invents else ""


@dataclass(frozen=True, slots=True)
class Example:
    """A value in the dialect, and what it is in the chat format."""

    why: str
    given: tuple[Json, ...]
    converted: tuple[Json, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Messages:
    """How a dialect writes messages.

    ``recognises`` says whether a message is in this dialect; it is given any object. ``convert`` gives the messages of
    the chat format that say the same: every text, id, name and argument stays, and what has no place in the chat format
    stays in the content as it is. ``differs`` says in a clause what is written in another way than in the chat format.
    ``joins`` says that neighbours are parts of one turn, as the items of a log are.
    """

    recognises: Callable[[Json], bool]
    convert: Callable[[Json, Context], tuple[Json, ...]]
    differs: str
    examples: tuple[Example, ...]
    joins: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """How a dialect writes tools; ``convert`` gives None if parts of a tool are not what they should be."""

    recognises: Callable[[Json], bool]
    convert: Callable[[Json], tuple[Json, ...] | None]
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Calls:
    """How a dialect writes the calls among ``tool_calls``; ``convert`` is given an id for a call that has none.

    It gives None if parts of a call are not what they should be.
    """

    recognises: Callable[[Json], bool]
    convert: Callable[[Json, str], Json | None]
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """One API's way to write what a chat request says; ``name`` is what its users call it."""

    name: str
    messages: Messages | None = None
    tools: Tools | None = None
    calls: Calls | None = None


def has_part(content: object, kinds: frozenset[str]) -> bool:
    """Whether content has a part of one of these types."""
    return isinstance(content, list) and any(
        isinstance(part, dict) and isinstance(kind := part.get("type"), str) and kind in kinds for part in content
    )


def text_of(value: object) -> str:
    """A value as the text that the chat format has in its place: a string as it is, anything else as JSON."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def arguments_of(value: object) -> str:
    """The arguments of a call as JSON text; nothing is an empty object."""
    return "{}" if value is None or value == "" else text_of(value)


def call_of(identifier: object, name: object, arguments: object) -> Json:
    """A tool call of the chat format."""
    return {
        "id": identifier if isinstance(identifier, str) else "",
        "type": "function",
        "function": {"name": text_of(name), "arguments": arguments_of(arguments)},
    }


def result_of(identifier: object, content: object) -> Json:
    """A tool message of the chat format; content in parts stays in parts."""
    return {
        "role": "tool",
        "tool_call_id": identifier if isinstance(identifier, str) else "",
        "content": content_of(content),
    }


def content_of(content: object) -> object:
    """Content as the chat format has it, a string or parts; nothing is an empty string, other values are JSON text."""
    if content is None:
        return ""
    if isinstance(content, list) and all(isinstance(part, dict) and "type" in part for part in content):
        return joined(content)
    return text_of(content)


def joined(parts: list[Any]) -> object:
    """Parts of content as one string if there is one text, or none; else as parts, texts with no keys but their own."""
    if not parts:
        return ""
    texts = [part.get("text") for part in parts if _is_text(part)]
    if len(texts) == len(parts) == 1 and isinstance(texts[0], str):
        return texts[0]
    return [
        {"type": "text", "text": part["text"]} if _is_text(part) and isinstance(part.get("text"), str) else part
        for part in parts
    ]


def _is_text(part: Any) -> bool:
    return isinstance(part, dict) and part.get("type") == "text"


def spoken_by(message: Json) -> Json:
    """The role of a message, if it has one, as the beginning of another message."""
    return {"role": message["role"]} if "role" in message else {}


def assistant_of(content: list[Any], calls: list[Json], reasoning: list[str]) -> Json:
    """An assistant message of the chat format, with what it has."""
    message: Json = {"role": "assistant", "content": joined(content)}
    if reasoning:
        message["reasoning_content"] = "\n".join(reasoning)
    if calls:
        message["tool_calls"] = calls
    return message
