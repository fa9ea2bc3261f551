"""Fixes of values: they converge, make no new error, and lose no text without a word."""

from __future__ import annotations

from nothing_lost import lost

from fuzz import seeds
from fuzz.harness import Harness, Seen, expect
from fuzz.laws.fixes import makes_no_error
from fuzz.laws.values import Json, codes, everything, loaded, spelled
from minimax_validate import Diagnostic, Report
from minimax_validate.engine.fixing import MOST_ROUNDS, fix, fixable
from minimax_validate.values.edits import apply_fixes, distinct
from minimax_validate.values.plain import to_plain

_EXCHANGED = frozenset({"$ref", "tool_call_id", "tool_use_id", "toolCallId", "toolUseId", "call_id"})
"""The target of a reference takes its place, and an id that no call has is exchanged for one that a call has."""


def _run(data: bytes) -> Seen:
    payload = loaded(data)
    before = spelled(payload)
    report = everything().check(payload)
    # What JSON cannot hold is not fixed: a copy would have lost it.
    if not any(found.fix for found in report.diagnostics) or to_plain(payload)[1]:
        return codes(report)
    # Several findings may share a fix.
    for only in distinct(found.fix for found in report.diagnostics if found.fix):
        _step(payload, report, tuple(found for found in report.diagnostics if found.fix == only))
    for unsafe in (False, True):
        value, left = payload, report
        for _ in range(MOST_ROUNDS):
            chosen = fixable(left.diagnostics, unsafe=unsafe)
            if not chosen:
                break
            value, left = _step(value, left, chosen)
        fixed = fix(everything(), payload, unsafe=unsafe)
        expect(not fixable(fixed.report.diagnostics, unsafe=unsafe), "fixes converge")
        expect(spelled(fixed.payload) == spelled(value), "fixes are made round by round")
    expect(spelled(payload) == before, "a fix never changes what it is given")
    gone = [text for text, keys in lost(payload) if _EXCHANGED.isdisjoint(keys)]
    expect(not gone, f"fixes lose no text without a word: {gone}")
    return codes(report)


def _step(payload: Json, report: Report, chosen: tuple[Diagnostic, ...]) -> tuple[Json, Report]:
    """Make some fixes together, and hold them to the law."""
    after = apply_fixes(payload, distinct(found.fix for found in chosen if found.fix))
    told = everything().check(after)
    makes_no_error(payload, report, chosen, after, told)
    return after, told


HARNESS = Harness("fix_values", seeds.requests, _run, is_json=True)
