"""Write ``--help``: options under headings, examples, exit codes, environment variables, and where to read on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from textwrap import fill

import click

from minimax_validate.cli.command import Command, Group, Option
from minimax_validate.values.addresses import DOCS

_COLUMN = 24
"""Columns of the first of two columns; what is longer gets a line of its own."""

COLORS: Mapping[str, str] = {
    "NO_COLOR": "Do not use color.",
    "FORCE_COLOR, CLICOLOR_FORCE": "Use color even if the output is not a terminal.",
}
"""Variables of the environment that every command with ``--color`` reads, in the order of their strength."""


_FIRST_STEPS: Mapping[str, str] = {
    "Check the files below the working directory:": "minimax-validate check",
    "Explain a rule:": "minimax-validate rule MM204",
    "List the options of a command:": "minimax-validate check --help",
}
_EXITS: Mapping[int, str] = {
    0: "Success: no errors.",
    1: "Findings, or input that could not be read.",
    2: "A usage, configuration or internal error.",
    130: "The run was interrupted.",
}
_VARIABLES: Mapping[str, str] = {
    "MINIMAX_VALIDATE_CHECK_FAIL_ON": "Sets check --fail-on. Each option of each command has such a variable.",
}


def write_help(command: Command, context: click.Context, formatter: click.HelpFormatter) -> None:
    """Write the help of a subcommand."""
    command.format_usage(context, formatter)
    for paragraph in (command.help or "").split("\n\n"):
        formatter.write(f"\n{_wrapped(paragraph, formatter.width, 2)}\n")
    for heading, options in _groups(command, context):
        _write_list(formatter, heading, {names: _described(each, context) for each, names in options})
    _write_examples(formatter, command.examples)
    _write_exits(formatter, command.exits)
    _write_list(formatter, "Environment variables", dict(_variables(command, context)))
    _write_address(formatter, command.page)


def write_end(formatter: click.HelpFormatter) -> None:
    """Write what the help of the whole command ends with."""
    _write_examples(formatter, _FIRST_STEPS)
    _write_exits(formatter, _EXITS)
    _write_list(formatter, "Environment variables", {**_VARIABLES, **COLORS})
    _write_address(formatter, "index")


_Row = tuple[click.Option, str]
"""An option, and its names with its metavariable."""


def _groups(command: Command, context: click.Context) -> Iterator[tuple[str, list[_Row]]]:
    rows: dict[Group, list[_Row]] = {group: [] for group in Group}
    for parameter in command.get_params(context):
        record = parameter.get_help_record(context)
        if isinstance(parameter, click.Option) and record is not None:
            group = parameter.group if isinstance(parameter, Option) else Group.OTHER
            rows[group].append((parameter, record[0]))
    filled = {group: options for group, options in rows.items() if options}
    for group, options in filled.items():
        yield group.value if len(filled) > 1 else "Options", options


def _described(option: click.Option, context: click.Context) -> str:
    """The help of an option with its default in words."""
    default = option.get_help_extra(context).get("default")
    return f"{option.help} Default: {default.strip('()')}." if default else f"{option.help}"


def _variables(command: Command, context: click.Context) -> Iterator[tuple[str, str]]:
    options = [each for each in command.params if isinstance(each, click.Option) and each.allow_from_autoenv]
    if options and context.auto_envvar_prefix:
        example = next((each for each in options if not each.is_flag), options[0])
        variable = f"{context.auto_envvar_prefix}_{(example.name or '').upper()}"
        several = "; spaces separate several values" if any(each.multiple for each in options) else ""
        yield variable, f"Sets {example.opts[-1]}. Each option has such a variable{several}."
    yield from command.variables.items()
    if any(each.name == "color" for each in options):
        yield from COLORS.items()


def _write_examples(formatter: click.HelpFormatter, examples: Mapping[str, str]) -> None:
    formatter.write("\nExamples:\n")
    for effect, line in examples.items():
        formatter.write(f"{_wrapped(effect, formatter.width, 2)}\n    {line}\n")


def _write_exits(formatter: click.HelpFormatter, exits: Mapping[int, str]) -> None:
    _write_list(formatter, "Exit codes", {f"{code}": meaning for code, meaning in exits.items()}, column=3)


def _write_address(formatter: click.HelpFormatter, page: str) -> None:
    # On a line of its own it is never wrapped; indented, it would be wider than 80 columns.
    formatter.write(f"\nDocumentation:\n{DOCS}/{page}.md\n")


def _write_list(formatter: click.HelpFormatter, heading: str, rows: Mapping[str, str], column: int = _COLUMN) -> None:
    """Write two columns below a heading; nothing for no rows."""
    if not rows:
        return
    formatter.write(f"\n{heading}:\n")
    for term, text in rows.items():
        indent = 2 + column + 2
        described = _wrapped(text, formatter.width, indent)
        if len(term) <= column:
            formatter.write(f"  {term:<{column}}  {described[indent:]}\n")
        else:
            formatter.write(f"  {term}\n{described}\n")


def _wrapped(text: str, width: int, indent: int) -> str:
    """A text in lines; names of options and files are not broken at their hyphens."""
    front = " " * indent
    words = " ".join(text.split())
    return fill(words, width, initial_indent=front, subsequent_indent=front, break_on_hyphens=False)
