"""A configuration laid over the files that it extends.

A key of the file replaces the same key of its base, with the whole list or table in it; only ``extend-select`` adds. A
``select`` replaces the ``extend-select`` of the base too, as that of the command line does. Patterns and paths are
relative to the file that has them.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import replace
from functools import reduce
from pathlib import Path
from types import MappingProxyType
from typing import Any

from minimax_validate.project.config import EXTEND, SHARED_FILE, TABLE, Config, ConfigError, Origin, Problem
from minimax_validate.project.config_file import read_table
from minimax_validate.project.ignoring.filter import Ignore
from minimax_validate.values.limits import NUMBERS
from minimax_validate.values.wording import quote, words_of_os_error

_ADDED = "extend-select"
_TABLES = {"per-file-ignores": True, "ignore-at": False}
"""The keys that ``Config.ignores`` holds, and whether their places are patterns."""

_FIELDS = {"severity": "severities", EXTEND: "extends"}
"""The fields of keys that are called otherwise."""


def with_bases(config: Config) -> Config:
    """A configuration over the file that it extends, over the one that this extends, and so on.

    Raises:
        ConfigError: a base cannot be used, or extends a file that extends it.
    """
    chain = [config]
    while (path := chain[-1].extends) is not None:
        chain.append(_inherited(_base(chain, path)))
    below, *others = reversed(chain)
    merged = reduce(_over, others, below)
    return replace(merged, bases=tuple(each.path for each in chain[1:] if each.path), extends=None)


def _base(chain: Iterable[Config], path: Path) -> Config:
    """The configuration that the last one of a chain extends."""
    known = [each for each in chain if each.path]
    last = known[-1]
    if any(os.path.realpath(path) == os.path.realpath(each.path) for each in known if each.path):
        names = " -> ".join(_named(each, path) for each in (*known, None))
        raise _error(last, f"the files extend each other: {names}")
    try:
        path.stat()
        is_file = path.is_file()
    except OSError as error:
        raise _error(last, f"{_shown(last, path)} cannot be read: {words_of_os_error(error)}") from error
    if not is_file:
        raise _error(last, f"{_shown(last, path)} is not a file")
    config = read_table(_tidy(path))
    if config is None:
        raise _error(last, f"{_shown(last, path)} has no table [tool.{TABLE}]")
    return config


def _tidy(path: Path) -> Path:
    """The path without ``..``, by the names of its folders where that leads to the same file, as links may not."""
    real, short = os.path.realpath(path), os.path.normpath(path)
    return Path(short if os.path.realpath(short) == real else real)


def _error(config: Config, message: str) -> ConfigError:
    path, line = config.origins[EXTEND][0]
    return ConfigError(path, [Problem(line, f"{EXTEND}: {message}")])


def _named(config: Config | None, last: Path) -> str:
    path = (config.path if config else None) or last
    return f"{path.parent.name}/{path.name}" if path.name == SHARED_FILE else path.name


def _shown(config: Config, path: Path) -> str:
    return quote(os.path.relpath(path, config.root).replace(os.sep, "/"), 200)


def _over(base: Config, config: Config) -> Config:
    """A configuration over its base."""
    own = config.origins
    values: dict[str, Any] = {}
    origins: dict[str, tuple[Origin, ...]] = {**base.origins, **own}
    for key in own:
        name = _FIELDS.get(key, key.replace("-", "_"))
        if key not in _TABLES and name not in NUMBERS:
            values[name] = getattr(config, name)
    if "select" in own and _ADDED not in own:
        values["extend_select"] = ()
        origins.pop(_ADDED, None)
    elif _ADDED in own and _ADDED in base.origins and "select" not in own:
        values["extend_select"] = (*base.extend_select, *config.extend_select)
        origins[_ADDED] = (*base.origins[_ADDED], *own[_ADDED])
    kept = tuple(ignore for ignore in base.ignores if _key(ignore) not in own)
    return replace(
        base,
        path=config.path,
        ignores=(*kept, *config.ignores),
        limits=MappingProxyType({**base.limits, **config.limits}),
        origins=MappingProxyType(origins),
        **values,
    )


def _inherited(config: Config) -> Config:
    return replace(config, ignores=tuple(replace(ignore, root=config.root) for ignore in config.ignores))


def _key(ignore: Ignore) -> str:
    return next(key for key, is_pattern in _TABLES.items() if is_pattern is ignore.is_pattern)
