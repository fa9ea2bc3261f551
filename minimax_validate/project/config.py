"""What the configuration of a project says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from minimax_validate.project.ignoring.filter import Ignore
from minimax_validate.values.diagnostic import Severity

OWN_FILE = "minimax-validate.toml"
SHARED_FILE = "pyproject.toml"
TABLE = "minimax-validate"
"""The name of our table below ``tool`` in a shared file."""

PROXY = "o200k"
"""The tokenizer that is no file, but a vocabulary that comes with a package."""

MOST_JOBS = 256
"""Processes that a run may be asked to check in."""

SEVERITIES = {severity.label: severity for severity in sorted(Severity, reverse=True)}


@dataclass(frozen=True, slots=True)
class Config:
    """What a configuration file says; what it does not say is empty or None.

    ``exclude``, ``include``, ``assume_model`` and ``ignores`` are relative to the folder of ``path``. ``limits`` go by
    the names that ``Limits`` has for them.
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

    @property
    def root(self) -> Path:
        """The folder that its patterns and paths start from."""
        return self.path.parent if self.path else Path.cwd()


@dataclass(frozen=True, slots=True, order=True)
class Problem:
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
