"""Prove at once that the tools of a request and the calls of its history are sound, as nearly all are.

Several rules look into each call; most of what they do is to find nothing. This is all of them at once, and says no more than yes.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from minimax_validate.arguments import read_object
from minimax_validate.tool_schema import ToolSchema, compiled

_LONGEST_KEPT = 2048
_MOST_KEPT = 1024
_ANY = ToolSchema(b"true")


def calls_are_sound(blocks: Iterable[list[dict[str, Any]]], tools: list[dict[str, Any]] | None) -> bool:
    """Whether tools and calls have names, the calls are of declared tools, and their arguments fit; of shapes that keep the contract.

    Without ``tools`` any name and any object of arguments will do. False says only that this is not proven.
    """
    declared: dict[str, Any] = {}
    if tools is not None:
        for tool in tools:
            function = tool["function"]
            declared[function["name"]] = function["parameters"]
        if len(declared) != len(tools) or not all(declared) or any(map(str.isspace, declared)):
            return False
    schemas: dict[str, ToolSchema] = {}
    for calls in blocks:
        for call in calls:
            function = call["function"]
            name, text = function["name"], function["arguments"]
            schema = schemas.get(name)
            if schema is None:
                if tools is None:
                    if not name or name.isspace():
                        return False
                    schema = _ANY
                elif name in declared:
                    schema = compiled(declared[name])
                else:
                    return False
                schemas[name] = schema
            if not (_fits(schema, text) if len(text) <= _LONGEST_KEPT else _judge(schema, text)):
                return False
    return True


def _judge(schema: ToolSchema, text: str) -> bool:
    arguments = read_object(text)
    return arguments is not None and schema.passes(arguments)


_fits = lru_cache(_MOST_KEPT)(_judge)  # a history comes back with every turn, each time one call longer
