"""``minimax-validate check``: check requests and report findings."""

from __future__ import annotations

import stat
import sys
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from minimax_validate.cli.check_options import RAY, Asked, check_options, read
from minimax_validate.cli.checking import Checking
from minimax_validate.cli.command import Command
from minimax_validate.cli.configuration import options as configured
from minimax_validate.cli.exits import FINDINGS, MISUSE
from minimax_validate.cli.files import Files
from minimax_validate.cli.ignores import ignore_filter_of, left_out, renew, warn_of_stale
from minimax_validate.cli.jobs import crew
from minimax_validate.cli.outputs import check_apart, check_harmless, default_format, most_shown, telling
from minimax_validate.cli.progress import Progress
from minimax_validate.cli.terminal import refuse_name_without_stdin, style
from minimax_validate.engine.selection import NoRuleError, UnknownSelectorError
from minimax_validate.engine.validator import Validator
from minimax_validate.output.escape import visible
from minimax_validate.output.tally import Tally, told
from minimax_validate.project.discover import Found
from minimax_validate.project.files import STDIN
from minimax_validate.project.ignoring.filter import IgnoreFilter
from minimax_validate.project.look import Look
from minimax_validate.project.options import STDOUT, Given, Options, Output, shown
from minimax_validate.rules.catalogue import BY_CODE
from minimax_validate.values.diagnostic import Severity
from minimax_validate.values.urls import is_url
from minimax_validate.values.wording import count

if TYPE_CHECKING:
    from minimax_validate.cli.fixing import Fixer
    from minimax_validate.cli.parallel import Start
    from minimax_validate.output.color import Paint


@click.command(
    cls=Command,
    short_help="Check request files and report findings.",
    examples={
        "Check the files below the working directory:": "minimax-validate check",
        "Apply safe fixes, and list them:": "minimax-validate check prompts --fix --show-fixes",
        "Check standard input:": "minimax-validate check - < request.json",
        "Print one line per finding, and write a SARIF file too:": (
            "minimax-validate check --output-format concise --output sarif=out.sarif"
        ),
        "Run only some rules, and fail on warnings too:": (
            "minimax-validate check --select MM1,null-content --fail-on warning"
        ),
        "Record the current findings in a baseline:": "minimax-validate check --write-baseline",
    },
    exits={
        0: "No finding reaches --fail-on, and there are at most --max-warnings warnings.",
        1: "Findings (see the options about the exit code), or a difference with --diff.",
        2: "A usage, configuration or internal error, or a path that does not exist.",
    },
    variables={
        "GITHUB_ACTIONS": "true: the default of --output-format is github.",
        "CI": "true: every finding is shown, as with --show-all.",
    },
    page="ci",
)
@click.argument("paths", nargs=-1, metavar="[PATHS]...")
@check_options
@click.pass_context
def command(context: click.Context, /, paths: tuple[str, ...], **values: Any) -> None:
    """Check request files and report findings.

    PATHS are files, directories and glob patterns; directories are searched recursively. Use - for standard input.
    The default is the working directory.
    """
    asked, given = read(values)
    if asked.unsafe_fixes and not (asked.fix or asked.diff):
        raise click.UsageError("--unsafe-fixes requires --fix or --diff.")
    if asked.fix and asked.diff:
        raise click.UsageError("--fix and --diff cannot be used together: --diff changes no file.")
    if asked.show_fixes and not asked.fix:
        raise click.UsageError("--show-fixes requires --fix.")
    if asked.exit_non_zero_on_fix and not asked.fix:
        raise click.UsageError("--exit-non-zero-on-fix requires --fix.")
    if asked.exit_non_zero_on_fix and asked.exit_zero:
        raise click.UsageError("--exit-non-zero-on-fix and --exit-zero cannot be used together.")
    if asked.engine == RAY and (asked.fix or asked.diff):
        raise click.UsageError("--engine ray checks and changes nothing: it cannot be used with --fix or --diff.")
    if asked.ray_address and asked.engine != RAY:
        raise click.UsageError("--ray-address requires --engine ray")
    refuse_name_without_stdin(context, reads_stdin=STDIN in paths)
    if asked.verbose and not asked.show_files:
        raise click.UsageError("--verbose requires --show-files.")
    if asked.write_baseline and (given.output_file or given.output):
        raise click.UsageError("--write-baseline cannot be used together with --output or --output-file.")
    if asked.add_ignores:
        from minimax_validate.cli.add_ignores import refuse_others  # few add any

        refuse_others(asked, given, paths)
    if asked.watch:
        from minimax_validate.cli.watch import watch  # few do

        watch(partial(_run, context, paths or (".",), asked, given), paths or (".",), asked, given)
    _run(context, paths, asked, given)


