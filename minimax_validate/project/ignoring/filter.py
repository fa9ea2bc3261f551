"""Which findings are not reported: those that the configuration ignores, and those of a baseline."""

from __future__ import annotations

import os
import posixpath
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from minimax_validate.project.discover import is_match
from minimax_validate.rules.catalogue import UNREAD
from minimax_validate.texts.checked import Checked
from minimax_validate.texts.document import ABSENT
from minimax_validate.values.diagnostic import Diagnostic
from minimax_validate.values.pointer import to_json_pointer
from minimax_validate.values.report import Report
from minimax_validate.values.urls import is_url

if TYPE_CHECKING:
    from minimax_validate.project.ignoring.baseline import Entry
    from minimax_validate.project.ignoring.comments import Remark


@dataclass(frozen=True, slots=True)
class Ignore:
    """One selector at one place of ``per-file-ignores`` (a pattern) or ``ignore-at`` (``file`` or ``file#/pointer``).

    ``codes`` are what the selector means, ``line`` is where the configuration says so. ``root`` is the folder that the
    place is relative to, for one of another file that the configuration extends.
    """

    place: str
    is_pattern: bool
    selector: str
    codes: frozenset[str]
    line: int
    root: Path | None = None

    def pointers(self, file: str, root: Path) -> tuple[str, ...]:
        """The JSON Pointers below which it ignores a file, ``""`` for all of it; none if it does not concern the file.

        A ``#`` may be part of a file's name, so each is tried as the one before the pointer.
        """
        if self.is_pattern:
            return ("",) if is_match(self.place, file if is_url(file) else root / file, root) else ()
        ends = [
            end for end, letter in enumerate(self.place) if letter == "#" and self.place[end + 1 : end + 2] in ("", "/")
        ]
        return tuple(
            self.place[end + 1 :]
            for end in (*ends, len(self.place))
            if self.place[:end] and file in (self.place[:end], posixpath.normpath(self.place[:end]))
        )


@dataclass(frozen=True, slots=True)
class Ignores:
    """What a run is to keep quiet about.

    ``ignores``, relative to ``root``, and ``baseline``, relative to ``baseline_root``.
    """

    root: Path
    ignores: tuple[Ignore, ...] = ()
    baseline_root: Path = Path()
    baseline: Counter[Entry] = field(default_factory=Counter)

    def reaching(self, name: str) -> Iterator[tuple[Ignore, tuple[str, ...]]]:
        """The ignores that concern a file, each with the pointers below which it does."""
        file = relative(name, self.root)
        for ignore in self.ignores:
            inherited = ignore.root
            pointers = (
                ignore.pointers(relative(name, inherited), inherited) if inherited else ignore.pointers(file, self.root)
            )
            if pointers:
                yield ignore, pointers


@dataclass(slots=True, eq=False, repr=False)
class _File:
    """A file of a run: whether all of it could be read, its name in the baseline, and the ignores that concern it."""

    entry_name: str
    ignores: tuple[tuple[Ignore, tuple[str, ...]], ...]
    readable: bool = True


@dataclass(frozen=True, slots=True)
class Account:
    """What a filter noted of a part of a run: what was ignored and by what, and which files could be read whole."""

    files: tuple[tuple[str, bool], ...] = ()
    used: frozenset[Ignore] = frozenset()
    found: Counter[Entry] = field(default_factory=Counter)
    remarks: tuple[Remark, ...] = ()
    by_configuration: int = 0
    by_comments: int = 0


