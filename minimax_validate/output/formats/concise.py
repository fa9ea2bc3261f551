"""One line a finding: ``path:line:column: CODE severity: message``; a clean run writes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from minimax_validate.output.escape import visible
from minimax_validate.output.formats.writer import Writer

if TYPE_CHECKING:
    from minimax_validate.texts.placed import Finding, Placed


class Format(Writer):
    """Writes each finding as one line."""

    def write(self, document: Placed) -> None:
        """Write a line for each finding."""
        for finding in document.findings:
            self.stream.write(line_of(document.name, finding) + "\n")


def line_of(name: str, finding: Finding) -> str:
    """A finding in one line."""
    diagnostic, location = finding.diagnostic, finding.location
    head = f"{visible(name)}:{location.line}:{location.column}"
    return f"{head}: {diagnostic.code} {diagnostic.severity.label}: {visible(diagnostic.message)}"
