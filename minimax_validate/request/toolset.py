"""What can be known of an array of tools, once for all requests that carry it.

Whether it is sound, and which calls of it are. Several rules look into each tool and each call; most of what they do is
to find nothing. This is all of them at once, and says no more than yes. The tools of one program hardly ever change,
and a history comes back with every turn, so what was proven is kept.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import Any

from minimax_validate.json_schema.embedded import ToolSchema, compiled
from minimax_validate.json_schema.faults import SchemaFaults, schema_faults
from minimax_validate.request.arguments import read_object
from minimax_validate.values.codec import dumps, loads

TOOL_NAME = re.compile(r"[a-zA-Z0-9_-]{1,64}")
"""What a tool's name has to match in full: ``tool_name_pattern`` of model.json, to which a test holds it."""

_MOST_KEPT = 128
_LONGEST_KEPT = 262_144
_LONGEST_CALL = 2_048
_ROOM = 262_144
"""Code points of calls that one array of tools remembers: a history of some thousand."""

_SOUND = SchemaFaults()


class Toolset:
    """An array of tools; a value, but for what it remembers. Safe to share between threads.

    ``tools`` are the caller's, and are looked at here alone; ``text`` is their JSON.
    """

    __slots__ = ("_declared", "_room", "_schemas", "_text", "known", "sound")

    def __init__(self, tools: Any, text: bytes) -> None:
        self.sound: bool = _are_sound(tools)
        """Proven that the rules have nothing to say of the tools themselves, but for their descriptions."""
        self.known: set[tuple[str, str]] = set()
        """Calls that were accepted before; a lookup here is faster than ``accepts``."""
        self._text = text
        self._declared: dict[str, Any] | None = None
        self._schemas: dict[str, ToolSchema] = {}
        self._room = _ROOM

    def accepts(self, name: str, arguments: str) -> bool:
        """Whether it is proven that the rules have nothing to say of this call.

        Its function is declared, and its arguments fit.
        """
        if (name, arguments) in self.known:
            return True
        if not self._judge(name, arguments):
            return False
        size = len(name) + len(arguments)
        if size <= _LONGEST_CALL:
            # Two threads may write here at a time; then a little more or less is remembered, and nothing wrong.
            self._room -= size
            if self._room < 0:
                self.known, self._room = set(), _ROOM - size
            self.known.add((name, arguments))
        return True

    def _judge(self, name: str, text: str) -> bool:
        declared = self._declared
        if declared is None:
            declared = self._declared = _parameters(loads(self._text))
        arguments = read_object(text)
        if arguments is None or name not in declared:
            return False
        schema = self._schemas.get(name)
        if schema is None:
            schema = self._schemas[name] = compiled(declared[name])
        return schema.passes(arguments, len(text))


class _AnyTools(Toolset):
    """What is known where no tools are declared: calls of all names will do."""

    __slots__ = ()

    def _judge(self, name: str, text: str) -> bool:
        return bool(name) and not name.isspace() and read_object(text) is not None


class _Kept(dict[bytes, Toolset]):
    """Arrays of tools by their JSON: those that came first go first."""

    def add(self, text: bytes, found: Toolset) -> None:
        """Keep one. Two threads may write here at a time; then one more or less is kept."""
        if len(self) >= _MOST_KEPT:
            with suppress(StopIteration, KeyError, RuntimeError):
                del self[next(iter(self))]
        self[text] = found


_KEPT = _Kept()


def toolset(tools: Any) -> Toolset:
    """What can be known of the ``tools`` of a request; None and an empty array are none at all. Never raises."""
    if tools is None or tools == []:
        return _ANY_TOOLS
    try:
        text = dumps(tools)
    except (TypeError, ValueError, RecursionError):
        return Toolset(None, b"null")
    found = _KEPT.get(text)
    if found is None:
        found = Toolset(tools, text)
        if len(text) <= _LONGEST_KEPT:
            _KEPT.add(text, found)
    return found


def is_object_schema(parameters: Any) -> bool:
    """Whether a schema says by its `type` that it is one of an object, as the arguments of a call are."""
    return isinstance(parameters, dict) and parameters.get("type") in ("object", ["object"])


def _are_sound(tools: Any) -> bool:
    if type(tools) is not list:
        return False
    names = set()
    for tool in tools:
        function = tool.get("function") if type(tool) is dict else None
        if type(function) is not dict:
            return False
        name, parameters = function.get("name"), function.get("parameters")
        if type(name) is not str or TOOL_NAME.fullmatch(name) is None or not is_object_schema(parameters):
            return False
        if schema_faults(parameters) != _SOUND:
            return False
        names.add(name)
    return len(names) == len(tools)


def _parameters(tools: Any) -> dict[str, Any]:
    """The parameters of each tool by its name, blank names left out; none of tools of which one has no name.

    Where they say nothing of arguments, a schema that does not either.
    """
    found: dict[str, Any] = {}
    for tool in tools if isinstance(tools, list) else ():
        function = tool.get("function") if isinstance(tool, dict) else None
        if not isinstance(function, dict) or not isinstance(function.get("name"), str):
            return {}
        name, parameters = function["name"], function.get("parameters")
        if name and not name.isspace():
            found[name] = parameters if isinstance(parameters, dict) and name not in found else True
    return found


_ANY_TOOLS = _AnyTools([], b"[]")
