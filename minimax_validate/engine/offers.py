"""Which fixes are offered: those whose outcome the contract takes at its place, and that leave a request behind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from minimax_validate.json_schema.contract import Contract
from minimax_validate.json_schema.contract.places import failures_at
from minimax_validate.request.envelope import is_conversation, looks_like_request
from minimax_validate.rules.catalogue import RULES
from minimax_validate.values.diagnostic import Diagnostic, Edit, Fix
from minimax_validate.values.plain import to_plain
from minimax_validate.values.pointer import Pointer

Json = dict[str, Any]

CONVERSIONS = frozenset(rule.code for rule in RULES if rule.converts)
"""Rules whose fixes write anew what stands in another notation, faults included: only then can those be told."""


def offered(found: Sequence[Diagnostic], body: Json, contract: Contract, *, bare: bool = False) -> list[Diagnostic]:
    """The findings of a request, without those of their fixes that would put an error in the place of another.

    What a fix writes is plain JSON, and the contract takes it where it is put, or has no more against it than it had
    against what the fix takes away. A conversion may bring along what the contract refuses. All fixes together leave
    what is known as a request. ``bare`` says that the messages stand alone, in an array.
    """
    sound: dict[int, bool] = {}
    for diagnostic in found:
        fix = diagnostic.fix
        # Many findings may share one fix.
        if fix is not None and id(fix) not in sound:
            sound[id(fix)] = _is_plain(fix) and (diagnostic.code in CONVERSIONS or _keeps(fix, body, contract))
    distinct = {id(each.fix): each.fix for each in found if each.fix is not None}
    fixes = [fix for key, fix in distinct.items() if sound[key]]
    if not _stays_request(body, fixes, bare=bare):
        sound.update((id(fix), False) for fix in fixes if any(map(_is_removal, fix.edits)))
    return [each if each.fix is None or sound[id(each.fix)] else replace(each, fix=None) for each in found]


def _is_plain(fix: Fix) -> bool:
    """Whether JSON holds all that a fix writes, as deep as it then stands."""
    for edit in fix.edits:
        value: Any = edit.value
        if isinstance(value, dict | list | tuple) or (isinstance(value, str) and not value.isascii()):
            for _ in edit.pointer:
                value = [value]
            if to_plain(value)[1]:
                return False
    return True


def _keeps(fix: Fix, body: Json, contract: Contract) -> bool:
    for edit in fix.edits:
        if edit.operation == "remove":
            continue
        pointer, value = edit.pointer, edit.value
        if edit.operation == "rename":
            pointer, value = (*pointer[:-1], str(value)), _found(body, pointer)
        against = failures_at(contract, pointer, value)
        if against:
            before = _at(body, pointer) if edit.operation == "set" else ()
            known = {(each.keyword, each.pointer) for old in before for each in failures_at(contract, pointer, old)}
            for failure in against:
                if (failure.keyword, failure.pointer) not in known and not _stood_there(
                    fix, body, (*pointer, *failure.pointer), failure.instance
                ):
                    return False
    return True


def _stood_there(fix: Fix, body: Json, pointer: Pointer, value: Any) -> bool:
    """Whether a fix takes an equal value away from a place of the same kind, as one that moves a message does."""
    return any(
        old == value
        for edit in fix.edits
        if edit.operation in ("set", "remove") and _is_alike(edit.pointer, pointer)
        for source in _at(body, edit.pointer)
        for old in _inside(source, pointer[len(edit.pointer) :])
    )


def _is_alike(outer: Pointer, pointer: Pointer) -> bool:
    """Whether a pointer leads to a place of a kind that lies in places of the kind of another: indexes do not count."""
    return len(outer) <= len(pointer) and all(
        one == other or (isinstance(one, int) and isinstance(other, int))
        for one, other in zip(outer, pointer, strict=False)
    )


def _inside(value: Any, steps: Pointer) -> Iterator[Any]:
    """The values at the places of a kind inside of a value."""
    if not steps:
        yield value
    elif isinstance(steps[0], int):
        for item in value if isinstance(value, list) else ():
            yield from _inside(item, steps[1:])
    elif isinstance(value, dict) and steps[0] in value:
        yield from _inside(value[steps[0]], steps[1:])


def _at(value: Any, pointer: Pointer) -> tuple[Any, ...]:
    """The value at a pointer, if there is one."""
    for step in pointer:
        if isinstance(step, int):
            if not isinstance(value, list) or step >= len(value):
                return ()
        elif not isinstance(value, dict) or step not in value:
            return ()
        value = value[step]
    return (value,)


def _found(value: Any, pointer: Pointer) -> Any:
    (found,) = _at(value, pointer)
    return found


def _is_removal(edit: Edit) -> bool:
    """Whether an edit takes away a parameter or a message."""
    return edit.operation == "remove" and (
        len(edit.pointer) == 1 or (len(edit.pointer) == 2 and edit.pointer[0] == "messages")
    )


def _stays_request(body: Json, fixes: Sequence[Fix], *, bare: bool) -> bool:
    """Whether what is known as a request still is without the parameters and messages that fixes take away."""
    gone = {edit.pointer for fix in fixes for edit in fix.edits if _is_removal(edit)}
    if not gone:
        return True
    edits = [edit for fix in fixes for edit in fix.edits]
    after = {key: value for key, value in body.items() if (key,) not in gone}
    if isinstance(after.get("messages"), list):
        after["messages"] = [
            *(message for index, message in enumerate(after["messages"]) if ("messages", index) not in gone),
            *(edit.value for edit in edits if edit.operation == "insert" and edit.pointer[:-1] == ("messages",)),
        ]
    for edit in edits:
        match edit:
            case Edit("set", (str(key),), value):
                after[key] = value
            case Edit("rename", (str(key),), str(name)):
                after[name] = after.pop(key, None)
    if bare:
        return is_conversation(after.get("messages")) or not is_conversation(body["messages"])
    return looks_like_request(after) or not looks_like_request(body)
