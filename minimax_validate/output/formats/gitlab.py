"""A Code Quality report of GitLab: an array with an object for each finding; a clean run writes an empty one.

What is in it: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format. GitLab shows the description
and the severity alone, and takes findings of one fingerprint for one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from minimax_validate.output.escape import json_text, visible
from minimax_validate.output.formats.fingerprint import Fingerprints, likeness
from minimax_validate.output.formats.repository import repository_path
from minimax_validate.output.formats.writer import Writer
from minimax_validate.values.diagnostic import Severity

if TYPE_CHECKING:
    from minimax_validate.texts.placed import Finding, Placed

_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "major", Severity.INFO: "info"}


class _Issue(NamedTuple):
    """The text of an object up to its fingerprint, what that is made of, and the text behind it."""

    head: str
    likeness: bytes
    tail: str


@dataclass(slots=True)
class Format(Writer):
    """Writes the objects of a Code Quality report as findings come, inside one array."""

    separator: str = "[\n"
    fingerprints: Fingerprints = field(default_factory=Fingerprints)

    def render(self, document: Placed, finding: Finding) -> _Issue:
        """The object of a finding, but for its fingerprint, which depends on the findings before it."""
        path = repository_path(document.name, self.style.folder)
        diagnostic = finding.diagnostic
        what = {
            "description": f"{diagnostic.code}: {visible(diagnostic.message)}",
            "check_name": diagnostic.code,
        }
        where = {
            "severity": _SEVERITIES[diagnostic.severity],
            "location": {"path": path, "lines": {"begin": finding.location.line}},
        }
        head, tail = json_text(what).removesuffix("}"), json_text(where).removeprefix("{")
        return _Issue(f'{head}, "fingerprint": "', likeness(path, finding), f'", {tail}')

    def put(self, rendered: _Issue) -> None:
        """Write it on a line."""
        head, alike, tail = rendered
        self.stream.write(f"{self.separator}{head}{self.fingerprints.next(alike)}{tail}")
        self.separator = ",\n"

    def finish(self, nothing: str = "", note: str = "") -> None:  # noqa: ARG002  # an array of findings has no place
        """Close the array."""
        self.stream.write("[]\n" if self.separator == "[\n" else "\n]\n")
