"""``--fix`` and ``--diff``: apply the fixes of files before checking them, or show them, and report what was done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import click

from minimax_validate.cli.progress import Progress
from minimax_validate.engine.validator import Validator
from minimax_validate.output.color import Paint
from minimax_validate.output.escape import visible
from minimax_validate.output.formats.concise import line_of
from minimax_validate.output.formats.diff import unified
from minimax_validate.output.tally import requests_of
from minimax_validate.project.checking import meant
from minimax_validate.project.discover import Found
from minimax_validate.project.files import display_name, is_told_if_unreadable, is_worth_reading, unreadable
from minimax_validate.project.fixes import Fixes
from minimax_validate.project.fixing import FixDocument, FixedFile, changed, fix_bytes, fix_file
from minimax_validate.project.ignoring.filter import IgnoreFilter
from minimax_validate.rules.rule import Rule
from minimax_validate.texts.checked import Checked, check_document
from minimax_validate.texts.document import ABSENT, Document
from minimax_validate.texts.fixing import FixedDocument
from minimax_validate.texts.placed import place
from minimax_validate.values.diagnostic import Severity
from minimax_validate.values.report import Report
from minimax_validate.values.wording import count, words_of_os_error


@dataclass(slots=True)
class Fixer:
    """Fixes files by the rules that run, and remembers the results; ignored findings are not fixed."""

    validator: Validator
    ignore_filter: IgnoreFilter
    unsafe: bool
    progress: Progress
    seen: int = 0
    """Requests that were looked at; a text that cannot be read counts as one, as it does in a check."""
    done: list[FixedFile] = field(default_factory=list)
    """The files with a result to report."""
    unread: list[str] = field(default_factory=list)
    """A line for each finding that keeps a text from being read, if nothing is checked after fixing."""
    worst: Severity | None = None
    """The severity of the worst of them."""

    def fix(self, found: Found) -> None:
        """Fix a file in place."""
        self.note(fix_file(found, self._fixes(named=found.named)))

    def fixed(self, name: str, data: bytes) -> bytes:
        """Fix what came in on a stream."""
        file, changes = fix_bytes(name, data, self._fixes(named=True))
        self.note(file)
        return changed(data, changes)

    def diff(self, found: Found, paint: Paint, passed: Callable[[Document], None]) -> Iterator[str]:
        """The difference that fixing would make to a file; nothing is written.

        Of a file met on a walk, what is no request is ``passed`` over.
        """
        name = display_name(found.path)
        try:
            if not is_worth_reading(found):
                return
            data = Path(found.path).read_bytes()
        except OSError as error:
            if is_told_if_unreadable(found):
                self._cannot_read(name, error)
            return
        yield from self._difference(name, data, paint, found, passed)

    def diff_stream(self, name: str, data: bytes, paint: Paint) -> Iterator[str]:
        """The same for a stream."""
        yield from self._difference(name, data, paint)

    @property
    def applied(self) -> Counter[str]:
        """How many findings of each code are gone."""
        return sum((file.applied for file in self.done), Counter())

    @property
    def failed(self) -> bool:
        """Whether a file could not be written."""
        return any(file.problem for file in self.done)

    def summary(self, verb: str) -> str:
        """``fixed 3 findings in 2 files``; an empty string if nothing was fixed."""
        files = sum(bool(file.applied) for file in self.done)
        return f"{verb} {count(self.applied.total(), 'finding')} in {count(files, 'file')}" if files else ""

    def listing(self, rules: Mapping[str, Rule]) -> Iterator[str]:
        """The lines of ``--show-fixes``."""
        for file in self.done:
            if file.applied:
                yield f"{visible(file.name)}:"
                yield from (f"  {number} x {code} {rules[code].name}" for code, number in sorted(file.applied.items()))

    def complain(self) -> None:
        """Report on standard error which fixes were not applied."""
        for file in self.done:
            if file.problem:
                click.echo(f"{visible(file.name)}: not fixed: {visible(file.problem)}", err=True)
            if file.unwritable:
                left = count(file.unwritable.total(), "fix", "es")
                why = "--fix does not change recordings, JSON in Markdown, scripts, .gz files or shared YAML values"
                click.echo(f"{visible(file.name)}: {left} not applied: {why}", err=True)

    def _difference(
        self,
        name: str,
        data: bytes,
        paint: Paint,
        found: Found | None = None,
        passed: Callable[[Document], None] | None = None,
    ) -> Iterator[str]:
        fixes = self._fixes(named=found is None or found.named, notes=True, passed=passed)
        try:
            file, changes = fix_bytes(name, data, fixes, found)
        except OSError as error:  # what is packed is damaged
            self._cannot_read(name, error)
            return
        self.note(file)
        yield from unified(name, data, changes, paint)

    def _cannot_read(self, name: str, error: OSError) -> None:
        self.seen += 1
        self._note_unread(unreadable(name, words_of_os_error(error)))

    def _note_unread(self, wanted: Document) -> None:
        told = self.ignore_filter.reported(Checked(wanted, check_document(self.validator, wanted)))
        for finding in place(Checked(wanted, Report(told))).findings:
            self.unread.append(line_of(wanted.source.name, finding))
            self.worst = max(self.worst or finding.diagnostic.severity, finding.diagnostic.severity)

    def look_at(self, requests: int) -> None:
        """Count so many requests more that were looked at."""
        self.seen += requests
        self.progress.update(self.seen, "looked for fixes in")

    def note(self, file: FixedFile) -> None:
        """Remember what came of a file, if there is anything to say of it."""
        if file.applied or file.unwritable or file.problem:
            self.done.append(file)

    def _fixes(
        self, *, named: bool, notes: bool = False, passed: Callable[[Document], None] | None = None
    ) -> FixDocument:
        fixes = Fixes(self.validator, self.ignore_filter, self.unsafe)

        def fix(document: Document) -> FixedDocument:
            wanted = document if named else meant(document)
            if wanted is not None:
                self.seen += requests_of(wanted)
                if notes and wanted.value is ABSENT:
                    self._note_unread(wanted)
            elif passed is not None:
                passed(document)
            self.look_at(0)
            return fixes.fix(document, named=named)

        return fix
