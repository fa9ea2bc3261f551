"""Fixing payloads: what is safe by itself, the rest on request, until nothing changes."""

from __future__ import annotations

import copy
import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from minimax_validate import Settings, Severity, Validator, check, fix
from minimax_validate.engine.fixing import MOST_ROUNDS
from minimax_validate.engine.fixing import fix as fix_with
from minimax_validate.json_schema import bundle
from minimax_validate.strategies import faulty_requests, requests
from minimax_validate.values.diagnostic import Edit, Fix
from minimax_validate.values.report import Report

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
NAMES = sorted(path.name for path in CORPUS.glob("*.jsonl") if path.name != "index.jsonl")

HISTORY: dict[str, Any] = {
    "model": "gpt-4o",
    "messages": [
        {"role": "developer", "content": "Be brief."},
        {"role": "user", "content": "Which pier is free?"},
        {
            "role": "assistant",
            "content": None,
            "tool_calls": [
                {"index": 0, "id": "call_1", "type": "function", "function": {"name": "piers", "arguments": "{}"}}
            ],
        },
        {"role": "tool", "tool_call_id": "call_1", "content": {"free": [4]}},
    ],
    "tools": [{"type": "function", "function": {"name": "piers", "description": "", "strict": True}}],
    "tool_choice": "required",
    "response_format": {"type": "json_object"},
}
"""A history as it is written for OpenAI's API."""


def test_safe_fixes_keep_what_the_model_reads() -> None:
    """What is safe is fixed, and what gives something up is left and reported."""
    before = copy.deepcopy(HISTORY)
    result = fix(HISTORY)
    assert before == HISTORY
    assert result.payload == {
        **HISTORY,
        "messages": [
            {"role": "system", "content": "Be brief."},
            HISTORY["messages"][1],
            {
                "role": "assistant",
                "content": "",
                "tool_calls": [{"id": "call_1", "type": "function", "function": {"name": "piers", "arguments": "{}"}}],
            },
            {"role": "tool", "tool_call_id": "call_1", "content": '{"free": [4]}'},
        ],
        "tools": [
            {
                "type": "function",
                "function": {"name": "piers", "description": "", "parameters": {"type": "object", "properties": {}}},
            }
        ],
    }
    assert {finding.code for finding in result.applied} == {"MM112", "MM110", "MM116", "MM123", "MM117"}
    assert {finding.code for finding in result.report.diagnostics} == {"MM009", "MM113", "MM114"}


def test_unsafe_fixes_give_something_up() -> None:
    """All that can be fixed is, on request, and the rest of a migration is done."""
    result = fix(HISTORY, unsafe=True)
    assert result.report.diagnostics == ()
    assert isinstance(result.payload, dict)
    assert (result.payload["model"], result.payload["tool_choice"]) == ("minimax/m2.7", "auto")
    assert "response_format" not in result.payload


@given(requests())
def test_nothing_is_fixed_in_a_clean_request(payload: object) -> None:
    """It is given back as it is."""
    result = fix(payload, unsafe=True)
    assert result.payload is payload
    assert (result.applied, result.report.diagnostics) == ((), ())


@given(faulty_requests(), st.booleans())
def test_fixing_converges(case: tuple[object, object], unsafe: bool) -> None:
    """A second run changes nothing, no fix brings a new error, and the argument stays as it was."""
    payload, _ = case
    before = copy.deepcopy(payload)
    result = fix(payload, unsafe=unsafe)
    if result.applied:  # what JSON cannot hold is left alone, and need not be comparable
        assert payload == before
    assert fix(result.payload, unsafe=unsafe).applied == ()
    assert result.report == check(result.payload)
    errors = {finding.code for finding in check(before).diagnostics if finding.severity is Severity.ERROR}
    assert {finding.code for finding in result.report.diagnostics if finding.severity is Severity.ERROR} <= errors


@pytest.mark.parametrize(
    "payload", [{**HISTORY, "temperature": float("nan")}, {**HISTORY, "user": {1, 2}}, {**HISTORY, "user": b""}]
)
def test_what_json_cannot_hold_is_left_alone(payload: object) -> None:
    """A copy of it would have lost something."""
    result = fix(payload, unsafe=True)
    assert result.payload is payload
    assert result.applied == ()
    assert "MM005" in {finding.code for finding in result.report.diagnostics}


def test_only_what_the_settings_report_is_fixed() -> None:
    """A rule that is off fixes nothing."""
    result = fix_with(Validator(Settings(ignore=("MM110",))), HISTORY)
    assert isinstance(result.payload, dict)
    assert result.payload["messages"][2]["content"] is None


@pytest.mark.skipif(not NAMES, reason="the shared corpus is not beside this checkout")
def test_recorded_requests_come_to_pass_the_contract() -> None:
    """Nine of ten refused bodies pass the vendor's schema, no healthy one is spoiled, no new kind of error comes in."""
    vendor = Draft202012Validator(bundle.load("minimax-m2.7/vendor.json"))
    lines = [line for name in NAMES for line in (CORPUS / name).read_text("utf-8").splitlines() if line.strip()]
    counts: Counter[tuple[bool, bool]] = Counter()
    for line in lines:
        body = json.loads(line)
        errors = {finding.code for finding in check(body).diagnostics if finding.severity is Severity.ERROR}
        result = fix(body, unsafe=True)
        counts[vendor.is_valid(body), vendor.is_valid(result.payload)] += 1
        assert {finding.code for finding in result.report.diagnostics if finding.severity is Severity.ERROR} <= errors
    refused = counts[False, True] + counts[False, False]
    assert counts[True, False] == 0
    assert counts[False, True] / refused >= 0.9


@pytest.mark.parametrize("contract", ["2026-04", "2026-05"])
@pytest.mark.parametrize("prompt", [None, "Tell a joke."])
def test_a_prompt_without_messages_is_not_deleted(contract: str, prompt: str | None) -> None:
    """What is no parameter may be all that a request says: `{prompt}` in YAML is a placeholder without a value."""
    body = {"model": "minimax/m2.7", "input": {"prompt": prompt}}
    result = fix_with(Validator(Settings(contract=contract)), body, unsafe=True)
    assert result.payload == body
    assert {found.code for found in result.report.diagnostics} >= {"MM101"}


def test_fixes_without_end_are_given_up() -> None:
    """Where each fix brings the next finding, a bounded number of rounds is made, and all that was applied is told."""

    class Unsettled(Validator):
        def check(self, payload: object) -> Report:
            found = super().check({"messages": [{"role": "user", "content": "a"}], "temperature": 2}).diagnostics[0]
            count = payload["count"] if isinstance(payload, dict) else 0
            return Report((replace(found, fix=Fix("f", (Edit("set", ("count",), count + 1),), True)),))

    fixed = fix_with(Unsettled(), {"count": 0})
    assert (fixed.payload, len(fixed.applied)) == ({"count": MOST_ROUNDS}, MOST_ROUNDS)
