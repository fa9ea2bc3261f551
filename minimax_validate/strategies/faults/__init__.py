"""Planters of faults, a module a family: each takes a clean request and plants one fault of one rule."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from minimax_validate.strategies.faults import contract, document, habits, history, tools
from minimax_validate.strategies.faults.planted import Planted, Planter

PLANTERS: Mapping[str, Planter] = MappingProxyType(
    {
        **document.PLANTERS,
        **contract.PLANTERS,
        **habits.PLANTERS,
        **history.PLANTERS,
        **tools.PLANTERS,
    }
)
"""The planter of each rule, by its code."""

__all__ = ["PLANTERS", "Planted", "Planter"]
