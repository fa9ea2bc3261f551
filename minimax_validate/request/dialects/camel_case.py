"""Messages as frameworks hold them: the keys of the chat format in camel case, `toolCalls` and `toolCallId`.

CopilotKit's agents and other frameworks dump their own objects like this (CopilotKit/CopilotKit#7277).
"""

from __future__ import annotations

from minimax_validate.request.dialects.dialect import (
    Context,
    Dialect,
    Example,
    Json,
    Messages,
    call_of,
    content_of,
    result_of,
)


def _calls(message: Json) -> bool:
    return "tool_calls" not in message and isinstance(message.get("toolCalls"), list) and bool(message["toolCalls"])


def _recognises(message: Json) -> bool:
    return _calls(message) or (
        "tool_call_id" not in message and isinstance(message.get("toolCallId"), str) and message.get("role") == "tool"
    )


def _convert(message: Json, context: Context) -> tuple[Json, ...]:
    if not _calls(message):
        return (result_of(message["toolCallId"], message.get("content", message.get("result"))),)
    calls = [
        _call(call, context.identifier(number))
        for number, call in enumerate(message["toolCalls"])
        if isinstance(call, dict)
    ]
    rest = {key: value for key, value in message.items() if key not in ("toolCalls", "id")}
    return ({**rest, "role": "assistant", "content": content_of(message.get("content")), "tool_calls": calls},)


def _call(call: Json, otherwise: str) -> Json:
    identifier = call.get("toolCallId") or call.get("id") or otherwise
    function = call.get("function")
    if isinstance(function, dict):
        return call_of(identifier, function.get("name", ""), function.get("arguments"))
    arguments = next((call[key] for key in ("input", "args", "arguments") if key in call), None)
    return call_of(identifier, call.get("toolName", call.get("name", "")), arguments)


DIALECT = Dialect(
    name="a framework with camel-case keys",
    messages=Messages(
        recognises=_recognises,
        convert=_convert,
        differs="use `tool_calls` and `tool_call_id` instead of `toolCalls` and `toolCallId`",
        examples=(
            Example(
                "A call and its result.",
                (
                    {
                        "role": "assistant",
                        "content": "",
                        "toolCalls": [{"toolCallId": "a", "toolName": "ls", "input": {"path": "."}}],
                    },
                    {"role": "tool", "toolCallId": "a", "content": "x"},
                ),
                (
                    {
                        "role": "assistant",
                        "content": "",
                        "tool_calls": [
                            {"id": "a", "type": "function", "function": {"name": "ls", "arguments": '{"path": "."}'}}
                        ],
                    },
                    {"role": "tool", "tool_call_id": "a", "content": "x"},
                ),
            ),
        ),
    ),
)
