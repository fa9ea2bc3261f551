"""Edits that can be made in every JSON text of a value, so that no attempt is needed to know it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from minimax_validate.values.diagnostic import Edit
from minimax_validate.values.pointer import Pointer


def are_certain(value: object, edits: Sequence[Edit]) -> bool:
    """Whether edits of a value can be made in every JSON text of it that gives no key twice.

    They can if each is of a place that is there, of a container of its own, and none is inside of what another one
    changes. Others may be possible as well.
    """
    if len(edits) == 1:
        return _is_possible(value, edits[0])
    places = {edit.pointer for edit in edits}
    return (
        len({edit.pointer[:-1] for edit in edits}) == len(edits)
        and all(_is_possible(value, edit) for edit in edits)
        and not any(edit.pointer[:length] in places for edit in edits for length in range(len(edit.pointer)))
    )


def _is_possible(value: Any, edit: Edit) -> bool:
    """Whether an edit is of a member of a container that is there, or of a place for one."""
    pointer: Pointer = edit.pointer
    if not pointer:
        return False
    for step in pointer[:-1]:
        if not _has(value, step):
            return False
        value = value[step]
    step = pointer[-1]
    match edit.operation:
        case "set":
            return _has(value, step) or (type(value) is dict and type(step) is str)
        case "remove":
            return _has(value, step)
        case "insert":
            return type(value) is list and type(step) is int and 0 <= step <= len(value)
        case "rename":  # pragma: no branch - there is no other operation
            return type(value) is dict and step in value and type(edit.value) is str and edit.value not in value


def _has(value: Any, step: str | int) -> bool:
    if type(value) is dict:
        return step in value
    return type(value) is list and type(step) is int and 0 <= step < len(value)
