"""Decide from settings which rules run and how severe each is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from minimax_validate.engine.settings import Settings
from minimax_validate.rules.rule import Rule
from minimax_validate.values.diagnostic import Severity
from minimax_validate.values.suggest import did_you_mean
from minimax_validate.values.wording import quote

EVERY = "ALL"


class UnknownSelectorError(ValueError):
    """A selector that names no rule."""

    def __init__(self, selector: str, rules: Sequence[Rule]) -> None:
        # Codes that look alike are of different rules: of these, none is nearer than another.
        known = [EVERY, *(rule.name for rule in rules)]
        hint = did_you_mean(selector, known) or "; `minimax-validate rule` lists all rules"
        super().__init__(f"unknown rule {quote(selector)}{hint}")
        self.selector = selector


class NoRuleError(ValueError):
    """A selection that leaves no rule: nothing would be checked."""

    def __init__(self) -> None:
        super().__init__("no rule is left to run; all selected rules are also ignored")


def specificity(selector: str, rule: Rule) -> int:
    """How narrowly a selector means a rule.

    0 not at all, 1 for ``ALL``, more for a longer prefix, most for the whole code or name.
    """
    if selector in (rule.code, rule.name):
        return 100
    if selector == EVERY:
        return 1
    return len(selector) if selector.startswith("MM") and rule.code.startswith(selector) else 0


def selected(selector: str, rules: Sequence[Rule]) -> tuple[Rule, ...]:
    """The rules that a selector means.

    Raises:
        UnknownSelectorError: it means none.
    """
    found = tuple(rule for rule in rules if specificity(selector, rule))
    if not found:
        raise UnknownSelectorError(selector, rules)
    return found


def severities(settings: Settings, rules: Sequence[Rule]) -> dict[str, Severity]:
    """The severity of each rule that is to run, by code.

    Rules that tell what keeps something from being checked run too, unless they are ignored by code, prefix or name.

    Raises:
        UnknownSelectorError: a selector names no rule.
        NoRuleError: no rule is left.
    """
    for selector in (*settings.select, *settings.extend_select, *settings.ignore, *settings.severities):
        selected(selector, rules)
    chosen = {rule.code for rule in rules if _is_chosen(rule, settings)}
    if not chosen and rules:
        raise NoRuleError
    return {
        rule.code: _severity(rule, settings)
        for rule in rules
        if rule.code in chosen or (rule.stops_reading and not _is_ignored_by_name(rule, settings))
    }


def _best(selectors: Iterable[str], rule: Rule) -> int:
    return max((specificity(selector, rule) for selector in selectors), default=0)


def _is_ignored_by_name(rule: Rule, settings: Settings) -> bool:
    return _best(settings.ignore, rule) > specificity(EVERY, rule)


def _is_chosen(rule: Rule, settings: Settings) -> bool:
    chosen = _best((*settings.select, *settings.extend_select), rule)
    if not settings.select and rule.severity > Severity.INFO:
        chosen = max(chosen, 1)
    return chosen > _best(settings.ignore, rule)


def _severity(rule: Rule, settings: Settings) -> Severity:
    selector = max(settings.severities, key=lambda selector: specificity(selector, rule), default=None)
    return (
        settings.severities[selector]
        if selector is not None and specificity(selector, rule)
        else _own_severity(rule, settings)
    )


def _own_severity(rule: Rule, settings: Settings) -> Severity:
    return rule.severity_by_contract.get(settings.contract, rule.severity)
