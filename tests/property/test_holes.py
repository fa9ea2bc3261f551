"""What is said of a request with holes is true of every request that it can come to be."""

from __future__ import annotations

import json
import os
from functools import cache
from random import Random
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from punched import Punched, punched, written

from minimax_validate import Settings, Validator
from minimax_validate.request.lookalikes import is_answer_of_cloudflare
from minimax_validate.request.rows import is_training_row
from minimax_validate.rules.catalogue import BY_CODE, RULES
from minimax_validate.source_code.judge import judge
from minimax_validate.source_code.knowledge import holds
from minimax_validate.source_code.values import Array, Choice, Entry, Hole, Item, Object
from minimax_validate.strategies import faulty_requests, requests
from minimax_validate.values.pointer import Pointer

DRAWS = int(os.environ.get("HOLES", "2000"))
"""Requests that are punched; ``HOLES=30000`` tries as many."""

PARTS = 8
RATES = (0.03, 0.06, 0.12, 0.25)


@cache
def everything() -> Validator:
    """All rules, those that only inform as well."""
    return Validator(Settings(select=("ALL",)))


@cache
def examples() -> tuple[dict[str, Any], ...]:
    """The examples of all rules that are requests, or envelopes around one."""
    payloads: list[Any] = []
    for rule in RULES:
        payloads += (example.payload for example in rule.valid)
        payloads += (example.payload for example in rule.invalid)
    return tuple(filter(_is_source, payloads))


def _is_source(payload: Any) -> bool:
    if not isinstance(payload, dict) or is_answer_of_cloudflare(payload) or "body" in payload:
        return False
    try:
        text = json.dumps(payload, allow_nan=False)
    except (TypeError, ValueError):
        return False
    return len(text) < 20_000 and ("messages" in payload or "input" in payload)


class Outcome(NamedTuple):
    """What is said of a punched request.

    That which is not true of the whole, and of what the whole has at places that can be seen, how much is said.
    """

    false: list[tuple[str, Pointer]]
    visible: int
    kept: int


def outcome(whole: dict[str, Any], hole: Punched) -> Outcome:
    """Compare what is said of a punched request with what is said of the whole.

    A mistake of the contract's may be told at the object around it, or inside: which shape is meant, rules see by its
    other keys. A row to train on is left out: rules take its other keys for columns, and a program sends them as
    parameters.
    """
    if is_training_row(whole):
        return Outcome([], 0, 0)
    true = {(found.code, found.pointer) for found in everything().check(whole).diagnostics}
    faults = {pointer for code, pointer in true if code.startswith("MM1")}
    said: set[tuple[str, Pointer]] = set()
    false: list[tuple[str, Pointer]] = []
    for found in judge(everything(), hole.node):
        place = (hole.keys if found.focus == "key" or found.pointer in hole.holes else hole.wholes).get(found.pointer)
        if place is None:  # of a branch that was not taken
            continue
        said.add((found.code, place))
        near = any(fault[: len(place)] == place or place[: len(fault)] == fault for fault in faults)
        if (found.code, place) not in true and not (found.code.startswith("MM1") and near):
            false.append((found.code, place))
    shown = {place: pointer for pointer, place in hole.wholes.items()}
    seen = [
        (code, place)
        for code, place in true
        if place in shown and holds(BY_CODE[code].leans_on, hole.node, shown[place]) and not _is_branch(shown[place])
    ]
    kept = sum(
        (code, place) in said or (code.startswith("MM1") and any(place == other for _, other in said))
        for code, place in seen
    )
    return Outcome(false, len(seen), kept)


def _is_branch(pointer: Pointer) -> bool:
    return any(isinstance(step, str) and step.startswith("?") for step in pointer)


@pytest.mark.parametrize("part", range(PARTS))
def test_said_of_holes_is_true_of_whole(part: int) -> None:
    """Nothing is said of an example with holes in it that is not true of the example."""
    for number in range(part, DRAWS, PARTS):
        assert drawn(number).false == [], f"draw {number}"


def test_most_that_can_be_seen_is_said() -> None:
    """Three quarters of what the examples have at places that can be seen are said in spite of the holes."""
    found = [drawn(number) for number in range(DRAWS // 2)]
    assert sum(each.kept for each in found) >= 0.75 * sum(each.visible for each in found)


def drawn(number: int) -> Outcome:
    """The outcome of one draw: an example, and holes in it."""
    random = Random(number)
    whole = random.choice(examples())
    return outcome(whole, punched(whole, random, random.choice(RATES)))


@given(requests() | faulty_requests().map(lambda case: case[0]), st.integers(0, 2**32), st.sampled_from(RATES))
def test_said_of_holes_is_true_of_drawn_request(whole: Any, seed: int, rate: float) -> None:
    """The same holds for requests that are drawn, sound ones and faulty ones."""
    if _is_source(whole):
        assert outcome(whole, punched(whole, Random(seed), rate)).false == []


@pytest.mark.parametrize("part", range(PARTS))
def test_said_of_a_branch_is_true_of_whole(part: int) -> None:
    """So it is where the whole request is one of two branches, and the other one is not known."""
    for number in range(part, DRAWS // 4, PARTS):
        random = Random(number)
        whole = random.choice(examples())
        hole = punched(whole, random, random.choice(RATES))
        hole.node = Choice((hole.node, Hole("any", "o")))
        assert outcome(whole, hole).false == [], f"draw {number}"


@pytest.mark.parametrize("content", [Hole("any", "text"), Hole("string", "`<t${x}k>`", fragments=("<t", "nk>Oslo."))])
def test_reasoning_may_be_in_a_text_that_is_not_known(content: Hole) -> None:
    """A message whose text is not known may have its reasoning there."""
    call = {"id": "call_1", "type": "function", "function": {"name": "f", "arguments": "{}"}}
    answer = Object((*(Entry(key, written(value)) for key, value in (("role", "assistant"), ("tool_calls", [call]))),))
    told = {}
    for name, entries in {"without": answer.entries, "with": (*answer.entries, Entry("content", content))}.items():
        messages = Array((Item(written({"role": "user", "content": "Hi"})), Item(Object(entries))))
        told[name] = {found.code for found in judge(everything(), Object((Entry("messages", messages),)))}
    assert ("MM510" in told["without"], "MM510" in told["with"]) == (True, False)


@pytest.mark.parametrize("number", range(0, 400, 7))
def test_said_of_no_hole_is_all(number: int) -> None:
    """Without a hole everything is said that is said of the request."""
    whole = examples()[number % len(examples())]
    said = [(found.code, found.pointer, found.message) for found in judge(everything(), written(whole))]
    assert sorted(said, key=str) == sorted(
        ((found.code, found.pointer, found.message) for found in everything().check(whole).diagnostics), key=str
    )
