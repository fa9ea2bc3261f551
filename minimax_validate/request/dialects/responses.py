"""The items of OpenAI's Responses API: calls, results and thoughts are entries of one list, beside the messages.

https://platform.openai.com/docs/api-reference/responses
"""

from __future__ import annotations

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
    has_part,
    joined,
    result_of,
    spoken_by,
)
from minimax_validate.request.dialects.functions import function_tool

_ITEMS = frozenset({"function_call", "function_call_output", "reasoning"})
_TEXTS = frozenset({"input_text", "output_text", "refusal"})


def _recognises(message: Json) -> bool:
    kind = message.get("type")
    if isinstance(kind, str) and kind in _ITEMS and "role" not in message:
        return True
    return kind == "message" and has_part(message.get("content"), _TEXTS)


def _convert(message: Json, context: Context) -> tuple[Json, ...]:
    match message["type"]:
        case "function_call":
            identifier = message.get("call_id") or message.get("id") or context.identifier()
            return (assistant_of([], [call_of(identifier, message.get("name", ""), message.get("arguments"))], []),)
        case "function_call_output":
            output = message.get("output")
            return (
                result_of(
                    message.get("call_id"), [_part(part) for part in output] if isinstance(output, list) else output
                ),
            )
        case "reasoning":
            told = [*_texts(message.get("summary")), *_texts(message.get("content"))]
            return (assistant_of([], [], told),) if told else ()
    return ({**spoken_by(message), "content": joined([_part(part) for part in message["content"]])},)


def _texts(parts: object) -> list[str]:
    if not isinstance(parts, list):
        return []
    return [part["text"] for part in parts if isinstance(part, dict) and isinstance(part.get("text"), str)]


def _part(part: object) -> object:
    match part:
        case {"type": "input_text" | "output_text", "text": str(text)}:
            return {"type": "text", "text": text}
        case {"type": "refusal", "refusal": str(text)}:
            return {"type": "text", "text": text}
        case {"type": "input_image", "image_url": str(url)}:
            return {"type": "image_url", "image_url": {"url": url}}
    return part if isinstance(part, dict) else {"type": "text", "text": content_of(part)}


DIALECT = Dialect(
    name="OpenAI's Responses API",
    messages=Messages(
        recognises=_recognises,
        convert=_convert,
        differs="use `tool_calls` and tool messages instead of items",
        joins=True,
        examples=(
            Example(
                "Two calls of one turn, and their results.",
                (
                    {"type": "reasoning", "summary": [{"type": "summary_text", "text": "I need both."}]},
                    {"type": "function_call", "call_id": "c1", "name": "ls", "arguments": '{"path": "."}'},
                    {"type": "function_call", "call_id": "c2", "name": "ls", "arguments": '{"path": "/"}'},
                    {"type": "function_call_output", "call_id": "c1", "output": "a.txt"},
                    {"type": "function_call_output", "call_id": "c2", "output": "etc"},
                ),
                (
                    {
                        "role": "assistant",
                        "content": "",
                        "reasoning_content": "I need both.",
                        "tool_calls": [
                            {"id": "c1", "type": "function", "function": {"name": "ls", "arguments": '{"path": "."}'}},
                            {"id": "c2", "type": "function", "function": {"name": "ls", "arguments": '{"path": "/"}'}},
                        ],
                    },
                    {"role": "tool", "tool_call_id": "c1", "content": "a.txt"},
                    {"role": "tool", "tool_call_id": "c2", "content": "etc"},
                ),
            ),
        ),
    ),
    tools=Tools(
        recognises=lambda tool: (
            "function" not in tool
            and "type" in tool
            and "name" in tool
            and ("parameters" in tool or tool["type"] == "function")
        ),
        convert=lambda tool: function_tool(tool, "parameters"),
        examples=(
            Example(
                "A tool.",
                (
                    {
                        "type": "function",
                        "name": "ls",
                        "description": "Lists files.",
                        "parameters": {"type": "object", "properties": {}},
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
