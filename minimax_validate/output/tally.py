"""Count what a run has found, and sum it up in a line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from minimax_validate.texts.checked import Checked
from minimax_validate.texts.document import Document
from minimax_validate.values.diagnostic import Diagnostic, Severity
from minimax_validate.values.wording import count

LONG = 20
"""Findings of a run that is summed up by one line: longer ones also get a table of their rules."""

NOTHING = "no request was found: nothing was checked"


class Kind(NamedTuple):
    """What statistics count separately.

    A rule with its severity, and whether ``--fix`` can apply a fix that is ``safe``, one that is not, or (None) none.
    """

    code: str
    severity: Severity
    safe: bool | None


@dataclass(slots=True)
class Tally:
    """Numbers of a running check; the only mutable value here, which only the command holds."""

    files: int = 0
    requests: int = 0
    passed_over: int = 0
    """Skipped files: they have nothing like a request."""
    severities: Counter[Severity] = field(default_factory=Counter)
    fixable: Counter[bool] = field(default_factory=Counter)
    """Findings that ``--fix`` can fix, by whether the fix is safe.

    Recordings, for example, are never rewritten, nor what a program writes once for several places.
    """
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
        found = checked.report.diagnostics
        fixable = fixable_in(checked) if found else ()
        for diagnostic in found:
            self.count(kind_of(diagnostic), is_writable=id(diagnostic) in fixable)

    def count(self, kind: Kind, *, is_writable: bool) -> None:
        """Count a finding; the text of one that ``is_writable`` may be fixed."""
        self.severities[kind.severity] += 1
        self.kinds[kind if is_writable else kind._replace(safe=None)] += 1
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

    @property
    def is_long(self) -> bool:
        """Whether a table of the rules helps: there are more than ``LONG`` findings, of more than one rule."""
        return self.severities.total() > LONG and len({kind.code for kind in self.kinds}) > 1

    def summary(self) -> str:
        """What was found in what was checked, or that nothing was checked.

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
            yield f"skipped {count(self.passed_over, 'file')} without a request"

    def _told_sites(self) -> str:
        """``3 call sites checked, 5 for other models, 2 for an unknown model``."""
        parts = [f"{count(self.sites['checked'], 'call site')} checked"]
        if self.sites["others"]:
            parts.append(f"{self.sites['others']:,} for other models")
        if self.sites["unknown"]:
            parts.append(f"{self.sites['unknown']:,} for an unknown model")
        if self.sites["unread"]:
            parts.append(f"{self.sites['unread']:,} that cannot be read")
        return ", ".join(parts)


def kind_of(diagnostic: Diagnostic) -> Kind:
    """The kind of a finding."""
    return Kind(diagnostic.code, diagnostic.severity, diagnostic.fix.safe if diagnostic.fix else None)


def fixable_in(checked: Checked) -> frozenset[int]:
    """The findings, by their identity, whose fix can be made in their text."""
    if checked.document.rewriter is None or not any(found.fix for found in checked.report.diagnostics):
        return frozenset()
    from minimax_validate.texts.fixing import writable  # a clean run does without it

    return frozenset(map(id, writable(checked.document, checked.report.diagnostics)))


def requests_of(document: Document) -> int:
    """How many requests a document counts as: what holds none, and should, counts as one at fault."""
    return len(document.requests) or int(document.program is None)


def told(severities: Mapping[Severity, int]) -> str:
    """How many findings there are of each severity: ``2 errors, 1 warning, 3 info``."""
    return ", ".join(_counted(severity, number) for severity, number in sorted(severities.items(), reverse=True))


def _counted(severity: Severity, number: int) -> str:
    """``1 error``, ``2 errors``; ``info`` has no plural."""
    return count(number, severity.label, "" if severity is Severity.INFO else "s")
