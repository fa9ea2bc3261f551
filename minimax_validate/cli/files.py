"""The files that the paths of a command line lead to, and the paths among them that lead nowhere."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field

import click

from minimax_validate.cli.exits import MISUSE
from minimax_validate.output.escape import visible
from minimax_validate.project.discover import Filters, Found, discover
from minimax_validate.project.files import display_name


@dataclass(slots=True)
class Files:
    """Gives the files one by one; a path that does not exist is given too, and remembered."""

    paths: tuple[str, ...]
    filters: Filters
    missing: list[str] = field(default_factory=list)

    def __iter__(self) -> Iterator[Found]:
        for found in discover(self.paths, self.filters):
            if found.named and not os.path.lexists(found.path):
                self.missing.append(display_name(found.path))
            yield found

    def complain(self) -> int:
        """Say which paths do not exist, and that this is misuse; 0 if all of them do."""
        for name in self.missing:
            click.echo(f"Error: {visible(name)} does not exist.", err=True)
        return MISUSE if self.missing else 0
