"""Remember what was worked out from a JSON value, by the text of the value.

Programs send the same tools with each request.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, Generic, TypeVar

from minimax_validate.values.codec import dumps, loads

_T = TypeVar("_T")


LONGEST = 65_536
"""Bytes of a text whose result is remembered, unless another length is named."""


class ByText(Generic[_T]):
    """A function of plain JSON values that remembers its results; safe to share between threads.

    ``make`` works a result out from a value that is its own, as the caller's may change. ``most`` results are
    remembered, of texts of up to ``longest`` bytes, if ``keeps`` does not refuse the result. ``unwritable`` takes the
    place of ``make`` for what has no JSON text.
    """

    __slots__ = ("_kept", "_longest", "_make", "_unwritable")

    def __init__(
        self,
        make: Callable[[Any], _T],
        *,
        most: int,
        longest: int = LONGEST,
        keeps: Callable[[_T], bool] | None = None,
        unwritable: Callable[[Any], _T] | None = None,
    ) -> None:
        def result(text: bytes) -> _T | None:
            made = make(loads(text))
            return made if keeps is None or keeps(made) else None

        self._make = make
        self._unwritable = unwritable or make
        self._longest = longest
        self._kept = lru_cache(most)(result)

    def __call__(self, value: Any) -> _T:
        """The result for a value; it raises what ``make`` raises."""
        try:
            text = dumps(value)
        except (TypeError, ValueError, RecursionError):
            return self._unwritable(value)
        kept = self._kept(text) if len(text) <= self._longest else None
        return self._make(loads(text)) if kept is None else kept

    def forget(self) -> None:
        """Forget all results."""
        self._kept.cache_clear()
