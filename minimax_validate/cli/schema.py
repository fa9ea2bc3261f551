"""``minimax-validate schema``: the schemas that come with the package."""

from __future__ import annotations

import contextlib
import json

import click

from minimax_validate.json_schema import bundle


def _complete(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    """The names of schemas that begin as the word does."""
    return [name for name in bundle.names() if name.startswith(incomplete)]


@click.command(short_help="Print a bundled JSON Schema.")
@click.argument("name", required=False, shell_complete=_complete)
def command(name: str | None) -> None:
    """Print a bundled schema; without a name, list them."""
    if name is None:
        click.echo("\n".join(bundle.names()))
        return
    with contextlib.suppress(KeyError, FileNotFoundError):
        click.echo(json.dumps(bundle.whole(name), indent=2, ensure_ascii=False))
        return
    raise click.UsageError(f"no bundled schema is called {name!r}; there are {', '.join(bundle.names())}.")
