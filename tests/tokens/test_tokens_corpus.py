"""The bounds hold on every text and body of the shared corpus, with o200k as the counter of its own vocabulary."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from chat_template import prompt_of

from minimax_validate.tokens import ESTIMATE, LOWER, UPPER, TokenCounter, count_prompt, lower_bound, o200k, upper_bound

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
FILES = sorted(path for path in CORPUS.glob("*.jsonl") if path.name != "index.jsonl")

pytestmark = pytest.mark.skipif(not FILES, reason="the shared corpus is not here")


@pytest.fixture(name="counter", scope="module")
def _counter() -> TokenCounter:
    pytest.importorskip("splintr")
    return o200k()


def texts_of(value: Any) -> Iterator[str]:
    """All texts of a JSON value, keys too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from texts_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts_of(inner)


def bodies_of(path: Path) -> Iterator[Any]:
    """The request bodies of a file."""
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_text_of_the_corpus_lies_within_the_bounds(path: Path, counter: TokenCounter) -> None:
    """Lower <= exact <= upper, for each distinct text and for each body's JSON."""
    texts: set[str] = set()
    for body in bodies_of(path):
        texts.update(texts_of(body))
        texts.add(json.dumps(body, ensure_ascii=False))
    for text in texts:
        assert lower_bound(text) <= counter.count(text) <= upper_bound(text), text[:200]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_prompt_of_the_corpus_lies_within_the_bounds(path: Path, counter: TokenCounter) -> None:
    """The rendered prompt of each body that the template can render lies within the bounds of the request."""
    for number, body in enumerate(bodies_of(path)):
        assert count_prompt(body, LOWER).total <= count_prompt(body, UPPER).total
        assert count_prompt(body, ESTIMATE).total >= 0
        try:
            prompt = prompt_of(body)
        except (KeyError, TypeError, ValueError, AttributeError):
            continue
        exact = counter.count(prompt)
        assert count_prompt(body, LOWER).total <= exact <= count_prompt(body, UPPER).total, f"{path.name}:{number + 1}"
