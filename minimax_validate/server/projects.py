"""The configuration that holds for a file, read anew when its files change."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from minimax_validate.engine.selection import severities
from minimax_validate.engine.validator import Validator
from minimax_validate.project.checking import assumed, check_documents
from minimax_validate.project.config import OWN_FILE, SHARED_FILE, ConfigError, Problem
from minimax_validate.project.config_search import find_config
from minimax_validate.project.discover import assumes_model, is_picked_up
from minimax_validate.project.files import look_at, with_all
from minimax_validate.project.ignoring.baseline import BaselineError, read_baseline
from minimax_validate.project.ignoring.filter import IgnoreFilter, Ignores
from minimax_validate.project.options import Given, Options, resolve, with_counter
from minimax_validate.rules.catalogue import RULES
from minimax_validate.texts.checked import Checked
from minimax_validate.texts.document import Document

_Stamp = tuple[tuple[str, int, int], ...]
"""Files by name, with the time of their last change and their size."""


@dataclass(frozen=True, slots=True)
class Project:
    """How files are checked by one configuration."""

    options: Options
    validator: Validator
    ignores: Ignores
    codes: frozenset[str]

    def takes(self, path: str, text: str, *, is_file: bool) -> bool:
        """Whether a walk would pick up a file, and its text may hold a request by a quick look."""
        filters = self.options.filters
        if is_file and not is_picked_up(Path(path), filters):
            return False
        return look_at(path, included=bool(filters.include))(text.encode("utf-8", "replace"))

    def check(
        self, path: str, documents: Iterable[Document], go_on: Callable[[], object] = lambda: None
    ) -> Iterator[Checked]:
        """Check the documents of a file as a walk does, without what is ignored; ``go_on`` may raise between them."""
        filters = self.options.filters
        if filters.include:
            documents = map(with_all, documents)
        if filters.assume_model and assumes_model(path, filters):
            documents = map(assumed, documents)
        for checked in check_documents(documents, self.validator, named=False):
            go_on()
            yield self.without_ignored(checked)

    def without_ignored(self, checked: Checked) -> Checked:
        """What was checked without its ignored findings."""
        ignore_filter = IgnoreFilter(self.ignores, self.codes)
        found = ignore_filter.reported(checked)
        if len(found) == len(checked.report.diagnostics):
            return checked
        return replace(checked, report=replace(checked.report, diagnostics=found))


@dataclass(slots=True)
class _Known:
    """What is known of a folder: the state of the files that say so, and the last project that could be used."""

    stamp: _Stamp = ()
    project: Project | None = None
    error: ConfigError | None = None
    others: tuple[Path, ...] = ()


@dataclass(slots=True)
class Projects:
    """The projects of folders.

    A configuration that cannot be used leaves the last one in force that could be; without any, nothing is checked.
    """

    _known: dict[Path, _Known] = field(default_factory=dict)

    def of(self, folder: Path) -> Project | None:
        """The project of the files in a folder."""
        known = self._known.setdefault(folder, _Known())
        stamp = _stamp(folder, known.others)
        # What an error speaks of, such as a baseline that is not there, may be mended without a change to these files.
        if stamp != known.stamp or known.project is None or known.error is not None:
            try:
                project = _read(folder)
            except ConfigError as error:
                known.error = error
            else:
                known.project, known.error = project, None
                options = project.options
                known.others = (*options.bases, *filter(None, (options.baseline, _tokenizer(options))))
            known.stamp = _stamp(folder, known.others)
        return known.project

    def errors(self) -> dict[Path, ConfigError]:
        """What keeps configurations from being used, by the file that is at fault."""
        return {known.error.path: known.error for known in self._known.values() if known.error is not None}


def _tokenizer(options: Options) -> Path | None:
    return Path(options.tokenizer) if options.tokenizer and os.path.isabs(options.tokenizer) else None


def _stamp(folder: Path, others: Iterable[Path]) -> _Stamp:
    candidates = [os.path.join(place, name) for place in (folder, *folder.parents) for name in (OWN_FILE, SHARED_FILE)]
    found = []
    for candidate in (*candidates, *map(str, others)):
        try:
            state = os.stat(candidate)
        except OSError:
            continue
        found.append((candidate, state.st_mtime_ns, state.st_size))
    return tuple(found)


def _read(folder: Path) -> Project:
    """The project of a folder.

    Raises:
        ConfigError: its configuration cannot be used.
    """
    config = find_config(folder)
    options = resolve(Given(), config)
    try:
        options = with_counter(options)
        path = options.baseline
        baseline = read_baseline(path) if path else Counter()
        validator = Validator(options.settings)
    except BaselineError as error:
        raise _config_error(options, folder, f"the baseline {error}") from error
    except ValueError as error:
        raise _config_error(options, folder, str(error)) from error
    ignores = Ignores(options.root, options.ignores, path.parent if path else Path(), baseline)
    return Project(options, validator, ignores, frozenset(severities(options.settings, RULES)))


def _config_error(options: Options, folder: Path, message: str) -> ConfigError:
    return ConfigError(options.source or folder / OWN_FILE, [Problem(1, message)])
