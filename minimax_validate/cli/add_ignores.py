"""``check --add-ignores``: write comments that ignore what is found."""

from __future__ import annotations

import io
import os
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import click

from minimax_validate.cli.check_options import Asked
from minimax_validate.cli.exits import FINDINGS, MISUSE
from minimax_validate.cli.files import Files
from minimax_validate.engine.validator import Validator
from minimax_validate.output.escape import visible
from minimax_validate.project.atomic import NotReplacedError, Signature, replacing
from minimax_validate.project.checking import assuming, check_documents
from minimax_validate.project.confined import leads_outside
from minimax_validate.project.discover import Found
from minimax_validate.project.files import (
    STDIN,
    asked_for,
    display_name,
    is_told_if_unreadable,
    is_worth_reading,
    unreadable,
)
from minimax_validate.project.ignoring.additions import Annotated, comment_opening, with_ignores
from minimax_validate.project.ignoring.filter import IgnoreFilter
from minimax_validate.project.look import Look
from minimax_validate.project.options import Given, Options
from minimax_validate.texts.checked import Checked
from minimax_validate.texts.document import ABSENT
from minimax_validate.texts.placed import Finding, place
from minimax_validate.texts.readers import read
from minimax_validate.values.diagnostic import Diagnostic, Severity
from minimax_validate.values.report import Report
from minimax_validate.values.wording import count, words_of_os_error

_ADVICE = "use --write-baseline, or ignore-at in the configuration"


def refuse_others(asked: Asked, given: Given, paths: Sequence[str]) -> None:
    """Refuse what cannot be done together with adding comments.

    Raises:
        UsageError: something of that kind is asked for.
    """
    others = {
        "--fix": asked.fix,
        "--diff": asked.diff,
        "--write-baseline": asked.write_baseline,
        "--statistics": asked.statistics,
        "--output": bool(given.output),
        "--output-file": bool(given.output_file),
        "--show-files": asked.show_files,
        "standard input": STDIN in paths,
    }
    for name, wanted in others.items():
        if wanted:
            raise click.UsageError(f"--add-ignores and {name} cannot be used together.")


def add_ignores(files: Files, options: Options, validator: Validator, ignore_filter: IgnoreFilter, asked: Asked) -> int:
    """Write the comments of all files, report what they cannot ignore, and return the exit code."""
    run = _Run(files, options, validator, ignore_filter)
    for found in files:
        run.add(found)
    if not asked.quiet:
        for line in run.lines:
            click.echo(line, err=True)
        click.echo(run.summary(), err=True)
        if unread := files.unread():
            click.echo(unread, err=True)
    if run.failed:
        return MISUSE
    none_found = options.fail_on_no_requests and not run.requests
    return FINDINGS if (run.reaches() or none_found) and not asked.exit_zero else 0


