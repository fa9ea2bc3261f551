"""``minimax-validate schema``: print the bundled schemas."""

from __future__ import annotations

import contextlib
import json

import click

from minimax_validate.cli.command import Command
from minimax_validate.json_schema import bundle
from minimax_validate.values.suggest import did_you_mean
from minimax_validate.values.wording import listed, quote


def _complete(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    """The names of schemas that begin with the word."""
    return [name for name in bundle.names() if name.startswith(incomplete)]


@click.command(
    cls=Command,
    short_help="Print a bundled JSON Schema.",
    examples={
        "List the bundled schemas:": "minimax-validate schema",
        "Save the annotated schema of requests:": "minimax-validate schema minimax-m2.7/request.json > request.json",
    },
    exits={0: "The schema was printed.", 2: "A usage error, for example an unknown schema."},
    page="library",
)
@click.argument("name", required=False, shell_complete=_complete)
def command(name: str | None) -> None:
    """Print a bundled JSON Schema. Without NAME, list the schemas."""
    if name is None:
        click.echo("\n".join(bundle.names()))
        return
    with contextlib.suppress(KeyError, FileNotFoundError):
        click.echo(json.dumps(bundle.whole(name), indent=2, ensure_ascii=False))
        return
    known = bundle.names()
    guess = did_you_mean(name, known) or f"; known schemas are {listed(known, 'and')}"
    raise click.UsageError(f"unknown schema {quote(name)}{guess}")
