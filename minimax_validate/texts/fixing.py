"""Fix a document: the fixes of its findings, made in its text, until nothing changes."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from typing import Any

from minimax_validate.engine.fixing import MOST_ROUNDS, fixable, fixes_of
from minimax_validate.texts.document import Document, Rewriter
from minimax_validate.texts.replacement import Replacement, UnwritableError, in_order, replaced
from minimax_validate.texts.shared import ways
from minimax_validate.values.diagnostic import Diagnostic
from minimax_validate.values.edits import apply_edits
from minimax_validate.values.plain import to_plain
from minimax_validate.values.pointer import Pointer

Diagnose = Callable[[Document], Iterable[Diagnostic]]
"""Says what of a document is to be fixed: its findings that are told."""

Part = tuple[Diagnostic, ...]
"""Findings whose fixes are made together."""

_MOST_ATTEMPTS = 256
_LEAST_ATTEMPTS = 8
_MOST_CHARACTERS = 32_000_000
"""How often a text is written, and how much is written, to see which of its fixes can be made.

Each time it is read again.
"""


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
    if rewriter is None:
        return FixedDocument(document, unwritable=fixable(diagnose(document), unsafe=unsafe))
    applied: list[Diagnostic] = []
    unwritable: dict[tuple[str, Pointer], Diagnostic] = {}
    attempts = _most_attempts(document)
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
            is_written = partial(_is_written, document, rewriter)
            sorted_out = _sorted_out(_halves(chosen) or (chosen,), is_written, attempts)
            attempts -= sorted_out.attempts
            unwritable.update(((finding.code, finding.pointer), finding) for finding in sorted_out.refused)
            refused = set(map(id, sorted_out.refused))
            together = tuple(finding for finding in chosen if id(finding) not in refused)
            # If the parts cannot be made together, the largest one is; the others have their turn in the next round.
            for chosen in filter(None, (together, max(sorted_out.made, key=len, default=()))):
                fixed = _fixed(document, rewriter, chosen)
                if fixed is not None:
                    break
            else:
                continue
        document = fixed
        applied += chosen
    return FixedDocument(document, tuple(applied), tuple(unwritable.values()))


@dataclass(frozen=True, slots=True)
class _SortedOut:
    """Findings by whether their fixes can be made: all of one part of ``made`` together, those of ``refused`` not.

    ``attempts`` is how often the text was written to know that.
    """

    made: tuple[Part, ...]
    refused: Part
    attempts: int


def _most_attempts(document: Document) -> int:
    return min(_MOST_ATTEMPTS, _LEAST_ATTEMPTS + _MOST_CHARACTERS // (len(document.source.text) + 1))


def _sorted_out(parts: Iterable[Part], is_written: Callable[[Part], bool], most: int) -> _SortedOut:
    """Which of some findings can be fixed: a part that cannot be made is halved, and the largest parts come first.

    After ``most`` attempts, all of what is left is refused: few documents have so many fixes that cannot be made.
    """
    made: list[Part] = []
    refused: list[Diagnostic] = []
    waiting = deque(parts)
    attempts = 0
    while waiting:
        part = waiting.popleft()
        is_tried = attempts < most
        attempts += is_tried
        if is_tried and is_written(part):
            made.append(part)
        elif is_tried and len(part) > 1:
            waiting += _halves(part)
        else:
            refused += part
    return _SortedOut(tuple(made), tuple(refused), attempts)


def _halves(part: Part) -> tuple[Part, ...]:
    half = len(part) // 2
    return (part[:half], part[half:]) if half else ()


def _fixed(document: Document, rewriter: Rewriter, findings: Iterable[Diagnostic]) -> Document | None:
    """The document with all fixes of findings made, or None where its text cannot say so."""
    written = _written(document, rewriter, findings)
    return written and written[0]


def _written(
    document: Document, rewriter: Rewriter, findings: Iterable[Diagnostic]
) -> tuple[Document, tuple[Replacement, ...]] | None:
    """The same, with what changes in the text."""
    edits = [edit for fix in fixes_of(findings) for edit in fix.edits]
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


def _is_written(document: Document, rewriter: Rewriter, part: Part) -> bool:
    return _written(document, rewriter, part) is not None


def fix_finding(document: Document, finding: Diagnostic) -> tuple[Replacement, ...]:
    """What the fix of one finding changes in the text of its document, in the order of the places.

    The new text was read, and says what the fix makes of the value. Nothing where there is no fix or where it cannot be
    made in the text, as in ``fix_document``.
    """
    if finding.fix is None or document.rewriter is None:
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
    if document.rewriter is None:
        return ()
    fixed = [(finding, finding.fix) for finding in findings if finding.fix is not None]
    wanted = [finding for finding, _ in fixed]
    is_certain = document.rewriter.is_certain
    fixes = {id(fix): fix for _, fix in fixed}  # many may share one
    certain = {key for key, fix in fixes.items() if is_certain is not None and is_certain(document.value, fix.edits)}
    left = [finding for finding in wanted if id(finding.fix) not in certain]
    if not left:
        return tuple(wanted)
    made = set(map(id, wanted)) - set(map(id, left))
    lost = _lost(document)
    left = [finding for finding in left if not _is_inside(finding.pointer, lost)]
    attempts = _most_attempts(document)
    is_written = partial(_is_written, document, document.rewriter)
    while left and attempts:
        group = fixable(left, unsafe=True)
        grouped = set(map(id, group))
        left = [finding for finding in left if id(finding) not in grouped]
        sorted_out = _sorted_out((group,), is_written, attempts)
        attempts -= sorted_out.attempts
        made.update(map(id, chain.from_iterable(sorted_out.made)))
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
