"""Ignore a finding where it stands: by a comment, or by the configuration."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Callable
from typing import Any

from minimax_validate.analysis import Analysis, TextFinding
from minimax_validate.project.config import TABLE
from minimax_validate.project.ignoring.additions import comment_opening
from minimax_validate.texts.ignore_comments import MARK
from minimax_validate.texts.replacement import Replacement, replaced
from minimax_validate.texts.spans import Span
from minimax_validate.values.pointer import to_json_pointer

IGNORE_AT = "ignore-at"


def may_hold_comments(name: str) -> bool:
    """Whether texts of a format have comments that ignore findings."""
    return comment_opening(name) != ""


def comment(
    analysis: Analysis, finding: TextFinding, line_end: int, again: Callable[[str], Analysis]
) -> Replacement | None:
    """The comment that ignores a finding, at the end of its line or in one that is there; None if there can be none.

    That it ignores the finding and changes nothing else is seen by checking the text ``again``.
    """
    opening, code = comment_opening(analysis.name), finding.diagnostic.code
    if not opening:
        return None
    part = analysis.parts[finding.part]
    for known in part.checked.document.ignore_comments:
        start, end = part.start + known.span.start, part.start + known.span.end
        if not known.alone and finding.span.start < start < line_end and known.selectors:
            close = analysis.text.find("]", start, end)
            candidate = Replacement(Span(close, close), f", {code}")
            break
    else:
        candidate = Replacement(Span(line_end, line_end), f"  {opening} {MARK} ignore[{code}]")
    before = Counter(_known(analysis))
    after = Counter(_known(again(replaced(analysis.text, (candidate,)))))
    gone = before - after
    if after - before or not gone or any(of != code for of, *_ in gone):
        return None
    this = finding.diagnostic
    return candidate if (this.code, finding.part, this.pointer, this.message) in gone else None


def _known(analysis: Analysis) -> list[tuple[str, int, object, str]]:
    return [
        (found.diagnostic.code, found.part, found.diagnostic.pointer, found.diagnostic.message)
        for found in analysis.findings
    ]


def place_of(file: str, finding: TextFinding) -> str:
    """What ``ignore-at`` calls the place of a finding in a file."""
    pointer = to_json_pointer(finding.diagnostic.pointer)
    return f"{file}#{pointer}" if pointer else file


def configured(text: str, place: str, code: str, *, is_shared: bool) -> str | None:
    """The text of a configuration that ignores a rule at a place as well; None if it cannot be changed so.

    ``is_shared`` says that our keys are in a table of the file.
    """
    import tomlkit  # few ignore anything here
    from tomlkit.exceptions import TOMLKitError

    try:
        before: Any = tomllib.loads(text)
        document: Any = tomlkit.parse(text)
        for table in (before, document):
            inside = table
            for key in ("tool", TABLE) if is_shared else ():
                inside = inside.setdefault(key, {})
            known = inside.setdefault(IGNORE_AT, {}).setdefault(place, [])
            if code not in known:
                known.append(code)
        after = tomlkit.dumps(document)
        return after if tomllib.loads(after) == before else None
    except (TOMLKitError, ValueError, TypeError, AttributeError):
        return None
