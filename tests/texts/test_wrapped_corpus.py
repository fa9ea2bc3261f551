"""Recorded requests in every wrapping that requests come in.

The findings are those of the bare body, at the same characters. Each wrapping looks at every fifth body, and each at
others; ``CORPUS=all`` has it look at all of them, which takes eight minutes.
"""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from agreement import Told, bare, disagreement, documents_of, told
from wrappings import WRAPPINGS, Wrapping

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
NAMES = sorted(path.name for path in CORPUS.glob("*.jsonl") if path.name != "index.jsonl")

EACH = 1 if os.environ.get("CORPUS") == "all" else 5

pytestmark = [
    pytest.mark.skipif(not NAMES, reason="the shared corpus is not beside this checkout"),
    pytest.mark.slow,
]


@cache
def bodies() -> list[tuple[str, list[Told]]]:
    """The texts of all bodies, and what is found in each."""
    lines = [line for name in NAMES for line in (CORPUS / name).read_text("utf-8").splitlines() if line.strip()]
    texts = [json.dumps(json.loads(line), ensure_ascii=False) for line in lines]
    return [(text, bare(text)) for text in texts]


@pytest.mark.parametrize("wrapping", WRAPPINGS, ids=lambda wrapping: wrapping.name)
def test_findings_are_those_of_the_bare_body(wrapping: Wrapping) -> None:
    """Code, pointer, message, characters and what a finding is related to agree."""
    wrapped = bodies()[WRAPPINGS.index(wrapping) % EACH :: EACH]
    size = 1 if wrapping.of_one else 100
    parts = [wrapped[start : start + size] for start in range(0, len(wrapped), size)]
    assert [
        one
        for part in parts
        for one in disagreement(wrapping, [text for text, _ in part], [found for _, found in part])
    ] == []


@pytest.mark.parametrize("name", NAMES)
def test_findings_in_yaml_are_those_of_the_bare_body(name: str) -> None:
    """Code, pointer and message agree in blocks of YAML, and what stands at a place is spelled as YAML has it."""
    values: list[Any] = [json.loads(line) for line in (CORPUS / name).read_text("utf-8").splitlines() if line.strip()]
    expected = {
        (one.code, (0, index, *one.pointer[1:]), one.message, one.characters)
        for index, value in enumerate(values)
        for one in bare(json.dumps(value, ensure_ascii=False))
    }
    text = yaml.dump(values, allow_unicode=True, sort_keys=False)
    actual = {one[:4] for one in told(documents_of("block.yaml", text))}
    assert {one[:3] for one in actual} == {one[:3] for one in expected}
    # Numbers and words look the same in every spelling.
    assert {one for one in expected if one[3].isalnum()} <= actual