@dataclass(slots=True)
class _Run:
    """Adds comments to one file after the other, and remembers what came of it."""

    files: Files
    options: Options
    validator: Validator
    ignore_filter: IgnoreFilter
    lines: list[str] = field(default_factory=list)
    """What is said of each file."""
    failed: bool = False
    """Whether a file could not be written."""
    changed: int = 0
    on_lines: int = 0
    ignored: int = 0
    requests: int = 0
    left: list[Diagnostic] = field(default_factory=list)

    def add(self, found: Found) -> None:
        """Add the comments of one file."""
        name, path = display_name(found.path), Path(found.path)
        try:
            if not is_worth_reading(found):
                self.files.pass_over(found.path, None)
                return
            with path.open("rb") as stream:
                read_as = Signature.of(os.fstat(stream.fileno()))
                data = stream.read()
        except OSError as error:
            if is_told_if_unreadable(found):
                (fault,) = unreadable(name, words_of_os_error(error)).faults
                self.left.append(fault.diagnostic)
                self.lines.append(f"{visible(name)}: {fault.diagnostic.code} {fault.diagnostic.message}")
            return
        look = Look()
        results = self._check(found, data, look)
        self.requests += sum(len(checked.document.requests) for checked in results)
        if not results:
            self.files.pass_over(found.path, look.form)
        diagnostics = tuple(diagnostic for checked in results for diagnostic in checked.report.diagnostics)
        if not diagnostics:
            return
        try:
            opening, text = comment_opening(name), data.decode()
        except UnicodeDecodeError:
            opening, text = "", ""
        if not opening:
            self._keep_without_comments(name, results)
            return
        annotated = with_ignores(text, opening, lambda text: self._check(found, text.encode(), Look()))
        if annotated.text != text and not self._write(found, name, annotated.text.encode(), read_as):
            self.left += diagnostics
            return
        self._note(name, annotated)

    def summary(self) -> str:
        """What was done, and what remains."""
        remain = f"; {count(len(self.left), 'finding')} not ignored" if self.left else ""
        if not self.ignored:
            return f"no comment added{remain}"
        findings, lines = count(self.ignored, "finding"), count(self.on_lines, "line")
        return f"{findings} ignored by comments on {lines} in {count(self.changed, 'file')}{remain}"

    def reaches(self) -> bool:
        """Whether a finding that is not ignored fails a run."""
        return any(diagnostic.severity >= self.options.fail_on for diagnostic in self.left) or self._too_many_warnings()

    def _too_many_warnings(self) -> bool:
        warnings = sum(diagnostic.severity is Severity.WARNING for diagnostic in self.left)
        return self.options.max_warnings is not None and warnings > self.options.max_warnings

    def _check(self, found: Found, data: bytes, look: Look) -> list[Checked]:
        name = display_name(found.path)
        # Readers look ahead in what they are given, as in a file.
        documents = asked_for(read(name, io.BufferedReader(io.BytesIO(data))), found)
        results = check_documents(
            assuming(found, documents, self.files.filters), self.validator, named=found.named, passed=look
        )
        return [replace(each, report=Report(self.ignore_filter.reported(each))) for each in results]

    def _write(self, found: Found, name: str, data: bytes, read_as: Signature) -> bool:
        path = Path(found.path)
        try:
            if not found.named and path.is_symlink() and leads_outside(path, path.parent):
                raise NotReplacedError("it is a link that leads out of the project, and nobody named it")
            with replacing(path, read_as) as stream:
                stream.write(data)
        except NotReplacedError as error:
            self.lines.append(f"{visible(name)}: not changed: {visible(str(error))}")
            self.failed = True
            return False
        return True

    def _note(self, name: str, annotated: Annotated) -> None:
        if annotated.lines:
            self.changed += 1
            self.on_lines += annotated.lines
            self.ignored += annotated.ignored.total()
            findings = count(annotated.ignored.total(), "finding")
            self.lines.append(f"{visible(name)}: {findings} ignored on {count(annotated.lines, 'line')}")
        for finding in annotated.left:
            self._keep_one(name, finding, f"no comment fits on this line; {_ADVICE}")
        for finding in annotated.unread:
            self._keep_one(name, finding, "the text cannot be read")

    def _keep_without_comments(self, name: str, results: Sequence[Checked]) -> None:
        listed = 0
        for checked in results:
            if checked.document.value is ABSENT:
                for finding in place(checked).findings:
                    self._keep_one(name, finding, "the text cannot be read")
            else:
                listed += len(checked.report.diagnostics)
                self.left += checked.report.diagnostics
        if listed:
            findings = count(listed, "finding")
            self.lines.append(
                f"{visible(name)}: {findings} not ignored: comments cannot be added to this format; {_ADVICE}"
            )

    def _keep_one(self, name: str, finding: Finding, why: str) -> None:
        self.left.append(finding.diagnostic)
        self.lines.append(
            f"{visible(name)}:{finding.location.line}: {finding.diagnostic.code} not ignored: {visible(why)}"
        )
