"""One line a finding: ``path:line:column: CODE severity: message``; a clean run writes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from minimax_validate.output.escape import visible
from minimax_validate.output.formats.writer import Writer

if TYPE_CHECKING:
    from minimax_validate.texts.placed import Placed


class Format(Writer):
    """Writes each finding as one line."""

    def write(self, document: Placed) -> None:
        """Write a line for each finding."""
        for finding in document.findings:
            diagnostic, location = finding.diagnostic, finding.location
            head = f"{visible(document.name)}:{location.line}:{location.column}"
            self.stream.write(f"{head}: {diagnostic.code} {diagnostic.severity.label}: {visible(diagnostic.message)}\n")
