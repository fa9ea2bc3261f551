"""Parts that the examples of rules are made of, so that an example shows its point and little else."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]


def request(*messages: Any, **parameters: Any) -> Json:
    """A request of these messages."""
    return {"messages": list(messages), **parameters}


def system(content: Any = "You are a travel assistant.", **keys: Any) -> Json:
    """A system message."""
    return {"role": "system", "content": content, **keys}


def user(content: Any = "What is the weather in Oslo?", **keys: Any) -> Json:
    """A user message."""
    return {"role": "user", "content": content, **keys}


def assistant(content: Any = "It is 5 °C and clear.", **keys: Any) -> Json:
    """An assistant message that calls no tool."""
    return {"role": "assistant", "content": content, **keys}


def call(
    identifier: str = "call_1", name: str = "get_weather", arguments: Any = '{"city": "Oslo"}', **keys: Any
) -> Json:
    """A tool call."""
    return {"id": identifier, "type": "function", "function": {"name": name, "arguments": arguments}, **keys}


def calling(*calls: Json, **keys: Any) -> Json:
    """An assistant message that calls tools."""
    return {"role": "assistant", "content": "", "tool_calls": list(calls or (call(),)), **keys}


def result(identifier: str = "call_1", content: Any = "5 °C, clear", **keys: Any) -> Json:
    """The message that answers a tool call."""
    return {"role": "tool", "tool_call_id": identifier, "content": content, **keys}


def function(name: str = "get_weather", **keys: Any) -> Json:
    """The function of a tool."""
    parameters = {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}
    return {"name": name, "description": "Tells the weather of a city.", "parameters": parameters, **keys}


def tool(name: str = "get_weather", **keys: Any) -> Json:
    """A tool; the keys are its function's."""
    return {"type": "function", "function": function(name, **keys)}


def without(value: Json, *keys: str) -> Json:
    """The object without some of its keys."""
    return {key: member for key, member in value.items() if key not in keys}


def answer_format(**keys: Any) -> Json:
    """A response_format whose schema asks for one city; the keys are those of its json_schema."""
    schema = {"type": "object", "properties": {"city": {"type": "string"}}}
    return {"type": "json_schema", "json_schema": {"name": "place", "schema": schema, **keys}}
