"""For people: each finding with the lines it speaks of.

A clean run writes nothing here, the summary is the command's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from minimax_validate.output.formats.writer import Writer

if TYPE_CHECKING:
    from minimax_validate.texts.placed import Placed


class Format(Writer):
    """Writes each finding with a frame of the lines around it."""

    def write(self, document: Placed) -> None:
        """Write each finding, and an empty line after it."""
        # A clean run does without these.
        from minimax_validate.output.color import Paint
        from minimax_validate.output.formats.listing import listing

        paint = Paint(self.style.color, self.style.hyperlinks)
        for finding in document.findings:
            rule = self.rules[finding.diagnostic.code]
            lines = listing(document, finding, rule, self.style.width, paint, wraps=self.stream.isatty())
            self.stream.write("\n".join(lines) + "\n\n")
