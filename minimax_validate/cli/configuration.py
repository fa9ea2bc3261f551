"""What is to be done: the configuration and what is given over it, or why it cannot be used."""

from __future__ import annotations

from collections.abc import Callable
from typing import IO, Any

import click

from minimax_validate.cli.exits import MISUSE
from minimax_validate.project.config import ConfigError
from minimax_validate.project.files import display_name
from minimax_validate.project.options import Given, Options, load_config, resolve, with_counter

Command = Callable[..., Any]


class Misconfigured(click.ClickException):
    """A configuration that cannot be used; its problems are told as compilers do, without a word before them."""

    exit_code = MISUSE

    def show(self, file: IO[Any] | None = None) -> None:
        """Write them."""
        click.echo(self.message, file=file, err=file is None)


def configuration_options(command: Command) -> Command:
    """Let a subcommand be told which configuration and which counter of tokens it uses."""
    command = click.option(
        "--tokenizer",
        metavar="FILE",
        help="Count tokens exactly, with this tokenizer.json; o200k is a near relative for those who have none.",
    )(command)
    command = click.option(
        "--isolated", is_flag=True, help="Look for no configuration: that of --config counts, or none."
    )(command)
    return click.option("--config", metavar="FILE", help="Read this configuration, and look for no other.")(command)


def options(given: Given, file: str | None, isolated: bool) -> Options:
    """What the command line and the configuration come to.

    Raises:
        ClickException: they cannot be used.
    """
    try:
        return with_counter(resolve(given, load_config(file, isolated=isolated)))
    except ConfigError as error:
        raise Misconfigured(error.told(display_name(error.path))) from error
    except ValueError as error:
        raise click.UsageError(str(error)) from error
