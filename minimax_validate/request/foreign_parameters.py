"""Parameters by the names that other APIs have for them, and the way each is written here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from minimax_validate.request.dialects.functions import function_tool


@dataclass(frozen=True, slots=True)
class Reading:
    """What a parameter of another API is here: ``value`` under ``target``; None if the value cannot be converted."""

    target: str
    value: Any
    is_same: bool
    """Whether the value stays as it is, so that only the name changes."""


_NAMES: Mapping[str, str] = {
    "maxTokens": "max_tokens",
    "max_output_tokens": "max_completion_tokens",
    "maxOutputTokens": "max_completion_tokens",
    "maxCompletionTokens": "max_completion_tokens",
    "max_new_tokens": "max_completion_tokens",
    "topP": "top_p",
    "toolChoice": "tool_choice",
    "responseFormat": "response_format",
    "streamOptions": "stream_options",
}


def _tools(functions: Any) -> Any:
    if not isinstance(functions, list) or not functions:
        return None
    found = [function_tool(each, "parameters") if isinstance(each, dict) else None for each in functions]
    return [tool for tools in found if tools for tool in tools] if all(found) else None


def _choice(called: Any) -> Any:
    return called if called in ("auto", "none") else None


def _format(given: Any) -> Any:
    """A response format of the Responses API or of Anthropic's, which has its schema in itself."""
    schema = given.get("schema") if isinstance(given, dict) else None
    if not isinstance(schema, dict):
        return None
    name = given.get("name") or schema.get("title")
    return _wrapped(schema, name if isinstance(name, str) and name else "response")


def _wrapped(schema: Any, name: str = "response") -> Any:
    if not isinstance(schema, dict) or not schema:
        return None
    return {"type": "json_schema", "json_schema": {"name": name[:64], "schema": schema}}


def _inner_format(given: Any) -> Any:
    return _format(given.get("format")) if isinstance(given, dict) else None


_CONVERSIONS: Mapping[str, tuple[str, Callable[[Any], Any]]] = {
    "functions": ("tools", _tools),
    "function_call": ("tool_choice", _choice),
    "output_config": ("response_format", _inner_format),
    "text": ("response_format", _inner_format),
    "output_format": ("response_format", _format),
    "guided_json": ("response_format", _wrapped),
    "response_schema": ("response_format", _wrapped),
    "responseSchema": ("response_format", _wrapped),
}
_SCHEMAS = frozenset({"output_config", "text", "output_format", "guided_json", "response_schema", "responseSchema"})


def read_parameter(key: str, value: Any) -> Reading | None:
    """What a key at the top of a request is here, if it is a parameter under another name.

    None for a key that is none, and for one that may hold a schema of the answer and does not.
    """
    if key in _NAMES:
        return Reading(_NAMES[key], value, is_same=True)
    if key not in _CONVERSIONS:
        return None
    target, convert = _CONVERSIONS[key]
    converted = convert(value)
    return None if converted is None and key in _SCHEMAS else Reading(target, converted, is_same=False)


KNOWN = frozenset(_NAMES) | frozenset(_CONVERSIONS)
"""The names."""
