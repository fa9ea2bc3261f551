"""Amazon Bedrock's Converse API: the parts of the content are told apart by their keys, and have no `type`.

https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ContentBlock.html
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
    content_of,
    joined,
    result_of,
    text_of,
)
from minimax_validate.request.dialects.functions import function_tool


def _recognises(message: Json) -> bool:
    content = message.get("content")
    return isinstance(content, list) and any(
        isinstance(part, dict) and "type" not in part and not _MARKS.isdisjoint(part) for part in content
    )


_MARKS = frozenset({"toolUse", "toolResult", "reasoningContent"})


def _convert(message: Json, context: Context) -> tuple[Json, ...]:
    results: list[Json] = []
    content: list[Any] = []
    calls: list[Json] = []
    thoughts: list[str] = []
    for part in message["content"]:
        match part:
            case {"toolUse": dict(called)}:
                identifier = called.get("toolUseId") or context.identifier(len(calls))
                calls.append(call_of(identifier, called.get("name", ""), called.get("input")))
            case {"toolResult": dict(answer)}:
                results.append(result_of(answer.get("toolUseId"), _content_of_result(answer.get("content"))))
            case {"reasoningContent": {"reasoningText": {"text": str(thought)}}}:
                thoughts.append(thought)
            case {"cachePoint": _}:
                pass  # an order to another vendor's cache
            case _:
                content.append(_part(part))
    if message.get("role") == "assistant" or calls or thoughts:
        return (*results, assistant_of(content, calls, thoughts))
    return (*results, {"role": "user", "content": joined(content)}) if content else tuple(results)


def _content_of_result(content: Any) -> object:
    if not isinstance(content, list):
        return content
    return content_of([_part(part) for part in content])


def _part(part: Any) -> Any:
    match part:
        case {"text": str(text)}:
            return {"type": "text", "text": text}
        case {"json": value}:
            return {"type": "text", "text": text_of(value)}
        case {"image": {"format": str(kind), "source": {"bytes": str(data)}}}:
            return {"type": "image_url", "image_url": {"url": f"data:image/{kind};base64,{data}"}}
    return part


def _tool(tool: Json) -> tuple[Json, ...] | None:
    specification = tool["toolSpec"]
    schema = specification.get("inputSchema")
    parameters = schema.get("json", schema) if isinstance(schema, dict) else schema
    return function_tool({**specification, "inputSchema": parameters}, "inputSchema")


DIALECT = Dialect(
    name="Amazon Bedrock's Converse API",
    messages=Messages(
        recognises=_recognises,
        convert=_convert,
        differs="use `tool_calls` and tool messages instead of parts in `content`",
        examples=(
            Example(
                "A call and its result.",
                (
                    {
                        "role": "assistant",
                        "content": [
                            {"reasoningContent": {"reasoningText": {"text": "I need the list."}}},
                            {"text": "Listing."},
                            {"toolUse": {"toolUseId": "t1", "name": "ls", "input": {"path": "."}}},
                        ],
                    },
                    {
                        "role": "user",
                        "content": [{"toolResult": {"toolUseId": "t1", "content": [{"json": {"files": ["a.txt"]}}]}}],
                    },
                ),
                (
                    {
                        "role": "assistant",
                        "content": "Listing.",
                        "reasoning_content": "I need the list.",
                        "tool_calls": [
                            {"id": "t1", "type": "function", "function": {"name": "ls", "arguments": '{"path": "."}'}}
                        ],
                    },
                    {"role": "tool", "tool_call_id": "t1", "content": '{"files": ["a.txt"]}'},
                ),
            ),
            Example(
                "An image as a result.",
                (
                    {
                        "role": "user",
                        "content": [
                            {
                                "toolResult": {
                                    "toolUseId": "t1",
                                    "content": [{"image": {"format": "png", "source": {"bytes": "iVBORw0KGgo="}}}],
                                }
                            },
                        ],
                    },
                ),
                (
                    {
                        "role": "tool",
                        "tool_call_id": "t1",
                        "content": [
                            {"type": "image_url", "image_url": {"url": "data:image/png;base64,iVBORw0KGgo="}},
                        ],
                    },
                ),
            ),
        ),
    ),
    tools=Tools(
        recognises=lambda tool: "function" not in tool and isinstance(tool.get("toolSpec"), dict),
        convert=_tool,
        examples=(
            Example(
                "A tool.",
                (
                    {
                        "toolSpec": {
                            "name": "ls",
                            "description": "Lists files.",
                            "inputSchema": {"json": {"type": "object", "properties": {}}},
                        }
                    },
                ),
                (
                    {
                        "type": "function",
                        "function": {
                            "name": "ls",
                            "description": "Lists files.",
                            "parameters": {"type": "object", "properties": {}},
                        },
                    },
                ),
            ),
        ),
    ),
)
