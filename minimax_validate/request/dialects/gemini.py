"""Google's Gemini API: messages have `parts` that are told apart by their keys, and a tool declares several functions.

https://ai.google.dev/api/caching#Content
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
    joined,
    result_of,
    text_of,
)
from minimax_validate.request.dialects.functions import function_tool

_DECLARATIONS = ("functionDeclarations", "function_declarations")


_PARTS = frozenset(
    {"text", "functionCall", "functionResponse", "inlineData", "fileData", "executableCode"}
) | frozenset({"function_call", "function_response", "inline_data", "file_data", "executable_code"})


def _is_message(message: Json) -> bool:
    parts = message.get("parts")
    return (
        isinstance(parts, list)
        and bool(parts)
        and not isinstance(message.get("content"), str | list)
        and all(isinstance(part, dict) and "type" not in part and not _PARTS.isdisjoint(part) for part in parts)
    )


def _convert_message(message: Json, context: Context) -> tuple[Json, ...]:
    results: list[Json] = []
    content: list[Any] = []
    calls: list[Json] = []
    thoughts: list[str] = []
    waiting = dict(context.waiting)
    for part in message["parts"]:
        match part:
            case {"functionCall": dict(called)} | {"function_call": dict(called)}:
                identifier = called.get("id") or context.identifier(len(calls))
                calls.append(call_of(identifier, called.get("name", ""), called.get("args")))
            case {"functionResponse": dict(answer)} | {"function_response": dict(answer)}:
                # Without ids, a result is of the first call of its function that waits.
                named = (identifier for identifier, name in waiting.items() if name == answer.get("name"))
                identifier = answer.get("id") or next(named, context.identifier(len(results)))
                waiting.pop(str(identifier), None)
                results.append(result_of(identifier, text_of(answer.get("response"))))
            case {"text": str(text), "thought": True}:
                thoughts.append(text)
            case {"text": str(text)}:
                content.append({"type": "text", "text": text})
            case {"inlineData": {"mimeType": str(kind), "data": str(data)}} if kind.startswith("image/"):
                content.append({"type": "image_url", "image_url": {"url": f"data:{kind};base64,{data}"}})
            case _:
                content.append(part)
    if message.get("role") == "model" or calls or thoughts:
        return (*results, assistant_of(content, calls, thoughts))
    role = message.get("role") if message.get("role") == "system" else "user"
    return (*results, {"role": role, "content": joined(content)}) if content else tuple(results)


def _declared(tool: Json) -> list[Any]:
    return next((tool[key] for key in _DECLARATIONS if isinstance(tool.get(key), list)), [])


def _recognises(tool: Json) -> bool:
    return "function" not in tool and bool(_declared(tool))


def _convert(tool: Json) -> tuple[Json, ...] | None:
    found: list[Json] = []
    for declaration in _declared(tool):
        if not isinstance(declaration, dict):
            return None
        key = "parametersJsonSchema" if "parametersJsonSchema" in declaration else "parameters"
        converted = function_tool({**declaration, key: _lowered(declaration.get(key))}, key)
        if converted is None:
            return None
        found += converted
    return tuple(found)


def _lowered(schema: Any) -> Any:
    """A schema with the names of types as JSON Schema has them: Gemini's are in upper case."""
    if isinstance(schema, list):
        return [_lowered(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: value.lower() if key == "type" and isinstance(value, str) and value in _TYPES else _lowered(value)
        for key, value in schema.items()
    }


_TYPES = frozenset({"OBJECT", "ARRAY", "STRING", "NUMBER", "INTEGER", "BOOLEAN", "NULL"})


DIALECT = Dialect(
    name="Gemini",
    messages=Messages(
        recognises=_is_message,
        convert=_convert_message,
        differs="use `content`, `tool_calls` and tool messages instead of `parts`",
        examples=(
            Example(
                "A result as older clients send it.",
                ({"role": "function", "parts": [{"text": "5 degrees"}]},),
                ({"role": "user", "content": "5 degrees"},),
            ),
            Example(
                "A question, a call and its result.",
                (
                    {"role": "user", "parts": [{"text": "Weather in Oslo?"}]},
                    {"role": "model", "parts": [{"functionCall": {"name": "weather", "args": {"city": "Oslo"}}}]},
                    {
                        "role": "user",
                        "parts": [{"functionResponse": {"name": "weather", "response": {"degrees": 5}}}],
                    },
                ),
                (
                    {"role": "user", "content": "Weather in Oslo?"},
                    {
                        "role": "assistant",
                        "content": "",
                        "tool_calls": [
                            {
                                "id": "call_1_0",
                                "type": "function",
                                "function": {"name": "weather", "arguments": '{"city": "Oslo"}'},
                            }
                        ],
                    },
                    {"role": "tool", "tool_call_id": "call_1_0", "content": '{"degrees": 5}'},
                ),
            ),
        ),
    ),
    tools=Tools(
        recognises=_recognises,
        convert=_convert,
        examples=(
            Example(
                "Two functions.",
                (
                    {
                        "functionDeclarations": [
                            {
                                "name": "ls",
                                "description": "Lists files.",
                                "parameters": {"type": "object", "properties": {}},
                            },
                            {"name": "pwd", "description": "Says where."},
                        ]
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
                    {
                        "type": "function",
                        "function": {
                            "name": "pwd",
                            "description": "Says where.",
                            "parameters": {"type": "object", "properties": {}},
                        },
                    },
                ),
            ),
        ),
    ),
)
