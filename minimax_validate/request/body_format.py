"""Which of the two formats of the contract of May 2026 a body is in, told by its shape.

The schema's ``oneOf`` does not tell it, as plain bodies keep both branches. The top of a body, its messages, its tools
and its ``tool_choice`` have one vote each, and give it to the format that they are written for. The majority decides;
where there is none, the body is in the chat format.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from minimax_validate.request.dialects.anthropic import BLOCKS
from minimax_validate.values.contracts import BodyFormat

Json = dict[str, Any]


CHAT_KEYS = frozenset({"max_completion_tokens", "stream_options", "response_format", "mask_sensitive_info"})
"""Keys of the top that the chat format has alone; a test holds them to the schema."""

SHARED_KEYS = frozenset({"top_k", "metadata", "stop_sequences", "thinking"})
"""Keys of the top that Anthropic has, and other vendors too.

They speak for the Messages format where ``max_tokens`` stands beside them, which that format requires.
"""

_CHAT_ROLES = ("system", "developer", "tool", "function")
_CHOICES = ("auto", "any", "tool", "none")

_MESSAGES, _CHAT, _NEITHER = 1, -1, 0


def format_of(body: Json) -> BodyFormat:
    """The format that a body is in, whatever is wrong with it."""
    limited = body.get("max_tokens") is not None
    votes = (
        _vote_of_top(body, limited=limited),
        _vote(_sign_of_message(message, limited=limited) for message in _objects(body.get("messages"))),
        _vote(map(_sign_of_tool, _objects(body.get("tools")))),
        _sign_of_choice(body.get("tool_choice")),
    )
    return BodyFormat.MESSAGES if sum(votes) > 0 else BodyFormat.CHAT


def _vote(signs: Iterable[int]) -> int:
    """The format that all signs speak for; neither where they contradict each other."""
    found = set(signs) - {_NEITHER}
    return found.pop() if len(found) == 1 else _NEITHER


def _objects(value: object) -> Iterable[Json]:
    return (item for item in value if isinstance(item, dict)) if isinstance(value, list) else ()


def _vote_of_top(body: Json, *, limited: bool) -> int:
    given = {key for key, value in body.items() if value is not None}
    is_messages = "system" in given or (limited and not given.isdisjoint(SHARED_KEYS))
    return _vote((_MESSAGES * is_messages, _CHAT * (not given.isdisjoint(CHAT_KEYS))))


def _sign_of_message(message: Json, *, limited: bool) -> int:
    parts = tuple(_objects(message.get("content")))
    kinds = tuple(part.get("type") for part in parts)
    is_messages = any(
        kind in BLOCKS or "source" in part or (limited and "cache_control" in part)
        for kind, part in zip(kinds, parts, strict=True)
        if isinstance(kind, str)
    )
    is_chat = message.get("role") in _CHAT_ROLES or "tool_calls" in message or "image_url" in kinds
    return _vote((_MESSAGES * is_messages, _CHAT * is_chat))


def _sign_of_tool(tool: Json) -> int:
    if "function" in tool:
        return _CHAT
    return _MESSAGES if "input_schema" in tool else _NEITHER


def _sign_of_choice(choice: object) -> int:
    if isinstance(choice, str):
        return _CHAT
    if not isinstance(choice, dict):
        return _NEITHER
    kind = choice.get("type")
    return _MESSAGES if kind in _CHOICES else _CHAT if kind == "function" else _NEITHER