class IgnoreFilter:
    """Takes ignored findings out of what a run finds, and keeps account of what ignored any.

    ``codes`` are the rules that run. To ``record`` is to count the findings for a new baseline: the one there is
    ignores none of them. One that ``defers`` sees a part of a run, and leaves what the baseline takes to the filter of
    the whole: which of several equal findings that are is decided by their order.
    """

    def __init__(self, ignores: Ignores, codes: Collection[str], *, record: bool = False, defers: bool = False) -> None:
        self._defers = defers
        self._found: Counter[Entry] = Counter()
        self.ignores = ignores
        self.records = record
        self._codes = frozenset(codes)
        self._left = Counter() if record else Counter(ignores.baseline)
        self._used: set[Ignore] = set()
        self._files: dict[str, _File] = {}
        self.by_configuration = self.by_baseline = self.by_comments = 0
        self.remarks: list[Remark] = []
        """Warnings about comments that ignore findings."""

    def without_ignored(self, checked: Checked) -> Checked:
        """What was checked, without its ignored findings, and without those that are recorded."""
        file = self._file(checked.document.source.name)
        if checked.document.value is ABSENT:
            file.readable = False
        if not checked.report.diagnostics and not checked.document.ignore_comments:
            return checked  # most documents are clean
        if checked.document.ignore_comments:
            from minimax_validate.project.ignoring.comments import apply_comments  # few texts have any

            before = len(checked.report.diagnostics)
            checked, remarks = apply_comments(checked, self._codes)
            self.by_comments += before - len(checked.report.diagnostics)
            self.remarks += remarks
        found = checked.report.diagnostics
        unread = checked.document.value is ABSENT
        told = tuple(diagnostic for diagnostic in found if not self._is_ignored(diagnostic, file, unread))
        if self.records:
            self._found.update(_entry(file, diagnostic) for diagnostic in told if _may_be_listed(diagnostic, unread))
            told = tuple(diagnostic for diagnostic in told if not _may_be_listed(diagnostic, unread))
        return checked if len(told) == len(found) else Checked(checked.document, Report(told))

    def reported(self, checked: Checked) -> tuple[Diagnostic, ...]:
        """The findings of a document that nothing ignores, without keeping account of it.

        What a baseline lists is ignored here however often it occurs.
        """
        if checked.document.ignore_comments:
            from minimax_validate.project.ignoring.comments import apply_comments  # as above

            checked, _ = apply_comments(checked, self._codes)
        file = self._file(checked.document.source.name)
        unread = checked.document.value is ABSENT
        return tuple(
            diagnostic
            for diagnostic in checked.report.diagnostics
            if not self._ignores(diagnostic, file)
            and not (
                self._left and _may_be_listed(diagnostic, unread) and self.ignores.baseline[_entry(file, diagnostic)]
            )
        )

    def listed(self, checked: Checked) -> tuple[Entry | None, ...]:
        """The entry of each finding that the baseline has, and None for the others."""
        file = self._file(checked.document.source.name)
        unread = checked.document.value is ABSENT
        entries = (
            _entry(file, diagnostic) if _may_be_listed(diagnostic, unread) else None
            for diagnostic in checked.report.diagnostics
        )
        return tuple(known if known is not None and known in self._left else None for known in entries)

    def take(self, entry: Entry) -> bool:
        """Whether the baseline ignores the next finding of an entry: it does as often as it lists it."""
        if self._left[entry] <= 0:
            return False
        self._left[entry] -= 1
        self.by_baseline += 1
        return True

    def account(self) -> Account:
        """What was noted since the last account."""
        files = tuple((name, file.readable) for name, file in self._files.items())
        account = Account(
            files, frozenset(self._used), self._found, tuple(self.remarks), self.by_configuration, self.by_comments
        )
        self._files, self._used, self._found, self.remarks = {}, set(), Counter(), []
        self.by_configuration = self.by_comments = 0
        return account

    def add(self, account: Account) -> None:
        """Note what another filter noted of a part of the run."""
        for name, readable in account.files:
            file = self._file(name)
            file.readable = file.readable and readable
        self._used |= account.used
        self._found.update(account.found)
        self.remarks += account.remarks
        self.by_configuration += account.by_configuration
        self.by_comments += account.by_comments

    def stale_ignores(self, *, whole: bool) -> tuple[Ignore, ...]:
        """The ignores that ignored nothing though their file was checked.

        Those of patterns only if the ``whole`` project was. Inherited ones may be meant for other projects.
        """
        unread = {ignore for file in self._files.values() if not file.readable for ignore, _ in file.ignores}
        seen = {ignore for file in self._files.values() for ignore, _ in file.ignores}
        known = seen - unread - self._used
        return tuple(
            ignore
            for ignore in self.ignores.ignores
            if ignore in known
            and ignore.root is None
            and ignore.codes & self._codes
            and (whole or not ignore.is_pattern)
        )

    def stale_entries(self) -> tuple[Entry, ...]:
        """The entries of the baseline that did not occur, or less often, though their file was checked."""
        judged = self._judged()
        return tuple(sorted(entry for entry in +self._left if entry.file in judged and entry.code in self._codes))

    def renewed(self) -> Counter[Entry]:
        """The baseline as it is now: what was recorded, and of the old one what this run cannot judge.

        That is what it says of files that are still there and were not checked, or not for the rule.
        """
        judged, root = self._judged(), self.ignores.baseline_root
        kept = {
            entry: number
            for entry, number in self.ignores.baseline.items()
            if (entry.file not in judged or entry.code not in self._codes)
            and entry.code not in UNREAD
            and (is_url(entry.file) or (root / entry.file).exists())
        }
        return self._found + Counter(kept)

    def _judged(self) -> set[str]:
        return {file.entry_name for file in self._files.values() if file.readable}

    def _file(self, name: str) -> _File:
        file = self._files.get(name)
        if file is None:
            file = _File(relative(name, self.ignores.baseline_root), tuple(self.ignores.reaching(name)))
            self._files[name] = file
        return file

    def _ignores(self, diagnostic: Diagnostic, file: _File) -> set[Ignore]:
        """The ignores that ignore a finding."""
        if not file.ignores:
            return set()
        place = to_json_pointer(diagnostic.pointer)
        return {
            ignore
            for ignore, pointers in file.ignores
            if diagnostic.code in ignore.codes
            and any(place == pointer or place.startswith(pointer + "/") for pointer in pointers)
        }

    def _is_ignored(self, diagnostic: Diagnostic, file: _File, unread: bool) -> bool:
        by = self._ignores(diagnostic, file)
        if by:
            self._used |= by
            self.by_configuration += 1
            return True
        if self._left and not self._defers and _may_be_listed(diagnostic, unread):
            return self.take(_entry(file, diagnostic))
        return False


def _may_be_listed(diagnostic: Diagnostic, unread: bool) -> bool:
    """Whether a baseline takes a finding: one of a text that was not checked would hide all that is in it."""
    return not unread and diagnostic.code not in UNREAD


def _entry(file: _File, diagnostic: Diagnostic) -> Entry:
    from minimax_validate.project.ignoring.baseline import entry  # most runs have none

    return entry(file.entry_name, diagnostic)


def relative(name: str, root: Path) -> str:
    """A file's name as seen from a folder, with ``/`` between its parts."""
    if is_url(name):
        return name
    absolute = os.path.abspath(name)
    try:
        return os.path.relpath(absolute, root).replace(os.sep, "/")
    except ValueError:  # pragma: no cover  # another drive of Windows
        return absolute.replace(os.sep, "/")
