"""YAML: libyaml and the parser that is made of Python read the same values, faults and places."""

from __future__ import annotations

import json
from collections.abc import Iterator

from yaml_engines import use

from fuzz import seeds
from fuzz.harness import Harness, Seen, expect
from fuzz.laws.documents import checked, documents_of, read_soundly
from minimax_validate.texts.placed import place


def _seeds() -> tuple[bytes, ...]:
    return (*seeds.fixtures(".yaml", ".yml"), *seeds.requests()[:150], *map(_block, seeds.requests()[:150]))


def _block(data: bytes) -> bytes:
    return ("\n".join(_lines(json.loads(data), "")) + "\n").encode("utf-8", "replace")


def _lines(value: object, indent: str) -> Iterator[str]:
    """JSON in block style, which the writer of PyYAML has other ways to write."""
    if isinstance(value, dict) and value:
        for key, member in value.items():
            yield f"{indent}{json.dumps(key)}:"
            yield from _lines(member, indent + "  ")
    elif isinstance(value, list) and value:
        for item in value:
            yield f"{indent}-"
            yield from _lines(item, indent + "  ")
    else:
        yield indent + json.dumps(value, ensure_ascii=False)


def _read(data: bytes) -> list[object]:
    found: list[object] = []
    for document in documents_of("a.yaml", data):
        outcome = checked(document)
        # Their words differ: the parsers say in their own what is wrong.
        faults = [(fault.diagnostic.code,) for fault in document.faults]
        found.append((repr(document.value) if not faults else "", faults))
        if not faults:
            found.append([(each.diagnostic.code, each.location) for each in place(outcome).findings])
    return found


def _run(data: bytes) -> Seen:
    seen = read_soundly("a.yaml", data)
    with use("python"):
        read_soundly("a.yaml", data)
        slow = _read(data)
    expect(_read(data) == slow, "both YAML parsers agree")
    return seen


HARNESS = Harness("yaml", _seeds, _run)
