"""Turn any Python value into plain JSON values, and name what JSON cannot hold.

The hot path never comes here: an encoder and the compiled contract prove most payloads plain. This is the whole truth for the rest, and for
interpreters without those two.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from enum import Enum

from minimax_validate.codec import STRICT, orjson
from minimax_validate.failure import Failure
from minimax_validate.pointer import Pointer

MAX_DEPTH = 254
"""Levels of nesting, the payload itself being the first; orjson, which writes requests for many clients, goes no deeper."""

_LARGEST = 2**1024
_DIFFERS = object()
_Put = Callable[[object], None]
_Task = tuple[object, Pointer, _Put, frozenset[int]]


def _fault_of_float(number: float) -> str | None:
    if math.isfinite(number):
        return None
    return "NaN is not a JSON number" if math.isnan(number) else "infinity is not a JSON number, nor is one too large for a double"


def _fault_of_text(text: str) -> str | None:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        return f"the character at index {error.start} is a lone surrogate (U+{ord(text[error.start]):04X}), which UTF-8 cannot carry"
    return None


def _scalar(value: object) -> tuple[object, str | None]:
    """The plain twin of a value that is no container, and what is wrong with it."""
    if value is None or isinstance(value, bool):
        return value, None
    if isinstance(value, str):
        return str.__str__(value), _fault_of_text(value)
    if isinstance(value, int):
        number = int.__int__(value)
        return number, None if -_LARGEST < number < _LARGEST else "a number beyond the range of a double overflows to infinity"
    if isinstance(value, float):
        return float.__float__(value), _fault_of_float(value)
    return None, f"a value of Python type {type(value).__name__} has no JSON form"


def to_plain(payload: object, max_depth: int = MAX_DEPTH) -> tuple[object, tuple[Failure, ...]]:
    """A copy of the payload made of dict, list, str, int, float, bool and None alone, and a failure for every place where that cannot be.

    Subclasses become their base, tuples become lists and members of an Enum their value, as encoders do. A faulty value is None in the
    copy, and a key that is no string is left out.
    """
    twin = _round_trip(payload) if max_depth == MAX_DEPTH else _DIFFERS
    return (twin, ()) if twin is not _DIFFERS else walk(payload, max_depth)


def _round_trip(payload: object) -> object:
    """The copy that writing and reading gives, if it equals the payload: then all of it was plain, or as good as."""
    if orjson is not None:
        try:
            twin: object = orjson.loads(orjson.dumps(payload, None, STRICT))
            if twin == payload:
                return twin
        except (TypeError, ValueError, RecursionError):
            pass
    return _DIFFERS


def walk(payload: object, max_depth: int = MAX_DEPTH) -> tuple[object, tuple[Failure, ...]]:
    """See ``to_plain``; this is how it is done where the payload is not plain through and through."""
    failures: list[Failure] = []
    result: list[object] = []
    # A stack of our own: the interpreter's is too short for a hostile payload, and not ours alone.
    tasks: list[_Task] = [(payload, (), result.append, frozenset())]
    while tasks:
        value, pointer, put, around = tasks.pop()
        while isinstance(value, Enum) and not isinstance(value, str | int | float):
            value = value.value
        if not isinstance(value, dict | list | tuple):
            twin, fault = _scalar(value)
            if fault is not None:
                failures.append(Failure("json", pointer, value, fault))
                twin = None
            put(twin)
        elif id(value) in around:
            failures.append(Failure("json", pointer, None, "this value contains itself, so it has no JSON text"))
            put(None)
        elif len(pointer) >= max_depth:
            failures.append(Failure("depth", pointer, None, max_depth))
            put(None)
        elif isinstance(value, dict):
            put(_open_object(value, pointer, around | {id(value)}, tasks, failures))
        else:
            put(_open_array(value, pointer, around | {id(value)}, tasks))
    return result[0], tuple(failures)


def _open_object(
    value: dict[object, object], pointer: Pointer, around: frozenset[int], tasks: list[_Task], failures: list[Failure]
) -> object:
    members: dict[str, object] = {}
    for key, member in value.items():
        spelled = key.value if isinstance(key, Enum) else key
        fault = _fault_of_text(spelled) if isinstance(spelled, str) else f"a key of Python type {type(key).__name__} is not a string"
        if not isinstance(spelled, str) or fault is not None:
            failures.append(Failure("key", pointer, None, fault))
            continue
        name = str.__str__(spelled)
        members[name] = None  # holds the place, so that the copy keeps the order of the keys
        tasks.append((member, (*pointer, name), _setter(members, name), around))
    return members


def _open_array(value: list[object] | tuple[object, ...], pointer: Pointer, around: frozenset[int], tasks: list[_Task]) -> object:
    items: list[object] = [None] * len(value)
    tasks.extend((item, (*pointer, index), _setter(items, index), around) for index, item in enumerate(value))
    return items


def _setter(container: dict[str, object] | list[object], step: str | int) -> _Put:
    def put(value: object) -> None:
        container[step] = value  # type: ignore[index]  # the step is of the container's own kind, which no type says

    return put
