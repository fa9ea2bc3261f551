"""Anthropic's Messages API: calls, results and thoughts are blocks of the content.

https://docs.anthropic.com/en/api/messages
"""

from __future__ import annotations

from typing import Any

from minimax_validate.request.dialects.dialect import (
    Context,
    Dialect,
    Example,
    Json,
    Messages,
    Tools,
    assistant_of,
    call_of,
    has_part,
    joined,
    result_of,
)
from minimax_validate.request.dialects.functions import function_tool

BLOCKS = frozenset({"tool_use", "tool_result", "thinking", "redacted_thinking"})
"""The types of blocks that other formats do not have."""


def _recognises(message: Json) -> bool:
    return has_part(message.get("content"), BLOCKS)


def convert_message(message: Json, context: Context) -> tuple[Json, ...]:
    """What a message with blocks is in the chat format; results come before what is said."""
    results: list[Json] = []
    content: list[Any] = []
    calls: list[Json] = []
    thoughts: list[str] = []
    for block in message["content"]:
        match block:
            case {"type": "tool_result"}:
                content_of_result = block.get("content")
                if isinstance(content_of_result, list):
                    content_of_result = list(map(_part, content_of_result))
                results.append(result_of(block.get("tool_use_id"), content_of_result))
            case {"type": "tool_use"}:
                identifier = block.get("id") or context.identifier(len(calls))
                calls.append(call_of(identifier, block.get("name", ""), block.get("input")))
            case {"type": "thinking", "thinking": str(thought)}:
                thoughts.append(thought)
            case {"type": "redacted_thinking"}:
                pass  # encrypted: nobody but Anthropic's models can read it
            case _:
                content.append(_part(block))
    if message.get("role") == "assistant" or calls or thoughts:
        return (*results, assistant_of(content, calls, thoughts))
    return (*results, {"role": "user", "content": joined(content)}) if content else tuple(results)


def _part(block: Any) -> Any:
    match block:
        case str(text):
            return {"type": "text", "text": text}
        case {"type": "text", "text": str(text)}:
            return {"type": "text", "text": text}
        case {"type": "image", "source": {"type": "base64", "media_type": str(kind), "data": str(data)}}:
            return {"type": "image_url", "image_url": {"url": f"data:{kind};base64,{data}"}}
        case {"type": "image", "source": {"type": "url", "url": str(url)}}:
            return {"type": "image_url", "image_url": {"url": url}}
    return block


DIALECT = Dialect(
    name="Anthropic's Messages API",
    messages=Messages(
        recognises=_recognises,
        convert=convert_message,
        differs="use `tool_calls` and tool messages instead of blocks in `content`",
        examples=(
            Example(
                "A call, with the thought before it.",
                (
                    {
                        "role": "assistant",
                        "content": [
                            {"type": "thinking", "thinking": "I need the log."},
                            {"type": "text", "text": "Reading."},
                            {"type": "tool_use", "id": "toolu_1", "name": "read", "input": {"path": "a.log"}},
                        ],
                    },
                    {
                        "role": "user",
                        "content": [
                            {"type": "tool_result", "tool_use_id": "toolu_1", "content": "line 1"},
                            {"type": "text", "text": "Go on."},
                        ],
                    },
                ),
                (
                    {
                        "role": "assistant",
                        "content": "Reading.",
                        "reasoning_content": "I need the log.",
                        "tool_calls": [
                            {
                                "id": "toolu_1",
                                "type": "function",
                                "function": {"name": "read", "arguments": '{"path": "a.log"}'},
                            }
                        ],
                    },
                    {"role": "tool", "tool_call_id": "toolu_1", "content": "line 1"},
                    {"role": "user", "content": "Go on."},
                ),
            ),
        ),
    ),
    tools=Tools(
        recognises=lambda tool: "name" in tool and "input_schema" in tool and "function" not in tool,
        convert=lambda tool: function_tool(tool, "input_schema"),
        examples=(
            Example(
                "A tool.",
                (
                    {
                        "name": "read",
                        "description": "Reads a file.",
                        "input_schema": {"type": "object", "properties": {}},
                    },
                ),
                (
                    {
                        "type": "function",
                        "function": {
                            "name": "read",
                            "description": "Reads a file.",
                            "parameters": {"type": "object", "properties": {}},
                        },
                    },
                ),
            ),
        ),
    ),
)
