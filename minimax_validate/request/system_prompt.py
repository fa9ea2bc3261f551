"""The system prompt where other APIs have it: beside the messages."""

from __future__ import annotations

SYSTEM_KEYS = ("system", "instructions")
"""Where other APIs have the system prompt: beside the messages."""


def system_prompt(value: object) -> str | None:
    """The text of a system prompt as other APIs have it, a string or blocks of text; None if it is neither."""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and value and all(_is_text(block) for block in value):
        return "\n\n".join(block["text"] for block in value)
    return None


def _is_text(block: object) -> bool:
    return isinstance(block, dict) and block.get("type", "text") == "text" and isinstance(block.get("text"), str)
