"""What is said of settings that nobody reads: variables of the environment, and configurations in other folders."""

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
    """The variables of the environment that are named as options are, and are none; each with a guess.

    ``name`` is what the command is called; the variables of another one of the commands are left to its own runs.
    """
    own = f"{PREFIX}{name.upper()}_"
    others = tuple(f"{PREFIX}{other.upper()}_" for other in commands if other != name)
    known = [f"{own}{parameter.name.upper()}" for parameter in command.params if parameter.name]
    return [
        f"warning: no option is set by the variable {variable}{did_you_mean(variable, known)}"
        for variable in sorted(environment)
        if variable.startswith(PREFIX) and variable not in known and not variable.startswith(others)
    ]


def unread_configurations(folders: Iterable[str], options: Options) -> Iterator[str]:
    """The configurations near files that were checked by another one, or by none."""
    used = f"that of {display_name(options.source)} counts" if options.source else "none counts"
    for path in configs_beside(folders, Path.cwd()):
        if path in options.bases:
            continue
        yield (
            f"{display_name(path)}: warning: not read: a configuration is looked for in the working directory and"
            f" above, and {used} here; --config names another"
        )
