"""Tools of Google's Gemini API: one entry declares several functions.

https://ai.google.dev/api/caching#FunctionDeclaration
"""

from __future__ import annotations

from typing import Any

from minimax_validate.request.dialects.dialect import Dialect, Example, Json, Tools
from minimax_validate.request.dialects.functions import function_tool

_DECLARATIONS = ("functionDeclarations", "function_declarations")


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
