"""Everything that one check found, in order."""

from __future__ import annotations

from dataclasses import dataclass

from minimax_validate.values.diagnostic import Diagnostic, Severity


@dataclass(frozen=True, slots=True)
class Report:
    """The findings of one request, in the order in which their places stand in it."""

    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether nothing here is an error: warnings and information leave a report ok."""
        return all(diagnostic.severity < Severity.ERROR for diagnostic in self.diagnostics)

    @property
    def worst(self) -> Severity | None:
        """The highest severity present, or None for a clean report."""
        return max((diagnostic.severity for diagnostic in self.diagnostics), default=None)


CLEAN = Report()
