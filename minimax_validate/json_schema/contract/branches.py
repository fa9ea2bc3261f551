"""The branches of the schema of May 2026: the chat format, and the format of Anthropic's Messages API.

Its ``oneOf`` cannot be taken literally, as plain requests keep both branches. Which one a request is meant by is told
by its shape or its address, and not here.
"""

from __future__ import annotations

from typing import Any

from minimax_validate.json_schema import bundle

_MAY = "minimax-m2.7/vendor-2026-05.json"


def chat() -> dict[str, Any]:
    """The chat format with its top level left open: keys that it does not know are told by a rule of their own."""
    return {**_branch("Chat Completions"), "additionalProperties": {}}


def closed_chat() -> dict[str, Any]:
    """The chat format with its top level closed but for ``model``, which the endpoints read beside it."""
    branch = _branch("Chat Completions")
    return {**branch, "properties": {**branch["properties"], "model": {"type": "string"}}}


def messages() -> dict[str, Any]:
    """The format of Anthropic's Messages API."""
    return _branch("Messages")


def _branch(title: str) -> dict[str, Any]:
    (found,) = (branch for branch in bundle.load(_MAY)["oneOf"] if branch["title"] == title)
    branch: dict[str, Any] = found
    return branch
