"""A JSON object for each finding, one a line; a clean run writes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from minimax_validate.output.escape import json_text
from minimax_validate.output.formats.json import finding_object
from minimax_validate.output.formats.writer import Writer

if TYPE_CHECKING:
    from minimax_validate.texts.placed import Placed


class Format(Writer):
    """Writes each finding as one JSON object on a line of its own."""

    def write(self, document: Placed) -> None:
        """Write a line for each finding."""
        for finding in document.findings:
            self.stream.write(
                json_text(finding_object(document.name, finding, self.rules[finding.diagnostic.code])) + "\n"
            )
