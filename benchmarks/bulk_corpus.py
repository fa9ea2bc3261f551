"""Long files of JSON Lines to measure with: the same bytes for the same size, whatever the machine."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from benchmarks.payloads import Json, chat

Kind = Literal["clean", "mixed", "faulty"]
"""How many lines have a fault: none, one of a hundred, or all of them."""

SEED = 16
SHARES = {"clean": 0.0, "mixed": 0.01, "faulty": 1.0}

_SAID = """
the ferry leaves at ten and takes an hour if wind is kind while rain over hills keeps most of town at home until
somebody finds a boat café naïve 雨 or asks “why” of the harbour office whose answer is short
"""
_WORDS = tuple(_SAID.split())
_TALKS = (2, 2, 2, 4, 6, 10, 14, 26)
_CALLS = (6, 11, 16, 26)


def write_corpus(path: Path, size: int, kind: Kind) -> int:
    """Write lines until there are so many bytes; what comes back is how many they are."""
    number = 0
    with path.open("wb") as stream:
        for line in lines(kind):
            if stream.tell() >= size:
                break
            stream.write(line)
            number += 1
    return number


def lines(kind: Kind) -> Iterator[bytes]:
    """Requests, a line each, without an end: talks and histories with calls, bare and in envelopes.

    A tenth have a tool that no other request has. Those with a fault are short.
    """
    chance = random.Random(SEED)
    number = 0
    while True:
        number += 1
        if chance.random() < SHARES[kind]:
            body = _faulty(chance)
        elif chance.random() < 0.25:
            body = chat(chance.choice(_CALLS), chance.choice((2, 3, 5)))
        else:
            body = chat(chance.choice(_TALKS))
            body["messages"][-1] = {"role": "user", "content": _text(chance, chance.choice((5, 20, 60, 400)))}
        if chance.random() < 0.1:
            body["tools"] = [*body.get("tools", ()), _own_tool(number, chance)]
        yield json.dumps(_in_envelope(body, number, chance), ensure_ascii=chance.random() < 0.5).encode() + b"\n"


def _text(chance: random.Random, words: int) -> str:
    return " ".join(chance.choices(_WORDS, k=words))


def _own_tool(number: int, chance: random.Random) -> Json:
    properties = {f"key_{number}_{index}": {"type": "string", "description": _text(chance, 5)} for index in range(3)}
    parameters = {"type": "object", "properties": properties, "required": list(properties)[:1]}
    return {
        "type": "function",
        "function": {"name": f"ask_{number}", "description": _text(chance, 12), "parameters": parameters},
    }


def _in_envelope(body: Json, number: int, chance: random.Random) -> Json:
    drawn = chance.random()
    if drawn < 0.6:
        return body
    if drawn < 0.85:
        return {"model": "minimax/m2.7", "input": body}
    return {"custom_id": f"request-{number}", "method": "POST", "url": "/v1/chat/completions", "body": body}


def _faulty(chance: random.Random) -> Json:
    body = chat(chance.choice((2, 4, 6)))
    message = chance.choice(body["messages"])
    match chance.randrange(5):
        case 0:
            message["content"] = None
        case 1:
            message["role"] = "developer"
        case 2:
            body["messages"].append({"role": "tool", "tool_call_id": "call_9", "content": "42"})
        case 3:
            body["temperature"] = chance.choice((5, -1, "hot"))
        case _:
            body["max_completion_tokens"] = 100
    return body
