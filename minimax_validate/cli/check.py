"""``minimax-validate check``: find what is wrong with requests, and tell."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

import click

from minimax_validate.cli.exits import FINDINGS
from minimax_validate.cli.settings import Command, configuration_options
from minimax_validate.cli.settings import options as configured
from minimax_validate.cli.silencing import renew, warn_of_stale
from minimax_validate.cli.silencing import silencer as silencer_of
from minimax_validate.cli.terminal import COLOR, style
from minimax_validate.config import SEVERITIES
from minimax_validate.diagnostic import Severity
from minimax_validate.discover import Filters, discover
from minimax_validate.engine import Validator
from minimax_validate.formats import FORMATS, load_format
from minimax_validate.options import BASELINE, Given, redacts, shown
from minimax_validate.progress import Progress
from minimax_validate.rules import RULES
from minimax_validate.run import STDIN, check_documents, check_file, display_name, read_stream
from minimax_validate.selection import UnknownSelectorError
from minimax_validate.silence import Silencer
from minimax_validate.tally import Tally

if TYPE_CHECKING:
    from minimax_validate.checked import Checked
    from minimax_validate.places import Placed

BY_CODE = {rule.code: rule for rule in RULES}


def _selectors(context: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """Read selectors given one by one or with commas between them."""
    return tuple(selector.strip() for value in values for selector in value.split(",") if selector.strip())


def _selector_option(name: str, text: str) -> Callable[[Command], Command]:
    return click.option(name, multiple=True, metavar="RULES", callback=_selectors, help=text)


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATHS]...")
@_selector_option("--select", "Run these rules alone: codes, prefixes, names or ALL, with commas between.")
@_selector_option("--extend-select", "Run these rules too.")
@_selector_option("--ignore", "Leave these rules out.")
@click.option("--output-format", type=click.Choice(FORMATS), show_default="text", help="How findings are written.")
@click.option(
    "--redact/--no-redact",
    default=None,
    help="Show no more than short excerpts of texts; formats for the logs and artifacts of CI do so by themselves.",
)
@click.option("--stdin-filename", metavar="NAME", default="stdin.json", help="The name that standard input (-) goes by.")
@click.option("--exclude", multiple=True, metavar="PATTERN", help="Leave out files and folders, by patterns as in .gitignore.")
@click.option("--force-exclude", is_flag=True, help="Leave out what --exclude matches even where it is named.")
@click.option("--pass-over", is_flag=True, help="Pass over named files without a request, as a walk does.")
@click.option(
    "--fail-on",
    type=click.Choice(list(SEVERITIES)),
    show_default="error",
    help="The least severity to exit with 1 for.",
)
@click.option("--max-warnings", type=click.IntRange(min=0), metavar="N", help="Exit with 1 for more warnings than this.")
@click.option("--exit-zero", is_flag=True, help="Exit with 0 whatever is found.")
@click.option("--statistics", is_flag=True, help="Show how often each rule was broken, in place of the findings.")
@configuration_options
@click.option("--baseline", metavar="FILE", help="Leave out the findings that this file lists.")
@click.option("--write-baseline", is_flag=True, help=f"List what is found in --baseline, or {BASELINE}, to be left out from now on.")
@click.option("--show-settings", is_flag=True, help="Show what options and configuration come to, and check nothing.")
@click.option("--show-files", is_flag=True, help="Show which files would be checked, and check none.")
@click.option("-q", "--quiet", is_flag=True, help="Write findings only, no summary.")
@COLOR
@click.pass_context
def command(
    context: click.Context,
    paths: tuple[str, ...],
    select: tuple[str, ...],
    extend_select: tuple[str, ...],
    ignore: tuple[str, ...],
    output_format: str | None,
    redact: bool | None,
    stdin_filename: str,
    exclude: tuple[str, ...],
    force_exclude: bool,
    pass_over: bool,
    fail_on: str | None,
    max_warnings: int | None,
    exit_zero: bool,
    statistics: bool,
    config: str | None,
    isolated: bool,
    tokenizer: str | None,
    baseline: str | None,
    write_baseline: bool,
    show_settings: bool,
    show_files: bool,
    quiet: bool,
    color: str,
) -> None:
    """Check request files, and what is below folders; - is standard input, and no path the working directory.

    Exit code 0 means nothing at or above --fail-on and no more than --max-warnings, 1 findings, 2 misuse.
    """
    given = Given(
        select,
        extend_select,
        ignore,
        exclude,
        force_exclude,
        pass_over,
        output_format,
        fail_on,
        baseline,
        tokenizer,
        max_warnings,
        redact,
    )
    options = configured(given, config, isolated)
    try:
        validator = Validator(options.settings)
    except UnknownSelectorError as error:
        raise click.UsageError(str(error)) from error
    if show_settings:
        click.echo(shown(options), nl=False)
        return
    paths = paths or (".",)
    if show_files:
        for found in discover((path for path in paths if path != STDIN), options.filters):
            click.echo(display_name(found.path))
        return

    silencer = silencer_of(options, write_baseline)
    tally = Tally()
    progress = Progress(sys.stderr, on=sys.stderr.isatty() and not quiet)
    checked = _check_all(paths, stdin_filename, options.filters, validator, silencer, tally, progress)
    if write_baseline or statistics:
        for _ in checked:
            pass
        progress.clear()
        if write_baseline:
            renew(silencer, options)
            return
        from minimax_validate.formats.color import Paint
        from minimax_validate.formats.statistics import statistics as table

        for line in table(tally.kinds, BY_CODE, Paint(style(color, sys.stdout).color)):
            click.echo(line, color=True)
    else:
        placed = _placed(checked, progress, redacts(options.output_format, options.redact))
        load_format(options.output_format)(placed, BY_CODE, sys.stdout, style(color, sys.stdout))
        progress.clear()
    if not quiet:
        # The findings of a format for machines stand alone on standard output.
        click.echo(tally.summary(), err=options.output_format != "text" and not statistics)
        warn_of_stale(silencer, options, options.walks_whole_project(paths) and not exclude)
    too_many = options.max_warnings is not None and tally.severities[Severity.WARNING] > options.max_warnings
    if too_many and not quiet:
        click.echo(f"more warnings than the {options.max_warnings:,} that are allowed", err=True)
    if (too_many or tally.reaches(options.fail_on)) and not exit_zero:
        context.exit(FINDINGS)


def _check_all(
    paths: Iterable[str],
    stdin_filename: str,
    filters: Filters,
    validator: Validator,
    silencer: Silencer,
    tally: Tally,
    progress: Progress,
) -> Iterator[Checked]:
    """Check everything in the order of the paths, leave out what is silenced, and count the rest."""
    rest = list(paths)
    if STDIN in rest:
        rest = [path for path in rest if path != STDIN]
        documents = read_stream(stdin_filename, sys.stdin.buffer)
        yield from _counted(check_documents(documents, validator, named=True), silencer, tally, progress)
    for found in discover(rest, filters):
        yield from _counted(check_file(found, validator), silencer, tally, progress)


def _counted(results: Iterable[Checked], silencer: Silencer, tally: Tally, progress: Progress) -> Iterator[Checked]:
    before = tally.requests
    for result in results:
        told = silencer.hush(result)
        tally.add(told)
        progress.update(tally.requests)
        yield told
    if tally.requests > before:
        tally.files += 1
    else:
        tally.passed_over += 1


def _placed(results: Iterable[Checked], progress: Progress, redact: bool) -> Iterator[Placed]:
    for result in results:
        if result.report.diagnostics:
            from minimax_validate.places import place  # a clean run does without it

            placed = place(result)
            if redact:
                from minimax_validate.redact import redacted  # and most others without this

                placed = redacted(placed, result.document)
            progress.clear()
            yield placed
