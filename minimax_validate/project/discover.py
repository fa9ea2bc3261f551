"""From the paths of a command line to files: folders walked, patterns expanded, what is ignored left out."""

from __future__ import annotations

import glob
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from minimax_validate.texts.readers import is_known
from minimax_validate.values.urls import is_url

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

NEVER = frozenset(
    {
        ".git",
        ".hg",
        ".svn",
        ".venv",
        "venv",
        "node_modules",
        "__pycache__",
        ".tox",
        ".nox",
        ".mypy_cache",
        ".ruff_cache",
        ".pytest_cache",
    }
)
"""Folders that a walk does not enter, whatever is in them."""


class Found(NamedTuple):
    """A file to read: ``named`` on the command line, or met on a walk, maybe as one that is ``included``."""

    path: str | Path
    named: bool
    included: bool = False


NOTICED = (".bru", ".httprr", ".json5", ".toml")
"""What names of files end in that are not read, and may hold messages (see ``project.forms``)."""

NO_FORMAT = "its file type is not supported"
NOT_INCLUDED = "it does not match `include`"
EXCLUDED = "it matches `exclude`"
IGNORED = "a .gitignore file ignores it"
NEVER_ENTERED = "directories with this name are never searched"


class Witness(NamedTuple):
    """Who is told what a walk passes over, and why; of files those alone whose names end in one of ``suffixes``."""

    tell: Callable[[str, str], None]
    suffixes: tuple[str, ...] = ("",)


class Filters(NamedTuple):
    """What to leave out: patterns as in ``.gitignore``, relative to ``root``.

    ``forced`` applies them to named files too. ``pass_over`` gives named files as though a walk had met them.
    ``include`` are patterns, relative to ``include_root``, of the files that a walk picks up in place of those whose
    name tells a format. In programs that match ``assume_model``, relative to ``assume_root`` or to ``include_root``, a
    model that is not known is taken for ours.
    """

    root: Path
    patterns: tuple[str, ...] = ()
    forced: bool = False
    pass_over: bool = False
    include: tuple[str, ...] = ()
    include_root: Path | None = None
    assume_model: tuple[str, ...] = ()
    assume_root: Path | None = None


@cache
def _patterns(lines: tuple[str, ...]) -> GitIgnoreSpec | None:
    """Patterns as in ``.gitignore``, made ready; None for none."""
    if not lines:
        return None
    # A command that names its files needs none of this, and it is slow to import.
    from minimax_validate.project.git_patterns import git_patterns

    return git_patterns(lines)


def is_pattern(text: str) -> bool:
    """Whether a text is a sound pattern as in ``.gitignore``, and no comment or blank line."""
    from minimax_validate.project.git_patterns import is_sound

    return is_sound(text)


def is_match(pattern: str, path: str | Path, root: Path) -> bool:
    """Whether a file matches a pattern as in ``.gitignore``, relative to a folder."""
    return _matches(_patterns((pattern,)), path, root, False) is True


def is_picked_up(path: Path, filters: Filters) -> bool:
    """Whether a walk that comes by a file would pick it up; ignore files are not asked."""
    return _is_included(path.name, path, filters) and not _is_excluded(
        path, False, filters, _patterns(filters.patterns)
    )


def assumes_model(path: str | Path, filters: Filters) -> bool:
    """Whether a model that is not known is taken for ours in a file."""
    patterns = _patterns(filters.assume_model)
    root = filters.assume_root or filters.include_root or filters.root
    return patterns is not None and _matches(patterns, path, root, False) is True


def discover(paths: Iterable[str], filters: Filters, witness: Witness | None = None) -> Iterator[Found]:
    """The files that paths, folders and glob patterns mean, each once, folders in the order of their names.

    What does not exist is given too, as a named file: reading it says so. A ``witness`` is told what is passed over.
    """
    excluded = _patterns(filters.patterns)
    seen: set[str] = set()
    for path in paths:
        for found, real in _expand(path, filters, excluded, witness):
            if real not in seen:
                seen.add(real)
                yield found


_Real = tuple[Found, str]
"""A file and its path without links, which tells whether it was met before."""


def _named(path: str, named: bool) -> _Real:
    return Found(path, named), os.path.realpath(path)


def _expand(path: str, filters: Filters, excluded: GitIgnoreSpec | None, witness: Witness | None) -> Iterator[_Real]:
    if is_url(path):
        yield from _elsewhere(path, filters, excluded, witness)
    elif os.path.isdir(path):
        yield from _walk(path, filters, excluded, witness)
    elif glob.has_magic(path) and not os.path.lexists(path):
        matches = sorted(glob.glob(path, recursive=True))
        for match in matches:
            yield from _expand(match, filters, excluded, witness)
        if not matches:
            yield _named(path, named=True)
    elif filters.forced and _is_excluded(path, False, filters, excluded):
        if witness is not None:
            witness.tell(path, EXCLUDED)
    else:
        # A pipe can be read but once: it is not glanced at first.
        yield _named(path, named=not (filters.pass_over and os.path.isfile(path)))


