"""The command in this process, with terminals in the place of its standard streams."""

from __future__ import annotations

import sys
from contextlib import redirect_stderr, redirect_stdout
from io import BytesIO, TextIOWrapper
from typing import NamedTuple
from unittest import mock

from minimax_validate.cli import cli


class Stream(TextIOWrapper):
    """A standard stream, which is a terminal or a pipe."""

    def __init__(self, *, is_terminal: bool) -> None:
        super().__init__(BytesIO(), "utf-8", newline="\n", write_through=True)
        self._is_terminal = is_terminal

    def isatty(self) -> bool:
        """Whether it is a terminal."""
        return self._is_terminal

    @property
    def text(self) -> str:
        """What was written."""
        buffer = self.buffer
        assert isinstance(buffer, BytesIO)
        return buffer.getvalue().decode()


class Shown(NamedTuple):
    """The exit code of a run, and what it wrote."""

    exit_code: int
    stdout: str
    stderr: str


def run_at_terminal(*arguments: str, stdin: bytes = b"", stdout: bool = True, stderr: bool = True) -> Shown:
    """Run the command; its standard output and standard error are terminals, or pipes if they should not be."""
    out, error = Stream(is_terminal=stdout), Stream(is_terminal=stderr)
    given = TextIOWrapper(BytesIO(stdin), "utf-8")
    with redirect_stdout(out), redirect_stderr(error), mock.patch.object(sys, "stdin", given):
        code = cli.main(arguments, "minimax-validate", standalone_mode=False)
    return Shown(code or 0, out.text, error.text)
