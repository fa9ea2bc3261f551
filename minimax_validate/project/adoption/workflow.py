"""The workflow of GitHub Actions that checks each push and pull request by the project's own action."""

from __future__ import annotations

from minimax_validate import __version__
from minimax_validate.project.adoption.proposal import Proposal, text_of
from minimax_validate.project.adoption.survey import Survey

FOLDER = ".github/workflows"
FILE = "minimax-validate.yml"

_WORKFLOW = """\
name: minimax-validate
on: [push, pull_request]
permissions:
  contents: read
jobs:
  minimax-validate:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
      - uses: minimax-validate/minimax-validate@v{version}
"""

_GUARD = """\
        with:
          fail-on-no-requests: true
"""


def workflow(found: Survey) -> Proposal:
    """The file with the workflow; if requests are there to check, a run that finds none fails.

    Raises:
        CannotProposeError: something else is in its place.
    """
    folder = found.root / FOLDER
    path = folder / FILE
    if known := text_of(path):
        return Proposal(path, known[0], known[0], "the workflow is there already")
    for other in sorted((*folder.glob("*.yml"), *folder.glob("*.yaml"))):
        known = text_of(other)
        if known and "minimax-validate" in known[0]:
            return Proposal(other, known[0], known[0], "it runs minimax-validate already")
    text = _WORKFLOW.format(version=__version__) + (_GUARD if found.requests else "")
    return Proposal(path, None, text, "a workflow that checks each push and pull request")
