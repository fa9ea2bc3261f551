"""Fix a document: the fixes of its findings, made in its text, until nothing changes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from minimax_validate.engine.fixing import MOST_ROUNDS, fixable
from minimax_validate.texts.document import ABSENT, Document, Rewriter
from minimax_validate.texts.replacement import UnwritableError, replaced
from minimax_validate.texts.shared import ways
from minimax_validate.values.diagnostic import Diagnostic
from minimax_validate.values.edits import apply_edits, distinct
from minimax_validate.values.plain import to_plain
from minimax_validate.values.pointer import Pointer

Diagnose = Callable[[Document], Iterable[Diagnostic]]
"""Says what of a document is to be fixed: its findings that are told."""


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
            lost = [pointer for pointer, payload in document.payloads() if to_plain(payload)[1]]
            chosen = tuple(
                finding for finding in chosen if not any(finding.pointer[: len(pointer)] == pointer for pointer in lost)
            )
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
    fixes = distinct(finding.fix for finding in findings if finding.fix)
    edits = [edit for fix in fixes for edit in fix.edits]
    for written, meant in ways(document, edits):
        try:
            text = replaced(document.source.text, rewriter.rewrite(document.source.text, written))
            again = rewriter.read(replace(document.source, text=text))
        except UnwritableError:
            continue
        if is_same(again.value, apply_edits(document.value, meant)):
            return again
    return None


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
