"""What the configuration of a project says, and where it is; most projects have none, and do without what reads it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from minimax_validate.project.ignoring.ignored import Ignore
from minimax_validate.values.diagnostic import Severity

if TYPE_CHECKING:
    from minimax_validate.project.config_file import Problem

OWN_FILE = "minimax-validate.toml"
SHARED_FILE = "pyproject.toml"
TABLE = "minimax-validate"
"""The name of our table below ``tool`` in a shared file."""

PROXY = "o200k"
"""The tokenizer that is no file, but a vocabulary that comes with a package."""

SEVERITIES = {severity.label: severity for severity in sorted(Severity, reverse=True)}


@dataclass(frozen=True, slots=True)
class Config:
    """What a configuration file says; what it does not say is empty or None.

    ``exclude``, ``include`` and ``ignores`` are relative to the folder of ``path``. ``limits`` go by the names
    that ``Limits`` has for them.
    """

    path: Path | None = None
    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severities: Mapping[str, Severity] = field(default_factory=lambda: MappingProxyType({}))
    exclude: tuple[str, ...] = ()
    include: tuple[str, ...] = ()
    fail_on: Severity | None = None
    output_format: str | None = None
    ignores: tuple[Ignore, ...] = ()
    baseline: Path | None = None
    limits: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    tokenizer: str | None = None
    max_warnings: int | None = None
    redact: bool | None = None

    @property
    def root(self) -> Path:
        """The folder that its patterns and paths start from."""
        return self.path.parent if self.path else Path.cwd()


class ConfigError(ValueError):
    """A configuration file that cannot be used, with every problem in it."""

    def __init__(self, path: Path, problems: Iterable[Problem]) -> None:
        self.path = path
        self.problems = tuple(sorted(problems))
        super().__init__(self.told(str(path)))

    def told(self, name: str) -> str:
        """A line for each problem, ``name:line: message``."""
        return "\n".join(f"{name}:{problem.line}: {problem.message}" for problem in self.problems)


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
            from minimax_validate.project.config_file import read_table

            config = read_table(shared)
            if config is not None:
                return config
    return Config()


def _names_us(path: Path) -> bool:
    try:
        return TABLE.encode() in path.read_bytes()
    except OSError:
        return True  # who reads it next says why nobody can


def read_config(path: Path) -> Config:
    """The configuration in one file: a table of a ``pyproject.toml``, or the whole of a file with any other name.

    Raises:
        ConfigError: it cannot be used.
    """
    from minimax_validate.project.config_file import Problem, read_table

    path = path.absolute()
    config = read_table(path)
    if config is None:
        raise ConfigError(path, [Problem(1, f"there is no table [tool.{TABLE}]")])
    return config
