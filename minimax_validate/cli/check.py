"""``minimax-validate check``: find what is wrong with requests, and tell."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterable, Iterator
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

import click

from minimax_validate.cli.exits import FINDINGS, MISUSE
from minimax_validate.cli.outputs import FormatType, check_apart, default_format, read_outputs, telling
from minimax_validate.cli.settings import Command, configuration_options
from minimax_validate.cli.settings import options as configured
from minimax_validate.cli.silencing import renew, warn_of_stale
from minimax_validate.cli.silencing import silencer as silencer_of
from minimax_validate.cli.terminal import COLOR, style
from minimax_validate.config import SEVERITIES
from minimax_validate.discover import Filters, discover
from minimax_validate.engine import Validator
from minimax_validate.options import BASELINE, STDOUT, Given, Output, shown
from minimax_validate.progress import Progress
from minimax_validate.rules import RULES
from minimax_validate.run import STDIN, check_documents, check_file, display_name, read_stream
from minimax_validate.selection import UnknownSelectorError
from minimax_validate.silence import Silencer
from minimax_validate.tally import Tally

if TYPE_CHECKING:
    from minimax_validate.checked import Checked
    from minimax_validate.cli.fixing import Fixer
    from minimax_validate.formats.format import Style

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
@click.option("--fix", is_flag=True, help="Fix in the files what is safe to fix, and tell what is left.")
@click.option("--unsafe-fixes", is_flag=True, help="With --fix or --diff: make the fixes too that give something up.")
@click.option("--diff", is_flag=True, help="Show what --fix would change, and change nothing; exit with 1 if there is anything.")
@click.option("--show-fixes", is_flag=True, help="With --fix: list what was fixed.")
@click.option("--output-format", type=FormatType(), show_default="text, in GitHub Actions github", help="How findings are written.")
@click.option("--output-file", metavar="FILE", help="Where they are written, in place of standard output.")
@click.option(
    "--output",
    multiple=True,
    metavar="FORMAT=FILE",
    callback=read_outputs,
    help="Write them to a file in a format of its own too; - is standard output.",
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
    fix: bool,
    unsafe_fixes: bool,
    diff: bool,
    show_fixes: bool,
    output_format: str | None,
    output_file: str | None,
    output: tuple[Output, ...],
    stdin_filename: str,
    exclude: tuple[str, ...],
    force_exclude: bool,
    pass_over: bool,
    fail_on: str | None,
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

    Exit code 0 means nothing at or above --fail-on, 1 findings, 2 misuse.
    """
    if unsafe_fixes and not (fix or diff):
        raise click.UsageError("--unsafe-fixes goes with --fix or --diff.")
    if write_baseline and (output_file or output):
        raise click.UsageError("--write-baseline lists findings and writes none: it goes with neither --output nor --output-file.")
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
        output_file,
        output,
        default_format(),
    )
    options = configured(given, config, isolated)
    check_apart(options.outputs)
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
    fixer = _fixer(validator, silencer, unsafe_fixes) if fix or diff else None
    if diff and fixer:
        _show_difference(paths, stdin_filename, options.filters, fixer, style(color, sys.stdout))
        if not quiet:
            click.echo(fixer.summary("would fix") or "nothing to fix", err=True)
        context.exit(FINDINGS if fixer.applied and not exit_zero else 0)
    tally = Tally()
    progress = Progress(sys.stderr, on=sys.stderr.isatty() and not quiet)
    checked = _check_all(paths, stdin_filename, options.filters, validator, silencer, tally, progress, fixer)
    # Where a stream is fixed, its text is what standard output is for.
    standard = sys.stderr if fixer and STDIN in paths else sys.stdout
    # And the findings of a format for machines stand alone there.
    beside = standard is sys.stderr or (options.outputs[0].format != "text" and not statistics)
    # Neither a baseline nor statistics leave findings to write to standard output.
    wanted = [each for each in options.outputs if not (write_baseline or (statistics and each.file == STDOUT))]
    with telling(wanted, BY_CODE, color, standard) as tell:
        for result in checked:
            if wanted and result.report.diagnostics:
                from minimax_validate.places import place  # a clean run does without it

                progress.clear()
                tell(place(result))
        progress.clear()
    if write_baseline:
        renew(silencer, options)
        return
    if statistics:
        click.echo(tally.statistics(BY_CODE), nl=False)
    if fixer:
        fixer.complain()
        if show_fixes:
            for line in fixer.listing(BY_CODE):
                click.echo(line, err=beside)
    if not quiet:
        told = "; ".join(filter(None, (fixer.summary("fixed") if fixer else "", tally.summary())))
        click.echo(told, err=beside)
        warn_of_stale(silencer, options, options.walks_whole_project(paths) and not exclude)
    if fixer and fixer.failed:
        context.exit(MISUSE)
    if tally.reaches(options.fail_on) and not exit_zero:
        context.exit(FINDINGS)


def _check_all(
    paths: Iterable[str],
    stdin_filename: str,
    filters: Filters,
    validator: Validator,
    silencer: Silencer,
    tally: Tally,
    progress: Progress,
    fixer: Fixer | None,
) -> Iterator[Checked]:
    """Fix everything if that is wanted, check it in the order of the paths, leave out what is silenced, and count the rest."""
    rest = list(paths)
    if STDIN in rest:
        rest = [path for path in rest if path != STDIN]
        documents = read_stream(stdin_filename, _fixed_stream(stdin_filename, fixer) if fixer else sys.stdin.buffer)
        yield from _counted(check_documents(documents, validator, named=True), silencer, tally, progress)
    for found in discover(rest, filters):
        if fixer:
            fixer.fix(found)
        yield from _counted(check_file(found, validator), silencer, tally, progress)


def _fixer(validator: Validator, silencer: Silencer, unsafe: bool) -> Fixer:
    from minimax_validate.cli.fixing import Fixer  # most runs fix nothing

    return Fixer(validator, silencer, unsafe)


def _fixed_stream(name: str, fixer: Fixer) -> BinaryIO:
    """Standard input as fixing leaves it, which goes to standard output."""
    data = fixer.fixed(name, sys.stdin.buffer.read())
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()
    return BytesIO(data)


def _show_difference(paths: Collection[str], stdin_filename: str, filters: Filters, fixer: Fixer, style: Style) -> None:
    from minimax_validate.formats.color import Paint  # as above

    paint = Paint(style.color)
    rest = [path for path in paths if path != STDIN]
    if STDIN in paths:
        for line in fixer.diff_stream(stdin_filename, sys.stdin.buffer.read(), paint):
            click.echo(line, color=style.color)
    for found in discover(rest, filters):
        for line in fixer.diff(found, paint):
            click.echo(line, color=style.color)


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
