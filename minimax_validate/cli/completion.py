"""``minimax-validate completion``: the script that lets a shell complete the command."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

PROGRAM = "minimax-validate"
VARIABLE = "_MINIMAX_VALIDATE_COMPLETE"
"""The variable by which the script asks the command for completions: click derives it from the program's name."""


@click.command(short_help="Print a shell completion script.")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(context: click.Context, shell: str) -> None:
    """Print the completion script of a shell.

    Bash and zsh load it with eval "$(minimax-validate completion bash)", with the name of the shell at the end. Fish
    loads it with minimax-validate completion fish | source.
    """
    completion = get_completion_class(shell)
    if completion is None:
        raise click.UsageError(f"no completion is available for {shell}")
    click.echo(completion(context.find_root().command, {}, PROGRAM, VARIABLE).source())
