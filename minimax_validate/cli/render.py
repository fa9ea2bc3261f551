"""``minimax-validate render``: the prompt of a request as the model reads it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import click

from minimax_validate.cli.command import Command, Group, option
from minimax_validate.cli.configuration import configuration_options
from minimax_validate.cli.configuration import options as configured
from minimax_validate.cli.exits import FINDINGS, MISUSE
from minimax_validate.cli.files import Files
from minimax_validate.cli.terminal import COLOR, STDIN_FILENAME, refuse_name_without_stdin, style
from minimax_validate.output.cells import wrapped
from minimax_validate.output.color import Paint
from minimax_validate.output.escape import json_text, visible
from minimax_validate.output.renderings import OWN_TEMPLATE, RECONSTRUCTION
from minimax_validate.output.renderings.json import rendering_object, whole_object
from minimax_validate.output.renderings.text import lines, whole
from minimax_validate.project.checking import meant
from minimax_validate.project.choice import Choice, choice_of
from minimax_validate.project.files import STDIN, read_file, read_stream
from minimax_validate.project.options import Given
from minimax_validate.project.templates import read_template, run_template
from minimax_validate.request.rendering import chat_body, render
from minimax_validate.texts.document import ABSENT, Document
from minimax_validate.tokens.counter import CounterError, named_counter
from minimax_validate.tokens.own_template import TemplateError
from minimax_validate.tokens.prompt import ESTIMATE, measure_with
from minimax_validate.values.limits import Limits
from minimax_validate.values.pointer import Pointer, to_path
from minimax_validate.values.wording import count


class _Shown(NamedTuple):
    """A request as it is written: its size in words, its lines, and its object."""

    size: str
    lines: Iterable[str]
    object: dict[str, Any]


class _Problem(Exception):
    """Why a request is not shown."""


_Show = Callable[[str, int, Pointer, object], _Shown]


@click.command(
    cls=Command,
    short_help="Show the prompt as the model reads it.",
    examples={
        "Show the prompt of a request:": "minimax-validate render request.json",
        "Choose the request on a line of JSON Lines:": "minimax-validate render requests.jsonl:3",
        "Choose a request by JSON Pointer:": "minimax-validate render batch.json#/1",
        "Use a chat template of your own:": "minimax-validate render request.json --template chat_template.jinja",
    },
    exits={
        0: "Every request was shown.",
        1: "A request could not be read or rendered.",
        2: "A usage or configuration error, or the file or the chosen request does not exist.",
    },
    page="render",
)
@click.argument("file", metavar="FILE[:LINE][#/POINTER]")
@option(
    "--output-format",
    group=Group.OUTPUT,
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Write prompts in this format.",
)
@option(
    "--template",
    group=Group.OTHER,
    metavar="FILE",
    help="Render with this chat_template.jinja and print the whole prompt. Requires the `render` extra.",
)
@STDIN_FILENAME
@configuration_options
@COLOR
@click.pass_context
def command(
    context: click.Context,
    file: str,
    output_format: str,
    template: str | None,
    stdin_filename: str,
    config: str | None,
    isolated: bool,
    tokenizer: str | None,
    color: str,
) -> None:
    """Show the prompt of each request in a file as the model reads it, with tokens and pointers.

    LINE or POINTER selects one of several requests. Texts of the chat template are shown by name. Parts that do not
    reach the model are struck through and name the rule that explains why. Control tokens inside the request are shown
    in reverse video.
    """
    options = configured(Given(tokenizer=tokenizer), config, isolated)
    terminal = style(color, sys.stdout)
    page = _Page(terminal.width, Paint(terminal.color), options.settings)
    show = page.parts if template is None else page.with_template(_template(template))
    choice = choice_of(file)
    refuse_name_without_stdin(context, reads_stdin=choice.path == STDIN)
    files = Files((choice.path,) if choice.path != STDIN else (), options.filters)
    separator, failed, found = "[\n", False, False
    if output_format == "text":
        note = RECONSTRUCTION if template is None else OWN_TEMPLATE
        click.echo("\n".join(page.paint("dim", row) for row in wrapped(note, terminal.width)))
    for document in choice.of(_documents(choice, files, stdin_filename)):
        name, line = document.source.name, document.source.first_line
        for pointer, payload in _payloads(document):
            found = True
            place = visible(f"{name}:{line}" + (f" {to_path(pointer)}" if pointer else ""))
            try:
                shown = show(name, line, pointer, payload)
            except _Problem as problem:
                failed = True
                click.echo(f"{place}: {visible(str(problem))}", err=True)
                continue
            if output_format == "text":
                click.echo("\n".join(("", page.paint.bold(place) + f"  {shown.size}", *shown.lines)))
            else:
                click.echo(separator + json_text(shown.object, indent=2), nl=False)
                separator = ",\n"
    if output_format == "json":
        click.echo("[]" if separator == "[\n" else "\n]")
    misuse = files.complain()
    if not found and not choice.is_whole and not misuse:
        click.echo(f"Error: no request found at {visible(file)}.", err=True)
        misuse = MISUSE
    context.exit(misuse or (FINDINGS if failed else 0))


def _template(path: str) -> tuple[str, str]:
    try:
        return path, read_template(path)
    except TemplateError as error:
        raise click.UsageError(f"cannot use {visible(path)} as a chat template: {error}") from error


def _documents(choice: Choice, files: Files, stdin_filename: str) -> Iterator[Document]:
    if choice.path == STDIN:
        yield from read_stream(stdin_filename, sys.stdin.buffer)
    for found in files:
        for document in read_file(found):
            wanted = document if found.named else meant(document)
            if wanted is not None:
                yield wanted


def _payloads(document: Document) -> Iterator[tuple[Pointer, object]]:
    if document.value is ABSENT:
        yield (), document
    yield from document.payloads()


@dataclass(frozen=True, slots=True)
class _Page:
    """What prompts are written on, and the limits they are counted with."""

    width: int
    paint: Paint
    limits: Limits

    def parts(self, name: str, line: int, pointer: Pointer, payload: object) -> _Shown:
        """A request by the public template."""
        _refuse_unread(payload)
        try:
            rendering = render(payload, self.limits)
        except CounterError as error:
            raise _Problem(str(error)) from error
        if rendering is None:
            raise _Problem("not a chat request")
        size = f"{count(rendering.total, 'token')} ({visible(rendering.measure)})"
        return _Shown(
            size,
            lines(rendering, self.width, self.paint),
            rendering_object(name, line, pointer, rendering),
        )

    def with_template(self, template: tuple[str, str]) -> _Show:
        """Requests by a template that the user provides."""
        path, source = template

        def shown(name: str, line: int, pointer: Pointer, payload: object) -> _Shown:
            _refuse_unread(payload)
            body = chat_body(payload)
            if body is None:
                raise _Problem("not a chat request")
            measure = measure_with(named_counter(self.limits.counter)) if self.limits.counter else ESTIMATE
            try:
                text = run_template(source, body)
                tokens = measure.count(text)
            except TemplateError as error:
                raise _Problem(f"{path}: {error}") from error
            except CounterError as error:
                raise _Problem(str(error)) from error
            return _Shown(
                f"{count(tokens, 'token')} ({visible(measure.name)})",
                whole(text, self.width, self.paint),
                whole_object(name, line, pointer, text, measure.name, tokens),
            )

        return shown


def _refuse_unread(payload: object) -> None:
    if isinstance(payload, Document):
        raise _Problem(payload.faults[0].diagnostic.message)
