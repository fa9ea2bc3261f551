"""``minimax-validate tokens``: count the tokens of prompts, part by part."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import NamedTuple

import click

from minimax_validate.cli.command import Command, Group, option
from minimax_validate.cli.configuration import configuration_options
from minimax_validate.cli.configuration import options as configured
from minimax_validate.cli.exits import FINDINGS
from minimax_validate.cli.files import Files
from minimax_validate.cli.terminal import COLOR, STDIN_FILENAME, refuse_name_without_stdin, style
from minimax_validate.output.accounts.json import account_object
from minimax_validate.output.accounts.text import table
from minimax_validate.output.color import Paint
from minimax_validate.output.escape import visible
from minimax_validate.project.checking import meant
from minimax_validate.project.files import STDIN, read_file, read_stream
from minimax_validate.project.options import Given
from minimax_validate.request.account import Account, account
from minimax_validate.texts.document import ABSENT, Document
from minimax_validate.tokens.counter import CounterError
from minimax_validate.values.limits import Limits
from minimax_validate.values.pointer import Pointer, to_path


class _Accounted(NamedTuple):
    name: str
    line: int
    pointer: Pointer
    account: Account | None
    problem: str


@click.command(
    cls=Command,
    short_help="Count the tokens of prompts.",
    examples={
        "Count the tokens of a request:": "minimax-validate tokens request.json",
        "Count exactly, with the model's tokenizer:": "minimax-validate tokens request.json --tokenizer tokenizer.json",
        "Count the tokens of all requests below a directory:": "minimax-validate tokens prompts --output-format json",
    },
    exits={
        0: "Every request was counted.",
        1: "A request could not be read or counted.",
        2: "A usage or configuration error, or a path that does not exist.",
    },
    page="library",
)
@click.argument("paths", nargs=-1, required=True, metavar="PATHS...")
@option(
    "--output-format",
    group=Group.OUTPUT,
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Write token counts in this format.",
)
@STDIN_FILENAME
@configuration_options
@COLOR
@click.pass_context
def command(
    context: click.Context,
    paths: tuple[str, ...],
    output_format: str,
    stdin_filename: str,
    config: str | None,
    isolated: bool,
    tokenizer: str | None,
    color: str,
) -> None:
    """Count the tokens of each request, by message, and the tokens that are left in the context window.

    PATHS are files, directories and glob patterns; use - for standard input. Without --tokenizer, print a lower and an
    upper bound that hold for any tokenizer, and an estimate.
    """
    refuse_name_without_stdin(context, reads_stdin=STDIN in paths)
    options = configured(Given(tokenizer=tokenizer), config, isolated)
    paint = Paint(style(color, sys.stdout).color)
    separator, failed = "[\n", False
    files = Files(tuple(path for path in paths if path != STDIN), options.filters)
    for name, line, pointer, found, problem in _accounts(paths, stdin_filename, files, options.settings):
        place = visible(f"{name}:{line}" + (f" {to_path(pointer)}" if pointer else ""))
        if found is None:
            failed = True
            click.echo(f"{place}: {visible(problem)}", err=True)
        elif output_format == "text":
            click.echo("\n".join((paint.bold(place), *table(found, paint))) + "\n")
        else:
            text = json.dumps(account_object(name, line, pointer, found), indent=2)
            click.echo(separator + text, nl=False)
            separator = ",\n"
    if output_format == "json":
        click.echo("[]" if separator == "[\n" else "\n]")
    context.exit(files.complain() or (FINDINGS if failed else 0))


def _accounts(paths: tuple[str, ...], stdin_filename: str, files: Files, limits: Limits) -> Iterator[_Accounted]:
    if STDIN in paths:
        for document in read_stream(stdin_filename, sys.stdin.buffer):
            yield from _accounted(document, limits)
    for found in files:
        for document in read_file(found):
            wanted = document if found.named else meant(document)
            if wanted is not None:
                yield from _accounted(wanted, limits)


def _accounted(document: Document, limits: Limits) -> Iterator[_Accounted]:
    name, line = document.source.name, document.source.first_line
    if document.value is ABSENT:
        yield _Accounted(name, line, (), None, document.faults[0].diagnostic.message)
    for pointer, payload in document.payloads():
        try:
            yield _Accounted(name, line, pointer, account(payload, limits), "not a chat request")
        except CounterError as error:
            yield _Accounted(name, line, pointer, None, str(error))
