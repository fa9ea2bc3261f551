"""Convert what a request says in dialects into the chat format, message by message, with the way back to its places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from minimax_validate.request.dialects import dialect_of_message, dialect_of_tool
from minimax_validate.request.dialects.dialect import Context, Dialect, Json
from minimax_validate.request.history import History, Passage
from minimax_validate.request.native import is_native
from minimax_validate.request.system_prompt import SYSTEM_KEYS, system_prompt


def convert_history(given: Sequence[Any]) -> History:
    """The messages of a request in the chat format; those that are in it are the same objects."""
    if all(map(_is_plain, given)):
        return History.of_natives(given)
    walk = _Walk()
    for index, message in enumerate(given):
        walk.add(index, message)
    walk.end(len(given))
    return History(walk.messages, walk.origins, tuple(walk.passages))


def _is_plain(message: Any) -> bool:
    """Whether a value is a message of the chat format, or no object at all."""
    return is_native(message) or dialect_of_message(message) is None


class _Walk:
    """The state of one pass over the messages; it lives no longer than the pass."""

    def __init__(self) -> None:
        self.messages: list[Any] = []
        self.origins: list[int] = []
        self.passages: list[Passage] = []
        self._waiting: dict[str, str] = {}
        self._start = 0
        self._dialect: Dialect | None = None
        self._passage: list[Json] = []

    def add(self, index: int, message: Any) -> None:
        """The next message."""
        found = dialect_of_message(message) if isinstance(message, dict) else None
        if found is None:
            self.end(index)
            self._put(index, message)
            return
        dialect, way = found
        if dialect is not self._dialect or not way.joins:
            self.end(index)
            self._dialect, self._start = dialect, index
        for converted in way.convert(message, Context(index, dict(self._waiting))):
            if way.joins and self._passage and _belongs(self._passage[-1], converted):
                self._join(converted)
            else:
                self._passage.append(converted)
                self._put(index, converted)

    def end(self, index: int) -> None:
        """What was in one dialect ends before a message."""
        if self._dialect is not None:
            self.passages.append(Passage(self._start, index, self._dialect, tuple(self._passage)))
        self._dialect, self._passage = None, []

    def _put(self, index: int, message: Any) -> None:
        self.messages.append(message)
        self.origins.append(index)
        self._note(message)

    def _join(self, converted: Json) -> None:
        joined = self._passage[-1] = self.messages[-1] = {**self._passage[-1]}
        for key in ("content", "reasoning_content", "tool_calls"):
            if converted.get(key):
                joined[key] = _added(joined[key], converted[key]) if joined.get(key) else converted[key]
        self._note(joined)

    def _note(self, message: Any) -> None:
        """Note which calls wait for a result now."""
        if not isinstance(message, dict):
            return
        if message.get("role") == "tool":
            identifier = message.get("tool_call_id")
            if isinstance(identifier, str):
                self._waiting.pop(identifier, None)
        elif isinstance(message.get("tool_calls"), list):
            self._waiting = {
                str(call.get("id")): str(call["function"].get("name"))
                for call in message["tool_calls"]
                if isinstance(call, dict) and isinstance(call.get("function"), dict)
            }


def _added(before: Any, more: Any) -> Any:
    """Calls after calls, or a thought on a line after the one before it."""
    return f"{before}\n{more}" if isinstance(before, str) else before + more


def _belongs(before: Json, converted: Json) -> bool:
    """Whether two converted messages are one turn of the assistant: what it thought, said and called, in this order."""
    if before.get("role") != "assistant" or converted.get("role") != "assistant":
        return False
    return not converted["content"] or (not before["content"] and not before.get("tool_calls"))


@dataclass(frozen=True, slots=True)
class Chat:
    """A request in the chat format; ``origins`` are the indexes that its messages come from.

    The system prompt that stood beside the messages has none.
    """

    body: Json
    origins: Sequence[int | None]


def read_chat(body: Json) -> Chat:
    """A request with what it says in dialects converted; its body is the same object if there is nothing of that kind.

    A system prompt beside the messages stands before them.
    """
    changed: Json = {}
    origins: Sequence[int | None] = ()
    messages, tools = body.get("messages"), body.get("tools")
    if isinstance(messages, list):
        history = convert_history(messages)
        origins = history.origins
        if history.passages:
            changed["messages"] = list(history.messages)
        prompts = [text for key in SYSTEM_KEYS if (text := system_prompt(body.get(key)))]
        if prompts:
            before = changed.get("messages", messages)
            changed["messages"] = [{"role": "system", "content": "\n\n".join(prompts)}, *before]
            origins = (None, *origins)
    if isinstance(tools, list) and any(isinstance(tool, dict) and dialect_of_tool(tool) for tool in tools):
        changed["tools"] = [converted for tool in tools for converted in _tools(tool)]
    return Chat({**body, **changed} if changed else body, origins)


def in_chat_format(body: Json) -> Json:
    """The body that ``read_chat`` gives."""
    return read_chat(body).body


@dataclass(frozen=True, slots=True)
class ForeignTool:
    """A tool in a dialect, and the tools of the chat format that it is; None if parts of it are of the wrong type."""

    dialect: Dialect
    converted: tuple[Json, ...] | None


def foreign_tool(tool: Json) -> ForeignTool | None:
    """A tool, if it is in a dialect."""
    if "function" in tool:
        return None
    found = dialect_of_tool(tool)
    return found and ForeignTool(found[0], found[1].convert(tool))


def _tools(tool: Any) -> Sequence[Any]:
    found = foreign_tool(tool) if isinstance(tool, dict) else None
    return (tool,) if found is None or found.converted is None else found.converted
