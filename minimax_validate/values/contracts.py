"""The contracts that requests can be judged by, each named by the month of Cloudflare's documentation that has it."""

from __future__ import annotations

from enum import Enum

APRIL = "2026-04"
"""The schema on the model's page: the chat format, open at the top. The default."""

MAY = "2026-05"
"""The chat format with its top level closed, or the format of Anthropic's Messages API."""

CONTRACTS = (APRIL, MAY)
"""All of them, the oldest first."""


class BodyFormat(Enum):
    """A format that a body may have under the contract of May."""

    CHAT = "chat"
    MESSAGES = "messages"
