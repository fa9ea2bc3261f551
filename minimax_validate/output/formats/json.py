"""An array with an object for each finding, as ``schemas/report.json`` describes it.

A clean run writes an empty one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from minimax_validate.output.escape import json_text
from minimax_validate.output.formats.writer import Writer
from minimax_validate.rules.rule import Rule
from minimax_validate.texts.lines import Location
from minimax_validate.values.diagnostic import Edit, Fix
from minimax_validate.values.pointer import to_json_pointer

if TYPE_CHECKING:
    from minimax_validate.texts.placed import Finding, Placed


@dataclass(slots=True)
class Format(Writer):
    """Writes each finding as one object inside an array."""

    separator: str = "[\n"

    def render(self, document: Placed, finding: Finding) -> str:
        """The object of a finding, indented."""
        lines = json_text(
            finding_object(document.name, finding, self.rules[finding.diagnostic.code]), indent=2
        ).splitlines()
        return "\n".join(f"  {line}" for line in lines)

    def put(self, rendered: str) -> None:
        """Write it."""
        self.stream.write(self.separator + rendered)
        self.separator = ",\n"

    def finish(self, nothing: str = "", note: str = "") -> None:  # noqa: ARG002  # an array of findings has no place
        """Close the array."""
        self.stream.write("[]\n" if self.separator == "[\n" else "\n]\n")


def finding_object(name: str, finding: Finding, rule: Rule) -> dict[str, Any]:
    """A finding as a JSON object; lines and columns from 1, columns in Unicode code points."""
    diagnostic, location = finding.diagnostic, finding.location
    return {
        "code": diagnostic.code,
        "name": diagnostic.name,
        "message": diagnostic.message,
        "severity": diagnostic.severity.label,
        "filename": name,
        "pointer": to_json_pointer(diagnostic.pointer),
        "location": _start(location),
        "end_location": _end(location),
        "related": [
            {
                "message": related.message,
                "pointer": to_json_pointer(related.pointer),
                "location": _start(place),
                "end_location": _end(place),
            }
            for related, place in zip(diagnostic.related, finding.related, strict=True)
        ],
        "fix": diagnostic.fix and _fix(diagnostic.fix),
        "url": rule.url,
    }


def _start(location: Location) -> dict[str, int]:
    return {"row": location.line, "column": location.column}


def _end(location: Location) -> dict[str, int]:
    return {"row": location.end_line, "column": location.end_column}


def _fix(fix: Fix) -> dict[str, Any]:
    return {
        "applicability": "safe" if fix.safe else "unsafe",
        "message": fix.message,
        "edits": [_edit(edit) for edit in fix.edits],
    }


def _edit(edit: Edit) -> dict[str, Any]:
    place = {"operation": edit.operation, "pointer": to_json_pointer(edit.pointer)}
    return place if edit.operation == "remove" else {**place, "value": edit.value}
