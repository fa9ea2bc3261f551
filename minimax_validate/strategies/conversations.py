"""Conversations: messages in an order that the provider takes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from minimax_validate.strategies.messages import ASSISTANT, RESULT, SYSTEM, USER
from minimax_validate.strategies.text import IDS, distinct
from minimax_validate.strategies.tools import functions

Json = dict[str, Any]

_MOST_CALLS = 3


def tool_conversations(tools: Sequence[Json] | None = None) -> st.SearchStrategy[list[Json]]:
    """Generate the messages of conversations with at least one tool call.

    A message has one or several calls, and each call has one result, in the order of the calls. Ids are unique in a
    message, but a later message may reuse them. There is at least one user message, possibly a system message at the
    start, and several messages of one role may follow each other. The calls use the given ``tools``, with arguments
    that satisfy their parameters. Without ``tools``, they call any function.
    """
    return conversations(tools, rounds=1)


@st.composite
def conversations(
    draw: st.DrawFn, tools: Sequence[Json] | None = None, *, rounds: int = 0, width: int = 1
) -> list[Json]:
    """Conversations with calls of tools in them, or not.

    ``rounds`` messages that call at the least, each with at least ``width`` calls.
    """
    callable_at_all = tools is None or len(tools) > 0
    kinds = ("user", "assistant", "calls") if callable_at_all else ("user", "assistant")
    order = ["calls"] * rounds + draw(st.lists(st.sampled_from(kinds), max_size=4 - min(rounds, 3)))
    order.insert(draw(st.integers(0, len(order))), "user")
    turns: list[Json] = draw(st.lists(SYSTEM, max_size=1))
    for kind in order:
        match kind:
            case "user":
                turns.append(draw(USER))
            case "assistant":
                turns.append(draw(ASSISTANT))
            case _:
                turns.extend(draw(exchanges(tools, width=width)))
    return turns


@st.composite
def exchanges(draw: st.DrawFn, tools: Sequence[Json] | None = None, *, width: int = 1) -> list[Json]:
    """An assistant message with at least ``width`` tool calls, and their results."""
    ids = distinct(draw(st.lists(IDS, min_size=width, max_size=max(width, _MOST_CALLS))))
    calls = [{"id": identifier, "type": "function", "function": draw(functions(tools))} for identifier in ids]
    results = [{**draw(RESULT), "tool_call_id": identifier} for identifier in ids]
    return [{**draw(ASSISTANT), "tool_calls": calls}, *results]
