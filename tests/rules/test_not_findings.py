"""What looks wrong and is not: a checker that reports it would be wrong itself."""

from __future__ import annotations

from typing import Any

import pytest

from minimax_validate import Severity, check

Json = dict[str, Any]

USER: Json = {"role": "user", "content": "What does the tide table say?"}
CALLING: Json = {
    "role": "assistant",
    "content": "",
    "tool_calls": [
        {"id": "call_1", "type": "function", "function": {"name": "tides", "arguments": '{"port": "Brest"}'}},
        {"id": "call_2", "type": "function", "function": {"name": "tides", "arguments": '{"port": "Cork"}'}},
    ],
}
RESULTS: list[Json] = [
    {"role": "tool", "tool_call_id": "call_1", "content": "high at 4"},
    {"role": "tool", "tool_call_id": "call_2", "content": "high at 6"},
]
TURN: list[Json] = [USER, CALLING, *RESULTS]
SAID: Json = {"role": "assistant", "content": "High water is at 4 and at 6."}

HEALTHY: dict[str, Json] = {
    "consecutive user messages": {"messages": [USER, USER]},
    "consecutive assistant messages": {"messages": [USER, SAID, SAID, USER]},
    "a conversation that ends with the assistant": {"messages": [USER, SAID]},
    "an assistant first": {"messages": [SAID, USER]},
    "empty content beside tool calls": {"messages": [*TURN, USER]},
    "calls with no tools array": {"messages": TURN},
    "ids that come back in a later turn": {"messages": [*TURN, *TURN]},
    "a plain model key": {"messages": [USER], "model": "minimax/m2.7"},
    **{
        f"{key} on an echoed assistant message": {"messages": [USER, {**SAID, key: value}, USER]}
        for key, value in {
            "refusal": None,
            "reasoning_content": "The table has two ports.",
            "reasoning_details": [{"type": "reasoning.text", "text": "The table has two ports."}],
            "audio_content": "",
            "name": "harbour",
        }.items()
    },
}


@pytest.mark.parametrize("payload", HEALTHY.values(), ids=HEALTHY)
def test_it_is_no_finding(payload: Json) -> None:
    """The default rules say nothing of it."""
    assert check(payload).diagnostics == ()


def test_results_in_another_order_are_no_error() -> None:
    """The provider takes results in any order, so that the model mixes them up is a warning at most."""
    payload = {"messages": [USER, CALLING, *reversed(RESULTS)]}
    assert [(finding.code, finding.severity) for finding in check(payload).diagnostics] == [("MM215", Severity.WARNING)]
