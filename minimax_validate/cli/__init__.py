"""The command: options in, exit code out; one module a subcommand."""

from __future__ import annotations

import gc
import os
import sys
import traceback
from importlib import import_module
from io import TextIOWrapper

import click

from minimax_validate import __version__
from minimax_validate.cli.exits import FINDINGS, INTERRUPTED, MISUSE
from minimax_validate.values.contracts import APRIL

COMMANDS = ("check", "completion", "render", "rule", "schema", "server", "tokens")
"""The name of each subcommand: that of its module too."""


def main() -> None:
    """Run the command; every way out of it is an exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A terminal or pipe of a narrow encoding gets an escape for what it cannot show.
            stream.reconfigure(errors="backslashreplace")
    try:
        code = cli.main(standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Exit as error:
        code = error.exit_code
    except click.ClickException as error:
        error.show()
        code = MISUSE
    except (KeyboardInterrupt, click.Abort):
        code = INTERRUPTED
    except BrokenPipeError:
        # Whoever read the output has gone, with what they wanted. The interpreter's own last flush must find no pipe.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = FINDINGS
    except Exception:
        # A defect of ours must not be taken for findings: those are exit code 1, which is what a traceback gives by
        # itself.
        traceback.print_exc()
        click.echo(
            "minimax-validate: internal error; the lines above say where. Nothing is known of the requests.", err=True
        )
        code = MISUSE
    sys.exit(code)


class _Commands(click.Group):
    """Imports a subcommand where it is called for: none is to wait for what the others need."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        # Importing makes no garbage: to look for some, again and again and once more at the exit, would be a sixth of a
        # short run.
        gc.disable()
        try:
            command: click.Command = import_module(f"{__name__}.{cmd_name}").command
        finally:
            gc.freeze()
            gc.enable()
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name not in COMMANDS and not name.startswith("-") and not ctx.resilient_parsing:
            from minimax_validate.values.suggest import did_you_mean  # few misspell a command

            ctx.fail(f"no command is called {name!r}{did_you_mean(name, COMMANDS)}")
        return super().resolve_command(ctx, args)


@click.command(
    cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "auto_envvar_prefix": "MINIMAX_VALIDATE"}
)
@click.version_option(__version__, prog_name="minimax-validate", message=f"%(prog)s %(version)s (contract {APRIL})")
@click.pass_context
def cli(context: click.Context, /) -> None:
    """Check chat requests for MiniMax M2.7 (minimax/m2.7 on Cloudflare Workers AI) before they are sent."""
    name = context.invoked_subcommand
    if name in COMMANDS and any(variable.startswith("MINIMAX_VALIDATE_") for variable in os.environ):
        from minimax_validate.cli.notices import unknown_variables  # few set any

        for message in unknown_variables(os.environ, name, import_module(f"{__name__}.{name}").command, COMMANDS):
            click.echo(message, err=True)
