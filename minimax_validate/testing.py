"""Assertions for tests of code that builds chat requests; they work with any test runner."""

from __future__ import annotations

import json
from collections.abc import Iterator

from minimax_validate.engine.api import default_validator
from minimax_validate.engine.validator import Validator
from minimax_validate.output.escape import visible
from minimax_validate.output.formats.listing import notes
from minimax_validate.rules.catalogue import BY_CODE
from minimax_validate.values.diagnostic import Diagnostic, Severity
from minimax_validate.values.plain import to_plain
from minimax_validate.values.pointer import to_path, value_at
from minimax_validate.values.report import Report
from minimax_validate.values.wording import count, cut

_EXCERPT = 100
"""Characters of a value's JSON text that are shown."""


def assert_valid_request(
    payload: object, validator: Validator | None = None, *, fail_on: Severity = Severity.ERROR
) -> None:
    """Fail if a payload has a finding at or above a severity; ``validator`` replaces the default settings.

    Raises:
        AssertionError: there is such a finding. The message lists every finding with its path, its value and its fix.
    """
    __tracebackhide__ = True
    report = (validator or default_validator()).check(payload)
    if report.worst is not None and report.worst >= fail_on:
        raise AssertionError("\n".join(_told(report, payload)))


def _told(report: Report, payload: object) -> Iterator[str]:
    yield f"{count(len(report.diagnostics), 'finding')} in this request:"
    plain, _ = to_plain(payload)
    for diagnostic in report.diagnostics:
        yield ""
        yield from _finding(diagnostic, plain)


def _finding(diagnostic: Diagnostic, plain: object) -> Iterator[str]:
    place = visible(to_path(diagnostic.pointer))
    yield f"{place}: {diagnostic.code} {diagnostic.severity.label}: {visible(diagnostic.message)}"
    text = json.dumps(value_at(plain, diagnostic.pointer), ensure_ascii=False)
    yield f"    {visible(cut(text, _EXCERPT))}"
    for related in diagnostic.related:
        yield f"    - {visible(to_path(related.pointer))}: {visible(related.message)}"
    for note in notes(diagnostic, BY_CODE[diagnostic.code]):
        yield f"    = {note}"
