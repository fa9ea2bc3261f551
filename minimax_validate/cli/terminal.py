"""What standard output is: a terminal with colours and a width, or a file."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from typing import TextIO

import click

from minimax_validate.output.formats.writer import Style

WIDTH = 120
"""Columns where nobody says how many there are."""

COLOR = click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    help="Write in colour; auto heeds NO_COLOR, FORCE_COLOR and CLICOLOR_FORCE.",
)


def style(color: str, stream: TextIO) -> Style:
    """How to write to a stream, by the option and by what the stream is."""
    wanted = color == "always" or (color == "auto" and _in_color(os.environ, stream))
    is_terminal = stream.isatty()
    return Style(wanted, shutil.get_terminal_size().columns if is_terminal else WIDTH, wraps=is_terminal)


def _in_color(environment: Mapping[str, str], stream: TextIO) -> bool:
    """Whether a stream gets colours by itself.

    What forbids them wins over what forces them, and both over what the stream is.
    """
    if environment.get("NO_COLOR"):  # https://no-color.org
        return False
    if any(
        environment.get(name, "0") not in ("", "0") for name in ("FORCE_COLOR", "CLICOLOR_FORCE")
    ):  # https://force-color.org
        return True
    return stream.isatty() and environment.get("TERM") != "dumb"
