"""``minimax-validate completion``: print a shell completion script."""

from __future__ import annotations

import os
from collections.abc import Mapping
from types import MappingProxyType

import click
from click.shell_completion import BashComplete, FishComplete, ShellComplete, ZshComplete

from minimax_validate.cli.command import Command, Group, option

PROGRAM = "minimax-validate"
VARIABLE = "_MINIMAX_VALIDATE_COMPLETE"
"""The environment variable that the script sets to request completions: click derives it from the program's name."""

_SHELLS: Mapping[str, type[ShellComplete]] = MappingProxyType(
    {"bash": BashComplete, "zsh": ZshComplete, "fish": FishComplete}
)


@click.command(
    cls=Command,
    short_help="Print a shell completion script.",
    examples={
        "Install completion for bash; zsh and fish work the same:": ("minimax-validate completion bash --install"),
        "Turn completion on in this bash only; to keep it, add the line to ~/.bashrc:": (
            'eval "$(minimax-validate completion bash)"'
        ),
        "Turn completion on in this zsh only; to keep it, add the line to ~/.zshrc:": (
            'eval "$(minimax-validate completion zsh)"'
        ),
        "Turn completion on in this fish only:": "minimax-validate completion fish | source",
    },
    exits={0: "The script was printed or written.", 2: "A usage error, for example an unknown shell."},
    page="adoption",
)
@click.argument("shell", type=click.Choice(list(_SHELLS)))
@option(
    "--install",
    group=Group.OUTPUT,
    is_flag=True,
    help="Write the script to the directory from which the shell loads it.",
)
@click.pass_context
def command(context: click.Context, shell: str, install: bool) -> None:
    """Print a script that lets a shell complete commands, options, rules and schemas.

    With --install, write the script to the directory from which the shell loads it.
    """
    script = _SHELLS[shell](context.find_root().command, {}, PROGRAM, VARIABLE).source()
    if not install:
        click.echo(script)
        return
    from minimax_validate.cli import completion_files  # few install it

    place = completion_files.place_of(shell, PROGRAM, os.environ)
    is_new = completion_files.install(place, script, VARIABLE)
    click.echo(f"{'wrote' if is_new else 'unchanged:'} {place.path}\n{place.hint}")
