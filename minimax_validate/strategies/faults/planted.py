"""What a planter gives, and the edits that it plants with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from hypothesis import strategies as st

from minimax_validate.values.pointer import Pointer

Json = dict[str, Any]


class Planted(NamedTuple):
    """A payload with one fault in it, and the pointer at which the finding is due."""

    payload: Any
    pointer: Pointer


Planter = Callable[[st.DrawFn], Planted]
"""Draws a clean request and plants one fault of one rule in it."""


def changed(value: Any, pointer: Pointer, change: Callable[[Any], Any]) -> Any:
    """A copy of the value with a change made at one place; all that does not lead there is shared with the original."""
    if not pointer:
        return change(value)
    step, *rest = pointer
    copy = value.copy()
    copy[step] = changed(value[step], tuple(rest), change)
    return copy


def put(value: Any, pointer: Pointer, new: Any) -> Any:
    """A copy with ``new`` at a place, whether something is there or not."""
    holder, step = _apart(pointer)
    return changed(
        value, holder, lambda old: {**old, step: new} if isinstance(old, dict) else [*old[:step], new, *old[step + 1 :]]
    )


def taken(value: Any, pointer: Pointer) -> Any:
    """A copy without the key or item at a place."""
    holder, step = _apart(pointer)

    def take(old: Any) -> Any:
        if isinstance(old, dict):
            return {key: member for key, member in old.items() if key != step}
        return [*old[:step], *old[step + 1 :]]

    return changed(value, holder, take)


def inserted(value: Any, pointer: Pointer, *items: Any) -> Any:
    """A copy with items put into an array before the one at a place, or at its end."""
    holder, step = _apart(pointer)
    return changed(value, holder, lambda old: [*old[:step], *items, *old[step:]])


def _apart(pointer: Pointer) -> tuple[Pointer, Any]:
    return pointer[:-1], pointer[-1]


def found(value: Any, pointer: Pointer) -> Any:
    """What is at a place."""
    for step in pointer:
        value = value[step]
    return value
