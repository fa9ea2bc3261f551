"""Keep ignored findings back, write baselines, and say what of both is out of date."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from minimax_validate.engine.selection import severities
from minimax_validate.output.escape import visible
from minimax_validate.project.files import display_name
from minimax_validate.project.ignoring.filter import IgnoreFilter, Ignores
from minimax_validate.project.options import BASELINE, Options
from minimax_validate.rules.catalogue import RULES
from minimax_validate.values.wording import count, quote, words_of_os_error

if TYPE_CHECKING:
    from minimax_validate.project.ignoring.baseline import Entry

MOST_STALE = 10
"""Entries of a baseline that are named one by one where they are out of date."""


def ignore_filter_of(options: Options, writes: bool) -> IgnoreFilter:
    """What keeps ignored findings back; a baseline that is to be written ignores none, and need not be there yet."""
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


def renew(ignore_filter: IgnoreFilter, options: Options) -> None:
    """Write the baseline anew, with what was found."""
    from minimax_validate.project.ignoring.baseline import write_baseline

    path = options.baseline or Path.cwd() / BASELINE
    entries = ignore_filter.renewed()
    try:
        write_baseline(path, entries)
    except OSError as error:
        raise click.UsageError(
            f"the baseline {display_name(path)} cannot be written: {words_of_os_error(error)}"
        ) from error
    hint = "" if options.baseline else f"; --baseline {display_name(path)} leaves them out"
    click.echo(f"{count(entries.total(), 'finding')} written to {display_name(path)}{hint}", err=True)


def warn_of_stale(ignore_filter: IgnoreFilter, options: Options, whole: bool) -> None:
    """Say what is still ignored, and no longer found."""
    for remark in ignore_filter.remarks:
        click.echo(f"{visible(remark.name)}:{remark.line}: warning: {visible(remark.message)}", err=True)
    config = display_name(options.source) if options.source else ""
    for ignore in ignore_filter.stale_ignores(whole=whole):
        key = "per-file-ignores" if ignore.is_pattern else "ignore-at"
        click.echo(
            f"{config}:{ignore.line}: warning: {key}[{quote(ignore.place, 200)}] silences no {ignore.selector}",
            err=True,
        )
    stale = ignore_filter.stale_entries()
    if stale and options.baseline:
        name = display_name(options.baseline)
        for entry in stale[:MOST_STALE]:
            click.echo(
                f"{name}: warning: {entry.file} has no {entry.code} at {quote(entry.pointer, 200)} any more", err=True
            )
        click.echo(
            f"{name}: warning: {count(len(stale), 'listed finding')} no longer there; --write-baseline renews it",
            err=True,
        )
