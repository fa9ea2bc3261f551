"""The manual page: generated, complete, and shown by man without a complaint."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from minimax_validate import __version__
from minimax_validate.cli import COMMANDS, cli
from minimax_validate.project.keys import KEYS

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "man" / "minimax-validate.1"
sys.path.insert(0, str(ROOT / "scripts"))

from man_page import man_page  # noqa: E402


def test_it_is_generated() -> None:
    """The page in the repository is what the generator writes."""
    assert PAGE.read_text("utf-8") == man_page()


def options() -> set[str]:
    """Every option of every command."""
    context = click.Context(cli)
    commands = [cli.get_command(context, name) for name in COMMANDS]
    return {
        name
        for command in commands
        if command is not None
        for option in command.params
        if isinstance(option, click.Option) and not option.hidden
        for name in (*option.opts, *option.secondary_opts)
    }


def shown(width: int) -> subprocess.CompletedProcess[str]:
    """The page as man shows it in a number of columns."""
    if shutil.which("man") is None or shutil.which("groff") is None:
        pytest.skip("man or groff is not installed")
    environment = {
        **os.environ,
        "MANWIDTH": str(width),
        "LC_ALL": "C.UTF-8",
        "MAN_KEEP_FORMATTING": "",
        "MANPAGER": "cat",
    }
    done = subprocess.run(
        ["man", "--warnings", "-l", os.fspath(PAGE)],
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode and not done.stdout:
        pytest.skip(f"man does not run here: {done.stderr}")
    return done


def test_source() -> None:
    """The page names the version, every command, option and setting, and has no character that a font lacks."""
    text = PAGE.read_text("utf-8")
    plain = re.sub(r"\\f.", "", text).replace("\\-", "-")
    assert f'"minimax-validate {__version__}"' in text.splitlines()[1]
    assert [name for name in COMMANDS if f"\n.SS minimax-validate {name} " not in plain] == []
    assert [name for name in sorted(options()) if not re.search(rf"(?<![\w-]){name}(?![\w-])", plain)] == []
    assert [key.name for key in KEYS if f"\n.B {key.name} (" not in plain] == []
    assert text.isascii()


@pytest.mark.parametrize("width", [70, 100])
def test_as_man_shows_it(width: int) -> None:
    """The program man shows it without a warning, and every option can be read and copied."""
    done = shown(width)
    assert done.stderr == ""
    plain = re.sub("\x1b\\[[0-9;]*m|.\b", "", done.stdout)
    assert [
        heading for heading in ("NAME", "SYNOPSIS", "COMMANDS", "EXIT STATUS") if f"\n{heading}\n" not in plain
    ] == []
    assert [name for name in sorted(options()) if name not in plain] == []
    assert "minimax-validate - check chat requests" in plain
