"""What the configuration of a project says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from minimax_validate.project.ignoring.filter import Ignore
from minimax_validate.values.diagnostic import Severity

OWN_FILE = "minimax-validate.toml"
SHARED_FILE = "pyproject.toml"
TABLE = "minimax-validate"
"""The name of our table below ``tool`` in a shared file."""

EXTEND = "extend"
"""The key that names the file which a configuration is based on."""

PROXY = "o200k"
"""The name of a tokenizer whose vocabulary comes with a package, instead of a file."""

MOST_JOBS = 256
"""Processes that a run may be asked to check in."""

SEVERITIES = {severity.label: severity for severity in sorted(Severity, reverse=True)}


class Origin(NamedTuple):
    """Where a key of the configuration is set: a file, and a line of it (from 1)."""

    path: Path
    line: int


@dataclass(frozen=True, slots=True)
class Config:
    """What a configuration file says; what it does not say is empty or None.

    ``exclude``, ``include``, ``assume_model`` and ``ignores`` are relative to the folder of ``path``. ``limits`` go by
    the names that ``Limits`` has for them. ``origins`` has each key that is set; two origins for lists that were added
    up. ``extends`` is the file that this one is based on, before that one is read; ``bases`` are all such files after.
    """

    path: Path | None = None
    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severities: Mapping[str, Severity] = field(default_factory=lambda: MappingProxyType({}))
    exclude: tuple[str, ...] = ()
    assume_model: tuple[str, ...] = ()
    include: tuple[str, ...] = ()
    fail_on: Severity | None = None
    output_format: str | None = None
    ignores: tuple[Ignore, ...] = ()
    baseline: Path | None = None
    limits: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    tokenizer: str | None = None
    max_warnings: int | None = None
    redact: bool | None = None
    contract: str | None = None
    fail_on_no_requests: bool = False
    jobs: int | None = None
    extends: Path | None = None
    bases: tuple[Path, ...] = ()
    origins: Mapping[str, tuple[Origin, ...]] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def root(self) -> Path:
        """The folder that its patterns and paths start from."""
        return self.path.parent if self.path else Path.cwd()

    def root_of(self, key: str) -> Path:
        """The folder that the patterns or paths of a key start from: that of the file which sets it."""
        origins = self.origins.get(key)
        return origins[-1].path.parent if origins and self.bases else self.root


class Problem(NamedTuple):
    """One thing wrong in a configuration file."""

    line: int
    message: str


class ConfigError(ValueError):
    """A configuration file that cannot be used, with every problem in it."""

    def __init__(self, path: Path, problems: Iterable[Problem]) -> None:
        self.path = path
        self.problems = tuple(sorted(problems))
        super().__init__(self.told(str(path)))

    def told(self, name: str) -> str:
        """A line for each problem, ``name:line: message``."""
        return "\n".join(f"{name}:{problem.line}: {problem.message}" for problem in self.problems)
