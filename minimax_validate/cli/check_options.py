"""The options of ``minimax-validate check``, and the values they come as."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import Any, NamedTuple

import click

from minimax_validate.cli.command import Group, option
from minimax_validate.cli.configuration import Command, configuration_options
from minimax_validate.cli.outputs import FormatType, read_outputs
from minimax_validate.cli.terminal import COLOR, STDIN_FILENAME
from minimax_validate.output.formats import FORMATS
from minimax_validate.project.config import MOST_JOBS, SEVERITIES
from minimax_validate.project.discover import is_pattern
from minimax_validate.project.options import BASELINE, Given
from minimax_validate.values.contracts import APRIL, CONTRACTS
from minimax_validate.values.wording import listed, quote

LOCAL, RAY = ENGINES = ("local", "ray")
"""Where a run checks: on this machine, or on a cluster of Ray."""


class Asked(NamedTuple):
    """What a run does, apart from what the configuration can set too."""

    fix: bool
    unsafe_fixes: bool
    diff: bool
    show_fixes: bool
    stdin_filename: str
    exit_zero: bool
    exit_non_zero_on_fix: bool
    statistics: bool
    show_all: bool
    config: str | None
    isolated: bool
    write_baseline: bool
    add_ignores: bool
    watch: bool
    show_settings: bool
    show_files: bool
    verbose: bool
    quiet: bool
    color: str
    engine: str
    ray_address: str | None


def read(values: dict[str, Any]) -> tuple[Asked, Given]:
    """Split the values of the options, by name, into those of a run and those that the configuration can set too."""
    asked = Asked._fields
    given = {name: value for name, value in values.items() if name not in asked}
    return Asked(**{name: values[name] for name in asked}), Given(**given)


def _selectors(context: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """Read selectors from repeated options and from comma-separated lists."""
    return tuple(selector.strip() for value in values for selector in value.split(",") if selector.strip())


def _patterns(context: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """Reject patterns that cannot match any file, as the configuration does."""
    for value in values:
        if not is_pattern(value):
            raise click.BadParameter(f"{quote(value)} is not a valid .gitignore pattern")
    return values


def _selector_option(name: str, text: str) -> Callable[[Command], Command]:
    return option(name, group=Group.RULES, multiple=True, metavar="RULES", callback=_selectors, help=text)


_OPTIONS: tuple[Callable[[Command], Command], ...] = (
    _selector_option(
        "--select", "Run only these rules: comma-separated codes, prefixes of codes, names or ALL; repeatable."
    ),
    _selector_option("--extend-select", "Run these rules in addition to the selected ones; repeatable."),
    _selector_option("--ignore", "Do not run these rules; repeatable."),
    option(
        "--contract",
        group=Group.RULES,
        type=click.Choice(CONTRACTS),
        show_default=APRIL,
        help="Check against this version of the vendor's schema; 2026-05 also accepts Anthropic's Messages format.",
    ),
    option(
        "--fix", group=Group.FIXES, is_flag=True, help="Apply safe fixes in place, then report the remaining findings."
    ),
    option(
        "--unsafe-fixes",
        group=Group.FIXES,
        is_flag=True,
        help="With --fix or --diff: also apply fixes that may change the meaning of a request.",
    ),
    option(
        "--diff",
        group=Group.FIXES,
        is_flag=True,
        help="Print what --fix would change, and change no file. Exit with 1 if there is a difference.",
    ),
    option("--show-fixes", group=Group.FIXES, is_flag=True, help="With --fix: list the applied fixes."),
    option(
        "--output-format",
        group=Group.OUTPUT,
        type=FormatType(),
        metavar="FORMAT",
        show_default="text, or github in GitHub Actions",
        help=f"Write findings in this format: {listed(FORMATS)}.",
    ),
    option(
        "--output-file",
        group=Group.OUTPUT,
        metavar="FILE",
        help="Write findings to FILE instead of standard output.",
    ),
    option(
        "--output",
        group=Group.OUTPUT,
        multiple=True,
        metavar="FORMAT=FILE",
        callback=read_outputs,
        help="Write findings to FILE in one more format, e.g. sarif=findings.sarif; repeatable. "
        "Use - for standard output.",
    ),
    option(
        "--redact/--no-redact",
        group=Group.OUTPUT,
        default=None,
        show_default="on for the formats sarif, github, gitlab, junit and markdown, off for the others",
        help="Shorten the text of requests to excerpts.",
    ),
    option(
        "--show-all",
        group=Group.OUTPUT,
        is_flag=True,
        help="Show every finding. Without it, a terminal shows only the first 10 findings of a rule with more than 50.",
    ),
    option(
        "--statistics",
        group=Group.OUTPUT,
        is_flag=True,
        help="Print the number of findings per rule instead of the findings.",
    ),
    STDIN_FILENAME,
    option(
        "--exclude",
        group=Group.FILES,
        multiple=True,
        metavar="PATTERN",
        callback=_patterns,
        help="Skip files and directories that match this .gitignore pattern; repeatable.",
    ),
    option(
        "--force-exclude",
        group=Group.FILES,
        is_flag=True,
        help="Apply --exclude to files given on the command line too (for pre-commit).",
    ),
    option(
        "--pass-over",
        group=Group.FILES,
        is_flag=True,
        help="Skip files without a request even if they are given on the command line (for pre-commit).",
    ),
    option(
        "--fail-on",
        group=Group.EXIT,
        type=click.Choice(list(SEVERITIES)),
        show_default="error",
        help="Exit with 1 if any finding has at least this severity.",
    ),
    option(
        "--max-warnings",
        group=Group.EXIT,
        type=click.IntRange(min=0),
        metavar="N",
        show_default="no limit",
        help="Exit with 1 if there are more than N warnings.",
    ),
    option("--fail-on-no-requests", group=Group.EXIT, is_flag=True, help="Exit with 1 if no request was found."),
    option(
        "--exit-non-zero-on-fix",
        group=Group.EXIT,
        is_flag=True,
        help="Exit with 1 if --fix changed a file, even if no finding remains.",
    ),
    option("--exit-zero", group=Group.EXIT, is_flag=True, help="Exit with 0 even if there are findings."),
    option(
        "--jobs",
        group=Group.RUN,
        type=click.IntRange(1, MOST_JOBS),
        metavar="N",
        show_default="all cores for much input, 1 for little",
        help="Check in this many processes at once. The output is the same.",
    ),
    option(
        "--engine",
        group=Group.RUN,
        type=click.Choice(ENGINES),
        default=LOCAL,
        show_default=True,
        help="Check on this machine, or on the nodes of a Ray cluster. The output is the same.",
    ),
    option(
        "--ray-address",
        group=Group.RUN,
        metavar="ADDRESS",
        show_default="a cluster that Ray finds, or one started for the run",
        help="With --engine ray: use the cluster at this address.",
    ),
    option(
        "--watch",
        group=Group.RUN,
        is_flag=True,
        help="Check again each time a file changes. Requires the `watch` extra.",
    ),
    configuration_options,
    option("--baseline", group=Group.EXISTING, metavar="FILE", help="Ignore the findings that FILE lists."),
    option(
        "--write-baseline",
        group=Group.EXISTING,
        is_flag=True,
        help=f"Write the current findings to the baseline file; later runs with --baseline ignore them. The file is "
        f"that of --baseline, or {BASELINE}.",
    ),
    option(
        "--add-ignores",
        group=Group.EXISTING,
        is_flag=True,
        help="Add comments that ignore the current findings, in files whose format has comments.",
    ),
    option(
        "--show-settings",
        group=Group.CONFIGURATION,
        is_flag=True,
        help="Print the resolved settings and exit.",
    ),
    option(
        "--show-files",
        group=Group.FILES,
        is_flag=True,
        help="List the files that would be checked, with their number of requests, and exit.",
    ),
    option(
        "-v",
        "--verbose",
        group=Group.FILES,
        is_flag=True,
        help="With --show-files: also list the skipped files, each with the reason.",
    ),
    option("-q", "--quiet", group=Group.OUTPUT, is_flag=True, help="Print only findings, without a summary."),
    COLOR,
)


def check_options(command: Command) -> Command:
    """Give a command all of them."""
    return reduce(lambda wrapped, add: add(wrapped), reversed(_OPTIONS), command)
