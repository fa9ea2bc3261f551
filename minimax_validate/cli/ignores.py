"""Hide ignored findings, write baselines, and report what of both is out of date."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from minimax_validate.engine.selection import NoRuleError, severities
from minimax_validate.output.escape import visible
from minimax_validate.project.config import Config
from minimax_validate.project.confined import leads_outside
from minimax_validate.project.files import display_name
from minimax_validate.project.ignoring.filter import IgnoreFilter, Ignores
from minimax_validate.project.options import BASELINE, Given, Options, redacts, resolve
from minimax_validate.rules.catalogue import RULES
from minimax_validate.values.wording import count, quote, words_of_os_error

if TYPE_CHECKING:
    from minimax_validate.cli.files import Files
    from minimax_validate.project.ignoring.baseline import Entry

MOST_STALE = 10
"""Outdated entries of a baseline that are reported one by one."""


def ignore_filter_of(options: Options, writes: bool) -> IgnoreFilter:
    """The filter of ignored findings; a run that writes the baseline ignores none of its entries."""
    path = options.baseline or Path.cwd() / BASELINE
    is_read = path.exists() if writes else options.baseline is not None
    ignores = Ignores(options.root, options.ignores, path.parent, _read_baseline(path) if is_read else Counter())
    return IgnoreFilter(ignores, severities(options.settings, RULES), record=writes)


def _read_baseline(path: Path) -> Counter[Entry]:
    from minimax_validate.project.ignoring.baseline import BaselineError, read_baseline  # most runs have none

    try:
        return read_baseline(path)
    except BaselineError as error:
        raise click.UsageError(f"the baseline {display_name(path)} {error}") from error


def left_out(options: Options, given: Given, files: Files, ignore_filter: IgnoreFilter) -> str:
    """What the configuration, a baseline and comments exclude or ignore; an empty string for nothing."""
    by_filter = ignore_filter.by_configuration, ignore_filter.by_baseline, ignore_filter.by_comments
    if options.source is None and not any(by_filter):
        return ""
    from minimax_validate.project.ignoring.account import LeftOut, rules_left_out  # most runs leave nothing out

    try:
        without = severities(resolve(given, Config()).settings, RULES)
    except NoRuleError:
        without = {}
    rules, lowered = rules_left_out(without, severities(options.settings, RULES))
    excluded: Counter[bool] = Counter() if given.exclude else files.excluded
    return LeftOut(rules, lowered, excluded[True], excluded[False] + files.not_included, *by_filter).told()


def renew(ignore_filter: IgnoreFilter, options: Options) -> None:
    """Write the baseline with what was found."""
    from minimax_validate.project.ignoring.baseline import write_baseline

    path = options.baseline or Path.cwd() / BASELINE
    if not options.baseline and leads_outside(path, Path.cwd()):
        raise click.UsageError(
            f"{display_name(path)} is a link to a file outside the project; use --baseline to write another file"
        )
    entries = ignore_filter.renewed()
    try:
        write_baseline(path, entries)
    except OSError as error:
        raise click.UsageError(f"cannot write the baseline {display_name(path)}: {words_of_os_error(error)}") from error
    name = display_name(path)
    ways = f"; to ignore them, set the key baseline in the configuration to this file, or use --baseline {name}"
    hint = "" if options.baseline else ways
    click.echo(f"{count(entries.total(), 'finding')} written to {name}{hint}", err=True)


def warn_of_stale(ignore_filter: IgnoreFilter, options: Options, whole: bool) -> None:
    """Warn about ignores and baseline entries that match nothing; in excerpts if findings are written in excerpts."""
    is_cut = any(redacts(output.format, options.redact) for output in options.outputs)

    def shown(message: str) -> str:
        if not is_cut:
            return message
        from minimax_validate.output.redact import redacted_message  # few ignores are out of date

        return redacted_message(message)

    def place(file: str, pointer: str) -> str:
        if is_cut:
            from minimax_validate.output.redact import cut_pointer  # as above

            pointer = "/".join(map(str, cut_pointer(tuple(pointer.split("/")))))
        return quote(file + pointer, 200)

    for remark in ignore_filter.remarks:
        click.echo(f"{visible(remark.name)}:{remark.line}: warning: {visible(shown(remark.message))}", err=True)
    config = display_name(options.source) if options.source else ""
    for ignore in ignore_filter.stale_ignores(whole=whole):
        key = "per-file-ignores" if ignore.is_pattern else "ignore-at"
        file, mark, pointer = ignore.place.partition("#/")
        where = place(file + mark, pointer)
        click.echo(f"{config}:{ignore.line}: warning: {key}[{where}] matches no finding of {ignore.selector}", err=True)
    stale = ignore_filter.stale_entries()
    if stale and options.baseline:
        name = display_name(options.baseline)
        for entry in stale[:MOST_STALE]:
            where = place("", entry.pointer)
            click.echo(
                f"{name}: warning: {visible(entry.file)} no longer has {visible(entry.code)} at {where}", err=True
            )
        entries = "1 baseline entry" if len(stale) == 1 else f"{len(stale):,} baseline entries"
        verb = "matches" if len(stale) == 1 else "match"
        click.echo(
            f"{name}: warning: {entries} no longer {verb} a finding; run --write-baseline to update the file", err=True
        )
