"""Carry out the fixes of what a check finds, and check again, until nothing changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from minimax_validate.engine.validator import Validator
from minimax_validate.values.diagnostic import Diagnostic, Fix
from minimax_validate.values.edits import apply_fixes, compatible, distinct, shared
from minimax_validate.values.plain import to_plain
from minimax_validate.values.report import Report

MOST_ROUNDS = 100
"""Rounds after which fixing ends, whatever is left.

Each takes something out of what is wrong, so only a defect needs as many.
"""


@dataclass(frozen=True, slots=True)
class FixResult:
    """The result of fixing a payload.

    ``payload`` is the fixed copy, or the original object if nothing was fixed. ``applied`` contains the findings that
    were fixed, in the order of the fixes; their pointers refer to the payload just before each fix. ``report``
    contains the remaining findings.
    """

    payload: object
    applied: tuple[Diagnostic, ...]
    report: Report


def fix(validator: Validator, payload: object, *, unsafe: bool = False) -> FixResult:
    """Fix what is safe to fix in a payload, with ``unsafe`` everything that can be fixed; the argument stays as it is.

    A payload with values that JSON cannot hold is left alone: a copy of it would have lost them.
    """
    report = validator.check(payload)
    applied: list[Diagnostic] = []
    for _ in range(MOST_ROUNDS):
        chosen = fixable(report.diagnostics, unsafe=unsafe)
        if not chosen:
            break
        if not applied:
            instance, faults = to_plain(payload)
            if faults:
                break
            payload = instance
        payload = apply_fixes(payload, fixes_of(chosen))
        applied += chosen
        report = validator.check(payload)
    return FixResult(payload, tuple(applied), report)


def fixable(diagnostics: Iterable[Diagnostic], *, unsafe: bool) -> tuple[Diagnostic, ...]:
    """The findings that can be fixed together: of those whose fixes touch the same value, the first.

    Findings that share a fix are fixed by it together.
    """
    wanted = [(found, found.fix) for found in diagnostics if found.fix and (found.fix.safe or unsafe)]
    fixes = shared(fix for _, fix in wanted)
    chosen = {id(fix) for fix in compatible(distinct(fixes))}
    return tuple(found for (found, _), fix in zip(wanted, fixes, strict=True) if id(fix) in chosen)


def fixes_of(diagnostics: Iterable[Diagnostic]) -> tuple[Fix, ...]:
    """The fixes of findings in their order, equal ones once."""
    return distinct(found.fix for found in diagnostics if found.fix)
