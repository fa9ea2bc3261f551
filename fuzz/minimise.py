"""Make an input that fails as small as it can be while it fails in the same way."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

Json = Any
MOST_TRIES = 3_000


def minimised(data: bytes, fails: Callable[[bytes], bool], *, is_json: bool) -> bytes:
    """The smallest input found that still fails; a value of JSON is made smaller as a value first."""
    tries = _Tries(fails)
    if is_json:
        data = _smaller_value(data, tries)
    size = max(1, len(data) // 2)
    while size:
        at = 0
        while at < len(data) and tries.left:
            shorter = data[:at] + data[at + size :]
            if tries(shorter):
                data = shorter
            else:
                at += size
        size //= 2
    return data


class _Tries:
    """Asks whether an input fails, as often as that is worth it."""

    def __init__(self, fails: Callable[[bytes], bool]) -> None:
        self._fails = fails
        self.left = MOST_TRIES

    def __call__(self, data: bytes) -> bool:
        self.left -= 1
        return self.left >= 0 and self._fails(data)


def _smaller_value(data: bytes, tries: _Tries) -> bytes:
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return data
    found = True
    while found and tries.left > 0:
        found = False
        for other in _smaller(value):
            written = json.dumps(other).encode()
            if len(written) < len(data) and tries(written):
                value, data, found = other, written, True
                break
    return data


def _smaller(value: Json) -> Iterator[Json]:
    """A value with one part less, large parts first."""
    if isinstance(value, dict):
        for key in value:
            yield {other: member for other, member in value.items() if other != key}
        yield from value.values()
        for key, member in value.items():
            for smaller in _smaller(member):
                yield {**value, key: smaller}
    elif isinstance(value, list):
        for index in range(len(value)):
            yield [*value[:index], *value[index + 1 :]]
        yield from value
        for index, item in enumerate(value):
            for smaller in _smaller(item):
                yield [*value[:index], smaller, *value[index + 1 :]]
    elif isinstance(value, str) and value:
        yield from ("", value[: len(value) // 2], value[len(value) // 2 :])
    elif value not in (None, 0):
        yield 0
