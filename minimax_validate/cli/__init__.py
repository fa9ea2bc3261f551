"""The command: options in, exit code out; one module a subcommand."""

from __future__ import annotations

import contextlib
import errno
import gc
import os
import signal
import sys
from importlib import import_module
from io import TextIOWrapper

import click

from minimax_validate import __version__
from minimax_validate.cli.exits import FINDINGS, INTERRUPTED, MISUSE
from minimax_validate.project.ending import end_once
from minimax_validate.project.traces import trace
from minimax_validate.values.contracts import APRIL
from minimax_validate.values.wording import words_of_os_error

COMMANDS = ("check", "completion", "config", "init", "render", "rule", "schema", "server", "tokens")
"""The name of each subcommand: that of its module too."""


_YOUNG = 1_000_000
"""Objects that are made between two searches for garbage: a run keeps what it finds, and makes next to no garbage."""


def collect_rarely() -> None:
    """Search for garbage so seldom that a run of many findings does not spend its time with that."""
    gc.set_threshold(_YOUNG, *gc.get_threshold()[1:])


def main() -> None:
    """Run the command; every way out of it is an exit code."""
    _open_closed_streams()
    # Whoever ends the run wants no unfinished files left: those go with the blocks that hold them.
    with contextlib.suppress(ValueError):  # in a thread, signals are somebody else's
        signal.signal(signal.SIGTERM, end_once)
    collect_rarely()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A terminal or pipe of a narrow encoding gets an escape for what it cannot show.
            stream.reconfigure(errors="backslashreplace")
    try:
        _demand_working_directory()
        code = cli.main(standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        with contextlib.suppress(OSError):  # nobody can be told
            error.show()
        code = MISUSE
    except (KeyboardInterrupt, click.Abort):
        code = INTERRUPTED
    except BrokenPipeError:  # whoever read the output has gone, with what they wanted
        code = FINDINGS
    except Exception as error:
        with contextlib.suppress(OSError):
            _report(error)
        code = MISUSE
    _let_go_of_output()
    sys.exit(code)


def _let_go_of_output() -> None:
    """Write what is left for standard output, or lead it nowhere: the interpreter's own last flush must not fail."""
    try:
        sys.stdout.flush()
    except OSError:  # it is full or nobody reads it, and what ended the run has said so
        with contextlib.suppress(OSError):  # what a program has put in its place may be no file
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _report(error: Exception) -> None:
    """Say on standard error what ended the run: a full disk behind standard output, or a defect of ours.

    A defect must not be taken for findings: those are exit code 1, which is what a traceback gives by itself.
    """
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:  # other files that are full are errors of click
        click.echo(f"Error: cannot write standard output: {words_of_os_error(error)}", err=True)
        return
    for line in trace(error):
        click.echo(line, err=True, nl=False)
    click.echo(
        "minimax-validate: internal error at the place shown above; the requests were not checked completely.", err=True
    )


def _open_closed_streams() -> None:
    """Give a run the null device for each standard stream it was started without.

    Otherwise the first file that is opened takes the number of one, and what is printed could end up in it.
    """
    for number, mode in enumerate((os.O_RDONLY, os.O_WRONLY, os.O_WRONLY)):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, mode)  # takes the lowest number that is free
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")


def _demand_working_directory() -> None:
    try:
        os.getcwd()
    except OSError as error:
        raise click.ClickException("the working directory no longer exists") from error


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

            ctx.fail(f"unknown command {name!r}{did_you_mean(name, COMMANDS)}")
        return super().resolve_command(ctx, args)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        from minimax_validate.cli.help_page import write_end  # most runs show no help

        write_end(formatter)


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
