"""Keywords that jsonschema may need more than linear time for, in linear time or not at all.

It runs patterns by an engine that backtracks, and compares each item of an array with each other one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jsonschema import ValidationError

from minimax_validate.json_schema.equality import spelled


def are_linear(schema: Any) -> bool:
    """Whether no keyword of a schema, wherever it stands, chooses keys by patterns.

    Without running them, nothing is known of those.
    """
    waiting = [schema]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            if isinstance(part.get("patternProperties"), dict):
                return False
            waiting += part.values()
        elif isinstance(part, list):
            waiting += part
    return True


def _pattern(_: Any, __: str, ___: Any, ____: Any) -> Iterator[ValidationError]:
    return iter(())


def _unique_items(_: Any, wanted: Any, instance: Any, __: Any) -> Iterator[ValidationError]:
    if wanted and isinstance(instance, list) and len(set(map(spelled, instance))) < len(instance):
        yield ValidationError("uniqueItems")


KEYWORDS: dict[str, Any] = {"pattern": _pattern, "uniqueItems": _unique_items}
"""The functions of these keywords, as jsonschema takes them."""
