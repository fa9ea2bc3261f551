"""What standard output is: a terminal with colours and a width, or a file."""

from __future__ import annotations

import os
import shutil
from typing import TextIO

import click

from minimax_validate.formats.format import Style

WIDTH = 120
"""Columns where nobody says how many there are."""

COLOR = click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", help="Write in colour; NO_COLOR is heeded.")


def style(color: str, stream: TextIO) -> Style:
    """How to write to a stream, by the option and by what the stream is."""
    wanted = color == "always" or (
        color == "auto" and stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    )
    return Style(wanted, shutil.get_terminal_size().columns if stream.isatty() else WIDTH)