def _run(
    context: click.Context, paths: tuple[str, ...], asked: Asked, given: Given, only: frozenset[str] | None = None
) -> None:
    """Do what is asked for; of the files, check ``only`` those of these real paths, if any are given."""
    options = configured(given._replace(default_format=default_format()), asked.config, asked.isolated)
    check_apart(options.outputs)
    if asked.diff and options.redact:
        raise click.UsageError(
            "--diff cannot shorten the text of requests: with redacted output it requires --no-redact."
        )
    try:
        validator = Validator(options.settings, is_brief=_is_brief(paths))
    except (UnknownSelectorError, NoRuleError) as error:
        raise click.UsageError(str(error)) from error
    if asked.show_settings:
        click.echo(shown(options), nl=False)
        return
    paths = paths or (".",)
    _check_urls([path for path in paths if is_url(path)], asked)
    check_harmless(options.outputs, paths)
    files = Files(tuple(path for path in paths if path != STDIN), options.filters, asked.verbose, only)
    if asked.show_files:
        from minimax_validate.cli.show_files import show_files  # few ask for them

        for line in show_files(files):
            click.echo(line)
        if unread := files.unread():
            click.echo(unread, err=True)
        context.exit(files.complain())
    ignore_filter = ignore_filter_of(options, asked.write_baseline)
    if asked.add_ignores:
        from minimax_validate.cli.add_ignores import add_ignores  # as above

        code = add_ignores(files, options, validator, ignore_filter, asked)
        context.exit(files.complain() or code)
    progress = Progress(sys.stderr, on=sys.stderr.isatty() and not asked.quiet)
    fixer = _fixer(validator, ignore_filter, asked, progress) if asked.fix or asked.diff else None
    if fixer and asked.diff:
        code = _show_difference(files, options, fixer, asked, reads_stdin=STDIN in paths)
        if not asked.quiet and (note := left_out(options, given, files, ignore_filter)):
            click.echo(note, err=True)
    else:
        checking = Checking(asked.stdin_filename, files, validator, ignore_filter, Tally(), progress, fixer)
        whole = options.walks_whole_project(paths) and not given.exclude and only is None
        code = _check(paths, options, asked, checking, partial(left_out, options, given, files, ignore_filter), whole)
    context.exit(files.complain() or code)


_FEW_BYTES = 65_536


def _is_brief(paths: tuple[str, ...]) -> bool:
    """Whether so little is to be checked that loading the compiled contract would take longer than the check."""
    try:
        (path,) = paths
        status = Path(path).stat()
    except (OSError, ValueError):  # there are several, or reading it says why it cannot be read
        return False
    return path.endswith(".json") and stat.S_ISREG(status.st_mode) and status.st_size <= _FEW_BYTES


def _check(
    paths: Collection[str],
    options: Options,
    asked: Asked,
    checking: Checking,
    note: Callable[[], str],
    whole: bool,
) -> int:
    """Apply fixes if asked, check everything, write the findings, and return the exit code."""
    tally, ignore_filter, fixer, progress = checking.tally, checking.ignore_filter, checking.fixer, checking.progress
    # If standard input is fixed, its new text goes to standard output.
    standard = sys.stderr if fixer and STDIN in paths else sys.stdout
    # A format for programs must be the only text there.
    beside = standard is sys.stderr or (options.outputs[0].format != "text" and not asked.statistics)
    # Statistics replace the findings on standard output. A new baseline leaves only findings that it cannot list.
    wanted = [output for output in options.outputs if not (asked.statistics and output.file == STDOUT)]
    if asked.write_baseline:
        wanted, standard = [Output("concise", STDOUT)], sys.stderr
    live = STDIN in paths  # what comes from a pipe may never end
    most = most_shown(show_all=asked.show_all, reads_stdin=live)
    with telling(wanted, BY_CODE, asked.color, standard, options.redact, checking.nothing, note, most, live) as tell:
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
            click.echo(
                f"{told(tally.severities)} not written: a baseline cannot list texts that cannot be read", err=True
            )
        return FINDINGS if tally.reaches(options.fail_on) and not asked.exit_zero else 0
    if asked.statistics:
        _write_statistics(tally, asked, err=beside)
    if fixer:
        fixer.complain()
        if asked.show_fixes:
            for line in fixer.listing(BY_CODE):
                click.echo(line, err=beside)
    too_many = options.max_warnings is not None and tally.severities[Severity.WARNING] > options.max_warnings
    none_found = options.fail_on_no_requests and not tally.requests
    if not asked.quiet:
        if options.outputs[0].format == "text" and not asked.statistics and tally.is_long:
            _write_statistics(tally, asked, err=beside)
            click.echo(err=beside)
        summary = "; ".join(filter(None, (fixer.summary("fixed") if fixer else "", tally.summary(), note())))
        click.echo(summary, err=beside)
        if unread := checking.files.unread():
            click.echo(unread, err=beside)
        warn_of_stale(ignore_filter, options, whole)
        if any(checking.folders) and not (asked.config or asked.isolated):
            from minimax_validate.cli.notices import unread_configurations  # most files are below the working directory

            for message in unread_configurations(checking.folders, options):
                click.echo(message, err=True)
        if too_many:
            number = tally.severities[Severity.WARNING]
            click.echo(f"{count(number, 'warning')}: more than --max-warnings ({options.max_warnings:,})", err=True)
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
    """Print what fixing would change, and return the exit code."""
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
    return f"nothing to fix{' in the files that could be read' if fixer.unread else ''}"


def _write_statistics(tally: Tally, asked: Asked, *, err: bool = False) -> None:
    from minimax_validate.output.formats.statistics import statistics  # few ask for them

    paint = _paint(asked, err=err)
    for line in statistics(tally.kinds, BY_CODE, paint):
        click.echo(line, err=err, color=paint.on)


def _paint(asked: Asked, *, err: bool = False) -> Paint:
    from minimax_validate.output.color import Paint  # a clean run does without it

    return Paint(style(asked.color, sys.stderr if err else sys.stdout).color)
