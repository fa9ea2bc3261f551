"""An array with an object for each finding, as ``schemas/report.json`` describes it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, TextIO

from minimax_validate.diagnostic import Edit, Fix
from minimax_validate.formats.format import Style
from minimax_validate.lines import Location
from minimax_validate.places import Finding, Placed
from minimax_validate.pointer import to_json_pointer
from minimax_validate.rule import Rule


def write(placed: Iterable[Placed], rules: Mapping[str, Rule], stream: TextIO, style: Style) -> None:
    """See ``Format``; a clean run writes an empty array."""
    separator = "[\n"
    for document in placed:
        for finding in document.findings:
            stream.write(separator + _indented(finding_object(document.name, finding)))
            separator = ",\n"
    stream.write("[]\n" if separator == "[\n" else "\n]\n")


def finding_object(name: str, finding: Finding) -> dict[str, Any]:
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
        "url": None,
    }


def _start(location: Location) -> dict[str, int]:
    return {"row": location.line, "column": location.column}


def _end(location: Location) -> dict[str, int]:
    return {"row": location.end_line, "column": location.end_column}


def _fix(fix: Fix) -> dict[str, Any]:
    return {"applicability": "safe" if fix.safe else "unsafe", "message": fix.message, "edits": [_edit(edit) for edit in fix.edits]}


def _edit(edit: Edit) -> dict[str, Any]:
    place = {"operation": edit.operation, "pointer": to_json_pointer(edit.pointer)}
    return place if edit.operation == "remove" else {**place, "value": edit.value}


def _indented(value: dict[str, Any]) -> str:
    """Escaped to ASCII, so that no reader of the output meets a control or half a character."""
    return "\n".join("  " + line for line in json.dumps(value, indent=2).splitlines())
