"""The command: options in, exit code out."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sys
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from io import TextIOWrapper
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TextIO

import click

from minimax_validate import __version__, bundle
from minimax_validate.baseline import DEFAULT, BaselineError, Entry, read_baseline
from minimax_validate.baseline import write_baseline as write_to_baseline
from minimax_validate.config import SEVERITIES, ConfigError
from minimax_validate.discover import Filters, discover
from minimax_validate.engine import Validator
from minimax_validate.formats import FORMATS, load_format
from minimax_validate.formats.format import Style
from minimax_validate.options import Given, Options, load_config, resolve, shown
from minimax_validate.progress import Progress
from minimax_validate.rule import Rule
from minimax_validate.rules import RULES
from minimax_validate.run import check_documents, check_file, display_name, read_stream
from minimax_validate.selection import UnknownSelectorError, selected, severities
from minimax_validate.silence import Silence, Silencer
from minimax_validate.tally import Tally
from minimax_validate.wording import count, quote

if TYPE_CHECKING:
    from minimax_validate.checked import Checked
    from minimax_validate.places import Placed

Command = Callable[..., Any]

FINDINGS, MISUSE, INTERRUPTED = 1, 2, 130
STDIN = "-"
BY_CODE = {rule.code: rule for rule in RULES}
MOST_STALE = 10
"""Entries of a baseline that are named one by one where they are out of date."""


class Misconfigured(click.ClickException):
    """A configuration that cannot be used; its problems are told as compilers do, without a word before them."""

    exit_code = MISUSE

    def show(self, file: IO[Any] | None = None) -> None:
        """Write them."""
        click.echo(self.message, file=file, err=file is None)


def main() -> None:
    """Run the command; every way out of it is an exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A terminal or pipe of a narrow encoding gets an escape for what it cannot show.
            stream.reconfigure(errors="backslashreplace")
    try:
        code = cli.main(standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Exit as error:
        code = error.exit_code
    except click.ClickException as error:
        error.show()
        code = MISUSE
    except (KeyboardInterrupt, click.Abort):
        code = INTERRUPTED
    except BrokenPipeError:
        # Whoever read the output has gone, with what they wanted. The interpreter's own last flush must find no pipe.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = FINDINGS
    except Exception:
        # A defect of ours must not be taken for findings: those are exit code 1, which is what a traceback gives by itself.
        traceback.print_exc()
        click.echo("minimax-validate: internal error; the lines above say where. Nothing is known of the requests.", err=True)
        code = MISUSE
    sys.exit(code)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "auto_envvar_prefix": "MINIMAX_VALIDATE"})
@click.version_option(__version__, prog_name="minimax-validate")
def cli() -> None:
    """Check chat requests for MiniMax M2.7 (minimax/m2.7 on Cloudflare Workers AI) before they are sent."""


