"""What a contract has against a value at one place of a request, whatever stands around it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from minimax_validate.json_schema.contract import Contract, contract_of
from minimax_validate.json_schema.contract.failures import failures
from minimax_validate.values.failure import Failure
from minimax_validate.values.pointer import Pointer

_MOST_KEPT = 256
_MOST_SCALARS = 1024
_LONGEST_KEPT = 64
_SCALARS = frozenset({str, int, float, bool, type(None)})
_ITEM = 0
"""Stands for every index: the items of an array have one schema."""


def failures_at(contract: Contract, pointer: Pointer, value: Any) -> tuple[Failure, ...]:
    """The facts that keep a value from standing at a pointer, as ``failures`` has them; their pointers begin there."""
    place = tuple([_ITEM if isinstance(step, int) else step for step in pointer])
    if type(value) in _SCALARS and (type(value) is not str or len(value) <= _LONGEST_KEPT):
        return _failures_of_scalar(contract, place, type(value).__name__, value)
    return _failures(contract, place, value)


def _failures(contract: Contract, place: Pointer, value: Any) -> tuple[Failure, ...]:
    part = _part(contract, place)
    if part is None:
        return (Failure("additionalProperties", (), value, ()),)
    return failures(part, value) if part.schema else ()


@lru_cache(maxsize=_MOST_SCALARS)
def _failures_of_scalar(contract: Contract, place: Pointer, _kind: str, value: Any) -> tuple[Failure, ...]:
    """The same of what fixes put in most often; 1, 1.0 and true are three."""
    return _failures(contract, place, value)


@lru_cache(maxsize=_MOST_KEPT)
def _part(contract: Contract, place: Pointer) -> Contract | None:
    """The part of a contract that a value at a place has to keep; None where no value may stand."""
    found = list(_schemas(contract.schema, place))
    if not found:
        return None
    return contract_of(found[0] if len(found) == 1 else {"anyOf": found})


def _schemas(schema: dict[str, Any], place: Pointer) -> Iterator[dict[str, Any]]:
    if not place:
        yield schema
    elif "anyOf" in schema:
        for branch in schema["anyOf"]:
            yield from _schemas(branch, place)
    elif schema.get("type") in (None, "array" if isinstance(place[0], int) else "object"):
        if isinstance(place[0], int):
            inner = schema.get("items", {})
        else:
            inner = schema.get("properties", {}).get(place[0], schema.get("additionalProperties", {}))
        if inner is not False:
            yield from _schemas(inner, place[1:])
