"""A document and what was found in it."""

from __future__ import annotations

from dataclasses import dataclass

from minimax_validate.engine.validator import Validator
from minimax_validate.texts.document import PROVEN, Document
from minimax_validate.texts.shared import told_once
from minimax_validate.values.diagnostic import Diagnostic, all_moved
from minimax_validate.values.report import CLEAN, Report


@dataclass(frozen=True, slots=True)
class Checked:
    """A document that was checked, with its report."""

    document: Document
    report: Report


def check_document(validator: Validator, document: Document) -> Report:
    """Report all that is wrong with a document: what reading it found, then each of its requests."""
    if document.value is PROVEN:
        return CLEAN
    found = list(validator.admitted(fault.diagnostic for fault in document.faults)) if document.faults else []
    if document.program is not None:
        found += document.program.judged(validator)
        return Report(tuple(found)) if found else CLEAN
    of_values: list[Diagnostic] = []
    for pointer, payload in document.payloads():
        report = validator.check(payload)
        if report is not CLEAN:
            of_values += all_moved(report.diagnostics, pointer)
    if document.sharing is not None and len(of_values) > 1:
        of_values = told_once(document.sharing(document.source.text), of_values)
    found += of_values
    return Report(tuple(found)) if found else CLEAN
