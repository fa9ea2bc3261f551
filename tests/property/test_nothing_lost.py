"""No fix loses what a request says: every text stands after all fixes, or the words of a fix name it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minimax_validate import Diagnostic, fix
from minimax_validate.strategies import faulty_requests, requests, tool_conversations
from minimax_validate.strategies.dialects import WRITERS

Json = Any

SHARED = Path(__file__).parents[3] / "shared"
CASES = sorted((SHARED / "cases").glob("[0-9]*.json"))
CORPUS = sorted((SHARED / "corpus").glob("*.jsonl"))

SAYING = ("system", "instructions", "messages", "tools", "functions", "response_format", "output_config", "guided_json")
"""The keys of a request that say something; the others are switches and figures."""
KINDS = frozenset({"type", "role", "state", "object", "status"})
"""Keys whose values say what kind of thing the object is."""


def said(body: Json) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each text that a request says, and the keys on the way to it."""
    if isinstance(body, list):
        yield from texts(body, ())
    elif isinstance(body, dict):
        inner = body.get("input", body.get("body"))
        if "messages" not in body and isinstance(inner, dict):
            yield from said(inner)
        for key in SAYING:
            if key in body:
                yield from texts(body[key], (key,))


def texts(value: Json, keys: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The texts inside a value; the names of properties are texts too."""
    if isinstance(value, str):
        if value.strip() and keys[-1:] not in {(kind,) for kind in KINDS}:
            yield value, keys
    elif isinstance(value, dict):
        for key, member in value.items():
            if keys[-1:] == ("properties",):
                yield key, keys
            yield from texts(member, (*keys, key))
    elif isinstance(value, list):
        for item in value:
            yield from texts(item, keys)


def strings(value: Json) -> Iterator[str]:
    """All strings of a value, its keys among them, and those inside strings that are JSON."""
    if isinstance(value, str):
        yield value
        if value[:1] in ("{", "[", '"'):
            try:
                inner = json.loads(value)
            except (ValueError, RecursionError):
                return
            yield from strings(inner)
    elif isinstance(value, dict):
        for key, member in value.items():
            yield key
            yield from strings(member)
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)


def lost(body: Json) -> list[tuple[str, tuple[str, ...]]]:
    """The texts that are gone after all fixes, and that no fix has named."""
    done = fix(body, unsafe=True)
    left = list(strings(done.payload))
    everything = "\n".join(left)
    words = " ".join(named(finding) for finding in done.applied)
    return [
        (text, keys)
        for text, keys in said(body)
        if text not in everything and not is_held(text, left) and not is_named(text, keys, words)
    ]


def is_held(text: str, left: list[str]) -> bool:
    """Whether JSON text is there in another spelling."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return False
    inside = list(strings(value))
    return all(any(each in other for other in left) for each in inside) and bool(inside or value in ({}, [], ""))


def named(finding: Diagnostic) -> str:
    """The words of a fix."""
    return finding.fix.message if finding.fix else ""


def is_named(text: str, keys: tuple[str, ...], words: str) -> bool:
    """Whether the words of the fixes name a text: by its beginning, or by a key around it."""
    excerpt = json.dumps(text[:30], ensure_ascii=False)[1:-1]
    if excerpt in words or json.dumps(text[:30])[1:-1] in words:
        return True
    return any(re.search(rf"(?<!\w){re.escape(key)}(?!\w)", words) for key in keys if key not in SAYING)


@pytest.mark.skipif(not CASES, reason="the shared cases are not beside this checkout")
@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_reported_request(path: Path) -> None:
    """All texts of a request in a shape that public reports describe survive."""
    assert lost(json.loads(path.read_text("utf-8"))) == []


@pytest.mark.skipif(not CORPUS, reason="the shared corpus is not beside this checkout")
@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_recorded_requests(path: Path) -> None:
    """All texts of recorded requests survive."""
    for line in path.read_text("utf-8").splitlines():
        if line.strip():
            assert lost(json.loads(line)) == []


@given(faulty_requests())
def test_planted_faults(case: tuple[Json, Any]) -> None:
    """All texts of a request with a fault of any rule survive."""
    assert lost(case[0]) == []


@pytest.mark.parametrize("name", WRITERS)
def test_dialects(name: str) -> None:
    """All texts of a history in a dialect survive."""

    @given(tool_conversations(), st.sampled_from([None, "Be brief.", [{"type": "text", "text": "Be brief."}]]))
    def dialects(history: list[Json], prompt: Json) -> None:
        body: Json = {"messages": WRITERS[name](history)}
        assert lost(body if prompt is None else {**body, "system": prompt}) == []

    dialects()


PLACES = st.sampled_from(
    [
        ("messages", 0, "text"),
        ("messages", 0, "refusal"),
        ("messages", 0, "content"),
        ("tools", 0, "description"),
        ("tools", 0, "function", "notes"),
        ("tools", 0, "function", "inputSchema"),
        ("tools", 0, "function", "parameters", "title"),
        ("response_format", "json_schema", "schema", "description"),
        ("response_format", "json_schema", "notes"),
        ("response_format", "title"),
    ]
)
VALUES = st.sampled_from(
    ["fjord", None, ["fjord"], {"type": "object", "properties": {"fjord": {"type": "string"}}}, {"fjord": "bergen"}]
)


@given(requests(), st.lists(st.tuples(PLACES, VALUES), min_size=1, max_size=3))
def test_texts_at_odd_places(request: Json, planted: list[tuple[tuple[Any, ...], Json]]) -> None:
    """A text that stands where the contract does not take it survives too, or is named."""
    body = json.loads(json.dumps(request))
    for place, value in planted:
        holder = body
        for step in place[:-1]:
            missing = isinstance(step, int) and step >= len(holder)
            holder = None if missing or (isinstance(step, str) and step not in holder) else holder[step]
            if not isinstance(holder, dict | list):
                break
        if isinstance(holder, dict):
            holder[place[-1]] = value
    assert lost(body) == []
