"""For people: each finding with the lines it speaks of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, TextIO

from minimax_validate.formats.format import Style
from minimax_validate.rule import Rule

if TYPE_CHECKING:
    from minimax_validate.places import Placed


def write(placed: Iterable[Placed], rules: Mapping[str, Rule], stream: TextIO, style: Style) -> None:
    """See ``Format``; a clean run writes nothing here, the summary is the command's."""
    for document in placed:
        # A clean run does without these.
        from minimax_validate.formats.color import Paint
        from minimax_validate.formats.listing import listing

        paint = Paint(style.color)
        for finding in document.findings:
            rule = rules[finding.diagnostic.code]
            stream.write("\n".join(listing(document, finding, rule, style.width, paint, wraps=stream.isatty())) + "\n\n")
