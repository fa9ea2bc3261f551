"""``minimax-validate completion``: print a shell completion script."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from minimax_validate.cli.command import Command

PROGRAM = "minimax-validate"
VARIABLE = "_MINIMAX_VALIDATE_COMPLETE"
"""The environment variable that the script sets to request completions: click derives it from the program's name."""


@click.command(
    cls=Command,
    short_help="Print a shell completion script.",
    examples={
        "Turn completion on in bash; put the line into ~/.bashrc to keep it:": (
            'eval "$(minimax-validate completion bash)"'
        ),
        "The same for zsh and ~/.zshrc:": 'eval "$(minimax-validate completion zsh)"',
        "The same for fish and ~/.config/fish/config.fish:": "minimax-validate completion fish | source",
    },
    exits={0: "The script was printed.", 2: "A usage error, for example an unknown shell."},
    page="index",
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(context: click.Context, shell: str) -> None:
    """Print a script that lets a shell complete commands, options, rules and schemas."""
    completion = get_completion_class(shell)
    if completion is None:
        raise click.UsageError(f"completion is not available for {shell}")
    click.echo(completion(context.find_root().command, {}, PROGRAM, VARIABLE).source())
