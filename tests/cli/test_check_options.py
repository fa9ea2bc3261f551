"""The options of ``check``: how each is written, what the help shows of it, and what a run gets."""

from __future__ import annotations

from typing import Any

import click
import pytest

from minimax_validate.cli.check import command
from minimax_validate.cli.check_options import Asked, check_options, read
from minimax_validate.cli.command import Command, Option
from minimax_validate.cli.configuration import configuration_options
from minimax_validate.project.options import Given, Output

OPTIONS: list[tuple[str, tuple[str, ...], str, object]] = [
    (
        "--select RULES",
        ("--select", " MM1,null-content ", "--select", "MM2,"),
        "select",
        ("MM1", "null-content", "MM2"),
    ),
    ("--extend-select RULES", ("--extend-select", "MM1", "--extend-select", "MM2"), "extend_select", ("MM1", "MM2")),
    ("--ignore RULES", ("--ignore", "MM1 , MM2"), "ignore", ("MM1", "MM2")),
    ("--contract [2026-04|2026-05]", ("--contract", "2026-05"), "contract", "2026-05"),
    ("--stdin-filename NAME", ("--stdin-filename", "a.yaml"), "stdin_filename", "a.yaml"),
    ("--exclude PATTERN", ("--exclude", "a,b/", "--exclude", "*.c"), "exclude", ("a,b/", "*.c")),
    ("--force-exclude", ("--force-exclude",), "force_exclude", True),
    ("--pass-over", ("--pass-over",), "pass_over", True),
    ("--show-files", ("--show-files",), "show_files", True),
    ("-v, --verbose", ("-v",), "verbose", True),
    ("-v, --verbose", ("--verbose",), "verbose", True),
    ("--fix", ("--fix",), "fix", True),
    ("--unsafe-fixes", ("--unsafe-fixes",), "unsafe_fixes", True),
    ("--diff", ("--diff",), "diff", True),
    ("--show-fixes", ("--show-fixes",), "show_fixes", True),
    ("--output-format FORMAT", ("--output-format", "sarif"), "output_format", "sarif"),
    ("--output-file FILE", ("--output-file", "a"), "output_file", "a"),
    (
        "--output FORMAT=FILE",
        ("--output", "json=a=b", "--output", "sarif=-"),
        "output",
        (Output("json", "a=b"), Output("sarif", "-")),
    ),
    ("--redact / --no-redact", ("--redact",), "redact", True),
    ("--redact / --no-redact", ("--no-redact",), "redact", False),
    ("--show-all", ("--show-all",), "show_all", True),
    ("--statistics", ("--statistics",), "statistics", True),
    ("-q, --quiet", ("-q",), "quiet", True),
    ("-q, --quiet", ("--quiet",), "quiet", True),
    ("--color [auto|always|never]", ("--color", "never"), "color", "never"),
    ("--fail-on [error|warning|info]", ("--fail-on", "info"), "fail_on", "info"),
    ("--max-warnings N", ("--max-warnings", "0"), "max_warnings", 0),
    ("--fail-on-no-requests", ("--fail-on-no-requests",), "fail_on_no_requests", True),
    ("--exit-non-zero-on-fix", ("--exit-non-zero-on-fix",), "exit_non_zero_on_fix", True),
    ("--exit-zero", ("--exit-zero",), "exit_zero", True),
    ("--baseline FILE", ("--baseline", "a"), "baseline", "a"),
    ("--write-baseline", ("--write-baseline",), "write_baseline", True),
    ("--add-ignores", ("--add-ignores",), "add_ignores", True),
    ("--config FILE", ("--config", "a"), "config", "a"),
    ("--isolated", ("--isolated",), "isolated", True),
    ("--tokenizer FILE", ("--tokenizer", "a"), "tokenizer", "a"),
    ("--show-settings", ("--show-settings",), "show_settings", True),
    ("--jobs N", ("--jobs", "1"), "jobs", 1),
    ("--jobs N", ("--jobs", "256"), "jobs", 256),
    ("--engine [local|ray]", ("--engine", "ray"), "engine", "ray"),
    ("--ray-address ADDRESS", ("--ray-address", "a:1"), "ray_address", "a:1"),
    ("--watch", ("--watch",), "watch", True),
]


def values(*arguments: str) -> tuple[dict[str, Any], list[str]]:
    """What a command line sets, by name, and the options as the help names them."""
    with command.make_context("check", list(arguments)) as context:
        asked, given = read({name: value for name, value in context.params.items() if name != "paths"})
        records = [each.get_help_record(context) for each in command.params if isinstance(each, Option)]
    return {**asked._asdict(), **given._asdict()}, [record[0] for record in records if record]


@pytest.mark.parametrize(("shown", "arguments", "name", "value"), OPTIONS, ids=[" ".join(row[1]) for row in OPTIONS])
def test_option(shown: str, arguments: tuple[str, ...], name: str, value: object) -> None:
    """An option sets its own value and no other, and is in the help once, with what it takes."""
    before, after = values()[0], values(*arguments)[0]
    assert {key for key in after if after[key] != before[key]} == {name}
    assert (after[name], type(after[name])) == (value, type(value))
    assert values()[1].count(shown) == 1


def test_every_option_is_here() -> None:
    """The table above has all options, and without any, nothing is asked for."""
    set_by_nothing, shown = values()
    assert {row[0] for row in OPTIONS} == set(shown)
    assert {row[2] for row in OPTIONS} == {*Asked._fields, *Given._fields} - {"default_format"}
    assert {name: value for name, value in set_by_nothing.items() if value not in (None, (), False)} == {
        "stdin_filename": "stdin.json",
        "color": "auto",
        "engine": "local",
        "default_format": "text",
    }
    assert set_by_nothing["redact"] is None


def test_options_of_another_command() -> None:
    """The same options can be given to another command, and those about the configuration alone to one more."""

    def records(made: click.Command) -> list[tuple[str, str] | None]:
        context = click.Context(made)
        return [each.get_help_record(context) for each in made.params if isinstance(each, Option)]

    make = click.command(cls=Command, examples={}, exits={}, page="index")
    assert records(make(check_options(lambda **_: None))) == records(command)
    configured = records(make(configuration_options(lambda **_: None)))
    assert [record[0] for record in configured if record] == ["--config FILE", "--isolated", "--tokenizer FILE"]
    assert all(record in records(command) for record in configured)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--jobs", "0"), "0 is not in the range 1<=x<=256."),
        (("--jobs", "257"), "257 is not in the range 1<=x<=256."),
        (("--max-warnings", "-1"), "-1 is not in the range x>=0."),
        (("--contract", "2026-03"), "'2026-03' is not one of '2026-04', '2026-05'."),
        (("--engine", "spark"), "'spark' is not one of 'local', 'ray'."),
        (("--fail-on", "fatal"), "'fatal' is not one of 'error', 'warning', 'info'."),
        (("--exclude", "x[w-f]y"), '"x[w-f]y" is not a valid .gitignore pattern'),
        (("--output", "json"), '"json" has no file; write json=FILE, or json=- for standard output'),
        (("--output-format", "jsonl"), 'unknown format "jsonl"; did you mean "json"?'),
    ],
)
def test_value_that_an_option_does_not_accept(arguments: tuple[str, ...], said: str) -> None:
    """A value out of range or without meaning is refused with what is accepted."""
    with pytest.raises(click.BadParameter) as raised:
        values(*arguments)
    assert raised.value.message.endswith(said)
