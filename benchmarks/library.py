"""What a call of the library costs beside parsing the same request, by size and by envelope.

``python -m benchmarks --only library``. Each row is a clean request, checked by one ``Validator``, over ``json.loads``
of its text.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from functools import partial

from benchmarks.payloads import VENDOR_EXAMPLE, Json, chat, conversation, tool, with_null_content
from benchmarks.peers.validators import OF_VALUES
from benchmarks.ratio import Ratio, compare
from benchmarks.results import Result
from minimax_validate import Validator

SIZES = ((2, 0), (11, 0), (11, 5), (25, 10), (40, 20), (101, 0), (101, 20), (1_001, 0), (1_001, 20))
"""Messages and tools of the conversations."""

NEAR_THE_WINDOW = (400_000, 450_000, 500_000)
"""Bytes of the requests that are near the context window."""

MODEL = "minimax/m2.7"
NEW_TOOL = "11 messages, a tool never seen"
ONE_ERROR = "10 messages, 5 tools, one error"


def envelopes(body: Json) -> dict[str, Json]:
    """The usual ways to send a request."""
    return {
        "bare": body,
        "with model": {"model": MODEL, **body},
        "input": {"model": MODEL, "input": body},
        "batch line": {
            "custom_id": "request-1",
            "method": "POST",
            "url": "/v1/chat/completions",
            "body": {"model": MODEL, **body},
        },
        "gateway step": {
            "provider": "workers-ai",
            "endpoint": MODEL,
            "headers": {"Content-Type": "application/json"},
            "query": body,
        },
    }


def rows() -> Iterator[tuple[str, Json, float]]:
    """The name of each row, its payload, and the ratio that is hoped for."""
    bodies = {f"{count} messages, {tools} tools": chat(count, tools) for count, tools in SIZES[1:]}
    for name, body in {"2 messages": VENDOR_EXAMPLE, **bodies}.items():
        for envelope, payload in envelopes(body).items():
            yield f"{name}, {envelope}", payload, 1.0
    for size in NEAR_THE_WINDOW:
        yield f"{size // 1_000} KB of prose", prose(size), 3.0
        yield f"{size // 1_000} KB of a history with tools", history(size), 3.0


def prose(size: int) -> Json:
    """A conversation of two long texts, of about so many bytes."""
    sentence = "The ferry to the island leaves at ten, and takes an hour if the wind is kind. "
    text = sentence * (size // 2 // len(sentence))
    return {
        "messages": [{"role": "system", "content": text}, {"role": "user", "content": text}],
        "max_tokens": 2048,
    }


def history(size: int) -> Json:
    """A conversation with calls and results, of about so many bytes."""
    per_message = len(json.dumps(conversation(500, 0))) / 500
    return conversation(int(size / per_message) // 5 * 5, 10)


def measured(rounds: int, only: str = "") -> Iterator[Result]:
    """Each row that has ``only`` in its name."""
    validator = Validator()
    section = "A call of the library"
    for name, payload, limit in rows():
        if only in name:
            if validator.check(payload).diagnostics:
                raise AssertionError(f"{name} is not clean")
            text = json.dumps(payload)
            ratio = compare(partial(validator.check, payload), partial(json.loads, text), rounds=rounds)
            yield Result(section, name, "json.loads", ratio, limit)
    if only in NEW_TOOL:
        yield Result(section, NEW_TOOL, "json.loads", _new_tools(rounds))
    if only in ONE_ERROR:
        broken = with_null_content(conversation())
        ratio = compare(partial(validator.check, broken), partial(json.loads, json.dumps(broken)), rounds=rounds)
        yield Result(section, ONE_ERROR, "json.loads", ratio)
    yield from _peers(rounds, only)


def _peers(rounds: int, only: str) -> Iterator[Result]:
    """The same request in other validators, which do the schema alone."""
    payload = chat(11, 5)
    check = partial(Validator().check, payload)
    for name, make in OF_VALUES.items():
        if only in name:
            judge = make()
            ratio = compare(check, partial(judge, payload), rounds=rounds)
            yield Result(
                "Compared with other validators, 11 messages and 5 tools",
                "minimax-validate",
                f"{name}, schema only",
                ratio,
            )


def _new_tools(rounds: int) -> Ratio:
    """What requests cost whose tools no request before had: each payload is checked once."""
    validator = Validator()
    texts = [json.dumps({**chat(11, 0), "tools": [tool(number)]}) for number in range(1_000 * (rounds + 1))]
    ratios = []
    for start in range(0, len(texts), 1_000):
        payloads = [json.loads(text) for text in texts[start : start + 1_000]]
        begin = time.perf_counter()
        for payload in payloads:
            validator.check(payload)
        middle = time.perf_counter()
        for text in texts[start : start + 1_000]:
            json.loads(text)
        ratios.append((middle - begin, time.perf_counter() - middle))
    return Ratio.of(ratios[1:], 1_000)
