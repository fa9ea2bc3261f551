"""Choices that cost one draw: fewer draws make examples cheaper, and shorter to shrink."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from hypothesis import strategies as st

T = TypeVar("T")

COIN = st.booleans()


def some(draw: st.DrawFn, items: Iterable[T]) -> list[T]:
    """Some of the items, in their order; none of them in the simplest case."""
    offered = list(items)
    chosen = draw(st.integers(0, 2 ** len(offered) - 1)) if offered else 0
    return [item for number, item in enumerate(offered) if chosen >> number & 1]


def rotated(draw: st.DrawFn, items: Sequence[T]) -> list[T]:
    """The items, starting somewhere among them and going round."""
    start = draw(st.integers(0, max(len(items) - 1, 0)))
    return [*items[start:], *items[:start]]


def pair(draw: st.DrawFn, count: int) -> tuple[int, int]:
    """Two different numbers below ``count``, the smaller one first."""
    first = draw(st.integers(0, count - 2))
    return first, draw(st.integers(first + 1, count - 1))
