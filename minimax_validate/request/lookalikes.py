"""Objects that look like a chat request and are something else."""

from __future__ import annotations

from typing import Any

from minimax_validate.request.features import PARAMETERS

Json = dict[str, Any]

COMPANIONS = PARAMETERS - {"messages"} | {"model"}
"""Keys that make a request of an object with messages, whatever the messages are."""

SAYING = frozenset({"content", "parts", "tool_calls", "toolCalls"})
"""Keys of a message that hold what it says."""

ROLES = frozenset({"system", "developer", "user", "human", "assistant", "ai", "model", "bot", "tool", "function"})
"""Roles that APIs of chat models know."""

_SAYING_SOMEHOW = SAYING | {"text", "value", "message", "body"}
_OF_PEOPLE = frozenset(
    {
        "author", "author_id", "authorId", "sender", "sender_id", "senderId", "sender_name", "senderName",
        "from", "From", "from_id", "from_user", "user", "user_id", "userId", "username", "creator", "actor",
        "recipient_id", "subject", "snippet", "threadId", "thread_id", "ts",
    }
)  # fmt: skip
"""Keys of messages that people write to each other: who wrote to whom, about what."""

_OF_PREFERENCES = frozenset({"preferred_output", "non_preferred_output"})


def lookalike(payload: Json) -> str | None:
    """What an object is that looks like a request but is something else, in words; None for all others."""
    if is_answer_of_cloudflare(payload):
        return "a response of Cloudflare's API, whose `messages` are notices"
    if "messages" in payload:
        return (
            "a chat between people, whose messages have no role of a chat model" if is_chat_of_people(payload) else None
        )
    if not _OF_PREFERENCES.isdisjoint(payload):
        return "a preference row for training"
    if isinstance(payload.get("cells"), list) and "nbformat" in payload:
        return "a notebook; name the file .ipynb to check its Python, JavaScript and TypeScript cells"
    return None


def is_answer_of_cloudflare(payload: Json) -> bool:
    """Whether an object is an answer of Cloudflare's API: its ``messages`` are notes, not turns."""
    if not isinstance(payload.get("success"), bool):
        return False
    messages = payload.get("messages")
    if isinstance(messages, list) and any(map(is_turn, messages)):
        return False
    errors = payload.get("errors", False)
    return isinstance(errors, list) or (errors is None and "result" in payload)


def is_chat_of_people(payload: Json) -> bool:
    """Whether an object holds messages that people wrote to each other, as services of chat and mail export them.

    Some message says who wrote it, and none has the role of a chat model. Beside a parameter or ``model`` they are the
    messages of a request at fault.
    """
    messages = payload["messages"]
    if not isinstance(messages, list) or not messages or is_turn(messages[0]) or not COMPANIONS.isdisjoint(payload):
        return False
    return any(map(_is_of_people, messages)) and not any(map(is_turn, messages))


def is_turn(message: object) -> bool:
    """Whether a value has a role as messages of a request have it: a known one, or any with something that is said."""
    if not isinstance(message, dict) or "role" not in message:
        return False
    role = message["role"]
    if isinstance(role, str) and role.lower() in ROLES:
        return not _SAYING_SOMEHOW.isdisjoint(message) or _OF_PEOPLE.isdisjoint(message)
    return not _SAYING_SOMEHOW.isdisjoint(message) and _OF_PEOPLE.isdisjoint(message)


def _is_of_people(message: object) -> bool:
    return isinstance(message, dict) and any(
        key in _OF_PEOPLE and not _is_role(message[key]) for key in message.keys() & _OF_PEOPLE
    )


def _is_role(name: object) -> bool:
    """Whether who wrote a message is a role, as in `{"from": "human"}`."""
    return isinstance(name, str) and (name.lower() in ROLES or name.lower() in ("gpt", "chatgpt"))
