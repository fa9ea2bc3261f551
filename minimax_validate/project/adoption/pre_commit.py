"""The hooks of pre-commit: a new ``.pre-commit-config.yaml``, or lines in the one that is there.

The lines are put in as text, at the end of ``repos``: comments, order and layout of the file stay as they are. The new
text is read again, and has to say the same as before with one repository more.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from minimax_validate import __version__
from minimax_validate.project.adoption.proposal import REPOSITORY, CannotProposeError, Proposal, line_end_of, text_of
from minimax_validate.project.adoption.survey import Survey

FILE = ".pre-commit-config.yaml"


def pre_commit(found: Survey) -> Proposal:
    """The file with our hooks.

    Raises:
        CannotProposeError: they cannot be put in.
    """
    path = found.root / FILE
    known = text_of(path)
    hooks = ["minimax-validate", "minimax-validate-all", *(["minimax-validate-source"] if found.programs else [])]
    lines = [f"- repo: {REPOSITORY}", f"  rev: v{__version__}", "  hooks:", *(f"    - id: {hook}" for hook in hooks)]
    why = f"{len(hooks)} hooks: {', '.join(hooks)}"
    if known is None:
        text = "repos:\n" + "".join(f"  {line}\n" for line in lines)
        return Proposal(path, None, text, why)
    text, read = known
    before = _value(text)
    if before is None or not isinstance(before, dict) or not isinstance(before.get("repos"), list):
        raise CannotProposeError("it has no list of repos")
    if any("minimax-validate" in str(repository) for repository in before["repos"]):
        return Proposal(path, text, text, "the hooks are there already")
    after = _with_entry(text, lines)
    if after is None or not _adds(_value("\n".join(lines)), before, _value(after)):
        own = "\n".join(f"  {line}" for line in lines)
        raise CannotProposeError(f"its list of repos is not written as one item a line; add these lines:\n{own}")
    return Proposal(path, text, after, why, read)


def _value(text: str) -> Any:
    try:
        return yaml.safe_load(text)
    except (yaml.YAMLError, RecursionError):
        return None


def _adds(repositories: list[Any], before: dict[str, Any], after: Any) -> bool:
    return bool(after == {**before, "repos": [*before["repos"], *repositories]} and list(after) == list(before))


def _with_entry(text: str, lines: list[str]) -> str | None:
    """The text with an item at the end of ``repos``; None if that is not a list of lines."""
    root: Any = yaml.compose(text, yaml.SafeLoader)
    repos = next((value for key, value in root.value if key.value == "repos"), None)
    if not isinstance(repos, yaml.SequenceNode) or repos.flow_style or not repos.value:
        return None
    rows = re.findall(r"[^\n]*\n|[^\n]+", text)
    indent = repos.start_mark.column
    end = _last_row(repos.value[-1]) + 1
    # Comments that are indented further belong to the last item.
    while end < len(rows) and rows[end].lstrip().startswith("#") and _indent(rows[end]) > indent:
        end += 1
    line_end = line_end_of(text)
    head = "".join(rows[:end])
    if not head.endswith("\n"):
        head += line_end
    return head + "".join(f"{' ' * indent}{line}{line_end}" for line in lines) + "".join(rows[end:])


def _indent(row: str) -> int:
    return len(row) - len(row.lstrip(" "))


def _last_row(node: yaml.Node) -> int:
    """The row of the last character of a node, from 0."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _last_row(last[1] if isinstance(last, tuple) else last)
    mark = node.end_mark
    return int(mark.line) - (mark.column == 0 and mark.line > node.start_mark.line)
