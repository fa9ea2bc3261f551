"""The reference of settings: keys of the configuration, options of each command, and variables of the environment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module

import click

from minimax_validate.cli import COMMANDS, cli
from minimax_validate.values.limits import DEFAULTS, NUMBERS

_PREFIX = "MINIMAX_VALIDATE"

KEYS: dict[str, tuple[str, str, str]] = {
    "select": ("list of rules", "every rule whose severity is not info", "Run only these rules."),
    "extend-select": ("list of rules", "`[]`", "Run these rules in addition to the selected ones."),
    "ignore": ("list of rules", "`[]`", "Do not run these rules."),
    "severity": ("table: rule to severity", "`{}`", "Replace the severity of a rule."),
    "contract": ("string", "`2026-04`", "The vendor's schema that requests must satisfy: `2026-04` or `2026-05`."),
    "exclude": ("list of patterns", "`[]`", "Skip these files and directories. Patterns work as in `.gitignore`."),
    "include": ("list of patterns", "`[]`", "Check these files too when a directory is searched."),
    "assume-model": (
        "list of patterns",
        "`[]`",
        "Assume that requests in these files are for this model even if they do not name it.",
    ),
    "fail-on": ("string", "`error`", "Exit with 1 if a finding has this severity or a higher one."),
    "fail-on-no-requests": ("boolean", "`false`", "Exit with 1 if no request is found."),
    "max-warnings": ("integer", "no limit", "Exit with 1 if there are more warnings than this."),
    "jobs": ("integer", "all cores for much input, 1 for little", "Check in this many processes at once."),
    "output-format": ("string", "`text`; `github` in GitHub Actions", "How findings are written."),
    "redact": ("boolean", "set by the output format", "Show only short excerpts of the text of requests."),
    "baseline": ("path", "none", "Ignore the findings that this file lists."),
    "tokenizer": ("path or `o200k`", "none", "Count tokens with this `tokenizer.json`."),
    "context-window": ("integer, tokens", "", "The context window that MM701 to MM703 compare with."),
    "json-schema-name-length": ("integer, characters", "", "The longest name that MM122 accepts."),
    "small-token-limit": ("integer, tokens", "", "MM606 reports completion limits below this."),
    "per-file-ignores": ("table: pattern to list of rules", "`{}`", "Ignore rules in some files."),
    "ignore-at": (
        "table: `file#/pointer` to list of rules",
        "`{}`",
        "Ignore rules at one place of a file, written as a JSON Pointer.",
    ),
}
"""Each key of the configuration: its type, its default, and what it does."""

_OTHERS = (
    ("`NO_COLOR`", "Do not write colors, if it is set and not empty."),
    ("`FORCE_COLOR`, `CLICOLOR_FORCE`", "Write colors even if the output is not a terminal."),
    ("`TERM`", "`dumb`: do not write colors."),
    ("`GITHUB_ACTIONS`", "`true`: the default output format is `github`."),
)

_INTRODUCTION = """# Settings

This page is generated from the code. It lists every setting.

If a setting has several sources, an option of the command line wins over a variable of the environment, which wins
over the configuration file. `minimax-validate check --show-settings` prints the settings of a run.

Rules are selected by code (`MM204`), by a prefix of codes (`MM2`), by name (`separated-tool-result`) or by `ALL`."""

_CONFIGURATION = """## Configuration file

The keys belong in `[tool.minimax-validate]` of `pyproject.toml`, or at the top of `minimax-validate.toml`. The nearest
such file above the working directory is used.

| key | type | default | effect |
| --- | --- | --- | --- |"""


def settings_page() -> str:
    """The page as Markdown."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield _INTRODUCTION
    yield ""
    yield _CONFIGURATION
    for key, (kind, default, effect) in KEYS.items():
        yield _row(f"`{key}`", kind, default or f"`{_limit(key)}`", effect)
    yield ""
    yield "## Command line and environment"
    yield ""
    yield "Each option has a variable of the environment. Spaces separate the values of a repeatable option."
    for name in COMMANDS:
        yield from _command(name)
    yield ""
    yield "## Other environment variables"
    yield ""
    yield "| variable | effect |"
    yield "| --- | --- |"
    yield from (_row(name, effect) for name, effect in _OTHERS)


def _limit(key: str) -> int:
    name = key.replace("-", "_")
    if name not in NUMBERS:
        raise KeyError(key)
    value: int = getattr(DEFAULTS, name)
    return value


def _command(name: str) -> Iterator[str]:
    command: click.Command = import_module(f"{cli.__module__}.{name}").command
    options = [option for option in command.params if isinstance(option, click.Option) and not option.hidden]
    yield ""
    yield f"### `minimax-validate {name}`"
    yield ""
    yield _summary(command)
    yield ""
    if not options:
        yield "This command has no options."
        return
    yield "| option | effect | default | variable |"
    yield "| --- | --- | --- | --- |"
    with click.Context(command, info_name=name, auto_envvar_prefix=f"{_PREFIX}_{name.upper()}") as context:
        for option in options:
            yield _row(_spelled(option, context), option.help or "", _default(option, context), _variable(option, name))


def _summary(command: click.Command) -> str:
    return " ".join((command.help or "").partition("\n\n")[0].split())


def _spelled(option: click.Option, context: click.Context) -> str:
    names = ", ".join(f"`{name}`" for name in (*option.opts, *option.secondary_opts))
    if option.is_flag or option.count:
        return names
    return f"{names} {option.make_metavar(context)}"


def _default(option: click.Option, context: click.Context) -> str:
    default = option.get_help_extra(context).get("default")
    return f"{str(default).strip('()')}" if default else ""


def _variable(option: click.Option, command: str) -> str:
    if isinstance(option.envvar, str):
        return f"`{option.envvar}`"
    return f"`{_PREFIX}_{command.upper()}_{(option.name or '').upper()}`" if option.allow_from_autoenv else ""


def _row(*cells: str) -> str:
    return f"| {' | '.join(_cells(cells))} |"


def _cells(cells: Iterable[str]) -> Iterator[str]:
    return (cell.replace("|", "\\|").replace("<", "&lt;") for cell in cells)
