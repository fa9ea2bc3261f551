"""``minimax-validate server``: check requests in an editor while they are typed."""

from __future__ import annotations

import click

from minimax_validate.cli.exits import FINDINGS


@click.command(short_help="Start the language server for editors.")
@click.option("--stdio", is_flag=True, help="Speak over standard input and output: some editors ask for it by name.")
@click.pass_context
def command(context: click.Context, stdio: bool) -> None:
    """Start the language server, which editors speak to over standard input and output.

    It needs the extra server: pip install 'minimax-validate[server]'. Configuration is that of each file's folder. Exit
    code 1 means that the editor ended without saying so.
    """
    try:
        from minimax_validate.server.features import serve  # and with it what the extra installs
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("pygls", "lsprotocol", "tomlkit"):
            raise
        raise click.UsageError(
            "the language server needs the extra server: pip install 'minimax-validate[server]'"
        ) from error
    context.exit(0 if serve() else FINDINGS)
