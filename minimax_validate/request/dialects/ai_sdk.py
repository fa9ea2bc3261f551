"""The model messages of the AI SDK: calls and results are parts of the content, with names in camel case.

https://ai-sdk.dev/docs/reference/ai-sdk-core/model-message. Versions before 5 have `args` and `result` for `input` and
`output`.
"""

from __future__ import annotations

from typing import Any

from minimax_validate.request.dialects.dialect import (
    Context,
    Dialect,
    Example,
    Json,
    Messages,
    assistant_of,
    call_of,
    content_of,
    has_part,
    joined,
    result_of,
    text_of,
)

_PARTS = frozenset({"tool-call", "tool-result", "tool-error", "reasoning"})


def _recognises(message: Json) -> bool:
    return has_part(message.get("content"), _PARTS)


def _convert(message: Json, context: Context) -> tuple[Json, ...]:
    results: list[Json] = []
    content: list[Any] = []
    calls: list[Json] = []
    thoughts: list[str] = []
    for part in message["content"]:
        match part:
            case {"type": "tool-call"}:
                identifier = part.get("toolCallId") or context.identifier(len(calls))
                calls.append(call_of(identifier, part.get("toolName", ""), part.get("input", part.get("args"))))
            case {"type": "tool-result" | "tool-error"}:
                results.append(result_of(part.get("toolCallId"), output_of(part)))
            case {"type": "reasoning", "text": str(thought)}:
                thoughts.append(thought)
            case {"type": "image", "image": str(image)}:
                content.append({"type": "image_url", "image_url": {"url": image}})
            case _:
                content.append(part)
    if message.get("role") == "assistant" or calls or thoughts:
        # What a provider ran by itself stands beside its call.
        return (assistant_of(content, calls, thoughts), *results)
    return (*results, {"role": "user", "content": joined(content)}) if content else tuple(results)


def output_of(part: Json) -> object:
    """What a tool gave, in any of the ways that versions of the SDK have had for it."""
    match next((part[key] for key in ("output", "result", "error", "errorText") if key in part), ""):
        case {"type": "json" | "error-json", "value": value}:
            return text_of(value)
        case {"type": "text" | "error-text" | "content", "value": value}:
            return content_of(value)
        case []:
            return "[]"  # a value that the tool gave, and no content
        case value:
            return content_of(value)


DIALECT = Dialect(
    name="the AI SDK",
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
                            {"type": "reasoning", "text": "I need the list."},
                            {"type": "text", "text": "Listing."},
                            {"type": "tool-call", "toolCallId": "c1", "toolName": "ls", "input": {"path": "."}},
                        ],
                    },
                    {
                        "role": "tool",
                        "content": [
                            {
                                "type": "tool-result",
                                "toolCallId": "c1",
                                "toolName": "ls",
                                "output": {"type": "text", "value": "a.txt"},
                            }
                        ],
                    },
                ),
                (
                    {
                        "role": "assistant",
                        "content": "Listing.",
                        "reasoning_content": "I need the list.",
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
