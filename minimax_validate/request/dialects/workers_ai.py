"""Workers AI's own function calling: calls have their name and arguments at the top, and no id.

https://developers.cloudflare.com/workers-ai/features/function-calling/. LangChain's calls (`args`, `type: "tool_call"`)
look alike. Its tools have neither a `type` nor a `function`.
"""

from __future__ import annotations

from minimax_validate.request.dialects.dialect import Calls, Dialect, Example, Json, Tools, arguments_of
from minimax_validate.request.dialects.functions import function_tool

_ARGUMENTS = ("arguments", "args", "input", "parameters")
_NAMES = ("name", "toolName")


def _recognises(call: Json) -> bool:
    return "function" not in call and any(key in call for key in _NAMES) and any(key in call for key in _ARGUMENTS)


def _convert(call: Json, otherwise: str) -> Json | None:
    name = next(call[key] for key in _NAMES if key in call)
    arguments = next(call[key] for key in _ARGUMENTS if key in call)
    identifier = call.get("id") or call.get("toolCallId") or otherwise
    if not isinstance(name, str) or not isinstance(arguments, dict | str | None) or not isinstance(identifier, str):
        return None
    return {"id": identifier, "type": "function", "function": {"name": name, "arguments": arguments_of(arguments)}}


DIALECT = Dialect(
    name="Workers AI's own function calling",
    tools=Tools(
        recognises=lambda tool: (
            "function" not in tool and "type" not in tool and "name" in tool and "parameters" in tool
        ),
        convert=lambda tool: function_tool(tool, "parameters"),
        examples=(
            Example(
                "A tool.",
                (
                    {
                        "name": "get_weather",
                        "description": "Tells the weather.",
                        "parameters": {"type": "object", "properties": {}},
                    },
                ),
                (
                    {
                        "type": "function",
                        "function": {
                            "name": "get_weather",
                            "description": "Tells the weather.",
                            "parameters": {"type": "object", "properties": {}},
                        },
                    },
                ),
            ),
        ),
    ),
    calls=Calls(
        recognises=_recognises,
        convert=_convert,
        examples=(
            Example(
                "A call.",
                ({"name": "get_weather", "arguments": {"city": "Oslo"}},),
                (
                    {
                        "id": "call_0_0",
                        "type": "function",
                        "function": {"name": "get_weather", "arguments": '{"city": "Oslo"}'},
                    },
                ),
            ),
            Example(
                "A call of LangChain.",
                ({"name": "get_weather", "args": {"city": "Oslo"}, "id": "c1", "type": "tool_call"},),
                (
                    {
                        "id": "c1",
                        "type": "function",
                        "function": {"name": "get_weather", "arguments": '{"city": "Oslo"}'},
                    },
                ),
            ),
        ),
    ),
)
