"""Plain JSON values that nothing is demanded of."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from minimax_validate.strategies.text import KEYS, TEXTS

_LARGEST = 2**53

INTEGERS = st.integers(-_LARGEST, _LARGEST)
NUMBERS = INTEGERS | st.floats(allow_nan=False, allow_infinity=False)
SCALARS = st.none() | st.booleans() | NUMBERS | TEXTS


def _objects(values: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Objects of these values; where a key is drawn twice, there is one member less, and nothing is drawn again."""
    return st.lists(st.tuples(KEYS, values), max_size=3).map(dict)


_FLAT = st.one_of(SCALARS, st.lists(SCALARS, max_size=2), _objects(SCALARS))

VALUES: st.SearchStrategy[Any] = st.one_of(SCALARS, SCALARS, st.lists(_FLAT, max_size=2), _objects(_FLAT))
OBJECTS = _objects(VALUES)
