"""One line a finding: ``path:line:column: CODE severity: message``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TextIO

from minimax_validate.formats.escape import visible, visible_name
from minimax_validate.formats.format import Style
from minimax_validate.places import Placed
from minimax_validate.rule import Rule


def write(placed: Iterable[Placed], rules: Mapping[str, Rule], stream: TextIO, style: Style) -> None:
    """See ``Format``; a clean run writes nothing."""
    for document in placed:
        for finding in document.findings:
            diagnostic, location = finding.diagnostic, finding.location
            head = f"{visible_name(document.name)}:{location.line}:{location.column}"
            stream.write(f"{head}: {diagnostic.code} {diagnostic.severity.label}: {visible(diagnostic.message)}\n")
