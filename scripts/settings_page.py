"""The reference of settings: keys of the configuration, options of each command, and variables of the environment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module

import click

from minimax_validate.cli import COMMANDS, cli
from minimax_validate.project.keys import KEYS

PREFIX = "MINIMAX_VALIDATE"

OTHER_VARIABLES = (
    ("`NO_COLOR`", "Do not write colors, if it is set and not empty."),
    ("`FORCE_COLOR`, `CLICOLOR_FORCE`", "Write colors even if the output is not a terminal."),
    ("`TERM`", "`dumb`: do not write colors."),
    (
        "`FORCE_HYPERLINK`",
        "Write rule codes as hyperlinks to the pages of the rules, even if the terminal is not known to show them. "
        "`0`: do not write hyperlinks.",
    ),
    ("`GITHUB_ACTIONS`", "`true`: the default output format is `github`."),
)

_INTRODUCTION = """# Settings

This page is generated from the code. It lists every setting.

Command-line options override environment variables, and both override the configuration file. `minimax-validate
config` prints each setting with its value and the source of the value. `minimax-validate check --show-settings` prints
the settings of a run as a configuration file.

Rules are selected by code (`MM204`), by a prefix of codes (`MM2`), by name (`separated-tool-result`) or by `ALL`."""

_CONFIGURATION = """## Configuration file

The keys belong in `[tool.minimax-validate]` of `pyproject.toml`, or at the top of `minimax-validate.toml`. The nearest
such file above the working directory is used.

| key | type | default | effect |
| --- | --- | --- | --- |"""

_EXTEND = """### Share settings between projects

With `extend`, a configuration uses the settings of another file:

```toml
# services/chat/minimax-validate.toml
extend = "../../minimax-base.toml"
ignore = ["MM503"]
```

- The path is relative to the file that contains it. The other file is a `.toml` file. It can be a `pyproject.toml`, and
  can extend another file. It must be in the same repository, or in the same directory or below if there is no
  repository.
- A key replaces the same key of the extended file. Lists and tables are replaced as a whole. Only `extend-select` is
  added to that of the extended file. `select` also replaces the `extend-select` of the extended file.
- Patterns and paths are relative to the file that contains them.
- Files that extend each other are an error.

`minimax-validate config` and `check --show-settings` name the file that each value comes from."""

_SCHEMA = """### JSON Schema

`minimax-validate schema config.json` prints a JSON Schema (draft-07) of the configuration. With it, editors complete
keys and rules, and report unknown ones. Taplo, Even Better TOML and Tombi find it by the first line of a
`minimax-validate.toml`:

```toml
#:schema https://raw.githubusercontent.com/minimax-validate/minimax-validate/main/schemas/config.json
```

The path of a local copy works too: `#:schema ./config.json`. For a `pyproject.toml`, put a rule into `.taplo.toml`:

```toml
[[rule]]
include = ["**/pyproject.toml"]
keys = ["tool.minimax-validate"]

[rule.schema]
url = "https://raw.githubusercontent.com/minimax-validate/minimax-validate/main/schemas/config.json"
```"""


def settings_page() -> str:
    """The page as Markdown."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield _INTRODUCTION
    yield ""
    yield _CONFIGURATION
    for key in KEYS:
        yield _row(f"`{key.name}`", key.kind, key.default, key.effect)
    yield ""
    yield _EXTEND
    yield ""
    yield _SCHEMA
    yield ""
    yield "## Command line and environment"
    yield ""
    yield "Each option has an environment variable. Spaces separate the values of a repeatable option."
    for name in COMMANDS:
        yield from _command(name)
    yield ""
    yield "## Other environment variables"
    yield ""
    yield "| variable | effect |"
    yield "| --- | --- |"
    yield from (_row(name, effect) for name, effect in OTHER_VARIABLES)


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
    with click.Context(command, info_name=name, auto_envvar_prefix=f"{PREFIX}_{name.upper()}") as context:
        for option in options:
            yield _row(
                _spelled(option, context), option.help or "", default_of(option, context), _variable(option, name)
            )


def _summary(command: click.Command) -> str:
    return " ".join((command.help or "").partition("\n\n")[0].split())


def _spelled(option: click.Option, context: click.Context) -> str:
    names = ", ".join(f"`{name}`" for name in (*option.opts, *option.secondary_opts))
    if option.is_flag or option.count:
        return names
    return f"{names} {option.make_metavar(context)}"


def default_of(option: click.Option, context: click.Context) -> str:
    """The default of an option in words; nothing if it has none."""
    default = option.get_help_extra(context).get("default")
    return f"{str(default).strip('()')}" if default else ""


def _variable(option: click.Option, command: str) -> str:
    if isinstance(option.envvar, str):
        return f"`{option.envvar}`"
    return f"`{PREFIX}_{command.upper()}_{(option.name or '').upper()}`" if option.allow_from_autoenv else ""


def _row(*cells: str) -> str:
    return f"| {' | '.join(_cells(cells))} |"


def _cells(cells: Iterable[str]) -> Iterator[str]:
    return (cell.replace("|", "\\|").replace("<", "&lt;") for cell in cells)
