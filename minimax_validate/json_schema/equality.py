"""Which values are equal to JSON Schema."""

from __future__ import annotations

import json
from typing import Any


def spelled(value: Any) -> str:
    """One text for all values that are equal to JSON Schema, which takes 1 and 1.0 for one number."""
    return json.dumps(_with_plain_numbers(value), sort_keys=True)


def _with_plain_numbers(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _with_plain_numbers(member) for key, member in value.items()}
    if isinstance(value, list):
        return list(map(_with_plain_numbers, value))
    return int(value) if isinstance(value, float) and value.is_integer() else value
