"""Sort edits by the container that they change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from minimax_validate.texts.edits.tree import Container, Tree
from minimax_validate.texts.replacement import UnwritableError
from minimax_validate.values.diagnostic import Edit
from minimax_validate.values.pointer import Pointer


@dataclass(slots=True)
class Changes:
    """What happens to one container: members by their number in it, and what is new.

    ``inserted`` are the values before the member of a number, or last; ``added`` are new keys.
    """

    container: Container
    replaced: dict[int, Any] = field(default_factory=dict)
    removed: set[int] = field(default_factory=set)
    renamed: dict[int, str] = field(default_factory=dict)
    inserted: defaultdict[int, list[Any]] = field(default_factory=lambda: defaultdict(list))
    added: dict[str, Any] = field(default_factory=dict)

    @property
    def brings_in(self) -> bool:
        """Whether any value is new."""
        return bool(self.replaced or self.added or self.inserted)

    @property
    def kept(self) -> tuple[int, int] | None:
        """The numbers of the first and the last member that stay, if any does."""
        numbers = [number for number in range(len(self.container.members)) if number not in self.removed]
        return (numbers[0], numbers[-1]) if numbers else None

    def kept_before(self, place: int) -> int | None:
        """The number of the last member before a place that stays."""
        return next((number for number in range(place - 1, -1, -1) if number not in self.removed), None)


def changes(tree: Tree, edits: Iterable[Edit]) -> tuple[Changes, ...]:
    """What edits change, container by container; none of them is of the whole value.

    Raises:
        UnwritableError: one is of a place that is not in the text.
    """
    found: dict[Pointer, Changes] = {}
    for edit in edits:
        *around, step = edit.pointer
        pointer = tuple(around)
        if pointer not in found:
            found[pointer] = Changes(tree.container(pointer))
        _note(found[pointer], step, edit)
    # What is put behind the last value inside of another one comes before what is put behind that.
    return tuple(found[pointer] for pointer in sorted(found, key=len, reverse=True))


def _note(changed: Changes, step: str | int, edit: Edit) -> None:
    container = changed.container
    if edit.operation == "insert":
        if container.is_object or not isinstance(step, int) or step > len(container.members):
            raise UnwritableError("there is no such place in an array")
        # Each edit is of the array as it was: what is inserted later comes to stand before what was there.
        changed.inserted[step].insert(0, edit.value)
        return
    numbers = container.numbers(step)
    match edit.operation:
        case "set" if numbers:
            changed.replaced[numbers[-1]] = edit.value
        case "set" if container.is_object and isinstance(step, str):
            changed.added[step] = edit.value
        case "remove" if numbers:
            changed.removed.update(numbers)  # all that a key was given
        case "rename" if numbers and container.is_object:
            changed.renamed.update((number, str(edit.value)) for number in numbers)
        case _:
            raise UnwritableError("there is no such value in the text")
