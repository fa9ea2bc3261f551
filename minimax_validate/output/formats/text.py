"""For people: each finding with the lines it speaks of.

A clean run writes nothing here, the summary is the command's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from minimax_validate.output.formats.writer import Writer

if TYPE_CHECKING:
    from minimax_validate.texts.placed import Finding, Placed


class Format(Writer):
    """Writes each finding with a frame of the lines around it."""

    def render(self, document: Placed, finding: Finding) -> str:
        """The lines of a finding, and an empty one."""
        # A clean run does without these.
        from minimax_validate.output.color import Paint
        from minimax_validate.output.formats.listing import listing

        rule, style = self.rules[finding.diagnostic.code], self.style
        lines = listing(document, finding, rule, style.width, Paint(style.color), wraps=style.wraps)
        return "\n".join(lines) + "\n\n"

    def put(self, rendered: str) -> None:
        """Write them."""
        self.stream.write(rendered)
