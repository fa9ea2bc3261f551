"""What can be known of an array of tools, once for all requests that carry it.

Whether it is sound, and which calls of it are. Several rules look into each tool and each call; most of what they do is
to find nothing. This is all of them at once, and says no more than yes. The tools of one program hardly ever change,
and a history comes back with every turn, so what was proven is kept.
"""

from __future__ import annotations

import re
from typing import Any

from minimax_validate.json_schema.embedded import ToolSchema, compiled
from minimax_validate.json_schema.faults import SchemaFaults, schema_faults
from minimax_validate.request.arguments import read_object
from minimax_validate.values.remembered import ByText

TOOL_NAME = re.compile(r"[a-zA-Z0-9_-]{1,64}")
"""What a tool's name has to match in full: ``tool_name_pattern`` of model.json, to which a test holds it."""

_MOST_KEPT = 128
_LONGEST_KEPT = 262_144
_LONGEST_CALL = 2_048
_ROOM = 262_144
"""Code points of calls that one array of tools remembers: a history of some thousand."""

_SOUND = SchemaFaults()


class Toolset:
    """An array of tools; a value, but for what it remembers. Safe to share between threads."""

    __slots__ = ("_declared", "_room", "_schemas", "known", "sound")

    def __init__(self, tools: Any) -> None:
        functions = _functions(tools)
        self.sound: bool = functions is not None and _are_sound(functions)
        """Proven that the rules have nothing to say of the tools themselves, but for their descriptions."""
        self.known: set[tuple[str, str]] = set()
        """Calls that were accepted before; a lookup here is faster than ``accepts``."""
        self._declared = _parameters(functions or ())
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
        arguments = read_object(text)
        if arguments is None or name not in self._declared:
            return False
        schema = self._schemas.get(name)
        if schema is None:
            schema = self._schemas[name] = compiled(self._declared[name])
        return schema.passes(arguments, len(text))


class _AnyTools(Toolset):
    """What is known where no tools are declared: calls of all names will do."""

    __slots__ = ()

    def _judge(self, name: str, text: str) -> bool:
        return bool(name) and not name.isspace() and read_object(text) is not None


_toolset = ByText(Toolset, most=_MOST_KEPT, longest=_LONGEST_KEPT, unwritable=lambda _: Toolset(None))


def toolset(tools: Any) -> Toolset:
    """What can be known of the ``tools`` of a request; None and an empty array are none at all. Never raises."""
    return _ANY_TOOLS if tools is None or tools == [] else _toolset(tools)


def is_object_schema(parameters: Any) -> bool:
    """Whether a schema says by its `type` that it is one of an object, as the arguments of a call are."""
    return isinstance(parameters, dict) and parameters.get("type") in ("object", ["object"])


def _functions(tools: Any) -> list[dict[str, Any]] | None:
    """The functions of tools that have all that a tool has to have; None where one of them has not."""
    functions = (
        [tool.get("function") if isinstance(tool, dict) else None for tool in tools]
        if isinstance(tools, list)
        else [None]
    )
    complete = [
        function for function in functions if isinstance(function, dict) and isinstance(function.get("name"), str)
    ]
    return complete if len(complete) == len(functions) else None


def _are_sound(functions: list[dict[str, Any]]) -> bool:
    names = {function["name"] for function in functions}
    return (
        len(names) == len(functions)
        and all(TOOL_NAME.fullmatch(name) for name in names)
        and all(is_object_schema(function.get("parameters")) for function in functions)
        and all(schema_faults(function["parameters"]) == _SOUND for function in functions)
    )


def _parameters(functions: Any) -> dict[str, Any]:
    """The parameters of each tool by its name, blank names left out.

    Where they say nothing of arguments, a schema that does not either.
    """
    found: dict[str, Any] = {}
    for function in functions:
        name, parameters = function["name"], function.get("parameters")
        if name and not name.isspace():
            found[name] = parameters if isinstance(parameters, dict) and name not in found else True
    return found


_ANY_TOOLS = _AnyTools([])
