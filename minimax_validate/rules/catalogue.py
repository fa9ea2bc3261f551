"""Every rule, in the order of its code.

A check of what is clean asks for hardly more than the outlines of rules. The module of a rule is imported as soon as
more of it is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType

from minimax_validate.request.features import Feature
from minimax_validate.rules.outlines import OUTLINES, Outline
from minimax_validate.rules.rule import Rule
from minimax_validate.values.diagnostic import Severity

_PACKAGE = __package__
_OUTLINED = ("code", "name", "keywords", "around", "stops_reading", "converts", "checks", "claims")


class _Listed(Rule):
    """A rule that has what its outline says, and all the rest from its module."""

    __slots__ = ("_module", "checks", "claims")

    def __init__(self, outline: Outline) -> None:
        put = object.__setattr__  # a rule is frozen
        for name in _OUTLINED:
            put(self, name, getattr(outline, name))
        put(self, "severity", Severity(outline.severity))
        put(self, "when", Feature(outline.when))
        put(self, "severity_by_contract", {name: Severity(level) for name, level in outline.severity_by_contract})
        put(self, "_module", outline.module)

    def __getattr__(self, name: str) -> object:
        """Called for what is not there yet."""
        if name not in Rule.__dataclass_fields__:
            raise AttributeError(f"a rule has no {name!r}")
        rule: Rule = import_module(f"{_PACKAGE}.{self._module}").RULE
        for each in Rule.__dataclass_fields__:
            object.__setattr__(self, each, getattr(rule, each))
        return getattr(rule, name)


RULES: tuple[Rule, ...] = tuple(map(_Listed, OUTLINES))

BY_CODE: Mapping[str, Rule] = MappingProxyType({rule.code: rule for rule in RULES})
"""The rules by their codes."""

UNREAD = frozenset(rule.code for rule in RULES if rule.name in ("syntax-error", "unreadable-file"))
"""Rules about what cannot be read: no baseline lists their findings."""
