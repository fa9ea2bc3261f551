"""A Code Quality report of GitLab: an array with an object for each finding; a clean run writes an empty one.

What is in it: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format. GitLab shows the description
and the severity alone, and takes findings of one fingerprint for one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from minimax_validate.output.escape import json_text, visible
from minimax_validate.output.formats.fingerprint import Fingerprints
from minimax_validate.output.formats.repository import repository_path
from minimax_validate.output.formats.writer import Writer
from minimax_validate.values.diagnostic import Severity

if TYPE_CHECKING:
    from minimax_validate.texts.placed import Placed

_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "major", Severity.INFO: "info"}


@dataclass(slots=True)
class Format(Writer):
    """Writes the objects of a Code Quality report as findings come, inside one array."""

    separator: str = "[\n"
    fingerprints: Fingerprints = field(default_factory=Fingerprints)

    def write(self, document: Placed) -> None:
        """Write a line for each finding."""
        path = repository_path(document.name, self.style.folder)
        for finding in document.findings:
            diagnostic = finding.diagnostic
            issue = {
                "description": f"{diagnostic.code}: {visible(diagnostic.message)}",
                "check_name": diagnostic.code,
                "fingerprint": self.fingerprints.of(path, finding),
                "severity": _SEVERITIES[diagnostic.severity],
                "location": {"path": path, "lines": {"begin": finding.location.line}},
            }
            self.stream.write(self.separator + json_text(issue))
            self.separator = ",\n"

    def finish(self, nothing: str = "", note: str = "") -> None:  # noqa: ARG002  # an array of findings has no place
        """Close the array."""
        self.stream.write("[]\n" if self.separator == "[\n" else "\n]\n")
