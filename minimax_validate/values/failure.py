"""Facts about a shape that does not hold, before a rule has put them into words."""

from __future__ import annotations

from typing import Any, NamedTuple

from minimax_validate.values.pointer import Pointer


class Failure(NamedTuple):
    """One thing that is wrong with the shape of an instance.

    ``keyword`` is the JSON Schema keyword that failed, or a word of our own for what no keyword says: ``json`` (a value
    that JSON cannot hold), ``key`` (such a key of an object), ``depth``, ``request`` (no chat request at all),
    ``envelope``. ``pointer`` and ``instance`` are the smallest wrong value: for ``additionalProperties`` the unknown
    key's value, for ``required`` the object. ``expected`` is what was demanded: the types, the missing key, the values,
    the limit, the known keys, or a text. ``optional`` tells whether the object around may do without the key.
    """

    keyword: str
    pointer: Pointer
    instance: Any
    expected: Any
    optional: bool = False

    @property
    def value_is_lost(self) -> bool:
        """Whether nothing more can be said of the value at the pointer, as it has no JSON form."""
        return self.keyword in ("json", "depth")
