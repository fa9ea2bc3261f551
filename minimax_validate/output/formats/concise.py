"""One line a finding: ``path:line:column: CODE severity: message``; a clean run writes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from minimax_validate.output.escape import visible
from minimax_validate.output.formats.writer import Writer

if TYPE_CHECKING:
    from minimax_validate.texts.placed import Finding, Placed


class Format(Writer):
    """Writes each finding as one line."""

    def render(self, document: Placed, finding: Finding) -> str:
        """The line of a finding."""
        return line_of(document.name, finding) + "\n"

    def put(self, rendered: str) -> None:
        """Write it."""
        self.stream.write(rendered)


def line_of(name: str, finding: Finding) -> str:
    """A finding in one line."""
    diagnostic, location = finding.diagnostic, finding.location
    head = f"{visible(name)}:{location.line}:{location.column}"
    return f"{head}: {diagnostic.code} {diagnostic.severity.label}: {visible(diagnostic.message)}"
