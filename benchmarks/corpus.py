"""A file of JSON Lines to measure with, the same for each seed.

``python -m benchmarks.corpus FILE --kind mixed --megabytes 200`` writes one. Each line is a chat request of 2 to 40
messages, half of them with tools; in a tenth of these, nobody else has the tools.

- ``clean``: nothing is found in any line.
- ``mixed``: one line of a hundred has a fault.
- ``faulty``: every line has a fault, and at most 1,500 bytes.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

Json = dict[str, Any]

KINDS = ("clean", "mixed", "faulty")
SEED = 1
FAULTY_LINES = 0.01
OWN_TOOLS = 0.1
LONGEST_FAULTY = 1_500

_WORDS = (
    *("the", "harbour", "ferry", "leaves", "at", "ten", "and", "takes", "an", "hour", "if", "wind", "is", "kind"),
    *("while", "boats", "with", "nets", "wait", "for", "calm", "water", "near", "old", "pier", "where", "two", "lamps"),
    *("burn", "all", "night", "so", "that", "pilots", "find", "their", "way", "home", "after", "long", "work", "on"),
    *("cold", "northern", "sea"),
)
_CITIES = ("Oslo", "Bergen", "Tromsø", "Ålesund", "Bodø", "Hammerfest")


def lines(kind: str, seed: int = SEED) -> Iterator[bytes]:
    """Lines without end, each with its newline."""
    random_ = random.Random(f"{kind} {seed}")
    shared = [[_tool(number * 10 + each) for each in range(5)] for number in range(20)]
    number = 0
    while True:
        number += 1
        body = _conversation(random_, number, shared)
        if kind == "faulty" or (kind == "mixed" and random_.random() < FAULTY_LINES):
            random_.choice(_FAULTS)(body)
        line = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
        if kind != "faulty" or len(line) <= LONGEST_FAULTY:
            yield line


def write(path: Path, kind: str, size: int, seed: int = SEED) -> int:
    """Write a file of about so many bytes; the number of its lines."""
    written = count = 0
    with path.open("wb") as stream:
        for line in lines(kind, seed):
            stream.write(line)
            written += len(line)
            count += 1
            if written >= size:
                return count
    return count


def _text(random_: random.Random, least: int, most: int) -> str:
    return " ".join(random_.choices(_WORDS, k=random_.randint(least, most))).capitalize() + "."


def _tool(number: int) -> Json:
    properties = {
        "city": {"type": "string", "description": "Name of the city."},
        "unit": {"type": "string", "enum": ["celsius", "fahrenheit"]},
        "days": {"type": "integer", "minimum": 1, "maximum": 14},
    }
    parameters = {"type": "object", "properties": properties, "required": ["city"], "additionalProperties": False}
    function = {"name": f"forecast_{number}", "description": f"Forecast {number}.", "parameters": parameters}
    return {"type": "function", "function": function}


def _conversation(random_: random.Random, number: int, shared: list[list[Json]]) -> Json:
    messages: list[Json] = [{"role": "system", "content": _text(random_, 8, 30)}]
    has_tools = random_.random() < 0.5
    turns = random_.choice((1, 1, 2, 2, 3, 5, 8, 13))
    is_own = random_.random() < OWN_TOOLS
    tools = [_tool(1_000_000 + number * 10 + each) for each in range(3)] if is_own else random_.choice(shared)
    for turn in range(turns):
        messages.append({"role": "user", "content": _text(random_, 5, 60)})
        if has_tools:
            messages += _call(random_, f"call_{number}_{turn}", random_.choice(tools)["function"]["name"])
        messages.append({"role": "assistant", "content": _text(random_, 10, 80)})
    messages.append({"role": "user", "content": _text(random_, 5, 20)})
    body: Json = {"messages": messages, "max_tokens": random_.randint(100, 4_000)}
    if has_tools:
        body["tools"] = tools
    if random_.random() < 0.5:
        body["temperature"] = round(random_.random(), 2)
    return body


def _call(random_: random.Random, identifier: str, name: str) -> list[Json]:
    arguments = json.dumps({"city": random_.choice(_CITIES), "days": random_.randint(1, 14)}, ensure_ascii=False)
    function = {"name": name, "arguments": arguments}
    return [
        {
            "role": "assistant",
            "content": "",
            "tool_calls": [{"id": identifier, "type": "function", "function": function}],
        },
        {"role": "tool", "tool_call_id": identifier, "content": _text(random_, 3, 20)},
    ]


def _too_hot(body: Json) -> None:
    body["temperature"] = 1.5


def _no_content(body: Json) -> None:
    body["messages"][-1]["content"] = None


def _unknown_role(body: Json) -> None:
    body["messages"][0]["role"] = "developer"


def _no_role(body: Json) -> None:
    del body["messages"][1]["role"]


def _no_result(body: Json) -> None:
    body["messages"].append({"role": "tool", "tool_call_id": "call_lost", "content": "5"})


def _format_without_schema(body: Json) -> None:
    body["response_format"] = {"type": "json_schema"}


_FAULTS: tuple[Callable[[Json], None], ...] = (
    _too_hot,
    _no_content,
    _unknown_role,
    _no_role,
    _no_result,
    _format_without_schema,
)


def main() -> None:
    """Write a file."""
    parser = argparse.ArgumentParser(description="Write JSON Lines to measure with.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--kind", choices=KINDS, default="mixed")
    parser.add_argument("--megabytes", type=float, default=200)
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args()
    count = write(options.file, options.kind, int(options.megabytes * 1e6), options.seed)
    print(f"{count:,} lines")


if __name__ == "__main__":
    main()
