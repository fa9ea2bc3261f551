"""The settings of a run: the configuration with the command line over it, or why they cannot be used."""

from __future__ import annotations

from collections.abc import Callable
from typing import IO, Any

import click

from minimax_validate.cli.command import Group, option
from minimax_validate.cli.exits import MISUSE
from minimax_validate.project.config import ConfigError
from minimax_validate.project.files import display_name
from minimax_validate.project.options import Given, Options, load_config, resolve, with_counter

Command = Callable[..., Any]


class Misconfigured(click.ClickException):
    """A configuration that cannot be used; its problems are reported as compilers do, without a prefix."""

    exit_code = MISUSE

    def show(self, file: IO[Any] | None = None) -> None:
        """Write them."""
        click.echo(self.message, file=file, err=file is None)


def configuration_options(command: Command) -> Command:
    """Give a subcommand the options that select its configuration and its token counter."""
    command = option(
        "--tokenizer",
        group=Group.CONFIGURATION,
        metavar="FILE",
        help="Count tokens exactly with this tokenizer.json, or approximately with o200k (OpenAI's vocabulary). "
        "Requires the `tokens` extra.",
    )(command)
    command = option(
        "--isolated",
        group=Group.CONFIGURATION,
        is_flag=True,
        help="Do not search for a configuration file.",
    )(command)
    return option("--config", group=Group.CONFIGURATION, metavar="FILE", help="Read this configuration file only.")(
        command
    )


def options(given: Given, file: str | None, isolated: bool) -> Options:
    """The settings that the command line and the configuration give together.

    Raises:
        ClickException: they cannot be used.
    """
    try:
        return with_counter(resolve(given, load_config(file, isolated=isolated)))
    except ConfigError as error:
        raise Misconfigured(error.told(display_name(error.path))) from error
    except ValueError as error:
        raise click.UsageError(str(error)) from error
