"""What ``minimax-validate check`` can be asked for: its options, and the values they come as."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import reduce
from typing import Any

import click

from minimax_validate.cli.configuration import Command, configuration_options
from minimax_validate.cli.outputs import FormatType, read_outputs
from minimax_validate.cli.terminal import COLOR
from minimax_validate.project.config import MOST_JOBS, SEVERITIES
from minimax_validate.project.discover import is_pattern
from minimax_validate.project.options import BASELINE, Given
from minimax_validate.values.contracts import APRIL, CONTRACTS
from minimax_validate.values.wording import quote

LOCAL, RAY = ENGINES = ("local", "ray")
"""Where a run checks: on this machine, or on a cluster of Ray."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a run is to do, beside what the configuration has a say in."""

    fix: bool
    unsafe_fixes: bool
    diff: bool
    show_fixes: bool
    stdin_filename: str
    exit_zero: bool
    exit_non_zero_on_fix: bool
    statistics: bool
    config: str | None
    isolated: bool
    write_baseline: bool
    show_settings: bool
    show_files: bool
    verbose: bool
    quiet: bool
    color: str
    engine: str
    ray_address: str | None


def read(values: dict[str, Any]) -> tuple[Asked, Given]:
    """The values of the options, by the name of each, with what the configuration has a say in apart."""
    asked = {field.name for field in fields(Asked)}
    given = {name: value for name, value in values.items() if name not in asked}
    return Asked(**{name: values[name] for name in asked}), Given(**given)


def _selectors(context: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """Read selectors given one by one or with commas between them."""
    return tuple(selector.strip() for value in values for selector in value.split(",") if selector.strip())


def _patterns(context: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """Refuse what no file can match, as in the configuration."""
    for value in values:
        if not is_pattern(value):
            raise click.BadParameter(f"{quote(value)} is no pattern as in .gitignore")
    return values


def _selector_option(name: str, text: str) -> Callable[[Command], Command]:
    return click.option(name, multiple=True, metavar="RULES", callback=_selectors, help=text)


_OPTIONS: tuple[Callable[[Command], Command], ...] = (
    _selector_option("--select", "Run these rules alone: codes, prefixes, names or ALL, with commas between."),
    _selector_option("--extend-select", "Run these rules too."),
    _selector_option("--ignore", "Leave these rules out."),
    click.option(
        "--contract",
        type=click.Choice(CONTRACTS),
        show_default=APRIL,
        help="The vendor's schema that requests are judged by; that of 2026-05 has Anthropic's Messages format too.",
    ),
    click.option("--fix", is_flag=True, help="Fix in the files what is safe to fix, and tell what is left."),
    click.option(
        "--unsafe-fixes", is_flag=True, help="With --fix or --diff: make the fixes too that give something up."
    ),
    click.option(
        "--diff",
        is_flag=True,
        help="Show what --fix would change, and change nothing; exit with 1 if there is anything.",
    ),
    click.option("--show-fixes", is_flag=True, help="With --fix: list what was fixed."),
    click.option(
        "--output-format",
        type=FormatType(),
        show_default="text, in GitHub Actions github",
        help="How findings are written.",
    ),
    click.option("--output-file", metavar="FILE", help="Where they are written, in place of standard output."),
    click.option(
        "--output",
        multiple=True,
        metavar="FORMAT=FILE",
        callback=read_outputs,
        help="Write them to a file in a format of its own too; - is standard output.",
    ),
    click.option(
        "--redact/--no-redact",
        default=None,
        help="Show no more than short excerpts of texts; formats for the logs and artifacts of CI do so by themselves.",
    ),
    click.option(
        "--stdin-filename", metavar="NAME", default="stdin.json", help="The name that standard input (-) goes by."
    ),
    click.option(
        "--exclude",
        multiple=True,
        metavar="PATTERN",
        callback=_patterns,
        help="Leave out files and folders, by patterns as in .gitignore.",
    ),
    click.option("--force-exclude", is_flag=True, help="Leave out what --exclude matches even where it is named."),
    click.option("--pass-over", is_flag=True, help="Pass over named files without a request, as a walk does."),
    click.option(
        "--fail-on",
        type=click.Choice(list(SEVERITIES)),
        show_default="error",
        help="The least severity to exit with 1 for.",
    ),
    click.option(
        "--max-warnings", type=click.IntRange(min=0), metavar="N", help="Exit with 1 for more warnings than this."
    ),
    click.option(
        "--jobs",
        type=click.IntRange(1, MOST_JOBS),
        metavar="N",
        show_default="all cores for much input, 1 for little",
        help="Check in this many processes at once; what is written is the same.",
    ),
    click.option(
        "--engine",
        type=click.Choice(ENGINES),
        default=LOCAL,
        show_default=True,
        help="Check on this machine, or on the nodes of a Ray cluster; what is written is the same.",
    ),
    click.option(
        "--ray-address",
        metavar="ADDRESS",
        show_default="a cluster that Ray finds, or one started for the run",
        help="With --engine ray: use the cluster at this address.",
    ),
    click.option("--fail-on-no-requests", is_flag=True, help="Exit with 1 if no request was found."),
    click.option(
        "--exit-non-zero-on-fix", is_flag=True, help="Exit with 1 if --fix changed a file, even if no finding remains."
    ),
    click.option("--exit-zero", is_flag=True, help="Exit with 0 whatever is found."),
    click.option("--statistics", is_flag=True, help="Show how often each rule was broken, in place of the findings."),
    configuration_options,
    click.option("--baseline", metavar="FILE", help="Leave out the findings that this file lists."),
    click.option(
        "--write-baseline",
        is_flag=True,
        help=f"List what is found in --baseline, or {BASELINE}, to be left out from now on.",
    ),
    click.option(
        "--show-settings", is_flag=True, help="Show what options and configuration come to, and check nothing."
    ),
    click.option(
        "--show-files", is_flag=True, help="Show which files would be checked, with their requests, and check none."
    ),
    click.option("-v", "--verbose", is_flag=True, help="With --show-files: show what is passed over too, and why."),
    click.option("-q", "--quiet", is_flag=True, help="Write findings only, no summary."),
    COLOR,
)


def check_options(command: Command) -> Command:
    """Give a command all of them."""
    return reduce(lambda wrapped, option: option(wrapped), reversed(_OPTIONS), command)
