"""``minimax-validate schema``: the schemas that come with the package."""

from __future__ import annotations

import contextlib
import json

import click

from minimax_validate.json_schema import bundle


@click.command()
@click.argument("name", required=False)
def command(name: str | None) -> None:
    """Print a bundled schema; without a name, list them."""
    if name is None:
        click.echo("\n".join(bundle.names()))
        return
    with contextlib.suppress(KeyError, FileNotFoundError):
        click.echo(json.dumps(bundle.whole(name), indent=2, ensure_ascii=False))
        return
    raise click.UsageError(f"no bundled schema is called {name!r}; there are {', '.join(bundle.names())}.")
