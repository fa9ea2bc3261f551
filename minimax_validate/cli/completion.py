"""``minimax-validate completion``: print a shell completion script."""

from __future__ import annotations

import os

import click
from click.shell_completion import get_completion_class

from minimax_validate.cli.command import Command, Group, option

PROGRAM = "minimax-validate"
VARIABLE = "_MINIMAX_VALIDATE_COMPLETE"
"""The environment variable that the script sets to request completions: click derives it from the program's name."""


@click.command(
    cls=Command,
    short_help="Print a shell completion script.",
    examples={
        "Turn completion on in bash from now on; zsh and fish work the same:": (
            "minimax-validate completion bash --install"
        ),
        "Turn it on without --install in bash; put the line into ~/.bashrc to keep it:": (
            'eval "$(minimax-validate completion bash)"'
        ),
        "The same for zsh and ~/.zshrc:": 'eval "$(minimax-validate completion zsh)"',
        "The same for fish and ~/.config/fish/config.fish:": "minimax-validate completion fish | source",
    },
    exits={0: "The script was printed or written.", 2: "A usage error, for example an unknown shell."},
    page="index",
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@option(
    "--install",
    "installs",
    group=Group.OUTPUT,
    is_flag=True,
    help="Write the script to the directory that the shell loads.",
)
@click.pass_context
def command(context: click.Context, shell: str, installs: bool) -> None:
    """Print a script that lets a shell complete commands, options, rules and schemas.

    With --install, write it to the directory that the shell loads it from.
    """
    completion = get_completion_class(shell)
    if completion is None:
        raise click.UsageError(f"no completion is available for {shell}")
    script = completion(context.find_root().command, {}, PROGRAM, VARIABLE).source()
    if not installs:
        click.echo(script)
        return
    from minimax_validate.cli.completion_files import install, place_of  # few install it

    place = place_of(shell, PROGRAM, os.environ)
    is_new = install(place, script, VARIABLE)
    click.echo(f"{'wrote' if is_new else 'unchanged:'} {place.path}\n{place.hint}")
