"""Collect the keys that objects of a text give more than once, whatever the notation."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field

from minimax_validate.texts.spans import Repeat, Span


@dataclass(slots=True)
class _Open:
    """A container that is being read: the key or index of the member it has come to, and the places of its keys."""

    step: str | int
    places: dict[Hashable, tuple[str | int, list[Span]]] = field(default_factory=dict)


class RepeatedKeys:
    """Repeated keys, collected while a reader goes through a text.

    It tells of brackets, keys and items as they come.
    """

    def __init__(self) -> None:
        self._around: list[_Open] = []
        self._found: list[Repeat] = []

    def opens(self, *, is_object: bool) -> None:
        """A container begins."""
        self._around.append(_Open("" if is_object else 0))

    def key(self, step: str | int, span: Span, identity: Hashable = None, *, counts: bool = True) -> None:
        """A key of the object that was opened last; ``identity`` tells keys apart that are the same step.

        With ``counts`` false the key is no repetition of another one.
        """
        inside = self._around[-1]
        inside.step = step
        if counts:
            inside.places.setdefault((identity, step), (step, []))[1].append(span)

    def next_item(self) -> None:
        """The next item of an array begins; of an object this says nothing."""
        if self._around and isinstance(self._around[-1].step, int):
            self._around[-1].step += 1

    def closes(self) -> None:
        """The container that was opened last ends."""
        for step, spans in self._around.pop().places.values():
            if len(spans) > 1:
                pointer = (*(inside.step for inside in self._around), step)
                self._found.append(Repeat(pointer, str(step), spans[0], spans[-1], len(spans)))

    def found(self) -> tuple[Repeat, ...]:
        """The repeated keys, in the order of their last places."""
        return tuple(sorted(self._found, key=lambda repeat: repeat.last))
