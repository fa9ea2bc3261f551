"""What fuzzing begins with: the examples of rules and dialects, the fixtures, and small files of each format."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

from fuzz import ROOT
from minimax_validate.request.dialects import DIALECTS
from minimax_validate.rules.catalogue import RULES
from minimax_validate.rules.rule import Invalid, Valid

Json = Any
LONGEST = 6_000
"""Bytes of a seed: longer ones take the time of many."""

BODY = '{"model": "minimax/m2.7", "messages": [{"role": "user", "content": null}]}'
URL = "https://api.cloudflare.com/client/v4/accounts/a/ai/v1/chat/completions"
RUN = "https://api.cloudflare.com/client/v4/accounts/a/ai/run/minimax/m2.7"


@cache
def payloads() -> tuple[Json, ...]:
    """Requests, sound and faulty, and histories in dialects."""
    found: list[Json] = [example.payload for example in _examples() if example.text is None]
    for dialect in DIALECTS:
        found += [{"messages": list(each.given)} for each in (dialect.messages.examples if dialect.messages else ())]
        found += [
            {"messages": [{"role": "user", "content": "Hello"}], "tools": list(each.given)}
            for each in (dialect.tools.examples if dialect.tools else ())
        ]
    return tuple(found)


@cache
def requests() -> tuple[bytes, ...]:
    """The same as JSON; what JSON cannot hold is left out."""
    return short(_written(payloads()))


@cache
def texts() -> tuple[bytes, ...]:
    """The texts among the examples of rules."""
    found = (example.text for example in _examples() if example.text is not None)
    return short(text.encode() if isinstance(text, str) else text for text in found)


def _examples() -> Iterator[Valid | Invalid]:
    for rule in RULES:
        yield from rule.valid
        yield from rule.invalid


def fixtures(*suffixes: str) -> tuple[bytes, ...]:
    """The fixtures whose names end in one of the suffixes."""
    files = [path for path in sorted((ROOT / "fixtures").glob("*/*")) if path.name.endswith(suffixes)]
    return short(path.read_bytes() for path in files)


def programs(*suffixes: str) -> tuple[bytes, ...]:
    """The programs of the tests and the examples whose names end in one of the suffixes."""
    folders = (ROOT / "tests" / "data" / "programs", ROOT / "examples")
    files = [path for folder in folders for path in sorted(folder.rglob("*")) if path.name.endswith(suffixes)]
    return short(path.read_bytes() for path in files if "node_modules" not in path.parts)


def calls_in_typescript() -> tuple[bytes, ...]:
    """A program for each of several requests, which does nothing but send it."""
    return short(b'await env.AI.run("minimax/m2.7", %s);' % each for each in requests()[:300])


def calls_in_python() -> tuple[bytes, ...]:
    """The same in Python."""
    return short(
        f'requests.post("{RUN}", json={json.loads(each)!r})'.encode("utf-8", "backslashreplace")
        for each in requests()[:300]
    )


def short(found: Any) -> tuple[bytes, ...]:
    """Those that are short enough."""
    return tuple(each for each in found if len(each) <= LONGEST)


def _written(values: tuple[Json, ...]) -> Iterator[bytes]:
    for value in values:
        try:
            yield json.dumps(value, ensure_ascii=False, allow_nan=False).encode()
        except (TypeError, ValueError, RecursionError):
            continue
