"""Write comments that ignore findings into a text; each is kept only if the text that is checked again says so."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from minimax_validate.texts.checked import Checked
from minimax_validate.texts.document import ABSENT, Source
from minimax_validate.texts.ignore_comments import MARK
from minimax_validate.texts.lines import Lines
from minimax_validate.texts.placed import Finding, place
from minimax_validate.texts.readers import READERS
from minimax_validate.texts.replacement import Replacement, replaced
from minimax_validate.texts.spans import Span
from minimax_validate.values.pointer import Pointer

_WITH_HASH = (*READERS["yaml"], *READERS["python"])
_WITH_SLASHES = (*READERS["jsonc"], *READERS["typescript"])

Check = Callable[[str], Sequence[Checked]]
"""Checks a text; what is given back has no finding that something ignores."""


def comment_opening(name: str) -> str:
    """What a comment begins with in a file of a name; nothing if no comments can be added to its format."""
    lower = name.lower()
    return "#" if lower.endswith(_WITH_HASH) else "//" if lower.endswith(_WITH_SLASHES) else ""


@dataclass(frozen=True, slots=True)
class Annotated:
    """A text with comments added.

    They are on a number of ``lines``. ``ignored`` is how many findings of each code they ignore, ``left`` are the
    findings that no comment can ignore, and ``unread`` those of documents that cannot be read.
    """

    text: str
    lines: int
    ignored: Counter[str]
    left: tuple[Finding, ...]
    unread: tuple[Finding, ...]


class _Known(NamedTuple):
    """What makes a finding the same one in the text before and after."""

    part: int
    code: str
    pointer: Pointer
    message: str


_Unit = tuple[int, str]
"""A line (from 1) and a code that is to be ignored on it."""


def with_ignores(text: str, opening: str, check: Check) -> Annotated:
    """A text with a comment at the end of each line with findings, or with more rules in the comment that is there.

    Lines and all other characters stay as they are. A comment that would ignore anything else, or is no comment at its
    place, such as in a string, is not written.
    """
    text_before = _Text(text, opening, check(text))
    units = sorted(text_before.units)

    def accepted(candidates: Sequence[_Unit]) -> Sequence[_Unit]:
        if not candidates or text_before.takes(candidates, check):
            return candidates
        if len(candidates) == 1:
            return ()
        middle = len(candidates) // 2
        first, second = accepted(candidates[:middle]), accepted(candidates[middle:])
        both = (*first, *second)
        return both if not first or not second or text_before.takes(both, check) else first

    chosen = accepted(units)
    gone = set(chosen)
    ignored = Counter(known.code for unit in chosen for known in text_before.units[unit].elements())
    left = tuple(finding for unit, finding in text_before.placed if unit not in gone)
    lines = len({line for line, _ in chosen})
    unread = tuple(text_before.unread)
    return Annotated(replaced(text, text_before.replacements(chosen)), lines, ignored, left, unread)


class _Text:
    """A text before comments are added, and its findings."""

    def __init__(self, text: str, opening: str, results: Sequence[Checked]) -> None:
        self._text = text
        self._opening = opening
        self._lines = Lines(text)
        self._before = Counter(_known(results))
        self._comments = _number_of_comments(results)
        self._known_comments = dict(self._by_line(results))
        self.units: defaultdict[_Unit, Counter[_Known]] = defaultdict(Counter)
        """The findings by line and code."""
        self.placed: list[tuple[_Unit, Finding]] = []
        self.unread: list[Finding] = []
        for part, checked in enumerate(results):
            for finding in place(checked).findings if checked.report.diagnostics else ():
                diagnostic = finding.diagnostic
                unit = (finding.location.line, diagnostic.code)
                if checked.document.value is ABSENT:
                    self.unread.append(finding)
                else:
                    self.placed.append((unit, finding))
                    self.units[unit][_Known(part, diagnostic.code, diagnostic.pointer, diagnostic.message)] += 1

    def takes(self, units: Sequence[_Unit], check: Check) -> bool:
        """Whether exactly the findings of some units are gone with their comments, and each of these is a comment."""
        replacements = self.replacements(units)
        results = check(replaced(self._text, replacements))
        after = Counter(_known(results))
        meant = sum((self.units[unit] for unit in units), Counter())
        added = len({line for line, _ in units} - set(self._known_comments))
        return after == self._before - meant and _number_of_comments(results) == self._comments + added

    def replacements(self, units: Sequence[_Unit]) -> list[Replacement]:
        """What the comments of some units change in the text."""
        by_line: defaultdict[int, list[str]] = defaultdict(list)
        for line, code in units:
            by_line[line].append(code)
        return [self._replacement(line, ", ".join(sorted(codes))) for line, codes in by_line.items()]

    def _replacement(self, line: int, codes: str) -> Replacement:
        close = self._known_comments.get(line)
        if close is not None:
            return Replacement(Span(close, close), f", {codes}")
        end = self._lines.span(line).end
        return Replacement(Span(end, end), f"  {self._opening} {MARK} ignore[{codes}]")

    def _by_line(self, results: Sequence[Checked]) -> Iterator[tuple[int, int]]:
        """Lines that have a comment which ignores something on them, each with the place of its closing bracket."""
        for checked in results:
            base = _base(self._text, checked.document.source)
            for comment in checked.document.ignore_comments:
                if not comment.alone and comment.selectors and comment.row is None:
                    start = self._text.index(MARK, base + comment.span.start)
                    yield self._lines.location(Span(start, start)).line, self._text.index("]", start)


def _base(text: str, source: Source) -> int:
    """Where the text of a document begins in that of its file, in code points."""
    return len(text.encode()[: source.start].decode()) if source.start else 0


def _known(results: Sequence[Checked]) -> Iterator[_Known]:
    for part, checked in enumerate(results):
        for found in checked.report.diagnostics:
            yield _Known(part, found.code, found.pointer, found.message)


def _number_of_comments(results: Sequence[Checked]) -> int:
    return sum(len(checked.document.ignore_comments) for checked in results)
