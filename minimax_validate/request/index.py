"""The request as rules see it: an index of what is well formed in it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from minimax_validate.json_schema.faults import SchemaFaults, schema_faults
from minimax_validate.request.roles import acts_as
from minimax_validate.values.limits import DEFAULTS, Limits
from minimax_validate.values.pointer import Pointer

if TYPE_CHECKING:
    from minimax_validate.request.pairing_facts import Pairing
    from minimax_validate.tokens.verdict import Verdict

Json = dict[str, Any]


class ToolCall(NamedTuple):
    """A well-formed tool call and its place."""

    pointer: Pointer
    value: Json


class ContentPart(NamedTuple):
    """A part of a message's content and its place."""

    pointer: Pointer
    value: Json


class Request:
    """A payload's inputs, indexed on demand; it holds well-formed parts only, so rules need not doubt what they get.

    ``body`` is the inputs object, ``limits`` are the figures that it is measured by. Messages and tools that are not
    objects appear in no index, but keep their number. ``lost`` are the places of what JSON cannot hold: null stands
    there now.
    """

    def __init__(self, body: Json, limits: Limits = DEFAULTS, lost: frozenset[Pointer] = frozenset()) -> None:
        self.body = body
        self.limits = limits
        self._lost = lost

    def is_whole(self, pointer: Pointer) -> bool:
        """Whether nothing of the value at a pointer is lost."""
        return not any(place[: len(pointer)] == pointer for place in self._lost)

    @cached_property
    def messages(self) -> list[Any]:
        """The messages as they stand, malformed ones too; empty where there is no array of them."""
        messages = self.body.get("messages")
        return messages if isinstance(messages, list) else []

    @cached_property
    def objects(self) -> tuple[tuple[int, Json], ...]:
        """The messages that are objects, with their indexes."""
        return tuple((index, message) for index, message in enumerate(self.messages) if isinstance(message, dict))

    @cached_property
    def tools(self) -> tuple[tuple[int, Json], ...]:
        """The tools that are objects, with their indexes."""
        tools = self.body.get("tools")
        return (
            tuple((index, tool) for index, tool in enumerate(tools) if isinstance(tool, dict))
            if isinstance(tools, list)
            else ()
        )

    @cached_property
    def functions(self) -> tuple[tuple[int, Json], ...]:
        """The functions of the tools, where they are objects, with the indexes of the tools."""
        found = ((index, tool.get("function")) for index, tool in self.tools)
        return tuple((index, function) for index, function in found if isinstance(function, dict))

    @cached_property
    def schemas(self) -> tuple[tuple[int, SchemaFaults], ...]:
        """What is wrong with the parameters of the tools, where they are objects, with the indexes of the tools."""
        found = ((index, function.get("parameters")) for index, function in self.functions)
        return tuple((index, schema_faults(parameters)) for index, parameters in found if isinstance(parameters, dict))

    @cached_property
    def answer(self) -> Json:
        """What the answer has to look like.

        The ``json_schema`` of the response format, empty where that is of another type.
        """
        wanted = self.body.get("response_format")
        if not isinstance(wanted, dict) or wanted.get("type", "json_schema") != "json_schema":
            return {}
        answer = wanted.get("json_schema")
        return answer if isinstance(answer, dict) else {}

    @cached_property
    def parts(self) -> tuple[ContentPart, ...]:
        """The parts of content that are objects."""
        return tuple(
            ContentPart(("messages", index, "content", number), part)
            for index, message in self.objects
            if isinstance(content := message.get("content"), list)
            for number, part in enumerate(content)
            if isinstance(part, dict)
        )

    @cached_property
    def calls(self) -> tuple[ToolCall, ...]:
        """The tool calls that are objects, in assistant messages."""
        return tuple(self._calls())

    def _calls(self) -> Iterator[ToolCall]:
        for index, message in self.objects:
            calls = message.get("tool_calls")
            if isinstance(calls, list) and acts_as(message) == "assistant":
                for number, call in enumerate(calls):
                    if isinstance(call, dict):
                        yield ToolCall(("messages", index, "tool_calls", number), call)

    @cached_property
    def pairing(self) -> Pairing:
        """How tool results and calls match."""
        from minimax_validate.request.pairing import pair  # nearly all histories pair up at first sight

        # The key was there, and nobody knows what was called.
        return pair(
            self.messages, {place[1] for place in self._lost if place[0] == "messages" and place[2:] == ("tool_calls",)}
        )

    @cached_property
    def verdict(self) -> Verdict:
        """Whether prompt and completion fit the window."""
        from minimax_validate.tokens.verdict import judge_anyhow  # nearly all requests are far too short to need it

        return judge_anyhow(self.body, window=self.limits.context_window, counter=self.limits.counter)
