"""OpenAI's older interface: one `function_call` on an assistant message, answered by a message of the role `function`.

https://platform.openai.com/docs/api-reference/chat/create (deprecated parameters). Its functions were a list of their
own.
"""

from __future__ import annotations

from typing import Any

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
from minimax_validate.request.stand_ins import stand_in


def _recognises(message: Json) -> bool:
    # With parts it is Gemini's, whose older clients sent results with this role.
    is_result = message.get("role") == "function" and "parts" not in message
    return is_result or isinstance(message.get("function_call"), dict)


def _convert(message: Json, context: Context) -> tuple[Json, ...]:
    if message.get("role") == "function":
        named = (identifier for identifier, name in context.waiting.items() if name == message.get("name"))
        return (result_of(next(named, context.identifier()), message.get("content")),)
    called = message["function_call"]
    call = call_of(context.identifier(), called.get("name", ""), called.get("arguments"))
    rest = {key: value for key, value in message.items() if key != "function_call"}
    return ({**rest, "role": "assistant", "content": content_of(message.get("content")), "tool_calls": [call]},)


def function_tool(tool: Json, schema: str) -> tuple[Json, ...] | None:
    """A tool of the chat format, from one that has its name, description and parameters (under ``schema``) at the top.

    None if name, description or parameters are not what they should be.
    """
    name, description, parameters = tool.get("name"), tool.get("description"), tool.get(schema)
    if description is None:
        description = tool.get("title")  # of a tool of MCP
    if parameters is None:
        parameters = tool.get(stand_in("parameters", tool, ()) or schema)
    if not isinstance(name, str) or not isinstance(description, str | None) or not isinstance(parameters, dict | None):
        return None
    nothing: dict[str, Any] = {"type": "object", "properties": {}}
    function = {
        "name": name,
        "description": description or "",
        "parameters": nothing if parameters is None else parameters,
    }
    return ({"type": "function", "function": function},)


DIALECT = Dialect(
    name="OpenAI's older functions",
    messages=Messages(
        recognises=_recognises,
        convert=_convert,
        differs="use `tool_calls` and tool messages instead of `function_call` and function messages",
        examples=(
            Example(
                "A call and its answer.",
                (
                    {
                        "role": "assistant",
                        "content": None,
                        "function_call": {"name": "get_weather", "arguments": '{"city": "Oslo"}'},
                    },
                    {"role": "function", "name": "get_weather", "content": "5 °C, clear"},
                ),
                (
                    {
                        "role": "assistant",
                        "content": "",
                        "tool_calls": [
                            {
                                "id": "call_0_0",
                                "type": "function",
                                "function": {"name": "get_weather", "arguments": '{"city": "Oslo"}'},
                            }
                        ],
                    },
                    {"role": "tool", "tool_call_id": "call_0_0", "content": "5 °C, clear"},
                ),
            ),
        ),
    ),
)