def _selectors(context: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """Read selectors given one by one or with commas between them."""
    return tuple(selector.strip() for value in values for selector in value.split(",") if selector.strip())


def _selector_option(name: str, text: str) -> Callable[[Command], Command]:
    return click.option(name, multiple=True, metavar="RULES", callback=_selectors, help=text)


@cli.command()
@click.argument("paths", nargs=-1, metavar="[PATHS]...")
@_selector_option("--select", "Run these rules alone: codes, prefixes, names or ALL, with commas between.")
@_selector_option("--extend-select", "Run these rules too.")
@_selector_option("--ignore", "Leave these rules out.")
@click.option("--output-format", type=click.Choice(FORMATS), show_default="text", help="How findings are written.")
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
@click.option("--config", metavar="FILE", help="Read this configuration, and look for no other.")
@click.option("--isolated", is_flag=True, help="Read no configuration.")
@click.option("--baseline", metavar="FILE", help="Leave out the findings that this file lists.")
@click.option("--write-baseline", is_flag=True, help=f"List what is found in --baseline, or {DEFAULT}, to be left out from now on.")
@click.option("--show-settings", is_flag=True, help="Show what options and configuration come to, and check nothing.")
@click.option("--show-files", is_flag=True, help="Show which files would be checked, and check none.")
@click.option("-q", "--quiet", is_flag=True, help="Write findings only, no summary.")
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", help="Write in colour; NO_COLOR is heeded.")
@click.pass_context
def check(
    context: click.Context,
    paths: tuple[str, ...],
    select: tuple[str, ...],
    extend_select: tuple[str, ...],
    ignore: tuple[str, ...],
    output_format: str | None,
    stdin_filename: str,
    exclude: tuple[str, ...],
    force_exclude: bool,
    pass_over: bool,
    fail_on: str | None,
    exit_zero: bool,
    statistics: bool,
    config: str | None,
    isolated: bool,
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
    given = Given(select, extend_select, ignore, exclude, force_exclude, pass_over, output_format, fail_on, baseline)
    options = _options(given, config, isolated)
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
            click.echo(os.fspath(found.path))
        return

    silencer = _silencer(options, write_baseline)
    tally = Tally()
    progress = Progress(sys.stderr, on=sys.stderr.isatty() and not quiet)
    checked = _check_all(paths, stdin_filename, options.filters, validator, silencer, tally, progress)
    if write_baseline or statistics:
        for _ in checked:
            pass
        progress.clear()
        if write_baseline:
            _write(silencer, options)
            return
        click.echo(tally.statistics(BY_CODE), nl=False)
    else:
        load_format(options.output_format)(_placed(checked, progress), BY_CODE, sys.stdout, _style(color, sys.stdout))
        progress.clear()
    if not quiet:
        # The findings of a format for machines stand alone on standard output.
        click.echo(tally.summary(), err=options.output_format != "text" and not statistics)
        _warn_of_stale(silencer, options, options.walks_whole_project(paths) and not exclude)
    if tally.reaches(options.fail_on) and not exit_zero:
        context.exit(FINDINGS)


def _options(given: Given, file: str | None, isolated: bool) -> Options:
    if file and isolated:
        raise click.UsageError("--config and --isolated cannot be used together.")
    try:
        return resolve(given, load_config(file, isolated=isolated))
    except ConfigError as error:
        raise Misconfigured(error.told(display_name(error.path))) from error


def _silencer(options: Options, writes: bool) -> Silencer:
    """What keeps silenced findings back; a baseline that is to be written silences none, and need not be there yet."""
    path = options.baseline or Path.cwd() / DEFAULT
    is_read = path.exists() if writes else options.baseline is not None
    silence = Silence(options.root, options.ignores, path.parent, _read_baseline(path) if is_read else Counter())
    return Silencer(silence, severities(options.settings, RULES), record=writes)


def _read_baseline(path: Path) -> Counter[Entry]:
    try:
        return read_baseline(path)
    except BaselineError as error:
        raise click.UsageError(f"the baseline {display_name(path)} {error}") from error


def _write(silencer: Silencer, options: Options) -> None:
    path = options.baseline or Path.cwd() / DEFAULT
    entries = silencer.renewed()
    try:
        write_to_baseline(path, entries)
    except OSError as error:
        raise click.UsageError(f"the baseline {display_name(path)} cannot be written: {(error.strerror or str(error)).lower()}") from error
    hint = "" if options.baseline else f"; --baseline {display_name(path)} leaves them out"
    click.echo(f"{count(entries.total(), 'finding')} written to {display_name(path)}{hint}", err=True)


def _warn_of_stale(silencer: Silencer, options: Options, whole: bool) -> None:
    """Say what is still silenced, and no longer found."""
    config = display_name(options.source) if options.source else ""
    for ignore in silencer.stale_ignores(whole=whole):
        key = "per-file-ignores" if ignore.is_pattern else "ignore-at"
        click.echo(f"{config}:{ignore.line}: warning: {key}[{quote(ignore.place, 200)}] silences no {ignore.selector}", err=True)
    stale = silencer.stale_entries()
    if stale and options.baseline:
        name = display_name(options.baseline)
        for entry in stale[:MOST_STALE]:
            click.echo(f"{name}: warning: {entry.file} has no {entry.code} at {quote(entry.pointer, 200)} any more", err=True)
        click.echo(f"{name}: warning: {count(len(stale), 'listed finding')} no longer there; --write-baseline renews it", err=True)


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


def _placed(results: Iterable[Checked], progress: Progress) -> Iterator[Placed]:
    for result in results:
        if result.report.diagnostics:
            from minimax_validate.places import place  # a clean run does without it

            progress.clear()
            yield place(result)


def _style(color: str, stream: TextIO) -> Style:
    wanted = color == "always" or (
        color == "auto" and stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    )
    width = shutil.get_terminal_size().columns if stream.isatty() else 120
    return Style(wanted, width)


@cli.command()
@click.argument("rules", nargs=-1, metavar="[CODE|NAME]...")
@click.option("--all", "every", is_flag=True, help="Show every rule.")
def rule(rules: tuple[str, ...], every: bool) -> None:
    """Explain rules; without a rule, list them."""
    from minimax_validate.explain import page, table  # no check needs it

    if not rules and not every:
        click.echo(table(RULES), nl=False)
        return
    click.echo("\n".join(map(page, RULES if every else _named(rules))), nl=False)


def _named(selectors: tuple[str, ...]) -> tuple[Rule, ...]:
    try:
        codes = {found.code for selector in selectors for found in selected(selector, RULES)}
        return tuple(rule for rule in RULES if rule.code in codes)
    except UnknownSelectorError as error:
        raise click.UsageError(str(error)) from error


@cli.command()
@click.argument("name", required=False)
def schema(name: str | None) -> None:
    """Print a bundled schema; without a name, list them."""
    if name is None:
        click.echo("\n".join(bundle.names()))
        return
    with contextlib.suppress(KeyError, FileNotFoundError):
        click.echo(json.dumps(bundle.whole(name), indent=2, ensure_ascii=False))
        return
    raise click.UsageError(f"no bundled schema is called {name!r}; there are {', '.join(bundle.names())}.")
