"""Turn any Python value into plain JSON values, and name what JSON cannot hold.

A value may be of any class, and a class may lie or fail: only its true type is asked, and only the methods of the
built-in ones are called.

The hot path never comes here: an encoder and the compiled contract prove most payloads plain. This is the whole truth
for the rest, and for interpreters without those two.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from enum import Enum
from typing import Any, NamedTuple

from minimax_validate.values.codec import STRICT, orjson
from minimax_validate.values.failure import Failure
from minimax_validate.values.pointer import Pointer

MAX_DEPTH = 254
"""Levels of nesting, the payload itself being the first.

Orjson, which writes requests for many clients, goes no deeper.
"""

_LARGEST = 2**1024
_Put = Callable[[object], None]
_Task = tuple[Any, Pointer, _Put, frozenset[int]]
_CONTAINERS = (dict, list, tuple)


def _fault_of_float(number: float) -> str | None:
    if math.isfinite(number):
        return None
    return (
        "NaN is not a valid JSON number"
        if math.isnan(number)
        else "a number that is infinite or too large for a double is not a valid JSON number"
    )


def _fault_of_text(text: str) -> str | None:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        return (
            f"the character at index {error.start} is a lone surrogate "
            f"(U+{ord(text[error.start]):04X}), which UTF-8 cannot encode"
        )
    return None


def _scalar(value: Any) -> tuple[object, str | None]:
    """The plain twin of a value that is no container, and what is wrong with it."""
    kind = type(value)
    if value is None or kind is bool:
        return value, None
    if issubclass(kind, str):
        text = str.__str__(value)
        return text, _fault_of_text(text)
    if issubclass(kind, int):
        integer = int.__int__(value)
        return (
            integer,
            None if -_LARGEST < integer < _LARGEST else "a number outside the range of a double becomes infinity",
        )
    if issubclass(kind, float):
        number = float.__float__(value)
        return number, _fault_of_float(number)
    return None, f"a value of Python type {kind.__name__} cannot be encoded as JSON"


def is_plain(payload: object) -> bool:
    """Whether every part of a payload that ends is of a JSON type itself, and of no subclass."""
    values = [payload]
    while values:
        value = values.pop()
        if type(value) is dict:
            values.extend(value)
            values.extend(value.values())
        elif type(value) is list:
            values.extend(value)
        elif value is not None and type(value) not in (str, int, float, bool):
            return False
    return True


class Plain(NamedTuple):
    """What ``plain_copy`` makes of a payload.

    ``value`` is the copy, ``failures`` are the places of what JSON cannot hold. ``encoded`` is the compact JSON text of
    the copy, empty if it was not written.
    """

    value: object
    failures: tuple[Failure, ...]
    encoded: bytes = b""


def to_plain(payload: object) -> tuple[object, tuple[Failure, ...]]:
    """A copy of the payload made of plain JSON types only, and a failure for every place where that cannot be.

    Subclasses become their base, tuples become lists and members of an Enum their value, as encoders do. A faulty value
    is None in the copy, and a key that is no string is left out.
    """
    copy = plain_copy(payload)
    return copy.value, copy.failures


def plain_copy(payload: object) -> Plain:
    """What ``to_plain`` gives, with the JSON text if there is one.

    If writing and reading gives what equals the payload, then all of it was plain, or as good as.
    """
    if orjson is not None:
        try:
            encoded = orjson.dumps(payload, None, STRICT)
            twin: object = orjson.loads(encoded)
            if twin == payload:
                return Plain(twin, (), encoded)
        except Exception:  # whatever a stranger's class raises in an encoder's hands, the walk asks it nothing
            pass
    return Plain(*walk(payload, MAX_DEPTH))


def walk(payload: object, max_depth: int = MAX_DEPTH) -> tuple[object, tuple[Failure, ...]]:
    """See ``to_plain``; this is how it is done where the payload is not plain through and through."""
    failures: list[Failure] = []
    result: list[object] = []
    # A stack of our own: the interpreter's is too short for a hostile payload, and not ours alone.
    tasks: list[_Task] = [(payload, (), result.append, frozenset())]
    while tasks:
        value, pointer, put, around = tasks.pop()
        value = _underlying(value)
        kind = type(value)
        if not issubclass(kind, _CONTAINERS):
            twin, fault = _scalar(value)
            if fault is not None:
                failures.append(Failure("json", pointer, None, fault))
                twin = None
            put(twin)
        elif id(value) in around:
            failures.append(
                Failure("json", pointer, None, "this value contains itself, so it cannot be encoded as JSON")
            )
            put(None)
        elif len(pointer) >= max_depth:
            failures.append(Failure("depth", pointer, None, max_depth))
            put(None)
        elif issubclass(kind, dict):
            put(_open_object(dict.items(value), pointer, around | {id(value)}, tasks, failures))
        else:
            base: Any = list if issubclass(kind, list) else tuple
            put(_open_array(list(base.__iter__(value)), pointer, around | {id(value)}, tasks))
    return result[0], tuple(failures)


def _underlying(value: Any) -> Any:
    """The value that a member of an Enum stands for; any other value is its own."""
    while issubclass(type(value), Enum) and not issubclass(type(value), str | int | float):
        value = value._value_
    return value


def _open_object(
    pairs: Iterable[tuple[object, object]],
    pointer: Pointer,
    around: frozenset[int],
    tasks: list[_Task],
    failures: list[Failure],
) -> object:
    members: dict[str, object] = {}
    for key, member in pairs:
        name, fault = _scalar(_underlying(key))
        if not isinstance(name, str):
            fault = f"a key must be a string, not a value of Python type {type(key).__name__}"
        if not isinstance(name, str) or fault is not None:
            failures.append(Failure("key", pointer, None, fault))
            continue
        members[name] = None  # holds the place, so that the copy keeps the order of the keys
        tasks.append((member, (*pointer, name), _setter(members, name), around))
    return members


def _open_array(value: list[object], pointer: Pointer, around: frozenset[int], tasks: list[_Task]) -> object:
    items: list[object] = [None] * len(value)
    tasks.extend((item, (*pointer, index), _setter(items, index), around) for index, item in enumerate(value))
    return items


def _setter(container: dict[str, object] | list[object], step: str | int) -> _Put:
    def put(value: object) -> None:
        container[step] = value  # type: ignore[index]  # the step is of the container's own kind, which no type says

    return put
