"""``--help``: what it says of each command, and that nothing in it is cut, wrong or too wide."""

from __future__ import annotations

import shlex
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from syrupy.assertion import SnapshotAssertion

from minimax_validate.cli import COMMANDS, cli
from minimax_validate.cli.command import Command, Group, Option
from minimax_validate.values.addresses import DOCS

ROOT = Path(__file__).parents[2]


def help_of(*arguments: str, columns: int = 80) -> str:
    """The help of a command on a terminal of some width."""
    environment = {"COLUMNS": f"{columns}"}
    done = CliRunner().invoke(cli, [*arguments, "--help"], env=environment, prog_name="minimax-validate")
    assert done.exit_code == 0
    return done.output


def command_of(name: str) -> click.Command:
    """A subcommand."""
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    return command


@pytest.mark.parametrize("arguments", [(), *((name,) for name in COMMANDS)])
def test_help(arguments: tuple[str, ...], snapshot: SnapshotAssertion) -> None:
    """The help of each command at 80 columns."""
    assert help_of(*arguments) == snapshot


@pytest.mark.parametrize("arguments", [(), *((name,) for name in COMMANDS)])
def test_no_line_is_too_long(arguments: tuple[str, ...]) -> None:
    """No line but an address is longer than a terminal of 80 columns, and a wider one changes nothing."""
    lines = help_of(*arguments).splitlines()
    assert max(len(line) for line in lines if DOCS not in line) <= 80
    assert help_of(*arguments, columns=200).splitlines() == lines


def test_summaries_are_whole() -> None:
    """The list of commands has the short help of each, not cut."""
    shown = help_of()
    for name in COMMANDS:
        assert f"  {name:<{max(map(len, COMMANDS))}}  {command_of(name).short_help}\n" in shown


@pytest.mark.parametrize("name", COMMANDS)
def test_variables_are_named_like_their_options(name: str) -> None:
    """The environment variable of each option can be guessed from the option: it ends with one of its names."""
    for each in command_of(name).params:
        if isinstance(each, Option):
            spellings = {option.lstrip("-").replace("-", "_") for option in each.opts}
            assert each.name in spellings, each.opts


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_explained_under_a_heading(name: str) -> None:
    """Each option names its group and says what it does, in sentences."""
    options = [each for each in command_of(name).params if isinstance(each, click.Option)]
    assert [each.name for each in options if not isinstance(each, Option)] == []
    assert [each.name for each in options if not (each.help or "").endswith(".")] == []
    assert all(each.opts[-1] in help_of(name) for each in options)


@pytest.mark.parametrize("name", COMMANDS)
def test_examples_are_accepted(name: str) -> None:
    """The command accepts its own examples: the options and arguments in them exist."""
    command = command_of(name)
    assert isinstance(command, Command)
    for line in command.examples.values():
        for part in line.removeprefix('eval "$(').removesuffix(')"').partition("|")[0].partition("<")[:1]:
            program, *words = shlex.split(part.partition(">")[0])
            if program == "minimax-validate":
                assert words[0] == name
                command.make_context(name, words[1:]).close()


@pytest.mark.parametrize("name", COMMANDS)
def test_addresses_lead_to_pages(name: str) -> None:
    """The page that a help names exists in the repository."""
    shown = help_of(name).splitlines()[-1].strip()
    assert shown.startswith(f"{DOCS}/")
    assert (ROOT / "docs" / shown.removeprefix(f"{DOCS}/")).is_file()


def test_a_new_option_only_names_its_group() -> None:
    """An option appears under the heading of its group, with its default in words; any other option comes last."""
    command = Command(
        "try",
        params=[
            click.Option(["--plain"], is_flag=True, help="Be plain."),
            Option(["--odd"], group=Group.FIXES, show_default="even", help="Be odd."),
        ],
        examples={"Try it:": "minimax-validate try"},
        exits={0: "It went well."},
        page="index",
    )
    shown = command.get_help(click.Context(command, info_name="try"))
    headings = [line for line in shown.splitlines() if line and not line.startswith((" ", DOCS))]
    assert headings[1:] == ["Fixes:", "Other options:", "Examples:", "Exit codes:", "Documentation:"]
    assert "  --odd TEXT                Be odd. Default: even.\n" in shown
