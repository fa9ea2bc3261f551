"""What is written in the chat format at first sight: anything else may be in a dialect."""

from __future__ import annotations

from typing import Any

MARKS = frozenset({"parts", "toolInvocations", "function_call", "toolCalls", "toolCallId", "type"})
"""Keys by which a message may be in a dialect; a test holds them to the dialects."""

ROLE_OF_DIALECTS = "function"
"""The role by which a message may be in a dialect."""

_PARTS = ("text", "image_url")


def are_native_parts(content: list[Any]) -> bool:
    """Whether all parts of content are of the types that the chat format has."""
    return all(isinstance(part, dict) and part.get("type") in _PARTS for part in content)


def is_native(message: Any) -> bool:
    """Whether a value is a message of the chat format at first sight, or no object at all."""
    if not isinstance(message, dict):
        return True
    if not MARKS.isdisjoint(message) or message.get("role") == ROLE_OF_DIALECTS:
        return False
    content = message.get("content")
    return not isinstance(content, list) or are_native_parts(content)
