"""``minimax-validate config``: every setting with its meaning, the value that a check would use, and its source."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from typing import Any

import click
from click.core import ParameterSource

from minimax_validate.cli.command import Command, Group, option
from minimax_validate.cli.configuration import options as configured
from minimax_validate.cli.outputs import default_format
from minimax_validate.cli.terminal import COLOR, style
from minimax_validate.output.color import Paint
from minimax_validate.output.escape import visible
from minimax_validate.project.config import Origin
from minimax_validate.project.files import display_name
from minimax_validate.project.in_force import Setting, settings_in_force
from minimax_validate.project.keys import BY_NAME, KEYS
from minimax_validate.values.suggest import did_you_mean
from minimax_validate.values.wording import quote

_VARIABLES = "MINIMAX_VALIDATE_CHECK"


def _complete(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    """The settings whose names begin as the word does."""
    return [key.name for key in KEYS if key.name.startswith(incomplete)]


@click.command(
    cls=Command,
    short_help="List settings, their values and sources.",
    examples={
        "List all settings:": "minimax-validate config",
        "Show one setting:": "minimax-validate config fail-on",
        "Write all settings as JSON:": "minimax-validate config --output-format json",
    },
    exits={0: "The settings were shown.", 2: "A usage or configuration error, for example an unknown setting."},
    page="settings",
)
@click.argument("key", required=False, metavar="[KEY]", shell_complete=_complete)
@option("--config", group=Group.CONFIGURATION, metavar="FILE", help="Read this configuration file only.")
@option("--isolated", group=Group.CONFIGURATION, is_flag=True, help="Do not search for a configuration file.")
@option(
    "--output-format",
    group=Group.OUTPUT,
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Set the format of the list.",
)
@COLOR
def command(key: str | None, config: str | None, isolated: bool, output_format: str, color: str) -> None:
    """List each setting with its meaning, its default, the value that check would use, and the source of the value.

    With KEY, show only this setting.
    """
    if key is not None and key not in BY_NAME:
        raise click.UsageError(f"unknown setting {quote(key)}{did_you_mean(key, BY_NAME)}")
    settings = [each for each in _settings(config, isolated) if key in (None, each.key.name)]
    if output_format == "json":
        objects = [_object(setting) for setting in settings]
        click.echo(json.dumps(objects[0] if key else objects, indent=2, ensure_ascii=False))
        return
    paint = Paint(style(color, sys.stdout).color)
    click.echo("\n\n".join("\n".join(_lines(setting, paint)) for setting in settings), color=paint.on)


def _settings(file: str | None, isolated: bool) -> tuple[Setting, ...]:
    """What ``check`` would use in this directory, without options of its command line."""
    from minimax_validate.cli.check import command as check
    from minimax_validate.cli.check_options import read

    with check.make_context("check", [], auto_envvar_prefix=_VARIABLES) as context:
        asked, given = read({name: value for name, value in context.params.items() if name != "paths"})

        def variable_of(name: str) -> str | None:
            source = context.get_parameter_source(name)
            return f"{_VARIABLES}_{name.upper()}" if source is ParameterSource.ENVIRONMENT else None

        given = given._replace(default_format=default_format())
        options = configured(given, file or asked.config, isolated or asked.isolated)
        return settings_in_force(options, given, variable_of)


def _lines(setting: Setting, paint: Paint) -> Iterator[str]:
    value = "none" if setting.value is None else visible(json.dumps(setting.value, ensure_ascii=False))
    yield f"{paint.bold(setting.key.name)} = {value}"
    yield f"    {setting.key.effect.replace('`', '')}"
    yield f"    type: {setting.key.kind.replace('`', '')}; default: {setting.key.default.replace('`', '')}"
    yield f"    source: {visible(', '.join(_sources(setting)))}"


def _sources(setting: Setting) -> list[str]:
    variable = [f"environment variable {setting.variable}"] if setting.variable else []
    return [*variable, *map(_place, setting.origins)] or ["default"]


def _place(origin: Origin) -> str:
    return f"{display_name(origin.path)}:{origin.line}"


def _object(setting: Setting) -> dict[str, Any]:
    return {
        "name": setting.key.name,
        "type": setting.key.kind.replace("`", ""),
        "effect": setting.key.effect.replace("`", ""),
        "default": setting.key.default.replace("`", ""),
        "value": setting.value,
        "sources": [
            *([{"kind": "environment", "variable": setting.variable}] if setting.variable else []),
            *(
                {"kind": "file", "filename": os.fspath(display_name(origin.path)), "row": origin.line}
                for origin in setting.origins
            ),
        ],
    }
