"""The files that the paths of a command line mean, and what is reported of the rest.

That is paths that do not exist, and skipped files that contain messages.
"""

from __future__ import annotations

import glob
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import click

from minimax_validate.cli.exits import MISUSE
from minimax_validate.output.escape import visible
from minimax_validate.project.discover import (
    EXCLUDED,
    NO_FORMAT,
    NOT_INCLUDED,
    NOTICED,
    Filters,
    Found,
    Witness,
    discover,
)
from minimax_validate.project.files import display_name
from minimax_validate.texts.readers import SUFFIXES, is_known
from minimax_validate.values.urls import is_url

if TYPE_CHECKING:
    from pathlib import Path

    from minimax_validate.project.forms import Form

FORM = "it contains messages in an unsupported format"


@dataclass(slots=True, eq=False, repr=False)
class Files:
    """Yields the files one by one; a path that does not exist is remembered, and reported once, by ``complain``.

    With ``all_passed`` it remembers everything that is skipped, and not only what contains messages. With ``only``,
    files with other real paths are skipped.
    """

    paths: tuple[str, ...]
    filters: Filters
    all_passed: bool = False
    only: frozenset[str] | None = None
    missing: list[str] = field(default_factory=list)
    passed: list[tuple[str, str]] = field(default_factory=list)
    """Skipped paths, each with the reason."""
    forms: Counter[Form] = field(default_factory=Counter)
    """How many files contain messages in each unsupported format."""
    excluded: Counter[bool] = field(default_factory=Counter)
    """How many folders (True) and files are excluded."""
    not_included: int = 0
    """How many files of a known format do not match ``include``."""

    def __iter__(self) -> Iterator[Found]:
        noticed = (*NOTICED, *SUFFIXES) if self.filters.include else NOTICED
        witness = Witness(self._pass_by, ("",) if self.all_passed else noticed)
        for found in discover(self.paths, self.filters, witness):
            if self.only is not None and os.path.realpath(found.path) not in self.only:
                continue
            if found.named and not _exists(found.path):
                self.missing.append(display_name(found.path) if found.path else 'the path ""')
                continue
            yield found

    def pass_over(self, path: str | Path, form: Form | None) -> None:
        """Note that a file has no request, and in which unsupported format it contains messages, if any."""
        if form is not None:
            self.forms[form] += 1
        if self.all_passed:
            self.passed.append((display_name(path), f"{FORM}: {form.one}" if form else "it has no request"))

    def complain(self) -> int:
        """Report the paths that do not exist, and return the exit code: 0 if all of them exist."""
        for name in self.missing:
            problem = "matches no file" if glob.has_magic(name) else "does not exist"
            click.echo(f"Error: {visible(name)} {problem}.", err=True)
        return MISUSE if self.missing else 0

    def unread(self) -> str:
        """How many files contain messages in an unsupported format; an empty string for none."""
        if not self.forms:
            return ""
        from minimax_validate.project.forms import told  # few walks meet any

        return told(self.forms)

    def _pass_by(self, path: str, why: str) -> None:
        form: Form | None = None
        if why == EXCLUDED and not path.endswith(NOTICED):
            self.excluded[os.path.isdir(path)] += 1
        elif why == NOT_INCLUDED and is_known(path):
            self.not_included += 1
        if why == NO_FORMAT and path.endswith(NOTICED):
            from minimax_validate.project.forms import form_of_file  # as above

            form = form_of_file(path)
        if form is not None:
            self.pass_over(path, form)
        elif self.all_passed:
            self.passed.append((display_name(path), why))


def _exists(path: str | Path) -> bool:
    if is_url(path):
        from minimax_validate.project.storage import exists  # few files are elsewhere

        return exists(os.fspath(path))
    return os.path.lexists(path)
