"""What ``validate`` raises."""

from __future__ import annotations

from minimax_validate.values.pointer import to_path
from minimax_validate.values.report import Report


class InvalidRequestError(ValueError):
    """Raised for a request with errors; ``report`` contains all findings, and ``str(error)`` lists them."""

    def __init__(self, report: Report) -> None:
        super().__init__(report)
        self.report = report

    def __str__(self) -> str:
        lines = (
            f"{to_path(diagnostic.pointer)}: {diagnostic.code} {diagnostic.severity.label}: {diagnostic.message}"
            for diagnostic in self.report.diagnostics
        )
        return "\n".join(("the request would be rejected or misinterpreted:", *lines))
