"""Carry out fixes on an instance; the instance that was given stays as it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from minimax_validate.values.diagnostic import Edit, Fix
from minimax_validate.values.pointer import Pointer


def shared(fixes: Iterable[Fix]) -> list[Fix]:
    """For each fix the first one that is equal to it: findings of one mistake may share the fix that mends it."""
    known: defaultdict[object, list[Fix]] = defaultdict(list)
    found: list[Fix] = []
    for fix in fixes:
        # Values may hold objects, which have no hash; what a fix touches nearly always tells it from others.
        alike = known[fix.message, tuple((edit.operation, edit.pointer) for edit in fix.edits)]
        first = next((other for other in alike if other == fix), None)
        if first is None:
            alike.append(fix)
            first = fix
        found.append(first)
    return found


def distinct(fixes: Iterable[Fix]) -> tuple[Fix, ...]:
    """The fixes in their order, equal ones once."""
    return tuple({id(fix): fix for fix in shared(fixes)}.values())


def compatible(fixes: Iterable[Fix]) -> tuple[Fix, ...]:
    """The fixes that can be carried out together.

    Of those that touch the same value, the first; of equal ones too.
    """
    chosen: list[Fix] = []
    touched: set[Pointer] = set()
    around: set[Pointer] = set()
    for fix in fixes:
        pointers = [pointer for edit in fix.edits for pointer in _touched(edit)]
        prefixes = {pointer[:length] for pointer in pointers for length in range(len(pointer))}
        if touched.isdisjoint(pointers) and touched.isdisjoint(prefixes) and around.isdisjoint(pointers):
            touched.update(pointers)
            around |= prefixes
            chosen.append(fix)
    return tuple(chosen)


def _touched(edit: Edit) -> Iterator[Pointer]:
    yield edit.pointer
    if edit.operation == "rename":
        # Two keys that are given one name would lose a value.
        yield (*edit.pointer[:-1], str(edit.value))


def apply_fixes(instance: Any, fixes: Iterable[Fix]) -> Any:
    """A copy of the instance with all fixes carried out that can be together (see ``compatible``)."""
    return apply_edits(instance, (edit for fix in compatible(fixes) for edit in fix.edits))


def apply_edits(instance: Any, edits: Iterable[Edit]) -> Any:
    """A copy of the instance with the edits carried out; their pointers are into the instance as it is now."""
    root = [_copy(instance)]
    # From the back to the front, and what lies inside a value before the value: so no edit shifts the place of one
    # still to come.
    for edit in sorted(edits, key=_place, reverse=True):
        container: Any = root
        step: Any = 0
        for following in edit.pointer:
            container, step = container[step], following
        _carry_out(container, step, edit)
    return root[0]


def _place(edit: Edit) -> tuple[tuple[tuple[int, str], ...], bool]:
    """Numbers and keys made comparable; at one place, the removal comes before the insertion."""
    return tuple(
        (step, "") if isinstance(step, int) else (0, step) for step in edit.pointer
    ), edit.operation != "insert"


def _carry_out(container: Any, step: Any, edit: Edit) -> None:
    match edit.operation:
        case "set":
            container[step] = _copy(edit.value)
        case "remove":
            del container[step]
        case "insert":
            container.insert(step, _copy(edit.value))
        case _:  # it is renamed
            members = [(edit.value if key == step else key, value) for key, value in container.items()]
            container.clear()
            container.update(members)


def _copy(value: Any) -> Any:
    """A copy as deep as its containers."""
    if isinstance(value, dict):
        return {key: _copy(member) for key, member in value.items()}
    return [_copy(item) for item in value] if isinstance(value, list | tuple) else value
