"""Warnings about settings without effect: environment variables, and configuration files in other directories."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

import click

from minimax_validate.project.config_search import configs_beside
from minimax_validate.project.files import display_name
from minimax_validate.project.options import Options
from minimax_validate.values.suggest import did_you_mean

PREFIX = "MINIMAX_VALIDATE_"


def unknown_variables(
    environment: Mapping[str, str], name: str, command: click.Command, commands: Collection[str]
) -> list[str]:
    """A warning for each environment variable that looks like an option and matches none, with a suggestion.

    ``name`` is the name of the command; variables of other commands are not reported.
    """
    own = f"{PREFIX}{name.upper()}_"
    others = tuple(f"{PREFIX}{other.upper()}_" for other in commands if other != name)
    known = [f"{own}{parameter.name.upper()}" for parameter in command.params if parameter.name]
    return [
        f"warning: unknown environment variable {variable}{did_you_mean(variable, known)}"
        for variable in sorted(environment)
        if variable.startswith(PREFIX) and variable not in known and not variable.startswith(others)
    ]


def unread_configurations(folders: Iterable[str], options: Options) -> Iterator[str]:
    """A warning for each configuration near checked files that was not used."""
    used = f"{display_name(options.source)} is used" if options.source else "no configuration is used"
    for path in configs_beside(folders, Path.cwd()):
        if path in options.bases:
            continue
        yield (
            f"{display_name(path)}: warning: not used: the configuration is searched from the working directory"
            f" upwards, and {used}; to use this one, add --config {display_name(path)}"
        )
