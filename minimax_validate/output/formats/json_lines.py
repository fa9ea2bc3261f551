"""A JSON object for each finding, one a line; a clean run writes nothing.

One that found no request writes an object with a ``notice``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from minimax_validate.output.escape import json_text
from minimax_validate.output.formats.json import finding_object
from minimax_validate.output.formats.writer import Writer

if TYPE_CHECKING:
    from minimax_validate.texts.placed import Finding, Placed


class Format(Writer):
    """Writes each finding as one JSON object on a line of its own."""

    def render(self, document: Placed, finding: Finding) -> str:
        """The line of a finding."""
        return json_text(finding_object(document.name, finding, self.rules[finding.diagnostic.code])) + "\n"

    def put(self, rendered: str) -> None:
        """Write it."""
        self.stream.write(rendered)

    def finish(self, nothing: str = "", note: str = "") -> None:  # noqa: ARG002  # a note is no finding
        """Say in an object of its own that nothing was checked."""
        if nothing:
            self.stream.write(json_text({"notice": nothing}) + "\n")
