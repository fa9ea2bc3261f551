"""The request as rules see it: an index of what is well formed in it, and the features that say which rules can matter."""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntFlag
from functools import cached_property
from typing import Any, NamedTuple

from minimax_validate.pairing import Pairing
from minimax_validate.pointer import Pointer
from minimax_validate.roles import KNOWN_ROLES, acts_as
from minimax_validate.soundness import calls_are_sound

Json = dict[str, Any]

PARAMETERS = frozenset(
    {
        "messages",
        "temperature",
        "max_tokens",
        "max_completion_tokens",
        "top_p",
        "stream",
        "stream_options",
        "tools",
        "tool_choice",
        "response_format",
        "mask_sensitive_info",
    }
)
"""The keys of a request that the contract knows; a test holds them to the schema."""


class Feature(IntFlag):
    """What a request contains, as far as rules ask: a rule runs only where one of its features is present."""

    NONE = 0
    FOREIGN_KEYS = 1
    """Top-level keys that are no parameters of the contract."""
    TOOL_CALLS = 2
    EMPTY_TOOL_CALLS = 4
    MISPLACED_TOOL_KEYS = 8
    """``tool_calls`` on a message that is not the assistant's, or ``tool_call_id`` on one that is not a tool message."""
    UNPAIRED = 16
    """Results do not follow their calls one for one and in their order, each with an id of its own."""
    TOOLS = 32
    UNSOUND_CALLS = 64
    """It is not proven that tools and calls have names, and that calls fit the tools that are declared."""
    ALL = 127
    SUSPECT = EMPTY_TOOL_CALLS | MISPLACED_TOOL_KEYS | UNPAIRED | UNSOUND_CALLS
    """These are faults in themselves, or as good as: a clean request has none of them."""


# Plain numbers: arithmetic on members of an enumeration costs more than the whole walk.
_FOREIGN_KEYS = int(Feature.FOREIGN_KEYS)
_TOOL_CALLS = int(Feature.TOOL_CALLS)
_EMPTY_TOOL_CALLS = int(Feature.EMPTY_TOOL_CALLS)
_MISPLACED = int(Feature.MISPLACED_TOOL_KEYS)
_UNPAIRED = int(Feature.UNPAIRED)
_TOOLS = int(Feature.TOOLS)
_UNSOUND_CALLS = int(Feature.UNSOUND_CALLS)


def features(body: Json) -> int:
    """The features of a request that keeps the contract; one walk, and the only one that a clean request costs.

    -1 if the request holds what the contract's engine takes for plain JSON and rules do not: a tuple, a member of an Enum.
    """
    found = 0 if body.keys() <= PARAMETERS else _FOREIGN_KEYS
    messages = body["messages"]
    if type(messages) is not list:
        return -1
    tools = None
    if "tools" in body:
        found |= _TOOLS
        tools = body["tools"]
        if type(tools) is not list:
            return -1
    blocks: list[list[Json]] = []
    awaited: list[str] = []  # ids whose results are due next, the first one last
    for message in messages:
        role = message["role"]
        if role == "tool":
            if not awaited or awaited.pop() != message.get("tool_call_id"):
                found |= _UNPAIRED
            if "tool_calls" in message:
                found |= _MISPLACED
            continue
        if awaited:
            found |= _UNPAIRED
            awaited = []
        if role not in KNOWN_ROLES:
            return -1
        if len(message) == 2:
            continue
        if "tool_call_id" in message:
            found |= _MISPLACED
        if "tool_calls" in message:
            calls = message["tool_calls"]
            if type(calls) is not list:
                return -1
            if role != "assistant":
                found |= _MISPLACED
            elif calls:
                found |= _TOOL_CALLS
                blocks.append(calls)
                awaited = [call["id"] for call in reversed(calls)]
                if "" in awaited or (len(awaited) > 1 and len(set(awaited)) != len(awaited)):
                    found |= _UNPAIRED
            if not calls:
                found |= _EMPTY_TOOL_CALLS
    if awaited:
        found |= _UNPAIRED
    if (blocks or tools) and not calls_are_sound(blocks, tools):
        found |= _UNSOUND_CALLS
    return found


class ToolCall(NamedTuple):
    """A well-formed tool call and its place."""

    pointer: Pointer
    value: Json


class Request:
    """A payload's inputs, indexed on demand; it holds well-formed parts only, so rules need not doubt what they get.

    ``body`` is the inputs object. Messages and tools that are not objects appear in no index, but keep their number.
    """

    def __init__(self, body: Json) -> None:
        self.body = body

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
        return tuple((index, tool) for index, tool in enumerate(tools) if isinstance(tool, dict)) if isinstance(tools, list) else ()

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
        from minimax_validate.pair import pair  # nearly all histories pair up at first sight

        return pair(self.messages)
