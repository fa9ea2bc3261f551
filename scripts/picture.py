"""Draw what the command prints on a terminal, as SVG that needs nothing from elsewhere."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch
from xml.sax.saxutils import escape, quoteattr

from wcwidth import wcswidth

from minimax_validate.cli import cli

COLUMNS = 104
_CELL, _LINE, _SIZE = 8.4, 19, 14  # a character of 14 pixels is 0.6 times as wide in the usual monospace fonts
_MARGIN, _BAR = 16, 34
_STYLE = """
    rect { fill: #161b22 }
    text { font: 14px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; fill: #c9d1d9; white-space: pre }
    .s1 { font-weight: bold; fill: #f0f6fc } .s1-31 { font-weight: bold; fill: #ff7b72 } .s1-33 { font-weight: bold; fill: #e3b341 }
    .s1-36 { font-weight: bold; fill: #56d4dd } .s34 { fill: #79c0ff } .s32 { fill: #7ee787 } .prompt { fill: #8b949e }
"""
_ESCAPE = re.compile(r"\x1b\[([0-9;]*)m")


class _Run(NamedTuple):
    """Text of one style on a line, and the column where it starts."""

    column: int
    style: str
    text: str


class _Screen(StringIO):
    """A standard output that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def picture(folder: Path, *arguments: str) -> str:
    """The SVG of what a command line prints in a folder, on a terminal with colours."""
    command = " ".join(("minimax-validate", *arguments))
    lines = [[_Run(0, "prompt", "$"), _Run(2, "s1", command)], *map(_runs, _printed(folder, arguments).splitlines())]
    width, height = 2 * _MARGIN + COLUMNS * _CELL, _BAR + len(lines) * _LINE + _MARGIN
    dots = (
        f'<circle cx="{_MARGIN + 6 + 20 * at}" cy="17" r="6" fill="{fill}"/>'
        for at, fill in enumerate(("#ff5f56", "#ffbd2e", "#27c93f"))
    )
    drawn = (_text(number, line) for number, line in enumerate(lines) if line)
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height}" viewBox="0 0 {width:g} {height}" role="img">',
            f"  <title>{escape(f'What {command} prints')}</title>",
            f"  <style>{_STYLE}  </style>",
            '  <rect width="100%" height="100%" rx="8"/>',
            *(f"  {dot}" for dot in dots),
            *(f"  {text}" for text in drawn),
            "</svg>\n",
        )
    )


def _printed(folder: Path, arguments: tuple[str, ...]) -> str:
    before = Path.cwd()
    os.chdir(folder)
    try:
        with (
            patch.dict(os.environ, {"COLUMNS": str(COLUMNS), "FORCE_COLOR": "1"}),
            redirect_stdout(_Screen()) as screen,
        ):
            os.environ.pop("NO_COLOR", None)
            cli.main(arguments, standalone_mode=False)
    finally:
        os.chdir(before)
    return screen.getvalue()


def _runs(line: str) -> list[_Run]:
    return list(_split(line))


def _split(line: str) -> Iterator[_Run]:
    column, style = 0, ""
    for part, codes in zip((parts := _ESCAPE.split(line))[::2], [*parts[1::2], ""], strict=True):
        text = part.lstrip(" ")
        if text.rstrip():
            yield _Run(column + len(part) - len(text), style, text.rstrip())
        column += wcswidth(part)
        style = "" if codes in ("", "0") else f"s{codes.replace(';', '-')}"


def _text(number: int, line: list[_Run]) -> str:
    y = _BAR + _LINE * number + _SIZE
    spans = (
        f'<tspan x="{_MARGIN + run.column * _CELL:.1f}" textLength="{wcswidth(run.text) * _CELL:.1f}"'
        f"{f' class={quoteattr(run.style)}' if run.style else ''}>{escape(run.text)}</tspan>"
        for run in line
    )
    return f'<text y="{y}" xml:space="preserve">{"".join(spans)}</text>'
