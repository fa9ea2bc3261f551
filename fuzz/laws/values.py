"""Laws of values: what is JSON, what is found in it, and where."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from typing import Any

from fuzz.harness import expect
from minimax_validate import Diagnostic, InvalidRequestError, Report, Settings, Severity, Validator

Json = Any


@cache
def everything() -> Validator:
    """All rules, those that only inform among them."""
    return Validator(Settings(select=("ALL",)))


def loaded(data: bytes) -> Json:
    """The value of JSON, None for what is no JSON."""
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return None


def spelled(value: Json) -> str:
    """A text that is the same for equal values alone: 1, 1.0 and true are three."""
    return json.dumps(value, sort_keys=True)


def codes(report: Report) -> frozenset[str]:
    """The codes of a report."""
    return frozenset(found.code for found in report.diagnostics)


def errors_of(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The findings that are errors."""
    return tuple(found for found in diagnostics if found.severity is Severity.ERROR)


def has(value: Json, pointer: tuple[str | int, ...]) -> bool:
    """Whether a pointer leads to a value."""
    for step in pointer:
        if isinstance(step, str):
            if not isinstance(value, dict) or step not in value:
                return False
        elif not isinstance(value, list) or not 0 <= step < len(value):
            return False
        value = value[step]
    return True


def sound(report: Report, value: Json) -> None:
    """Findings point at values, are in UTF-8, and none comes twice; edits are made of what is there."""
    str(InvalidRequestError(report)).encode()
    seen = set()
    for found in report.diagnostics:
        expect(has(value, found.pointer), "a finding points at a value")
        expect(all(has(value, other.pointer) for other in found.related), "what a finding relates to is there")
        key = (found.code, found.pointer, found.message)
        expect(key not in seen, "no finding comes twice")
        seen.add(key)
        for edit in found.fix.edits if found.fix else ():
            is_there = has(value, edit.pointer)
            expect(
                is_there or (edit.operation in ("set", "insert") and has(value, edit.pointer[:-1])),
                "an edit is made of what is there",
            )
