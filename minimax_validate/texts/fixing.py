"""Fix a document: the fixes of its findings, made in its text, until nothing changes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from minimax_validate.engine.fixing import MOST_ROUNDS, fixable
from minimax_validate.texts.document import ABSENT, Document, Rewriter
from minimax_validate.texts.replacement import Replacement, UnwritableError, in_order, replaced
from minimax_validate.texts.shared import ways
from minimax_validate.values.diagnostic import Diagnostic
from minimax_validate.values.edits import apply_edits, distinct
from minimax_validate.values.plain import to_plain
from minimax_validate.values.pointer import Pointer

Diagnose = Callable[[Document], Iterable[Diagnostic]]
"""Says what of a document is to be fixed: its findings that are told."""

_MOST_ATTEMPTS = 64
"""How often a text is written to see which of its fixes can be made: each time it is read again."""


@dataclass(frozen=True, slots=True)
class FixedDocument:
    """What fixing made of a document: the one that was given where nothing was to be fixed.

    ``applied`` are the findings that are gone, in the order in which they were fixed; the pointers of each are into the
    value as it was then. ``unwritable`` are those whose fix cannot be made in the text, such as one behind an alias of
    YAML.
    """

    document: Document
    applied: tuple[Diagnostic, ...] = ()
    unwritable: tuple[Diagnostic, ...] = ()


def fix_document(document: Document, diagnose: Diagnose, *, unsafe: bool = False) -> FixedDocument:
    """Fix what is safe to fix in the text of a document, with ``unsafe`` everything that can be fixed.

    Characters outside of the edits stay as they are. What a new text says is compared with what the edits make of the
    value, each time: a text that would say anything else is not taken. Requests with values that JSON cannot hold are
    left alone, as in ``fixing.fix``.
    """
    rewriter = document.rewriter
    if document.value is ABSENT:
        return FixedDocument(document)
    if rewriter is None:
        return FixedDocument(document, unwritable=fixable(diagnose(document), unsafe=unsafe))
    applied: list[Diagnostic] = []
    unwritable: dict[tuple[str, Pointer], Diagnostic] = {}
    for _ in range(MOST_ROUNDS):
        found = [finding for finding in diagnose(document) if (finding.code, finding.pointer) not in unwritable]
        chosen = fixable(found, unsafe=unsafe)
        if chosen:
            lost = _lost(document)
            chosen = tuple(finding for finding in chosen if not _is_inside(finding.pointer, lost))
        if not chosen:
            break
        fixed = _fixed(document, rewriter, chosen)
        if fixed is None:
            # One of them cannot be made: the others are, one at a time, so that it is known which.
            for finding in chosen:
                fixed = _fixed(document, rewriter, (finding,))
                if fixed is not None:
                    chosen = (finding,)
                    break
                unwritable[finding.code, finding.pointer] = finding
            else:
                continue
        document = fixed
        applied += chosen
    return FixedDocument(document, tuple(applied), tuple(unwritable.values()))


def _fixed(document: Document, rewriter: Rewriter, findings: Iterable[Diagnostic]) -> Document | None:
    """The document with all fixes of findings made, or None where its text cannot say so."""
    written = _written(document, rewriter, findings)
    return written and written[0]


def _written(
    document: Document, rewriter: Rewriter, findings: Iterable[Diagnostic]
) -> tuple[Document, tuple[Replacement, ...]] | None:
    """The same, with what changes in the text."""
    fixes = distinct(finding.fix for finding in findings if finding.fix)
    edits = [edit for fix in fixes for edit in fix.edits]
    for written, meant in ways(document, edits):
        try:
            replacements = in_order(rewriter.rewrite(document.source.text, written))
            text = replaced(document.source.text, replacements)
            again = rewriter.read(replace(document.source, text=text))
        except UnwritableError:
            continue
        if is_same(again.value, apply_edits(document.value, meant)):
            return again, replacements
    return None


def fix_finding(document: Document, finding: Diagnostic) -> tuple[Replacement, ...]:
    """What the fix of one finding changes in the text of its document, in the order of the places.

    The new text was read, and says what the fix makes of the value. Nothing where there is no fix or where it cannot be
    made in the text, as in ``fix_document``.
    """
    if finding.fix is None or document.rewriter is None or document.value is ABSENT:
        return ()
    if _is_inside(finding.pointer, _lost(document)):
        return ()
    written = _written(document, document.rewriter, (finding,))
    return written[1] if written is not None else ()


def writable(document: Document, findings: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Those findings whose fix can be made in the text of their document, in their order.

    Each was made in the text, alone or with others, as ``fix_finding`` makes it, or is certain. After so many attempts
    that few documents need them, those that were not made yet are left out.
    """
    if document.rewriter is None or document.value is ABSENT:
        return ()
    wanted = [finding for finding in findings if finding.fix is not None]
    is_certain = document.rewriter.is_certain
    fixes = {id(finding.fix): finding.fix for finding in wanted if finding.fix is not None}  # many may share one
    certain = {key for key, fix in fixes.items() if is_certain is not None and is_certain(document.value, fix.edits)}
    left = [finding for finding in wanted if id(finding.fix) not in certain]
    if not left:
        return tuple(wanted)
    made = set(map(id, wanted)) - set(map(id, left))
    lost = _lost(document)
    left = [finding for finding in left if not _is_inside(finding.pointer, lost)]
    groups: list[tuple[Diagnostic, ...]] = []
    attempts = 0
    while (left or groups) and attempts < _MOST_ATTEMPTS:
        if not groups:
            groups.append(fixable(left, unsafe=True))
            grouped = set(map(id, groups[-1]))
            left = [finding for finding in left if id(finding) not in grouped]
        group = groups.pop()
        attempts += 1
        if _written(document, document.rewriter, group) is not None:
            made.update(map(id, group))
        elif len(group) > 1:
            half = len(group) // 2
            groups += (group[half:], group[:half])
    return tuple(finding for finding in wanted if id(finding) in made)


def _lost(document: Document) -> tuple[Pointer, ...]:
    """The pointers of the requests with values that JSON cannot hold: those are left alone."""
    return tuple(pointer for pointer, payload in document.payloads() if to_plain(payload)[1])


def _is_inside(pointer: Pointer, places: Iterable[Pointer]) -> bool:
    return any(pointer[: len(place)] == place for place in places)


def is_same(one: Any, other: Any) -> bool:
    """Whether two values are one to whoever reads their JSON.

    1, 1.0 and true are three, and the order of keys is none.
    """
    try:
        return json.dumps(one) == json.dumps(other) or json.dumps(one, sort_keys=True) == json.dumps(
            other, sort_keys=True
        )
    except (TypeError, ValueError, RecursionError):
        return False
