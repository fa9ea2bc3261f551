"""``minimax-validate check``: find what is wrong with requests, and tell."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any

import click

from minimax_validate.cli.check_options import RAY, Asked, check_options, read
from minimax_validate.cli.checking import Checking
from minimax_validate.cli.configuration import options as configured
from minimax_validate.cli.exits import FINDINGS, MISUSE
from minimax_validate.cli.files import Files
from minimax_validate.cli.ignores import ignore_filter_of, left_out, renew, warn_of_stale
from minimax_validate.cli.jobs import crew
from minimax_validate.cli.outputs import check_apart, check_harmless, default_format, telling
from minimax_validate.cli.progress import Progress
from minimax_validate.cli.terminal import style
from minimax_validate.engine.selection import NoRuleError, UnknownSelectorError
from minimax_validate.engine.validator import Validator
from minimax_validate.output.escape import visible
from minimax_validate.output.tally import Tally, told
from minimax_validate.project.discover import Found
from minimax_validate.project.files import STDIN
from minimax_validate.project.ignoring.filter import IgnoreFilter
from minimax_validate.project.look import Look
from minimax_validate.project.options import STDOUT, Options, Output, shown
from minimax_validate.rules.catalogue import BY_CODE
from minimax_validate.values.diagnostic import Severity
from minimax_validate.values.urls import is_url

if TYPE_CHECKING:
    from minimax_validate.cli.fixing import Fixer
    from minimax_validate.cli.parallel import Start
    from minimax_validate.output.color import Paint


@click.command(short_help="Check request files and report findings.")
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
    if asked.fix and asked.diff:
        raise click.UsageError("--fix changes files and --diff none: they cannot be used together.")
    if asked.show_fixes and not asked.fix:
        raise click.UsageError("--show-fixes goes with --fix.")
    if asked.exit_non_zero_on_fix and not asked.fix:
        raise click.UsageError("--exit-non-zero-on-fix requires --fix.")
    if asked.exit_non_zero_on_fix and asked.exit_zero:
        raise click.UsageError("--exit-non-zero-on-fix and --exit-zero cannot be used together.")
    if asked.engine == RAY and (asked.fix or asked.diff):
        raise click.UsageError("--engine ray checks and changes nothing: it cannot be used with --fix or --diff.")
    if asked.ray_address and asked.engine != RAY:
        raise click.UsageError("--ray-address goes with --engine ray.")
    if asked.verbose and not asked.show_files:
        raise click.UsageError("--verbose goes with --show-files.")
    if asked.write_baseline and (given.output_file or given.output):
        raise click.UsageError(
            "--write-baseline lists findings and writes none: it goes with neither --output nor --output-file."
        )
    options = configured(replace(given, default_format=default_format()), asked.config, asked.isolated)
    check_apart(options.outputs)
    if asked.diff and options.redact:
        raise click.UsageError("--diff shows texts whole: with redacted output it needs --no-redact.")
    try:
        validator = Validator(options.settings)
    except (UnknownSelectorError, NoRuleError) as error:
        raise click.UsageError(str(error)) from error
    if asked.show_settings:
        click.echo(shown(options), nl=False)
        return
    paths = paths or (".",)
    _check_urls([path for path in paths if is_url(path)], asked)
    check_harmless(options.outputs, paths)
    files = Files(tuple(path for path in paths if path != STDIN), options.filters, all_passed=asked.verbose)
    if asked.show_files:
        from minimax_validate.cli.show_files import show_files  # few ask for them

        for line in show_files(files):
            click.echo(line)
        if unread := files.unread():
            click.echo(unread, err=True)
        context.exit(files.complain())
    ignore_filter = ignore_filter_of(options, asked.write_baseline)
    progress = Progress(sys.stderr, on=sys.stderr.isatty() and not asked.quiet)
    fixer = _fixer(validator, ignore_filter, asked, progress) if asked.fix or asked.diff else None
    if fixer and asked.diff:
        code = _show_difference(files, options, fixer, asked, reads_stdin=STDIN in paths)
        if not asked.quiet and (note := left_out(options, given, files, ignore_filter)):
            click.echo(note, err=True)
    else:
        checking = Checking(asked.stdin_filename, files, validator, ignore_filter, Tally(), progress, fixer)
        whole = options.walks_whole_project(paths) and not given.exclude
        code = _check(paths, options, asked, checking, partial(left_out, options, given, files, ignore_filter), whole)
    context.exit(files.complain() or code)


def _check(
    paths: Collection[str],
    options: Options,
    asked: Asked,
    checking: Checking,
    note: Callable[[], str],
    whole: bool,
) -> int:
    """Fix what is to be fixed, check it all, tell, and say what exit code that is."""
    tally, ignore_filter, fixer, progress = checking.tally, checking.ignore_filter, checking.fixer, checking.progress
    # Where a stream is fixed, its text is what standard output is for.
    standard = sys.stderr if fixer and STDIN in paths else sys.stdout
    # And the findings of a format for machines stand alone there.
    beside = standard is sys.stderr or (options.outputs[0].format != "text" and not asked.statistics)
    # Statistics leave no findings to write to standard output, and a baseline those alone that it does not take.
    wanted = [output for output in options.outputs if not (asked.statistics and output.file == STDOUT)]
    if asked.write_baseline:
        wanted, standard = [Output("concise", STDOUT)], sys.stderr
    live = STDIN in paths  # what comes from a pipe may never end
    with telling(wanted, BY_CODE, asked.color, standard, options.redact, checking.nothing, note, live) as tell:
        on_ray = asked.engine == RAY
        number, files = (0, iter(checking.files)) if on_ray else crew(checking.files, options.jobs)
        in_order = checking.of_stdin() if STDIN in paths else iter(())
        for result in chain(in_order, checking.of_files(files) if number == 1 else ()):
            if wanted and result.report.diagnostics:
                progress.clear()
                tell(result)
        if number != 1:
            from minimax_validate.cli.parallel import check_in_parallel, processes  # most runs are of few files
            from minimax_validate.project.parallel.blocks import BLOCK, FAR_BLOCK

            start = _on_ray(asked.ray_address, options.jobs) if on_ray else processes(number)
            check_in_parallel(checking, files, start, options, tell, FAR_BLOCK if on_ray else BLOCK)
        progress.clear()
    if asked.write_baseline:
        renew(ignore_filter, options)
        if tally.severities:
            click.echo(f"{told(tally.severities)} of texts that cannot be read: no baseline takes them", err=True)
        return FINDINGS if tally.reaches(options.fail_on) and not asked.exit_zero else 0
    if asked.statistics:
        _write_statistics(tally, asked)
    if fixer:
        fixer.complain()
        if asked.show_fixes:
            for line in fixer.listing(BY_CODE):
                click.echo(line, err=beside)
    too_many = options.max_warnings is not None and tally.severities[Severity.WARNING] > options.max_warnings
    none_found = options.fail_on_no_requests and not tally.requests
    if not asked.quiet:
        summary = "; ".join(filter(None, (fixer.summary("fixed") if fixer else "", tally.summary(), note())))
        click.echo(summary, err=beside)
        if unread := checking.files.unread():
            click.echo(unread, err=beside)
        warn_of_stale(ignore_filter, options, whole)
        if any(checking.folders) and not (asked.config or asked.isolated):
            from minimax_validate.cli.notices import unread_configurations  # beside the working directory there is none

            for message in unread_configurations(checking.folders, options):
                click.echo(message, err=True)
        if too_many:
            click.echo(f"more warnings than the {options.max_warnings:,} that are allowed", err=True)
    if fixer and fixer.failed:
        return MISUSE
    if fixer and asked.exit_non_zero_on_fix and fixer.applied:
        return FINDINGS
    return FINDINGS if (none_found or too_many or tally.reaches(options.fail_on)) and not asked.exit_zero else 0


def _on_ray(address: str | None, most: int | None) -> Start:
    from minimax_validate.cli.on_ray import cluster_at  # few runs need more than a machine

    return cluster_at(address, most)


def _check_urls(urls: Collection[str], asked: Asked) -> None:
    """Refuse URLs that nothing can open, and to change what they mean."""
    if not urls:
        return
    from minimax_validate.project.storage import StorageError, demand  # few files are elsewhere

    if asked.fix or asked.diff:
        raise click.UsageError("--fix and --diff are for files of this machine, and do not accept URLs.")
    for url in urls:
        try:
            demand(url)
        except StorageError as error:
            raise click.UsageError(f"{visible(url)} cannot be opened: {error}") from error


def _fixer(validator: Validator, ignore_filter: IgnoreFilter, asked: Asked, progress: Progress) -> Fixer:
    from minimax_validate.cli.fixing import Fixer  # most runs fix nothing

    return Fixer(validator, ignore_filter, asked.unsafe_fixes, progress)


def _show_difference(files: Files, options: Options, fixer: Fixer, asked: Asked, *, reads_stdin: bool) -> int:
    """Show what fixing would change, and say what exit code that is."""
    paint = _paint(asked)
    if reads_stdin:
        for line in fixer.diff_stream(asked.stdin_filename, sys.stdin.buffer.read(), paint):
            click.echo(line, color=paint.on)
    number, coming = crew(files, options.jobs)
    if number > 1:
        from minimax_validate.cli.parallel_diff import differences  # few differences are long

        lines = differences(files, coming, number, options, fixer, paint)
    else:
        lines = _differences(files, coming, fixer, paint)
    for line in lines:
        fixer.progress.clear()
        click.echo(line, color=paint.on)
    fixer.progress.clear()
    for line in fixer.unread:
        click.echo(line, err=True)
    if not asked.quiet:
        click.echo(fixer.summary("would fix") or _nothing_to_fix(fixer), err=True)
        if unread := files.unread():
            click.echo(unread, err=True)
    is_unread = fixer.worst is not None and fixer.worst >= options.fail_on
    none_found = options.fail_on_no_requests and not fixer.seen
    return FINDINGS if (fixer.applied or is_unread or none_found) and not asked.exit_zero else 0


def _differences(files: Files, coming: Iterable[Found], fixer: Fixer, paint: Paint) -> Iterator[str]:
    for found in coming:
        before, look = fixer.seen, Look()
        yield from fixer.diff(found, paint, look)
        if fixer.seen == before:
            files.pass_over(found.path, look.form)


def _nothing_to_fix(fixer: Fixer) -> str:
    if not fixer.seen:
        return "nothing to fix: no request was found"
    return f"nothing to fix{' in what could be read' if fixer.unread else ''}"


def _write_statistics(tally: Tally, asked: Asked) -> None:
    from minimax_validate.output.formats.statistics import statistics  # few ask for them

    paint = _paint(asked)
    for line in statistics(tally.kinds, BY_CODE, paint):
        click.echo(line, color=paint.on)


def _paint(asked: Asked) -> Paint:
    from minimax_validate.output.color import Paint  # a clean run does without it

    return Paint(style(asked.color, sys.stdout).color)
