"""Requests for the tests of guards, and how clients write them."""

from __future__ import annotations

import json
from typing import Any

_CALL = {"index": 0, "id": "c", "type": "function", "function": {"name": "f", "arguments": "{}"}}

GOOD: dict[str, Any] = {"messages": [{"role": "user", "content": "Hi"}]}
BAD: dict[str, Any] = {"messages": [{"role": "user", "content": None}]}
"""No safe fix makes it sound."""

FIXABLE: dict[str, Any] = {
    "messages": [
        {"role": "user", "content": "Größe? \N{SNOWMAN}"},
        {"role": "assistant", "content": "", "tool_calls": [_CALL]},
        {"role": "tool", "tool_call_id": "c", "content": "1"},
    ]
}
"""A safe fix takes the index away."""

FIXED: dict[str, Any] = json.loads(json.dumps(FIXABLE).replace('"index": 0, ', ""))


def encoded(payload: object) -> bytes:
    """As clients write JSON."""
    return json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()
