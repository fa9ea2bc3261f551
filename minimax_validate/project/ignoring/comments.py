"""Ignore what comments in the text itself name, and report comments that match nothing."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import accumulate

from minimax_validate.engine.selection import UnknownSelectorError, selected
from minimax_validate.rules.catalogue import RULES
from minimax_validate.texts.checked import Checked
from minimax_validate.texts.document import ABSENT
from minimax_validate.texts.ignore_comments import IgnoreComment
from minimax_validate.texts.lines import Lines, Location
from minimax_validate.texts.placed import place
from minimax_validate.values.pointer import Pointer
from minimax_validate.values.report import Report
from minimax_validate.values.wording import quote


@dataclass(frozen=True, slots=True)
class Remark:
    """A warning about a comment, which is not a finding: its place and its message."""

    name: str
    line: int
    message: str


def apply_comments(checked: Checked, codes: Collection[str]) -> tuple[Checked, tuple[Remark, ...]]:
    """A document without what its own comments ignore; ``codes`` are the rules that run."""
    document, found = checked.document, checked.report.diagnostics
    lines = Lines(document.source.text, document.source.first_line)
    remarks: list[Remark] = []
    beside, below = _Beside(checked), _Below(checked)
    ignored: set[int] = set()
    rules = cache(_codes)
    for comment in document.ignore_comments:
        line = lines.location(comment.span).line
        row = lines.location(comment.row) if comment.row is not None else Location(line, 0, line + 1, 0)

        def remark(message: str, line: int = line) -> None:
            remarks.append(Remark(document.source.name, line, message))

        if not comment.selectors:
            remark("name the rules to ignore, for example: minimax-validate: ignore[MM503]")
        for selector in comment.selectors:
            try:
                meant = rules(selector)
            except UnknownSelectorError as error:
                remark(str(error))
                continue
            numbers = below.numbers(comment, meant) if comment.alone else beside.numbers(row, meant)
            ignored.update(numbers)
            if not numbers and document.value is not ABSENT and not meant.isdisjoint(codes):
                remark(f"ignore[{quote(selector)[1:-1]}] matches no finding")
    if not ignored:
        return checked, tuple(remarks)
    told = tuple(diagnostic for number, diagnostic in enumerate(found) if number not in ignored)
    return Checked(document, Report(told)), tuple(remarks)


def _codes(selector: str) -> frozenset[str]:
    return frozenset(rule.code for rule in selected(selector, RULES))


_Numbers = Sequence[int]
"""Findings, by their places in the report."""


class _Beside:
    """The findings of a document by where they begin: a comment beside a value looks for those of its line.

    They are looked up in the order of the text, for there may be as many comments as findings. What a line holds of one
    set of rules is collected once, however many comments there are on it.
    """

    def __init__(self, checked: Checked) -> None:
        found = checked.report.diagnostics
        places = {id(finding.diagnostic): finding.location[:2] for finding in place(checked).findings} if found else {}
        self._found = found
        self._begins = sorted((places[id(diagnostic)], number) for number, diagnostic in enumerate(found))
        self._known: dict[tuple[Location, frozenset[str]], _Numbers] = {}

    def numbers(self, row: Location, codes: frozenset[str]) -> _Numbers:
        """The findings of some rules that begin on a row."""
        known = self._known.get((row, codes))
        if known is None:
            first, last = (bisect_left(self._begins, (end, 0)) for end in (row[:2], row[2:]))
            within = (self._begins[at][1] for at in range(first, last))
            known = tuple(number for number in within if self._found[number].code in codes)
            self._known[row, codes] = known
            return known
        return known[:1]  # the others are known already


class _Below:
    """The findings of a document by their request, which a comment alone on a line stands in, or right above."""

    def __init__(self, checked: Checked) -> None:
        self._checked = checked
        self._known: dict[tuple[Pointer, frozenset[str]], _Numbers] = {}

    def numbers(self, comment: IgnoreComment, codes: frozenset[str]) -> _Numbers:
        """The findings of some rules in the request of a comment."""
        request = self._request(comment)
        known = self._known.get((request, codes))
        if known is None:
            found = self._checked.report.diagnostics
            known = tuple(number for number in self._of_requests[request] if found[number].code in codes)
            self._known[request, codes] = known
            return known
        return known[:1]  # as above

    @cached_property
    def _of_requests(self) -> Mapping[Pointer, _Numbers]:
        of: defaultdict[Pointer, list[int]] = defaultdict(list)
        lengths = {len(request) for request in self._checked.document.requests} | {0}
        for number, diagnostic in enumerate(self._checked.report.diagnostics):
            for length in lengths:
                if length <= len(diagnostic.pointer):
                    of[diagnostic.pointer[:length]].append(number)
        return of

    @cached_property
    def _ends(self) -> Sequence[int]:
        """Where the requests end, or the one before where that ends later."""
        document = self._checked.document
        spans = document.locate(document.source.text, [(pointer, "value") for pointer in document.requests])
        return tuple(accumulate((spans[pointer, "value"].end for pointer in document.requests), max))

    def _request(self, comment: IgnoreComment) -> Pointer:
        requests = self._checked.document.requests
        if len(requests) < 2:
            return ()
        return requests[min(bisect_right(self._ends, comment.span.start), len(requests) - 1)]
