"""Requests to measure with."""

from __future__ import annotations

import copy
from typing import Any

Json = dict[str, Any]

VENDOR_EXAMPLE: Json = {
    "messages": [
        {
            "role": "system",
            "content": "You are a helpful cooking assistant. Give concise recipes with metric measurements.",
        },
        {"role": "user", "content": "How do I make a simple pasta aglio e olio?"},
    ],
    "max_tokens": 500,
    "temperature": 0.7,
}
"""The example with a system prompt on the vendor's page of the model."""


def tool(number: int) -> Json:
    """A tool as people declare them."""
    properties = {
        "city": {"type": "string", "description": "Name of the city."},
        "unit": {"type": "string", "enum": ["celsius", "fahrenheit"]},
        "days": {"type": "integer", "minimum": 1, "maximum": 14},
    }
    parameters = {"type": "object", "properties": properties, "required": ["city"], "additionalProperties": False}
    description = f"Looks up weather report {number} of a city, for today or for some days to come."
    return {
        "type": "function",
        "function": {"name": f"weather_{number}", "description": description, "parameters": parameters},
    }


def conversation(messages: int = 10, tools: int = 5) -> Json:
    """A healthy conversation with tools: turns of five messages each, with two parallel calls.

    ``messages`` is a multiple of five.
    """
    history: list[Json] = []
    turn = 0
    while len(history) < messages:
        turn += 1
        ids = (f"call_{turn}_1", f"call_{turn}_2")
        history += [
            {"role": "user", "content": f"What is the weather in Oslo and in Bergen on day {turn}?"},
            {
                "role": "assistant",
                "content": "",
                "tool_calls": [
                    {
                        "id": ids[0],
                        "type": "function",
                        "function": {"name": "weather_0", "arguments": '{"city": "Oslo", "unit": "celsius"}'},
                    },
                    {
                        "id": ids[1],
                        "type": "function",
                        "function": {"name": "weather_1", "arguments": '{"city": "Bergen", "unit": "celsius"}'},
                    },
                ],
            },
            {"role": "tool", "tool_call_id": ids[0], "content": '{"celsius": 5, "sky": "clear", "wind": "light"}'},
            {"role": "tool", "tool_call_id": ids[1], "content": '{"celsius": 8, "sky": "rain", "wind": "strong"}'},
            {
                "role": "assistant",
                "content": "Oslo is clear at 5 degrees. Bergen has rain and a strong wind at 8 degrees.",
            },
        ]
    return {"messages": history, "tools": [tool(number) for number in range(tools)], "max_tokens": 2048}


def chat(messages: int, tools: int = 0) -> Json:
    """A system message and a conversation; with tools the assistant calls them, without it only talks.

    ``messages`` is one more than a multiple of five with tools.
    """
    system = {"role": "system", "content": "You are a forecaster. Answer in one sentence, in metric units."}
    if tools:
        body = conversation(messages - messages % 5, tools)
        return {**body, "messages": [system, *body["messages"]][: messages or None]}
    talk: list[Json] = [
        {"role": "user", "content": "What is the weather in Oslo and in Bergen today, and what should I wear there?"}
        if number % 2 == 0
        else {"role": "assistant", "content": "Oslo is clear at 5 degrees. Bergen has rain and a strong wind."}
        for number in range(messages - 1)
    ]
    return {"messages": [system, *talk], "max_tokens": 2048}


def with_null_content(request: Json) -> Json:
    """The request with one error of the contract in it."""
    broken = copy.deepcopy(request)
    calling = next(message for message in broken["messages"] if "tool_calls" in message)
    calling["content"] = None
    return broken
