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
        "MM001": "a value has no syntax: it is of texts",
        "MM002": "a value is in no file: it is of files",
        "MM004": "a value has each key once: it is of texts",
        "MM507": "an image is a fault by itself (MM506), so its address never is the only one",
    }
)
"""Why there is no planter of a rule, by its code."""

__all__ = ["NOT_PLANTED", "PLANTERS", "Planted", "Planter"]
