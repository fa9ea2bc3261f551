"""``minimax-validate server``: check requests in an editor while they are typed."""

from __future__ import annotations

import click

from minimax_validate.cli.command import Command, Group, option
from minimax_validate.cli.exits import FINDINGS


@click.command(
    cls=Command,
    short_help="Start the language server for editors.",
    examples={
        "Install the server (editors start it by themselves):": "pip install 'minimax-validate[server]'",
    },
    exits={
        0: "The editor shut the server down.",
        1: "The editor ended without a shutdown request.",
        2: "A usage error, or the `server` extra is not installed.",
    },
    page="editors",
)
@option(
    "--stdio",
    group=Group.OTHER,
    is_flag=True,
    help="Communicate over standard input and output. This is always so; some editors pass the option.",
)
@click.pass_context
def command(context: click.Context, stdio: bool) -> None:
    """Start the language server. Editors communicate with it over standard input and output.

    It requires the `server` extra. Each file is checked with the configuration of its directory.
    """
    try:
        from minimax_validate.server.features import serve  # and with it what the extra installs
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("pygls", "lsprotocol", "tomlkit"):
            raise
        raise click.UsageError(
            "the language server requires the `server` extra: pip install 'minimax-validate[server]'"
        ) from error
    context.exit(0 if serve() else FINDINGS)
