"""What the standard streams are: a terminal with colors and a width, or a file; and the options about them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TextIO

import click
from click.core import ParameterSource

from minimax_validate.cli.command import Group, option
from minimax_validate.output.formats.writer import Style

WIDTH = 120
"""Columns of what is not a terminal."""

COLOR = option(
    "--color",
    group=Group.OUTPUT,
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="Use color in the output; auto uses it only on a terminal.",
)

STDIN_FILENAME = option(
    "--stdin-filename",
    group=Group.FILES,
    metavar="NAME",
    default="stdin.json",
    show_default=True,
    help="Treat standard input (-) as a file of this name; its suffix selects the file format.",
)


def refuse_name_without_stdin(context: click.Context, *, reads_stdin: bool) -> None:
    """Refuse a name for standard input in a command line that does not read it.

    Raises:
        click.UsageError: ``--stdin-filename`` is given, and ``-`` is not.
    """
    is_given = context.get_parameter_source("stdin_filename") is ParameterSource.COMMANDLINE
    if is_given and not reads_stdin:
        raise click.UsageError("--stdin-filename requires the path - for standard input.")


def style(color: str, stream: TextIO) -> Style:
    """How to write to a stream: as ``--color`` says, and in the width of the stream."""
    wanted = color == "always" or (color == "auto" and _in_color(os.environ, stream))
    is_terminal = stream.isatty()
    width = _columns() if is_terminal else WIDTH
    hyperlinks = color != "never" and _with_hyperlinks(os.environ, stream)
    return Style(wanted, width, hyperlinks=hyperlinks, wraps=is_terminal)


def _columns() -> int:
    import shutil  # with it come all formats of archives, and most runs in CI have no terminal

    return shutil.get_terminal_size().columns


def _with_hyperlinks(environment: Mapping[str, str], stream: TextIO) -> bool:
    if not stream.isatty() and "FORCE_HYPERLINK" not in environment:
        return False
    from minimax_validate.cli.hyperlinks import has_hyperlinks  # runs in CI have no terminal

    return has_hyperlinks(environment, stream)


def _in_color(environment: Mapping[str, str], stream: TextIO) -> bool:
    """Whether a stream gets colors by default.

    A variable that forbids colors wins over one that forces them, and both win over what the stream is.
    """
    if environment.get("NO_COLOR"):  # https://no-color.org
        return False
    if any(
        environment.get(name, "0") not in ("", "0") for name in ("FORCE_COLOR", "CLICOLOR_FORCE")
    ):  # https://force-color.org
        return True
    return stream.isatty() and environment.get("TERM") != "dumb"
