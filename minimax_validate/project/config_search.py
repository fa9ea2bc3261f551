"""Where the configuration of a project is."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from minimax_validate.project.config import OWN_FILE, SHARED_FILE, TABLE, Config, ConfigError, Problem


def find_config(folder: Path) -> Config:
    """The configuration of the nearest folder, going up, that has one; an empty one if none does.

    Raises:
        ConfigError: it cannot be used.
    """
    for candidate in (folder, *folder.parents):
        own, shared = candidate / OWN_FILE, candidate / SHARED_FILE
        if own.is_file():
            return read_config(own)
        # Parsing is for files that at least name us: most projects around a request do not.
        if shared.is_file() and _names_us(shared):
            from minimax_validate.project.config_file import (
                read_table,
            )  # most projects have none, and do without what reads it

            config = read_table(shared)
            if config is not None:
                return _with_bases(config)
    return Config()


def configs_beside(folders: Iterable[str], working: Path) -> Iterator[Path]:
    """The configuration files in folders and above that a search from the working directory does not come by."""
    seen = {working, *working.parents}
    for folder in folders:
        here = working / os.path.normpath(folder)
        for candidate in (here, *here.parents):  # pragma: no branch  # ends only on another drive of Windows
            if candidate in seen:
                break
            seen.add(candidate)
            own, shared = candidate / OWN_FILE, candidate / SHARED_FILE
            if own.is_file():
                yield own
            elif shared.is_file() and _has_our_table(shared):
                yield shared


def _has_our_table(path: Path) -> bool:
    try:
        return f"tool.{TABLE}".encode() in path.read_bytes()
    except OSError:
        return False  # nobody asked for it to be read


_OUR_NAME = re.compile(rb"minimax[-_]validate", re.IGNORECASE)


def _names_us(path: Path) -> bool:
    try:
        return _OUR_NAME.search(path.read_bytes()) is not None
    except OSError:
        return True  # who reads it next says why nobody can


def read_config(path: Path) -> Config:
    """The configuration in one file: a table of a ``pyproject.toml``, or the whole of a file with any other name.

    Raises:
        ConfigError: it cannot be used.
    """
    from minimax_validate.project.config_file import read_table  # as above

    path = path.absolute()
    config = read_table(path)
    if config is None:
        raise ConfigError(path, [Problem(1, f"no table [tool.{TABLE}] in this file")])
    return _with_bases(config)


def _with_bases(config: Config) -> Config:
    if config.extends is None:
        return config
    from minimax_validate.project.config_extend import with_bases  # few configurations extend another one

    return with_bases(config)
