"""Fixes of values: they converge, make no new error, and lose no text without a word."""

from __future__ import annotations

from nothing_lost import lost

from fuzz import seeds
from fuzz.harness import Harness, Seen, expect
from fuzz.laws.values import codes, errors, everything, loaded, spelled
from minimax_validate.engine.fixing import fix, fixable
from minimax_validate.values.edits import apply_fixes
from minimax_validate.values.plain import to_plain

CONVERSIONS = frozenset({"MM112", "MM119", "MM125", "MM126", "MM127", "MM128", "MM601"})
"""Rules whose fixes convert what is written for other APIs: what was wrong inside comes to light only then."""

REVEALED = {
    "MM101": frozenset({"MM201", "MM202", "MM204", "MM205", "MM207", "MM214", "MM217", "MM502"}),
    "MM102": frozenset({"MM502"}),
    "MM106": frozenset({"MM101", "MM102", "MM103", "MM104", "MM115", "MM502"}),
    "MM110": frozenset({"MM502"}),
    "MM111": frozenset({"MM502"}),
    "MM114": frozenset({"MM102", "MM103", "MM121"}),
}
"""What a fix may bring to light of a value that was not looked into before: the ids of a call that had none, say.

The empty text that MM110 and MM111 put is unsafe, and one that says nothing where a user was to speak.
"""

PAIRING = "MM2"
"""The family of rules on calls and results: a fix in it may leave what another of them tells."""


def _is_revealed(code: str, by: str) -> bool:
    return code in REVEALED.get(by, ()) or (code.startswith(PAIRING) and by.startswith(PAIRING))


def _run(data: bytes) -> Seen:
    payload = loaded(data)
    before = spelled(payload)
    report = everything().check(payload)
    # What JSON cannot hold is not fixed: a copy would have lost it.
    if not any(found.fix for found in report.diagnostics) or to_plain(payload)[1]:
        return codes(report)
    for found in report.diagnostics:
        if found.fix is not None and found.code not in CONVERSIONS:
            after = everything().check(apply_fixes(payload, [found.fix]))
            new = {
                code
                for code in errors(after.diagnostics) - errors(report.diagnostics)
                if not _is_revealed(code, found.code)
            }
            expect(not new, f"a fix of {found.code} alone makes no new error, here {', '.join(sorted(new))}")
    for unsafe in (False, True):
        fixed = fix(everything(), payload, unsafe=unsafe)
        expect(not fixable(fixed.report.diagnostics, unsafe=unsafe), "fixes converge")
        applied = {found.code for found in fixed.applied}
        if applied.isdisjoint(CONVERSIONS) and applied.isdisjoint(REVEALED):
            new = {
                code
                for code in errors(fixed.report.diagnostics) - errors(report.diagnostics)
                if not any(_is_revealed(code, by) for by in applied)
            }
            expect(not new, f"fixes make no new error, here {', '.join(sorted(new))}")
    expect(spelled(payload) == before, "a fix never changes what it is given")
    # The target of a reference takes its place, and an id that no call has is exchanged for one that a call has.
    gone = [text for text, keys in lost(payload) if {"$ref", "tool_call_id"}.isdisjoint(keys)]
    expect(not gone, f"fixes lose no text without a word: {gone}")
    return codes(report)


HARNESS = Harness("fix_values", seeds.requests, _run, is_json=True)
