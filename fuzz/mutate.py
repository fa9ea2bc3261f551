"""Mutations of bytes and of JSON values: small, and the same for the same random numbers."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import Any

from fuzz.words import spellings, words

Json = Any
Holder = tuple[Any, Any]
"""A dict or list, and the key or index of one of its values."""

_NUMBERS = (0, 1, -1, 2, 0.5, -0.0, 1.0, 1e300, 5e-324, 2**31, 2**53 + 1, 2**63, 2**64, -(2**64), 10**400, 196608)
_TEXTS = (
    *("", " ", "a", "\n", "\x00", "\ud800", "\u2028", "😀", "e\u0301", "{}", "[]", '"', '{"city": "Oslo"}', '{"city'),
    *("<think>a</think>", "]~b]user", "[e~[", "a" * 65, "5 °C", "^(a+)+$", "a{1,9000}", "https://example.com/a.png"),
)
_BYTES = (
    b"\x00",
    b"\xff",
    b"\xed\xa0\x80",
    b"\xc3",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\xe2\x80\xa8",
    b"\r",
    b"\xf0\x9f\x98\x80",
)
_DEEP = 130


def mutated(data: bytes, others: Sequence[bytes], random: Random, *, is_json: bool, most: int) -> bytes:
    """A neighbour of an input, of at most so many bytes; parts of ``others`` may be in it."""
    if is_json and random.random() < 0.9:
        value = _loaded(data)
        if value is not None:
            other = _loaded(random.choice(others)) if others else None
            for _ in range(random.choice((1, 1, 1, 2, 3, 5))):
                value = mutated_value(value, other, random)
            try:
                return json.dumps(value, ensure_ascii=random.random() < 0.5).encode("utf-8", "backslashreplace")[:most]
            except RecursionError:
                return data
    for _ in range(random.choice((1, 1, 2, 2, 4, 8))):
        data = _mutated_bytes(data, others, random)
    return data[:most]


def mutated_value(value: Json, other: Json, random: Random) -> Json:
    """A JSON value changed in one place; it may be changed itself."""
    places = list(_places(value))
    if not places:
        return _fresh(random) if random.random() < 0.5 else other
    # Texts and lists of a long request would draw all changes to themselves: half of them go to where few values are.
    holder, step = random.choice(places) if random.random() < 0.5 else places[int(len(places) * random.random() ** 3)]
    change = random.choice(_CHANGES)
    change(holder, step, other, random)
    return value


def _loaded(data: bytes) -> Json | None:
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return None


def _places(value: Json) -> Iterator[Holder]:
    waiting = [value]
    while waiting:
        holder = waiting.pop(0)
        steps: Iterator[Any] = (
            iter(holder)
            if isinstance(holder, dict)
            else iter(range(len(holder)))
            if isinstance(holder, list)
            else iter(())
        )
        for step in steps:
            yield holder, step
            if isinstance(holder[step], dict | list):
                waiting.append(holder[step])


def _fresh(random: Random) -> Json:
    pick = random.random()
    if pick < 0.2:
        return random.choice((None, True, False))
    if pick < 0.4:
        return random.choice(_NUMBERS)
    if pick < 0.6:
        return random.choice(_TEXTS)
    if pick < 0.75:
        return random.choice(words())
    if pick < 0.85:
        return [_fresh(random) for _ in range(random.randrange(3))]
    return {random.choice(words()): _fresh(random) for _ in range(random.randrange(4))}


def _replace(holder: Any, step: Any, _other: Json, random: Random) -> None:
    holder[step] = _fresh(random)


def _delete(holder: Any, step: Any, _other: Json, _random: Random) -> None:
    del holder[step]


def _rename(holder: Any, step: Any, _other: Json, random: Random) -> None:
    if isinstance(holder, dict):
        holder[random.choice(words()) if random.random() < 0.8 else random.choice(_TEXTS)] = holder.pop(step)
    else:
        random.shuffle(holder)


def _add(holder: Any, step: Any, _other: Json, random: Random) -> None:
    if isinstance(holder, dict):
        holder[random.choice(words())] = _fresh(random)
    else:
        holder.insert(step, _fresh(random))


def _repeat(holder: Any, step: Any, _other: Json, random: Random) -> None:
    if isinstance(holder, list):
        holder[step:step] = [_copy(holder[step]) for _ in range(random.choice((1, 1, 2, 9)))]
    else:
        holder[random.choice(words())] = _copy(holder[step])


def _wrap(holder: Any, step: Any, _other: Json, random: Random) -> None:
    value = holder[step]
    pick = random.random()
    if pick < 0.3:
        holder[step] = [value]
    elif pick < 0.5:
        holder[step] = {"type": "text", "text": value}
    elif pick < 0.9:
        holder[step] = {random.choice(words()): value}
    else:
        for _ in range(random.randrange(_DEEP)):
            value = [value]
        holder[step] = value


def _unwrap(holder: Any, step: Any, _other: Json, random: Random) -> None:
    value = holder[step]
    if isinstance(value, dict | list) and value:
        holder[step] = random.choice(list(value.values()) if isinstance(value, dict) else value)
    else:
        holder[step] = _fresh(random)


def _spell(holder: Any, step: Any, _other: Json, random: Random) -> None:
    """Another spelling of a value: a text that is JSON, or the value that a text of JSON has."""
    value = holder[step]
    if isinstance(value, str):
        found = _loaded(value.encode("utf-8", "replace"))
        at = random.randrange(len(value) + 1)
        holder[step] = value[:at] + random.choice(_TEXTS + words()) + value[at:] if found is None else found
    else:
        try:
            holder[step] = json.dumps(value)
        except RecursionError:
            holder[step] = None


def _exchange(holder: Any, step: Any, other: Json, random: Random) -> None:
    """Put a part of another value here."""
    places = list(_places(other))
    if places:
        source, key = random.choice(places)
        holder[step if isinstance(holder, list) or not isinstance(key, str) else random.choice((step, key))] = _copy(
            source[key]
        )


_CHANGES: tuple[Callable[[Any, Any, Json, Random], None], ...] = (
    _replace, _replace, _delete, _rename, _add, _add, _repeat, _wrap, _unwrap, _spell, _exchange, _exchange,
)  # fmt: skip


def _copy(value: Json) -> Json:
    if isinstance(value, dict):
        return {key: _copy(member) for key, member in value.items()}
    return [_copy(item) for item in value] if isinstance(value, list) else value


def _mutated_bytes(data: bytes, others: Sequence[bytes], random: Random) -> bytes:
    at = random.randrange(len(data) + 1)
    end = min(len(data), at + int(random.expovariate(0.1)) + 1)
    pick = random.randrange(9)
    if pick <= 1:
        return data[:at] + random.choice(spellings()) + data[at:]
    if pick == 2:
        return data[:at] + random.choice(spellings()) + data[end:]
    if pick == 3:
        return data[:at] + data[end:]
    if pick == 4:
        return data[:at] + random.choice(_BYTES) + data[at:]
    if pick == 5:
        return data[:at] + bytes((random.randrange(256),)) + data[at + 1 :]
    if pick == 6:
        return data[:end] + data[at:end] * random.choice((1, 1, 2, 20)) + data[end:]
    if pick == 7 and others:
        other = random.choice(others)
        start = random.randrange(len(other) + 1)
        return data[:at] + other[start : start + random.randrange(1, 200)] + data[random.choice((at, end)) :]
    to = random.randrange(len(data) + 1)
    rest = data[:at] + data[end:]
    return rest[:to] + data[at:end] + rest[to:]
