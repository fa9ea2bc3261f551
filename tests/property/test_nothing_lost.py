"""No fix loses what a request says: every text stands after all fixes, or the words of a fix name it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nothing_lost import lost

from minimax_validate.strategies import faulty_requests, requests, tool_conversations
from minimax_validate.strategies.dialects import WRITERS

Json = Any

SHARED = Path(__file__).parents[3] / "shared"
CASES = sorted((SHARED / "cases").glob("[0-9]*.json"))
CORPUS = sorted((SHARED / "corpus").glob("*.jsonl"))


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
