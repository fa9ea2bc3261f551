"""``check --watch``: check, then check again what changes, until somebody ends it."""

from __future__ import annotations

import contextlib
import glob
import os
import sys
from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import click

from minimax_validate.cli.check_options import Asked
from minimax_validate.output.escape import visible
from minimax_validate.project.atomic import PREFIX
from minimax_validate.project.config import OWN_FILE, SHARED_FILE, ConfigError
from minimax_validate.project.discover import NEVER, discover
from minimax_validate.project.files import STDIN, display_name
from minimax_validate.project.options import BASELINE, STDOUT, Given, load_config, resolve

_TICK = 200
"""Milliseconds from one look at changes to the next; watching begins as long before the first check."""

_NAMED = 3
"""Changed files that are named; of more, the number is said."""

_FOR_ALL = frozenset({OWN_FILE, SHARED_FILE, BASELINE, ".gitignore"})
"""Names of files that have a say in what is found in others."""

Run = Callable[[frozenset[str] | None], None]
"""Checks all files, or those of some real paths."""


def watch(run: Run, paths: Sequence[str], asked: Asked, given: Given) -> None:
    """Check all, then what changes, until the process is interrupted.

    Raises:
        UsageError: something else is asked for, which is done once, or watchfiles is not installed.
        KeyboardInterrupt: somebody ended it.
    """
    _refuse_others(asked, given, paths)
    while True:
        project = _project(paths, asked, given)
        with contextlib.closing(_changes(project)) as changes:
            next(changes)  # from here on nothing is missed
            _check(run, None, asked)
            for changed in changes:
                if not project.files.isdisjoint(changed) or any(os.path.basename(path) in _FOR_ALL for path in changed):
                    _say_changed(changed, asked)
                    break  # the configuration may name other files now
                if checked := project.checked(changed):
                    _say_changed(checked, asked)
                    _check(run, checked, asked)


def _refuse_others(asked: Asked, given: Given, paths: Sequence[str]) -> None:
    others = {
        "--add-ignores": asked.add_ignores,
        "--diff": asked.diff,
        "--show-files": asked.show_files,
        "--show-settings": asked.show_settings,
        "--write-baseline": asked.write_baseline,
        "--output-file": bool(given.output_file),
        "--output": any(output.file != STDOUT for output in given.output),
        "standard input": STDIN in paths,
    }
    for name, wanted in others.items():
        if wanted:
            raise click.UsageError(f"--watch and {name} cannot be used together.")


@dataclass(frozen=True, slots=True)
class _Project:
    """What is watched: ``folders`` with all below them if ``is_deep``, and ``files`` that have a say in all others."""

    folders: frozenset[str]
    is_deep: bool
    files: frozenset[str]
    checked: Callable[[frozenset[str]], frozenset[str]]
    """Those of some real paths that a check comes by."""


def _project(paths: Sequence[str], asked: Asked, given: Given) -> _Project:
    folders = frozenset(os.path.realpath(_folder(path)) for path in paths)
    is_deep = any(os.path.isdir(path) or glob.has_magic(path) for path in paths)
    try:
        config = load_config(asked.config, isolated=asked.isolated)
    except ConfigError as error:  # the check says what is wrong; whatever changes, it is tried again
        return _Project(folders, is_deep, frozenset({os.path.realpath(error.path)}), lambda changed: changed)
    options = resolve(given, config)
    named = (options.source, *options.bases, options.baseline, Path(options.tokenizer) if options.tokenizer else None)
    files = frozenset(os.path.realpath(path) for path in named if path is not None and path.exists())

    def checked(changed: frozenset[str]) -> frozenset[str]:
        if not changed:  # most looks
            return changed
        return changed.intersection(os.path.realpath(found.path) for found in discover(paths, options.filters))

    return _Project(folders, is_deep, files, checked)


def _folder(path: str) -> str:
    """The nearest folder that holds all that a path means: editors put a new file in the place of the old one."""
    while (glob.has_magic(path) and not os.path.lexists(path)) or not os.path.isdir(path):
        path = os.path.dirname(path) or os.curdir
    return path


def _changes(project: _Project) -> Generator[frozenset[str], None, None]:
    """The real paths of what changes; none, each time that a while has passed without a change."""
    try:
        from watchfiles import watch as changes_of  # few watch
    except ModuleNotFoundError as error:
        raise click.UsageError("--watch requires the `watch` extra: pip install 'minimax-validate[watch]'") from error
    others = {path for path in project.files if os.path.dirname(path) not in project.folders}
    for changes in changes_of(
        *project.folders,
        *others,
        watch_filter=None,
        recursive=project.is_deep,
        rust_timeout=_TICK,
        yield_on_timeout=True,
    ):
        yield frozenset(filter(partial(_may_count, project.folders), (path for _, path in changes)))


def _may_count(folders: Iterable[str], path: str) -> bool:
    """Whether a file may matter: not one that is being written, nor one in a folder that is never entered."""
    if os.path.basename(path).startswith(PREFIX):
        return False
    below = next((path[len(folder) :] for folder in folders if path.startswith(folder + os.sep)), "")
    return NEVER.isdisjoint(below.split(os.sep))


def _check(run: Run, only: frozenset[str] | None, asked: Asked) -> None:
    """Check once, and say that the process goes on; what ends a check as a whole does not end this."""
    try:
        run(only)
    except click.exceptions.Exit:
        pass
    except click.ClickException as error:
        error.show()
    sys.stdout.flush()  # whoever reads a pipe waits too
    if not asked.quiet:
        click.echo("waiting for changes; press Ctrl-C to end", err=True)


def _say_changed(changed: frozenset[str], asked: Asked) -> None:
    if asked.quiet:
        return
    names = sorted(map(display_name, changed))
    shown = ", ".join(names[:_NAMED]) + (f" and {len(names) - _NAMED} more" if len(names) > _NAMED else "")
    click.echo(f"\nchanged: {visible(shown)}", err=True)
