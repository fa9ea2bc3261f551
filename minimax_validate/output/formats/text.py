"""For people: each finding with the lines it is about.

A clean run writes nothing here; the command writes the summary. On a terminal, most findings of a rule that floods the
run are counted instead of shown.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from minimax_validate.output.formats.writer import Writer

if TYPE_CHECKING:
    from minimax_validate.output.formats.flood import Flood
    from minimax_validate.texts.placed import Finding, Placed


@dataclass(slots=True, eq=False, repr=False)
class Format(Writer):
    """Writes each finding with a frame of the lines around it."""

    flood: Flood | None = field(default=None, init=False)

    def render(self, document: Placed, finding: Finding) -> tuple[str, str]:
        """The code of a finding, and its lines with an empty one after them; no lines if they will not be shown."""
        # A clean run does without these.
        from minimax_validate.output.color import Paint
        from minimax_validate.output.formats.listing import listing

        code, style = finding.diagnostic.code, self.style
        if self.flood is not None and self.flood.is_over(code):
            return code, ""
        paint = Paint(style.color, style.hyperlinks)
        lines = listing(document, finding, self.rules[code], style.width, paint, wraps=style.wraps)
        return code, "\n".join(lines) + "\n\n"

    def put(self, rendered: tuple[str, str]) -> None:
        """Write the next finding, or keep it until it is known whether its rule floods the run."""
        if self.style.most is not None and self.flood is None:
            from minimax_validate.output.formats.flood import Flood  # a clean run does without it

            self.flood = Flood(self.style.most)
        code, text = rendered
        self.stream.writelines(self.flood.add(code, text) if self.flood is not None else (text,))

    def finish(self, nothing: str = "", note: str = "") -> None:  # noqa: ARG002  # the summary has them
        """Write what still waits, and how many findings were not shown."""
        if self.flood is None:
            return
        self.stream.writelines(self.flood.rest())
        hidden = self.flood.hidden()
        for code, number in hidden.items():
            self.stream.write(f"and {number:,} more of {code} (`--show-all` lists them)\n")
        if hidden:
            self.stream.write("\n")
