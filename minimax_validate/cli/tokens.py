"""``minimax-validate tokens``: how long prompts are, and what makes them so."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import NamedTuple

import click

from minimax_validate.cli.configuration import configuration_options
from minimax_validate.cli.configuration import options as configured
from minimax_validate.cli.exits import FINDINGS
from minimax_validate.cli.files import Files
from minimax_validate.cli.terminal import COLOR, style
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


@click.command(short_help="Count the tokens of prompts.")
@click.argument("paths", nargs=-1, required=True, metavar="PATHS...")
@click.option(
    "--output-format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How accounts are written.",
)
@click.option(
    "--stdin-filename", metavar="NAME", default="stdin.json", help="The name that standard input (-) goes by."
)
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
    """Count the tokens of each request: a table with its messages, tools and template, and the room left in the window.

    Without --tokenizer there are two bounds, which hold for any vocabulary, and an estimate between them. Exit code 1
    means that something could not be read or counted, 2 that a path does not exist.
    """
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
            yield _Accounted(name, line, pointer, account(payload, limits), "no request")
        except CounterError as error:
            yield _Accounted(name, line, pointer, None, str(error))
