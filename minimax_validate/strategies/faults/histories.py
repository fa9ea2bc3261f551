"""Where in a clean history a fault can be planted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from hypothesis import strategies as st

from minimax_validate.strategies.faults.planted import Json, put
from minimax_validate.strategies.text import IDS, fresh
from minimax_validate.values.pointer import Pointer

ROLES = ("system", "user", "assistant", "tool")


class Block(NamedTuple):
    """An assistant message that calls tools, by index, with ``width`` calls; as many results follow it."""

    message: int
    width: int

    def call(self, number: int) -> Pointer:
        """The pointer of a call."""
        return ("messages", self.message, "tool_calls", number)

    def result(self, number: int) -> Pointer:
        """The pointer of the result of a call."""
        return ("messages", self.message + 1 + number)

    @property
    def end(self) -> int:
        """The index of what follows the results."""
        return self.message + 1 + self.width


def blocks(request: Json) -> list[Block]:
    """The blocks of a clean request, in order."""
    return [
        Block(index, len(message["tool_calls"]))
        for index, message in enumerate(request["messages"])
        if message.get("tool_calls")
    ]


def a_block(draw: st.DrawFn, request: Json, width: int = 1) -> Block:
    """One of the blocks that have at least ``width`` calls; there must be one."""
    return draw(st.sampled_from([block for block in blocks(request) if block.width >= width]))


def a_call(draw: st.DrawFn, request: Json) -> tuple[Block, int]:
    """One of the calls; there must be one."""
    return draw(st.sampled_from([(block, number) for block in blocks(request) for number in range(block.width)]))


def first_turn(request: Json) -> int:
    """The index of the first message that is not the system's."""
    return 1 if request["messages"][0]["role"] == "system" else 0


def gaps(request: Json) -> list[int]:
    """The indexes before which a message that is no result may stand.

    Not inside a block, and not before the system message.
    """
    inside = {index for block in blocks(request) for index in range(block.message + 1, block.end)}
    return [index for index in range(first_turn(request), len(request["messages"]) + 1) if index not in inside]


def of_role(request: Json, *roles: str) -> list[int]:
    """The indexes of the messages of these roles."""
    return [index for index, message in enumerate(request["messages"]) if message["role"] in roles]


def a_message(draw: st.DrawFn, request: Json, *roles: str) -> int:
    """The index of a message of these roles, all roles alike; there must be one."""
    present = [role for role in roles or ROLES if of_role(request, role)]
    return draw(st.sampled_from(of_role(request, draw(st.sampled_from(present)))))


def as_parts(content: Any) -> list[Json]:
    """Content in parts, whether it is or not."""
    if isinstance(content, list):
        return content
    return [{"type": "text", "text": content}] if content else []


def ids(request: Json) -> set[str]:
    """The ids of all calls."""
    return {call["id"] for message in request["messages"] for call in message.get("tool_calls", ())}


def a_new_id(draw: st.DrawFn, request: Json) -> str:
    """An id that no call of the request has."""
    return fresh(draw(IDS), ids(request))


def with_id(request: Json, block: Block, number: int, identifier: str) -> Json:
    """The request with another id for a call and for its result."""
    request = put(request, (*block.call(number), "id"), identifier)
    renamed: Json = put(request, (*block.result(number), "tool_call_id"), identifier)
    return renamed


def with_own_ids(request: Json) -> Json:
    """The request with an id for every call that no other call has."""
    seen: list[str] = []
    for block in blocks(request):
        for number in range(block.width):
            seen.append(fresh(request["messages"][block.message]["tool_calls"][number]["id"], seen))
            request = with_id(request, block, number, seen[-1])
    return request


def tool_names(tools: Sequence[Any]) -> set[str]:
    """The names of the tools."""
    return {tool["function"]["name"] for tool in tools}
