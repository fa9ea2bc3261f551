"""``minimax-validate rule``: explain rules, or list them."""

from __future__ import annotations

import sys

import click

from minimax_validate.cli.command import Command, Group, option
from minimax_validate.cli.terminal import COLOR, style
from minimax_validate.engine.selection import UnknownSelectorError, selected
from minimax_validate.output.color import Paint
from minimax_validate.output.rule_pages import FORMATS, load_format
from minimax_validate.output.rule_pages.listing import listing
from minimax_validate.rules.catalogue import RULES
from minimax_validate.rules.rule import Rule

_WIDTH = 80
"""Columns of text for people that is not written to a terminal."""


def _complete(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    """The codes and names of rules that begin as the word does, in any letter case."""
    known = [word for rule in RULES for word in (rule.code, rule.name)]
    return [word for word in known if word.lower().startswith(incomplete.lower())]


def _spelled(selector: str) -> str:
    """The selector in the letter case of the rules: codes are upper case, names are lower case."""
    is_code = selector.upper() == "ALL" or selector.upper().startswith("MM")
    return selector.upper() if is_code else selector.lower()


@click.command(
    cls=Command,
    short_help="Explain rules, or list them.",
    examples={
        "List all rules:": "minimax-validate rule",
        "Explain a rule, by code or by name:": "minimax-validate rule MM204",
        "Explain all rules whose code begins with MM3:": "minimax-validate rule MM3",
        "Write the pages of all rules as Markdown:": "minimax-validate rule --all --output-format markdown",
    },
    exits={0: "The rules were shown.", 2: "A usage error, for example an unknown rule."},
    page="index",
)
@click.argument("rules", nargs=-1, metavar="[CODE|NAME]...", shell_complete=_complete)
@option("--all", group=Group.RULES, is_flag=True, help="Explain every rule.")
@option(
    "--output-format",
    group=Group.OUTPUT,
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="Write explanations in this format.",
)
@COLOR
def command(rules: tuple[str, ...], all: bool, output_format: str, color: str) -> None:
    """Explain the given rules. Without arguments, list all rules.

    A rule is given by its code, a prefix of codes, or its name, in any letter case.
    """
    on = style(color, sys.stdout)
    shown = on if sys.stdout.isatty() else on._replace(width=_WIDTH)
    if not rules and not all and output_format == "text":
        click.echo("\n".join(listing(RULES, shown.width, Paint(shown.color))), color=shown.color)
        return
    chosen = _named(rules) if rules and not all else RULES
    load_format(output_format)(chosen, sys.stdout, shown)


def _named(selectors: tuple[str, ...]) -> tuple[Rule, ...]:
    try:
        codes = {found.code for selector in selectors for found in selected(_spelled(selector), RULES)}
        return tuple(rule for rule in RULES if rule.code in codes)
    except UnknownSelectorError as error:
        raise click.UsageError(str(error)) from error