def _elsewhere(url: str, filters: Filters, excluded: GitIgnoreSpec | None, witness: Witness | None) -> Iterator[_Real]:
    """The files that a URL means; there is no ``.gitignore`` in a store."""
    from minimax_validate.project.storage import files_below  # few files are elsewhere

    for path, named in files_below(url):
        if (not named or filters.forced) and _is_excluded(path, False, filters, excluded):
            if witness is not None:
                witness.tell(path, EXCLUDED)
        elif named:
            yield Found(path, named=not filters.pass_over), path
        elif NEVER.isdisjoint(path.split("/")):
            if _is_included(path.rsplit("/", 1)[1], path, filters):
                yield Found(path, named=False, included=bool(filters.include)), path
            elif witness is not None and path.endswith(witness.suffixes):
                witness.tell(path, NOT_INCLUDED if filters.include else NO_FORMAT)


def _walk(top: str, filters: Filters, excluded: GitIgnoreSpec | None, witness: Witness | None) -> Iterator[_Real]:
    """Files below a folder.

    Links to folders are not followed, so there are no loops, and only regular files are given.
    """
    above = tuple(_ignores_above(top, repository_of(top)))
    # Who names a folder wants it walked, also where it is ignored as a whole.
    ignores = () if _is_ignored(top, True, above) else above
    yield from _folder(top, os.path.realpath(top), ignores, filters, excluded, witness)


_IgnoreFile = tuple[Path, "GitIgnoreSpec | None"]


# Strings and no Paths, and the real path of a folder and not of each file in it: a tree may hold many thousand files.
def _folder(
    folder: str,
    real: str,
    above: Sequence[_IgnoreFile],
    filters: Filters,
    excluded: GitIgnoreSpec | None,
    witness: Witness | None,
) -> Iterator[_Real]:
    try:
        with os.scandir(folder) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
    except OSError:
        yield Found(folder, named=True), real
        return
    ignores = (*above, *_ignore_of(folder))
    for entry in found:
        path = entry.path
        is_folder = entry.is_dir(follow_symlinks=False)
        included = is_folder or _is_included(entry.name, path, filters)
        if not included and (witness is None or not entry.name.endswith(witness.suffixes)):
            continue
        if witness is not None and is_folder and entry.name in NEVER:
            witness.tell(path, NEVER_ENTERED)
        elif _is_excluded(path, is_folder, filters, excluded):
            if witness is not None:
                witness.tell(path, EXCLUDED)
        elif _is_ignored(path, is_folder, ignores):
            if witness is not None:
                witness.tell(path, IGNORED)
        elif is_folder:
            if entry.name not in NEVER:
                yield from _folder(path, os.path.join(real, entry.name), ignores, filters, excluded, witness)
        elif not included:
            if witness is not None and entry.is_file(follow_symlinks=False):
                witness.tell(path, NOT_INCLUDED if filters.include else NO_FORMAT)
        elif _is_regular(entry):
            yield (
                Found(path, named=False, included=bool(filters.include)),
                os.path.realpath(path) if entry.is_symlink() else f"{real}{os.sep}{entry.name}",
            )


def _is_regular(entry: os.DirEntry[str]) -> bool:
    """Whether reading ends: no pipe, no device.

    A link counts as what it points to, and one that points nowhere is read, to say so.
    """
    if not entry.is_symlink():
        return entry.is_file()
    try:
        return stat.S_ISREG(entry.stat().st_mode)
    except OSError:
        return True


def _is_included(name: str, path: str | Path, filters: Filters) -> bool:
    if not filters.include:
        return is_known(name)
    return _matches(_patterns(filters.include), path, filters.include_root or filters.root, False) is True


def _is_excluded(path: str | Path, is_folder: bool, filters: Filters, excluded: GitIgnoreSpec | None) -> bool:
    return _matches(excluded, path, filters.root, is_folder) is True


def _is_ignored(path: str, is_folder: bool, ignores: Sequence[_IgnoreFile]) -> bool:
    """What the innermost ``.gitignore`` with an opinion says."""
    for folder, spec in reversed(ignores):
        verdict = _matches(spec, path, folder, is_folder)
        if verdict is not None:
            return verdict
    return False


def _matches(spec: GitIgnoreSpec | None, path: str | Path, root: Path, is_folder: bool) -> bool | None:
    if spec is None:
        return None
    if is_url(path):  # a pattern means a bucket and what is in it
        return spec.check_file(os.fspath(path).partition("://")[2].lstrip("/")).include
    name = os.path.relpath(os.path.abspath(path), root).replace(os.sep, "/")
    if name.startswith("../"):  # outside the root, a pattern can still mean a name, if no place
        name = os.path.abspath(path).replace(os.sep, "/").lstrip("/")
    return spec.check_file(name + "/" * is_folder).include


def repository_of(folder: str) -> Path | None:
    """The root of the repository that a folder is in."""
    here = Path(os.path.abspath(folder))
    return next((candidate for candidate in (here, *here.parents) if (candidate / ".git").exists()), None)


def _ignores_above(top: str, root: Path | None) -> Iterator[_IgnoreFile]:
    """The ignore files from the repository's root down to the folder, itself left out."""
    if root is not None:
        here = Path(os.path.abspath(top))
        for folder in reversed([parent for parent in here.parents if parent == root or root in parent.parents]):
            yield from _ignore_of(folder)


def _ignore_of(folder: str | Path) -> Iterator[_IgnoreFile]:
    path = f"{folder}{os.sep}.gitignore"
    if not os.path.isfile(path):  # most folders have none, and reading a pipe may not end
        return
    try:
        lines = Path(path).read_text("utf-8", "replace").splitlines()
    except OSError:
        return
    yield Path(os.path.abspath(folder)), _patterns(tuple(lines))
