"""``minimax-validate rule``: what the rules say."""

from __future__ import annotations

import sys

import click

from minimax_validate.cli.terminal import COLOR, style
from minimax_validate.engine.selection import UnknownSelectorError, selected
from minimax_validate.output.rule_pages import FORMATS, load_format, table
from minimax_validate.rules.catalogue import RULES
from minimax_validate.rules.rule import Rule


def _complete(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    """The codes and names of rules that begin as the word does, in any letter case."""
    known = [word for rule in RULES for word in (rule.code, rule.name)]
    return [word for word in known if word.lower().startswith(incomplete.lower())]


def _spelled(selector: str) -> str:
    """The selector in the letter case of the rules: codes are upper case, names are lower case."""
    is_code = selector.upper() == "ALL" or selector.upper().startswith("MM")
    return selector.upper() if is_code else selector.lower()


@click.command(short_help="Explain rules, or list them.")
@click.argument("rules", nargs=-1, metavar="[CODE|NAME]...", shell_complete=_complete)
@click.option("--all", "every", is_flag=True, help="Show every rule.")
@click.option(
    "--output-format", type=click.Choice(FORMATS), default="text", show_default=True, help="How pages are written."
)
@COLOR
def command(rules: tuple[str, ...], every: bool, output_format: str, color: str) -> None:
    """Explain rules: a code, a prefix of codes or a name each; without a rule, list them."""
    if not rules and not every and output_format == "text":
        click.echo(table(RULES), nl=False)
        return
    chosen = _named(rules) if rules and not every else RULES
    load_format(output_format)(chosen, sys.stdout, style(color, sys.stdout))


def _named(selectors: tuple[str, ...]) -> tuple[Rule, ...]:
    try:
        codes = {found.code for selector in selectors for found in selected(_spelled(selector), RULES)}
        return tuple(rule for rule in RULES if rule.code in codes)
    except UnknownSelectorError as error:
        raise click.UsageError(str(error)) from error
