"""Annotations of GitHub Actions, by workflow commands: ``::error title=...,file=...,line=...::message``.

A clean run writes nothing, and one that found no request a notice. GitHub shows ten errors, ten warnings and ten
notices of a step, and the log has them all. What is escaped, and how, is what
https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs takes back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from minimax_validate.output.escape import visible
from minimax_validate.output.formats.repository import repository_path
from minimax_validate.output.formats.writer import Writer
from minimax_validate.values.diagnostic import Severity

if TYPE_CHECKING:
    from minimax_validate.texts.placed import Finding, Placed

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}

# The ends of lines, which have an escape of their own too, are spelled before.
_DATA = str.maketrans({"%": "%25"})
_PROPERTY = str.maketrans({"%": "%25", ":": "%3A", ",": "%2C"})


class Format(Writer):
    """Writes each finding as one workflow command."""

    def render(self, document: Placed, finding: Finding) -> str:
        """The command of a finding."""
        diagnostic, location = finding.diagnostic, finding.location
        properties: dict[str, object] = {
            "title": f"{diagnostic.code} {diagnostic.name}",
            "file": repository_path(document.name, self.style.folder),
            "line": location.line,
        }
        # Columns mean nothing where the lines differ: GitHub takes no annotation that has them.
        if location.line == location.end_line:
            properties |= {"col": location.column, "endLine": location.end_line, "endColumn": location.end_column}
        else:
            properties["endLine"] = location.end_line
        told = ",".join(f"{key}={visible(str(value)).translate(_PROPERTY)}" for key, value in properties.items())
        return f"::{_COMMANDS[diagnostic.severity]} {told}::{visible(diagnostic.message).translate(_DATA)}\n"

    def put(self, rendered: str) -> None:
        """Write it."""
        self.stream.write(rendered)

    def finish(self, nothing: str = "", note: str = "") -> None:
        """Give notice that nothing was checked, and of what is ignored."""
        for text in filter(None, (nothing, note)):
            self.stream.write(f"::notice title=minimax-validate::{visible(text).translate(_DATA)}\n")
