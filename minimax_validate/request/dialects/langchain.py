"""LangChain's messages as they are dumped: `type` in place of `role`, and calls with `args`.

`model_dump()` gives the message itself, `messages_to_dict` puts it under `data`, and `dumpd` under `kwargs`.
https://python.langchain.com/docs/concepts/messages/
"""

from __future__ import annotations

from typing import Any

from minimax_validate.request.dialects.anthropic import BLOCKS, convert_message
from minimax_validate.request.dialects.dialect import (
    Context,
    Dialect,
    Example,
    Json,
    Messages,
    call_of,
    content_of,
    has_part,
    result_of,
)

_ROLES = {
    "human": "user",
    "HumanMessage": "user",
    "HumanMessageChunk": "user",
    "ai": "assistant",
    "AIMessage": "assistant",
    "AIMessageChunk": "assistant",
    "system": "system",
    "SystemMessage": "system",
    "tool": "tool",
    "ToolMessage": "tool",
}


def _opened(message: Json) -> tuple[str, Json] | None:
    """The kind of a message, and the object that holds what it says."""
    if "role" in message:
        return None
    kind, path = message.get("type"), message.get("id")
    if kind == "constructor" and isinstance(path, list) and path and isinstance(message.get("kwargs"), dict):
        kind, held = path[-1], message["kwargs"]
    else:
        held = message["data"] if isinstance(message.get("data"), dict) else message
    return (kind, held) if isinstance(kind, str) and kind in _ROLES and "content" in held else None


def _recognises(message: Json) -> bool:
    return _opened(message) is not None


def _convert(message: Json, context: Context) -> tuple[Json, ...]:
    opened = _opened(message)
    if opened is None:  # what is not recognised is not converted
        return (message,)
    kind, held = opened
    role = _ROLES[kind]
    if role == "tool":
        return (result_of(held.get("tool_call_id"), held.get("content")),)
    calls = list(_calls(held, context)) if role == "assistant" else []
    content = held["content"]
    if has_part(content, BLOCKS):
        # The parts are as Anthropic writes them. Of a call that was streamed, they lack the arguments.
        *before, said = convert_message({"role": role, "content": content}, context)
        return (*before, {**said, "tool_calls": calls} if calls else said)
    converted: Json = {"role": role, "content": content_of(content)}
    return ({**converted, "tool_calls": calls} if calls else converted,)


def _calls(held: Json, context: Context) -> list[Json]:
    given = held.get("tool_calls")
    if isinstance(given, list) and given:
        return [
            call_of(call.get("id") or context.identifier(number), call.get("name", ""), call.get("args"))
            for number, call in enumerate(given)
            if isinstance(call, dict)
        ]
    more: Any = held.get("additional_kwargs")
    raw = more.get("tool_calls") if isinstance(more, dict) else None
    return [call for call in raw if isinstance(call, dict)] if isinstance(raw, list) else []


DIALECT = Dialect(
    name="LangChain",
    messages=Messages(
        recognises=_recognises,
        convert=_convert,
        differs="use `role` instead of `type`",
        examples=(
            Example(
                "A question, a call and its result, each in another dump.",
                (
                    {"type": "human", "content": "What is here?", "additional_kwargs": {}, "id": None},
                    {
                        "type": "ai",
                        "data": {
                            "content": "",
                            "tool_calls": [{"name": "ls", "args": {"path": "."}, "id": "c1", "type": "tool_call"}],
                        },
                    },
                    {
                        "lc": 1,
                        "type": "constructor",
                        "id": ["langchain", "schema", "messages", "ToolMessage"],
                        "kwargs": {"content": "a.txt", "tool_call_id": "c1"},
                    },
                ),
                (
                    {"role": "user", "content": "What is here?"},
                    {
                        "role": "assistant",
                        "content": "",
                        "tool_calls": [
                            {"id": "c1", "type": "function", "function": {"name": "ls", "arguments": '{"path": "."}'}}
                        ],
                    },
                    {"role": "tool", "tool_call_id": "c1", "content": "a.txt"},
                ),
            ),
        ),
    ),
)
