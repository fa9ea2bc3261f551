"""Put findings in the order in which their places stand in the instance."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from minimax_validate.values.diagnostic import Diagnostic
from minimax_validate.values.pointer import Pointer


def in_order(diagnostics: Iterable[Diagnostic], instance: Any) -> tuple[Diagnostic, ...]:
    """The diagnostics sorted by place, a container before what it holds; those of one place by code."""
    found = tuple(diagnostics)
    if len(found) < 2:
        return found
    ranks: dict[int, dict[str, int]] = {}

    def rank(pointer: Pointer) -> tuple[int, ...]:
        steps: list[int] = []
        value = instance
        for step in pointer:
            if isinstance(step, int):
                steps.append(step)
                value = value[step] if isinstance(value, list) and step < len(value) else None
            elif isinstance(value, dict):
                # Ranked once an object: looking a key's place up anew for each finding would be quadratic.
                places = ranks.get(id(value)) or ranks.setdefault(
                    id(value), {key: place for place, key in enumerate(value)}
                )
                steps.append(places.get(step, -1))
                value = value.get(step)
        return tuple(steps)

    return tuple(sorted(found, key=lambda diagnostic: (rank(diagnostic.pointer), diagnostic.code)))
