"""Planters of faults, a module a family: each takes a clean request and plants one fault of one rule."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from minimax_validate.strategies.faults import budget, contract, document, habits, history, messages, parameters, tools
from minimax_validate.strategies.faults.planted import Planted, Planter

PLANTERS: Mapping[str, Planter] = MappingProxyType(
    {
        **document.PLANTERS,
        **contract.PLANTERS,
        **habits.PLANTERS,
        **history.PLANTERS,
        **tools.PLANTERS,
        **messages.PLANTERS,
        **parameters.PLANTERS,
        **budget.PLANTERS,
    }
)
"""The planter of each rule, by its code."""

NOT_PLANTED: Mapping[str, str] = MappingProxyType(
    {
        "MM001": "a syntax error exists only in a text, not in a value",
        "MM002": "an unreadable file exists only on a disk, not in a value",
        "MM004": "a duplicate key exists only in a text, not in a value",
        "MM507": "an image is reported by MM506, so its URL is never the only finding",
    }
)
"""Why there is no planter of a rule, by its code."""

__all__ = ["NOT_PLANTED", "PLANTERS", "Planted", "Planter"]
