"""``minimax-validate check``: find what is wrong with requests, and tell."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from minimax_validate.cli.check_options import Asked, check_options, read
from minimax_validate.cli.configuration import options as configured
from minimax_validate.cli.exits import FINDINGS, MISUSE
from minimax_validate.cli.ignores import ignore_filter_of, renew, warn_of_stale
from minimax_validate.cli.outputs import check_apart, default_format, telling
from minimax_validate.cli.progress import Progress
from minimax_validate.cli.terminal import style
from minimax_validate.engine.selection import UnknownSelectorError
from minimax_validate.engine.validator import Validator
from minimax_validate.output.tally import Tally
from minimax_validate.project.checking import check_documents, check_file
from minimax_validate.project.discover import Filters, discover
from minimax_validate.project.files import STDIN, display_name, read_stream
from minimax_validate.project.ignoring.filter import IgnoreFilter
from minimax_validate.project.options import STDOUT, Options, shown
from minimax_validate.rules.catalogue import BY_CODE
from minimax_validate.texts.readers import is_program
from minimax_validate.values.diagnostic import Severity

if TYPE_CHECKING:
    from minimax_validate.cli.fixing import Fixer
    from minimax_validate.output.color import Paint
    from minimax_validate.texts.checked import Checked


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATHS]...")
@check_options
@click.pass_context
def command(context: click.Context, /, paths: tuple[str, ...], **values: Any) -> None:
    """Check request files, and what is below folders; - is standard input, and no path the working directory.

    Exit code 0 means nothing at or above --fail-on and no more than --max-warnings, 1 findings, 2 misuse.
    """
    asked, given = read(values)
    if asked.unsafe_fixes and not (asked.fix or asked.diff):
        raise click.UsageError("--unsafe-fixes goes with --fix or --diff.")
    if asked.write_baseline and (given.output_file or given.output):
        raise click.UsageError(
            "--write-baseline lists findings and writes none: it goes with neither --output nor --output-file."
        )
    options = configured(replace(given, default_format=default_format()), asked.config, asked.isolated)
    check_apart(options.outputs)
    try:
        validator = Validator(options.settings)
    except UnknownSelectorError as error:
        raise click.UsageError(str(error)) from error
    if asked.show_settings:
        click.echo(shown(options), nl=False)
        return
    paths = paths or (".",)
    if asked.show_files:
        for found in discover((path for path in paths if path != STDIN), options.filters):
            click.echo(display_name(found.path))
        return
    ignore_filter = ignore_filter_of(options, asked.write_baseline)
    progress = Progress(sys.stderr, on=sys.stderr.isatty() and not asked.quiet)
    fixer = _fixer(validator, ignore_filter, asked, progress) if asked.fix or asked.diff else None
    if fixer and asked.diff:
        code = _show_difference(paths, options.filters, fixer, asked)
    else:
        checking = _Checking(asked.stdin_filename, options.filters, validator, ignore_filter, Tally(), progress, fixer)
        code = _check(paths, options, asked, checking, whole=options.walks_whole_project(paths) and not given.exclude)
    context.exit(code)


def _check(paths: Collection[str], options: Options, asked: Asked, checking: _Checking, *, whole: bool) -> int:
    """Fix what is to be fixed, check it all, tell, and say what exit code that is."""
    tally, ignore_filter, fixer, progress = checking.tally, checking.ignore_filter, checking.fixer, checking.progress
    # Where a stream is fixed, its text is what standard output is for.
    standard = sys.stderr if fixer and STDIN in paths else sys.stdout
    # And the findings of a format for machines stand alone there.
    beside = standard is sys.stderr or (options.outputs[0].format != "text" and not asked.statistics)
    # Neither a baseline nor statistics leave findings to write to standard output.
    wanted = [
        output
        for output in options.outputs
        if not (asked.write_baseline or (asked.statistics and output.file == STDOUT))
    ]
    with telling(wanted, BY_CODE, asked.color, standard, options.redact) as tell:
        for result in checking.all(paths):
            if wanted and result.report.diagnostics:
                progress.clear()
                tell(result)
        progress.clear()
    if asked.write_baseline:
        renew(ignore_filter, options)
        return 0
    if asked.statistics:
        _write_statistics(tally, asked)
    if fixer:
        fixer.complain()
        if asked.show_fixes:
            for line in fixer.listing(BY_CODE):
                click.echo(line, err=beside)
    too_many = options.max_warnings is not None and tally.severities[Severity.WARNING] > options.max_warnings
    if not asked.quiet:
        told = "; ".join(filter(None, (fixer.summary("fixed") if fixer else "", tally.summary())))
        click.echo(told, err=beside)
        warn_of_stale(ignore_filter, options, whole)
        if too_many:
            click.echo(f"more warnings than the {options.max_warnings:,} that are allowed", err=True)
    if fixer and fixer.failed:
        return MISUSE
    return FINDINGS if (too_many or tally.reaches(options.fail_on)) and not asked.exit_zero else 0


@dataclass(frozen=True, slots=True)
class _Checking:
    """Checks files in order, fixes them before if that is wanted, leaves out what is ignored, and counts the rest."""

    stdin_filename: str
    filters: Filters
    validator: Validator
    ignore_filter: IgnoreFilter
    tally: Tally
    progress: Progress
    fixer: Fixer | None

    def all(self, paths: Collection[str]) -> Iterator[Checked]:
        """What standard input holds, if it is among the paths, then what they lead to."""
        if STDIN in paths:
            stream = _fixed_stream(self.stdin_filename, self.fixer) if self.fixer else sys.stdin.buffer
            yield from self._counted(
                check_documents(read_stream(self.stdin_filename, stream), self.validator, named=True)
            )
        for found in discover((path for path in paths if path != STDIN), self.filters):
            if self.fixer:
                self.fixer.fix(found)
            yield from self._counted(
                check_file(found, self.validator, self.filters),
                is_quiet=not found.named and is_program(str(found.path)),
            )

    def _counted(self, results: Iterable[Checked], *, is_quiet: bool = False) -> Iterator[Checked]:
        """Count results; a file that has none is counted as well, unless it is a program that a walk met."""
        before = self.tally.requests
        for result in results:
            told = self.ignore_filter.without_ignored(result)
            self.tally.add(told)
            self.progress.update(self.tally.requests)
            yield told
        if self.tally.requests > before:
            self.tally.files += 1
        elif not is_quiet:
            self.tally.passed_over += 1


def _fixer(validator: Validator, ignore_filter: IgnoreFilter, asked: Asked, progress: Progress) -> Fixer:
    from minimax_validate.cli.fixing import Fixer  # most runs fix nothing

    return Fixer(validator, ignore_filter, asked.unsafe_fixes, progress)


def _fixed_stream(name: str, fixer: Fixer) -> BinaryIO:
    """Standard input as fixing leaves it, which goes to standard output."""
    data = fixer.fixed(name, sys.stdin.buffer.read())
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()
    return BytesIO(data)


def _show_difference(paths: Collection[str], filters: Filters, fixer: Fixer, asked: Asked) -> int:
    """Show what fixing would change, and say what exit code that is."""
    paint = _paint(asked)
    if STDIN in paths:
        for line in fixer.diff_stream(asked.stdin_filename, sys.stdin.buffer.read(), paint):
            click.echo(line, color=paint.on)
    for found in discover((path for path in paths if path != STDIN), filters):
        for line in fixer.diff(found, paint):
            fixer.progress.clear()
            click.echo(line, color=paint.on)
    fixer.progress.clear()
    if not asked.quiet:
        click.echo(fixer.summary("would fix") or "nothing to fix", err=True)
    return FINDINGS if fixer.applied and not asked.exit_zero else 0


def _write_statistics(tally: Tally, asked: Asked) -> None:
    from minimax_validate.output.formats.statistics import statistics  # few ask for them

    paint = _paint(asked)
    for line in statistics(tally.kinds, BY_CODE, paint):
        click.echo(line, color=paint.on)


def _paint(asked: Asked) -> Paint:
    from minimax_validate.output.color import Paint  # a clean run does without it

    return Paint(style(asked.color, sys.stdout).color)
