"""Tell and fix once what a text writes once, however often its value has it (anchors of YAML)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from minimax_validate.request.envelope import is_conversation, looks_like_request
from minimax_validate.request.lookalikes import COMPANIONS
from minimax_validate.texts.document import Document, Sharing
from minimax_validate.values.diagnostic import Diagnostic, Edit, Fix
from minimax_validate.values.pointer import Pointer

_JUDGED = COMPANIONS | {"messages", "input", "body"}


def told_once(sharing: Sharing | None, found: list[Diagnostic]) -> list[Diagnostic]:
    """Findings without those that repeat one of the same rule at a value, because the text shares the value.

    The one that stays has the fixes of all: together they are made where the value is written (see ``ways``).
    """
    if sharing is None:
        return found
    first: dict[tuple[str, Pointer, bool], int] = {}
    kept: list[Diagnostic] = []
    for diagnostic in found:
        of_key = diagnostic.focus == "key"
        place = diagnostic.code, sharing.place(diagnostic.pointer, of_key=of_key), of_key
        known = first.setdefault(place, len(kept))
        if known == len(kept) or kept[known].pointer == diagnostic.pointer:
            kept.append(diagnostic)
        else:
            kept[known] = replace(kept[known], fix=_together(kept[known].fix, diagnostic.fix))
    return kept


def _together(fix: Fix | None, other: Fix | None) -> Fix | None:
    if fix is None or other is None:
        return fix
    edits = fix.edits + tuple(edit for edit in other.edits if edit not in fix.edits)
    return replace(fix, edits=edits, safe=fix.safe and other.safe)


def ways(document: Document, edits: Iterable[Edit]) -> Iterator[tuple[tuple[Edit, ...], tuple[Edit, ...]]]:
    """The ways in which edits of a value can be made in its text: the edits there, and what they come to in the value.

    What several edits want of a value that is shared is one edit where it is written, unless a request shares the value
    that wants no such edit.
    """
    wanted = tuple(edits)
    sharing = document.sharing(document.source.text) if document.sharing else None
    if sharing is not None:
        once = _once(sharing, _judged(document), wanted)
        if once is not None and once[0] != wanted:
            yield once
    yield wanted, wanted


def _once(
    sharing: Sharing, judged: tuple[Pointer, ...], edits: tuple[Edit, ...]
) -> tuple[tuple[Edit, ...], tuple[Edit, ...]] | None:
    groups: dict[tuple[str, Pointer], list[Edit]] = {}
    for edit in edits:
        if not edit.pointer:
            return None
        groups.setdefault((edit.operation, _place(sharing, edit)), []).append(edit)
    written: list[Edit] = []
    meant: list[Edit] = []
    for (_, place), group in groups.items():
        edit = group[0]
        if any(other.value != edit.value for other in group):
            return None
        reached = _reached(sharing, replace(edit, pointer=place))
        wanting = {other.pointer for other in group}
        if any(_is_in(judged, pointer) for pointer in reached if pointer not in wanting):
            written += group
            meant += group
        else:
            written.append(replace(edit, pointer=place))
            meant += [replace(edit, pointer=pointer) for pointer in reached]
    return tuple(written), tuple(meant)


def _is_new(sharing: Sharing, edit: Edit) -> bool:
    return edit.operation == "insert" or not sharing.has(edit.pointer)


def _place(sharing: Sharing, edit: Edit) -> Pointer:
    """Where the text says what an edit changes."""
    if _is_new(sharing, edit):
        return (*sharing.place(edit.pointer[:-1]), edit.pointer[-1])
    return sharing.place(edit.pointer, of_key=edit.operation != "set")


def _reached(sharing: Sharing, edit: Edit) -> tuple[Pointer, ...]:
    """All pointers at which the value is changed by an edit of what is written at a place."""
    if _is_new(sharing, edit):
        return tuple((*pointer, edit.pointer[-1]) for pointer in sharing.pointers(edit.pointer[:-1]))
    return sharing.pointers(edit.pointer, of_key=edit.operation != "set")


def _judged(document: Document) -> tuple[Pointer, ...]:
    """The pointers of what is judged by the rules: the known keys of requests, and whole conversations."""
    found: list[Pointer] = []
    for pointer, payload in document.payloads():
        if isinstance(payload, dict) and looks_like_request(payload):
            found += [(*pointer, key) for key in payload if key in _JUDGED]
        elif is_conversation(payload):
            found.append(pointer)
    return tuple(found)


def _is_in(judged: tuple[Pointer, ...], pointer: Pointer) -> bool:
    return any(pointer[: len(known)] == known for known in judged)
