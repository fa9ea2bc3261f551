"""A document and what was found in it."""

from __future__ import annotations

from dataclasses import dataclass

from minimax_validate.texts.document import Document
from minimax_validate.values.report import Report


@dataclass(frozen=True, slots=True)
class Checked:
    """A document that was checked, with its report."""

    document: Document
    report: Report
