"""Carry out fixes on an instance; the instance that was given stays as it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from minimax_validate.values.diagnostic import Edit, Fix
from minimax_validate.values.pointer import Pointer


def compatible(fixes: Iterable[Fix]) -> tuple[Fix, ...]:
    """The fixes that can be carried out together.

    Of those that touch the same value, equal ones among them, the first.
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
        case "rename":
            members = [(edit.value if key == step else key, value) for key, value in container.items()]
            container.clear()
            container.update(members)


def _copy(value: Any) -> Any:
    """A copy as deep as its containers."""
    if isinstance(value, dict):
        return {key: _copy(member) for key, member in value.items()}
    return [_copy(item) for item in value] if isinstance(value, list | tuple) else value
