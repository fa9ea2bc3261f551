"""Everything that one check found, in order."""

from __future__ import annotations

from dataclasses import dataclass

from minimax_validate.values.diagnostic import Diagnostic, Severity


@dataclass(frozen=True, slots=True)
class Report:
    """The findings of one payload, in the order of their positions."""

    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether there is no error; warnings and infos are allowed."""
        return all(diagnostic.severity < Severity.ERROR for diagnostic in self.diagnostics)

    @property
    def worst(self) -> Severity | None:
        """The highest severity, or None if there are no findings."""
        return max((diagnostic.severity for diagnostic in self.diagnostics), default=None)


CLEAN = Report()
