"""What a subcommand and its options declare for ``--help``, in addition to what click knows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any

import click


class Group(Enum):
    """The headings of options in ``--help``, in their order."""

    RULES = "Rules"
    FILES = "Files"
    FIXES = "Fixes"
    OUTPUT = "Output"
    EXIT = "Exit code"
    EXISTING = "Existing findings"
    CONFIGURATION = "Configuration"
    RUN = "Run"
    OTHER = "Other options"


class Option(click.Option):
    """An option that names the heading it is listed under."""

    def __init__(self, *arguments: Any, group: Group, **attributes: Any) -> None:
        super().__init__(*arguments, **attributes)
        self.group = group


def option(*names: str, group: Group, **attributes: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """As ``click.option``, listed under the heading of a group."""
    return click.option(*names, cls=Option, group=group, **attributes)


class Command(click.Command):
    """A subcommand whose ``--help`` has its options in groups, and more sections.

    ``examples`` are command lines by what they do. ``exits`` are the meanings of exit codes. ``variables`` are the
    effects of environment variables that set no option. ``page`` is a page of the documentation, without its suffix.
    """

    def __init__(
        self,
        *arguments: Any,
        examples: Mapping[str, str],
        exits: Mapping[int, str],
        page: str,
        variables: Mapping[str, str] | None = None,
        **attributes: Any,
    ) -> None:
        super().__init__(*arguments, **attributes)
        self.examples = examples
        self.exits = exits
        self.page = page
        self.variables = variables or {}

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write it all."""
        from minimax_validate.cli.help_page import write_help  # most runs show no help

        write_help(self, ctx, formatter)
