"""Leave out what comments in the text itself ignore, and say which of them ignore nothing."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from minimax_validate.engine.selection import UnknownSelectorError, selected
from minimax_validate.rules.catalogue import RULES
from minimax_validate.texts.checked import Checked
from minimax_validate.texts.document import ABSENT, Document
from minimax_validate.texts.ignore_comments import IgnoreComment
from minimax_validate.texts.lines import Lines, Location
from minimax_validate.texts.placed import place
from minimax_validate.values.pointer import Pointer
from minimax_validate.values.report import Report
from minimax_validate.values.wording import quote


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to say of a comment, which is no finding: where, and what."""

    name: str
    line: int
    message: str


def apply_comments(checked: Checked, codes: Collection[str]) -> tuple[Checked, tuple[Remark, ...]]:
    """A document without what its own comments ignore; ``codes`` are the rules that run."""
    document, found = checked.document, checked.report.diagnostics
    lines = Lines(document.source.text, document.source.first_line)
    told = list(found)
    remarks: list[Remark] = []
    begins = {id(finding.diagnostic): finding.location[:2] for finding in place(checked).findings} if found else {}
    for comment in document.ignore_comments:
        line = lines.location(comment.span).line
        row = lines.location(comment.row) if comment.row is not None else Location(line, 0, line + 1, 0)
        request = _request_at(document, comment) if comment.alone else ()

        def remark(message: str, line: int = line) -> None:
            remarks.append(Remark(document.source.name, line, message))

        if not comment.selectors:
            remark("name the rules to silence: minimax-validate: ignore[MM503]")
        for selector in comment.selectors:
            try:
                meant = {rule.code for rule in selected(selector, RULES)}
            except UnknownSelectorError as error:
                remark(str(error))
                continue
            ignored = [
                diagnostic
                for diagnostic in found
                if diagnostic.code in meant
                and (
                    diagnostic.pointer[: len(request)] == request
                    if comment.alone
                    else row[:2] <= begins[id(diagnostic)] < row[2:]
                )
            ]
            told = [diagnostic for diagnostic in told if diagnostic not in ignored]
            if not ignored and document.value is not ABSENT and not meant.isdisjoint(codes):
                remark(f"ignore[{quote(selector)[1:-1]}] silences nothing")
    return (checked if len(told) == len(found) else Checked(document, Report(tuple(told)))), tuple(remarks)


def _request_at(document: Document, comment: IgnoreComment) -> Pointer:
    """The request that a comment stands in, or right above; behind the last one, that."""
    if len(document.requests) < 2:
        return ()
    spans = document.locate(document.source.text, [(pointer, "value") for pointer in document.requests])
    last = document.requests[-1]
    return next((pointer for pointer in document.requests if spans[pointer, "value"].end > comment.span.start), last)
