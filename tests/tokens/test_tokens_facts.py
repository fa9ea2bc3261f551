"""The figures of the counting are the facts on record in ``model.json``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from rendered import render

from minimax_validate.tokens import CONTEXT_WINDOW, RESERVE
from minimax_validate.tokens.costs import USUAL_COSTS
from minimax_validate.tokens.special import SPECIAL_TOKENS

FACTS = Path(__file__).parents[2] / "schemas" / "minimax-m2.7" / "model.json"

pytestmark = pytest.mark.skipif(not FACTS.is_file(), reason="the facts of the model are not here")


@pytest.fixture(name="facts", scope="module")
def _facts() -> dict[str, Any]:
    return {name: fact["value"] for name, fact in json.loads(FACTS.read_text("utf-8")).items()}


def test_the_window_and_the_reserve(facts: dict[str, Any]) -> None:
    """The budget rests on two of them."""
    assert (facts["context_window"], facts["template_reserve_tokens"]) == (CONTEXT_WINDOW, RESERVE)


def test_the_special_tokens(facts: dict[str, Any]) -> None:
    """All that are known to matter are known to the counting."""
    assert {*facts["special_tokens"], *facts["control_tokens"]} <= {*SPECIAL_TOKENS}


def test_the_costs_of_the_template(facts: dict[str, Any]) -> None:
    """Each cost of the template is the recorded one."""
    costs = USUAL_COSTS
    recorded = {
        "default_system": costs.head + costs.default_system + costs.answer,
        "system": costs.head,
        "message": costs.turn,
        "generation": costs.answer,
        "tools": costs.tools,
        "tool": costs.tool,
        "first_result": costs.first_result,
        "further_result": costs.further_result,
    }
    assert {name: facts[f"template_{name}_tokens"] for name in recorded} == recorded


def test_the_costs_of_the_simplest_calls(facts: dict[str, Any]) -> None:
    """A call of one parameter, with a token for its name and each of its texts, costs what is recorded of a call."""
    call = {"function": {"name": "find", "arguments": '{"city": "Oban"}'}}

    def cost(calls: int) -> int:
        message = render({"messages": [{"role": "assistant", "content": "", "tool_calls": [call] * calls}]}).messages[0]
        return message.overhead + len(message.texts) - USUAL_COSTS.turn

    assert cost(1) == facts["template_first_call_tokens"]
    assert cost(2) - cost(1) == facts["template_further_call_tokens"]
