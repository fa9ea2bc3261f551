"""``minimax-validate init``: write a configuration, hooks and a workflow for a repository."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from difflib import unified_diff
from importlib.util import find_spec
from pathlib import Path

import click

from minimax_validate.cli.command import Command, Group, option
from minimax_validate.cli.exits import MISUSE
from minimax_validate.cli.terminal import COLOR, style
from minimax_validate.output.color import Paint
from minimax_validate.output.escape import visible
from minimax_validate.project.adoption.configuration import nearest_above
from minimax_validate.project.adoption.plan import Plan, plan, write
from minimax_validate.project.adoption.pre_commit import FILE as HOOKS
from minimax_validate.project.adoption.proposal import SITE, Proposal
from minimax_validate.project.adoption.survey import Survey, survey
from minimax_validate.project.atomic import NotReplacedError
from minimax_validate.project.files import display_name
from minimax_validate.values.wording import count, listed


@click.command(
    cls=Command,
    short_help="Write a configuration, hooks and a workflow.",
    examples={
        "Show what would be written:": "minimax-validate init --dry-run",
        "Write the files:": "minimax-validate init",
    },
    exits={0: "The files were written, or nothing was missing.", 2: "A usage error, or a file cannot be written."},
    page="adoption",
)
@option("--dry-run", group=Group.OUTPUT, is_flag=True, help="Show what would be written as a diff, and write nothing.")
@COLOR
@click.pass_context
def command(context: click.Context, dry_run: bool, color: str) -> None:
    """Write the files that check every change to this repository.

    These are a configuration, pre-commit hooks and a GitHub Actions workflow. Existing files are not overwritten: hooks
    are added to an existing file, and existing settings do not change.
    """
    found = survey(Path.cwd())
    planned = plan(found)
    click.echo(_account(found), err=True)
    failed = False
    paint = Paint(style(color, sys.stdout).color)
    for proposal in planned.proposals:
        if proposal.is_needed and dry_run:
            for line in _difference(proposal, paint):
                click.echo(line, color=paint.on)
        elif proposal.is_needed:
            failed |= not _written(proposal)
        else:
            click.echo(f"unchanged {_name(proposal.path)}: {proposal.why}", err=True)
    for refusal in planned.refusals:
        click.echo(f"unchanged {_name(refusal.path)}: {refusal.why}", err=True)
    if not dry_run:
        for line in _next_steps(found, planned):
            click.echo(line, err=True)
    context.exit(MISUSE if failed else 0)


def _account(found: Survey) -> str:
    """What was found, in one line."""
    parts = []
    if found.requests:
        parts.append(f"{count(found.requests, 'request')} in {count(found.files, 'file')}")
    parts += [
        f"{count(number, f'{language} file')} with the model's name"
        for language, number in sorted(found.programs.items())
    ]
    place = "repository" if found.is_repository else "directory"
    return f"this {place} has {listed(parts, 'and')}" if parts else f"this {place} has no request yet"


_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_COLORS = {"+": "green", "-": "red", "@": "cyan", " ": ""}


def _difference(proposal: Proposal, paint: Paint) -> Iterator[str]:
    """What would be written, as a patch."""
    name = display_name(proposal.path)
    before, after = _LINE.findall(proposal.before or ""), _LINE.findall(proposal.after)
    start = name if proposal.before is not None else os.devnull
    for number, line in enumerate(unified_diff(before, after, start, name, lineterm="\n")):
        text = line.removesuffix("\n")
        color = "bold" if number < 2 else _COLORS[line[0]]
        ending = "\r" if text.endswith("\r") else ""
        shown = "\t".join(map(visible, text.removesuffix("\r").split("\t"))) + ending
        yield paint(color, shown) if color else shown
        if text == line:
            yield "\\ No newline at end of file"


def _written(proposal: Proposal) -> bool:
    try:
        write(proposal)
    except NotReplacedError as error:
        click.echo(f"{_name(proposal.path)} cannot be written: {visible(str(error))}", err=True)
        return False
    click.echo(f"{'wrote' if proposal.before is None else 'changed'} {_name(proposal.path)}: {proposal.why}", err=True)
    return True


def _next_steps(found: Survey, planned: Plan) -> Iterator[str]:
    """What a person does next."""
    files = [proposal.path for proposal in planned.proposals if proposal.is_needed]
    above = nearest_above(found.root)
    if above is not None and any(path.parent == found.root and path.name.endswith(".toml") for path in files):
        yield f"{_name(above)} no longer applies here; to use it, add the key extend to the new configuration"
    steps = []
    if found.programs["TypeScript"] and find_spec("tree_sitter_typescript") is None:
        steps.append("Read TypeScript and JavaScript too: pip install 'minimax-validate[source]'")
    steps += [
        "Report findings: minimax-validate check",
        "Ignore the findings that are there already: minimax-validate check --add-ignores, or --write-baseline",
    ]
    if any(path.name == HOOKS for path in files):
        # A project of Node.js may have no Python of its own to install pre-commit into.
        steps.append(f"Run the hooks at each commit: {'pipx run ' * found.is_for_node}pre-commit install")
    if found.is_on_gitlab:
        steps.append(f"Add a job to .gitlab-ci.yml: {SITE}/ci/#gitlab")
    if files and found.is_repository:
        steps.append("Commit the new files.")
    yield "Next:"
    yield from (f"  {number}. {step}" for number, step in enumerate(steps, 1))


def _name(path: Path) -> str:
    return visible(display_name(path))
