"""A page for people, such as the summary of a job: how much was found, and a table of it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from minimax_validate.output.escape import visible
from minimax_validate.output.formats.writer import Writer
from minimax_validate.output.tally import told
from minimax_validate.values.diagnostic import Severity
from minimax_validate.values.wording import count

if TYPE_CHECKING:
    from minimax_validate.texts.placed import Finding, Placed

LONGEST = 900_000
"""Bytes of the table's rows. GitHub takes a mebibyte a step for its summary, and nothing of a longer one:
https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#step-isolation-and-limits"""


class _Row(NamedTuple):
    """A row of the table, and what is counted of it."""

    file: str
    severity: Severity
    text: str


@dataclass(slots=True)
class Format(Writer):
    """Keeps the rows of the table until the end, because the page begins with their number.

    At most ``LONGEST`` bytes of them.
    """

    rows: list[str] = field(default_factory=list)
    length: int = 0
    rendered: int = 0
    """Bytes of rows that there are texts of."""
    files: Counter[str] = field(default_factory=Counter)
    severities: Counter[Severity] = field(default_factory=Counter)

    def render(self, document: Placed, finding: Finding) -> _Row:
        """The row of a finding; its text is left out where there is no room for it."""
        text = ""
        if self.rendered <= LONGEST:
            text = self._row(document.name, finding)
            self.rendered += len(text.encode("utf-8", "backslashreplace"))
        return _Row(document.name, finding.diagnostic.severity, text)

    def put(self, rendered: _Row) -> None:
        """Keep it if there is room."""
        self.files[rendered.file] += 1
        self.severities[rendered.severity] += 1
        if self.length <= LONGEST:
            self.length += len(rendered.text.encode("utf-8", "backslashreplace"))
            if self.length <= LONGEST:
                self.rows.append(rendered.text)

    def finish(self, nothing: str = "", note: str = "") -> None:
        """Write the page."""
        self.stream.write("## minimax-validate\n\n")
        if not self.severities:
            self.stream.write(f"{nothing[:1].upper()}{nothing[1:]}.\n" if nothing else "No findings.\n")
            self._write_note(note)
            return
        self.stream.write(f"{told(self.severities)} in {count(len(self.files), 'file')}.\n\n")
        self.stream.write("| severity | place | rule | finding |\n| --- | --- | --- | --- |\n")
        self.stream.writelines(self.rows)
        left_out = self.severities.total() - len(self.rows)
        if left_out:
            self.stream.write(f"\n{count(left_out, 'more finding')}, for which there is no room here.\n")
        self._write_note(note)

    def _write_note(self, note: str) -> None:
        if note:
            self.stream.write(f"\n{note[:1].upper()}{note[1:]}.\n")

    def _row(self, name: str, finding: Finding) -> str:
        diagnostic, location = finding.diagnostic, finding.location
        place = _code(f"{name}:{location.line}:{location.column}")
        rule = f"[{diagnostic.code}]({self.rules[diagnostic.code].url}) {diagnostic.name}"
        return f"| {diagnostic.severity.label} | {place} | {rule} | {_code(diagnostic.message)} |\n"


def _code(text: str) -> str:
    """A text as code, inside of which there are no links, images, mentions or HTML.

    A bar would end the cell even there.
    """
    shown = visible(text).replace("|", "\\x7c")
    if "`" not in shown:
        return f"`{shown}`"
    fence = "`" * (max(map(len, re.findall("`+", shown))) + 1)
    return f"{fence} {shown} {fence}"
