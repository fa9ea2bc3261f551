"""Where in a clean request the contract demands something."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from hypothesis import strategies as st

from minimax_validate.json_schema import bundle
from minimax_validate.strategies.faults.planted import Json
from minimax_validate.values.pointer import Pointer

_CONTRACT = "minimax-m2.7/vendor.json"


class Place(NamedTuple):
    """A value of a request, and the part of the contract that holds for it.

    ``optional`` tells whether the key may be left out.
    """

    pointer: Pointer
    value: Any
    schema: Json
    optional: bool

    @property
    def kind(self) -> Pointer:
        """The pointer without indexes: places of one kind differ in nothing else."""
        return tuple(step for step in self.pointer if isinstance(step, str))


def places(request: Json) -> Iterator[Place]:
    """Every value of a clean request that the contract speaks of, the request itself first."""
    return _places(Place((), request, bundle.load(_CONTRACT), optional=False))


def _places(place: Place) -> Iterator[Place]:
    pointer, value, schema, optional = place
    if "anyOf" in schema:
        yield place
        if not isinstance(value, str):
            branch = next(branch for branch in schema["anyOf"] if _is_meant(branch, value))
            within = _places(Place(pointer, value, branch, optional))
            if isinstance(value, list):
                next(within)  # an array of parts is one of two shapes; only a part is held to its own
            yield from within
        return
    yield place
    if isinstance(value, dict):
        parts = schema.get("properties", {})
        for key in value:
            if key in parts:
                yield from _places(
                    Place((*pointer, key), value[key], parts[key], key not in schema.get("required", ()))
                )
    elif isinstance(value, list) and "items" in schema:
        for index, item in enumerate(value):
            yield from _places(Place((*pointer, index), item, schema["items"], optional=False))


def _is_meant(branch: Json, value: Any) -> bool:
    if isinstance(value, dict):
        return bool(branch["properties"]["type"]["const"] == value["type"])
    return bool(branch["type"] == "array")


def a_place(draw: st.DrawFn, request: Json, wanted: Callable[[Place], object]) -> Place:
    """One of the places that are wanted.

    First the kind and then one of it, or long histories would draw all faults to themselves.
    """
    kinds: dict[Pointer, list[Place]] = {}
    for place in places(request):
        if wanted(place):
            kinds.setdefault(place.kind, []).append(place)
    same: list[Place] = draw(st.sampled_from(list(kinds.values())))
    chosen: Place = draw(st.sampled_from(same))
    return chosen
