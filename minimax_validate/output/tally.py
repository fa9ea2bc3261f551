"""Count what a run has seen, and say it in a line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from minimax_validate.texts.checked import Checked
from minimax_validate.texts.document import Document
from minimax_validate.values.diagnostic import Diagnostic, Severity
from minimax_validate.values.wording import count

NOTHING = "no request was found: nothing was checked"


class Kind(NamedTuple):
    """What statistics tell apart.

    Rules, and whether a finding has a fix that is ``safe``, one that is not, or (None) no fix at all.
    """

    code: str
    severity: Severity
    safe: bool | None


@dataclass(slots=True)
class Tally:
    """Numbers of a run that is under way; the one value here that changes, and only the command holds it."""

    files: int = 0
    requests: int = 0
    passed_over: int = 0
    """Files of a walk that hold nothing like a request."""
    severities: Counter[Severity] = field(default_factory=Counter)
    fixable: Counter[bool] = field(default_factory=Counter)
    """Findings that ``--fix`` could fix, by whether that is safe: what was recorded, for one, is not rewritten."""
    kinds: Counter[Kind] = field(default_factory=Counter)
    sites: Counter[str] = field(default_factory=Counter)
    """Call sites in programs: those that were checked, and those that were not."""
    not_read: Counter[str] = field(default_factory=Counter)
    """Programs that were not read, by what they need."""

    def add(self, checked: Checked) -> None:
        """Count the requests of a document and their findings."""
        program = checked.document.program
        self.requests += requests_of(checked.document)
        if program is not None:
            self.sites.update(
                checked=len(program.sites), others=program.others, unknown=program.unknown, unread=program.unread
            )
            if program.missing:
                self.not_read[program.missing] += 1
        for diagnostic in checked.report.diagnostics:
            self.count(kind_of(diagnostic), is_writable=checked.document.rewriter is not None)

    def count(self, kind: Kind, *, is_writable: bool) -> None:
        """Count a finding; the text of one that ``is_writable`` may be fixed."""
        self.severities[kind.severity] += 1
        self.kinds[kind] += 1
        if kind.safe is not None and is_writable:
            self.fixable[kind.safe] += 1

    def merge(self, other: Tally) -> None:
        """Add the numbers of another part of the run."""
        self.files += other.files
        self.requests += other.requests
        self.passed_over += other.passed_over
        self.severities.update(other.severities)
        self.fixable.update(other.fixable)
        self.kinds.update(other.kinds)
        self.sites.update(other.sites)
        self.not_read.update(other.not_read)

    def reaches(self, severity: Severity) -> bool:
        """Whether anything found is at least this severe."""
        return any(number for found, number in self.severities.items() if found >= severity)

    def summary(self) -> str:
        """What was found in what was checked, or that there was nothing to check.

        ``3 errors in 3 requests (2 files); 1 fixable with --fix, 1 more with --unsafe-fixes``.
        """
        if not self.requests:
            return "; ".join((NOTHING, *self._left()))
        where = f"{count(self.requests, 'request')} ({count(self.files, 'file')})"
        line = f"{told(self.severities) or 'no findings'} in {where}"
        safe, unsafe = self.fixable[True], self.fixable[False]
        if safe:
            line += f"; {safe:,} fixable with --fix" + (f", {unsafe:,} more with --unsafe-fixes" if unsafe else "")
        elif unsafe:
            line += f"; {unsafe:,} fixable with --fix --unsafe-fixes"
        return "; ".join((line, *self._left()))

    def _left(self) -> Iterator[str]:
        """What was not checked, clause by clause."""
        if sum(self.sites.values()) > self.sites["checked"]:
            yield self._told_sites()
        for needs, number in self.not_read.items():
            yield f"{count(number, 'file')} not read: {needs}"
        if self.passed_over:
            yield f"{count(self.passed_over, 'file')} without a request passed over"

    def _told_sites(self) -> str:
        """``3 call sites checked, 5 of other models, 2 of an unknown one``."""
        parts = [f"{count(self.sites['checked'], 'call site')} checked"]
        if self.sites["others"]:
            parts.append(f"{self.sites['others']:,} of other models")
        if self.sites["unknown"]:
            parts.append(f"{self.sites['unknown']:,} of an unknown one")
        if self.sites["unread"]:
            parts.append(f"{self.sites['unread']:,} that cannot be read")
        return ", ".join(parts)


def kind_of(diagnostic: Diagnostic) -> Kind:
    """The kind of a finding."""
    return Kind(diagnostic.code, diagnostic.severity, diagnostic.fix.safe if diagnostic.fix else None)


def requests_of(document: Document) -> int:
    """How many requests a document counts as: what holds none, and should, counts as one at fault."""
    return len(document.requests) or int(document.program is None)


def told(severities: Mapping[Severity, int]) -> str:
    """How many findings there are of each severity: ``2 errors, 1 warning``."""
    return ", ".join(count(number, _NOUNS[severity]) for severity, number in sorted(severities.items(), reverse=True))


_NOUNS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
