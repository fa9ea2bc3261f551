"""What a check has to say, as plain data: no file names, no line numbers, no colour."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Literal

from minimax_validate.values.pointer import Pointer


class Severity(IntEnum):
    """How much a finding matters; ordered, so the worst of several is their maximum."""

    INFO = 1
    WARNING = 2
    ERROR = 3

    @property
    def label(self) -> str:
        """The word that people and configuration files use: ``error``, ``warning`` or ``info``."""
        return self.name.lower()


Focus = Literal["value", "key", "opening"]
"""Which characters a pointer means: the value, the key that holds it, or the opening bracket of a container."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One change to an instance; every pointer is into the instance as it was before any edit.

    ``set`` puts ``value`` at ``pointer`` (the last step may be a new key); ``remove`` takes the value at ``pointer``
    out; ``insert`` puts ``value`` before the array element at ``pointer``, or last when the index is the array's
    length; ``rename`` gives the key at ``pointer`` the name ``value``, in its place.
    """

    operation: Literal["set", "remove", "insert", "rename"]
    pointer: Pointer
    value: object = None


@dataclass(frozen=True, slots=True)
class Fix:
    """Edits that together make a finding go away; ``safe`` ones leave the meaning for the model as it was."""

    message: str
    edits: tuple[Edit, ...]
    safe: bool

    def moved(self, prefix: Pointer, made_up: int = 0) -> Fix:
        """The same fix of the same value, as seen from further out; see ``Diagnostic.moved``."""
        return Fix(
            self.message,
            tuple(Edit(edit.operation, prefix + edit.pointer[made_up:], edit.value) for edit in self.edits),
            self.safe,
        )


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that a finding speaks of, and its part in it."""

    pointer: Pointer
    message: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding, bound to a pointer into the payload as it was given.

    ``is_sent`` says that the provider may come to see it: nobody sends a notebook.
    """

    code: str
    name: str
    severity: Severity
    message: str
    pointer: Pointer
    related: tuple[Related, ...] = ()
    fix: Fix | None = None
    focus: Focus = "value"
    is_sent: bool = True

    def moved(self, prefix: Pointer, made_up: int = 0) -> Diagnostic:
        """The same finding of the same value, as seen from further out.

        ``prefix`` leads from there to the value; the first ``made_up`` steps of a pointer are not in it.
        """
        if not prefix and not made_up:
            return self
        related = tuple(Related(prefix + other.pointer[made_up:], other.message) for other in self.related)
        pointer = prefix + self.pointer[made_up:]
        return replace(self, pointer=pointer, related=related, fix=self.fix and self.fix.moved(prefix, made_up))
