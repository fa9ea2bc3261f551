"""All files that set a repository up, decided before one of them is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from minimax_validate.project.adoption.configuration import configuration
from minimax_validate.project.adoption.pre_commit import FILE, pre_commit
from minimax_validate.project.adoption.proposal import CannotProposeError, Proposal
from minimax_validate.project.adoption.survey import Survey
from minimax_validate.project.adoption.workflow import FOLDER, workflow
from minimax_validate.project.atomic import NotReplacedError, creating, replacing
from minimax_validate.project.config import OWN_FILE
from minimax_validate.project.confined import leads_outside
from minimax_validate.values.wording import words_of_os_error


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that is left as it is, and why."""

    path: Path
    why: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to become of files, and which of them are left as they are."""

    proposals: tuple[Proposal, ...]
    refusals: tuple[Refusal, ...]


def plan(found: Survey) -> Plan:
    """The files for a repository; outside of one there is nothing that starts hooks or workflows."""
    proposals: list[Proposal] = []
    refusals: list[Refusal] = []
    makers: list[tuple[Path, Callable[[Survey], Proposal]]] = [(found.root / OWN_FILE, configuration)]
    if found.is_repository:
        makers.append((found.root / FILE, pre_commit))
        if not found.is_on_gitlab:
            makers.append((found.root / FOLDER, workflow))
    for path, maker in makers:
        try:
            proposal = maker(found)
        except CannotProposeError as error:
            refusals.append(Refusal(path, str(error)))
            continue
        if proposal.is_needed and leads_outside(proposal.path, found.root):
            refusals.append(Refusal(proposal.path, "it is a link that leads out of the repository"))
        else:
            proposals.append(proposal)
    return Plan(tuple(proposals), tuple(refusals))


def write(proposal: Proposal) -> None:
    """Write the file of a proposal; what is there already is replaced only if nobody changed it since it was read.

    Raises:
        NotReplacedError: it cannot be written, and is as it was.
    """
    data = proposal.after.encode()
    if proposal.read is not None:
        with replacing(proposal.path, proposal.read) as stream:
            stream.write(data)
        return
    try:
        proposal.path.parent.mkdir(parents=True, exist_ok=True)
        with creating(proposal.path) as stream:
            stream.write(data)
    except OSError as error:
        raise NotReplacedError(words_of_os_error(error)) from error
