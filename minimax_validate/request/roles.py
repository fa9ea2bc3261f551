"""Who speaks in a message."""

from __future__ import annotations

from typing import Any

KNOWN_ROLES = frozenset({"system", "user", "assistant", "tool"})


def acts_as(message: dict[str, Any]) -> str:
    """The role a message plays in pairing: one with an unknown role is taken for what its keys say it is.

    ``other`` is a message that neither calls nor answers, ``unreadable`` one that may do either.
    """
    role = message.get("role")
    if isinstance(role, str) and role in KNOWN_ROLES:
        return role
    calls = message.get("tool_calls")
    if isinstance(message.get("tool_call_id"), str) and not calls:
        return "tool"
    if isinstance(calls, list):
        return "assistant"
    # The results of an older interface: this may well be the answer that a call waits for.
    return "unreadable" if role == "function" else "other"


def speaker(message: object) -> str:
    """A message by the role that it has: ``a user message``."""
    role = message.get("role") if isinstance(message, dict) else None
    if not isinstance(role, str) or role not in KNOWN_ROLES:
        return "another message"
    return f"an {role} message" if role == "assistant" else f"a {role} message"
