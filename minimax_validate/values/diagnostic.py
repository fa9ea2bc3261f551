"""What a check has to say, as plain data: no file names, no line numbers, no colour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Literal

from minimax_validate.values.pointer import Pointer


class Severity(IntEnum):
    """The severity of a finding; severities are ordered, so ``max`` returns the highest."""

    INFO = 1
    WARNING = 2
    ERROR = 3

    @property
    def label(self) -> str:
        """The name in output and configuration files: ``error``, ``warning`` or ``info``."""
        return self.name.lower()


Focus = Literal["value", "key", "opening"]
"""Which characters a finding marks: the value, its key, or the opening bracket of the object or array."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One change to a value; its pointer refers to the value before any edit of the same fix.

    ``set`` sets ``value`` at ``pointer``; the last step may be a new key. ``remove`` removes the value at ``pointer``.
    ``insert`` inserts ``value`` before the array item at ``pointer``, or at the end if the index is the length of the
    array. ``rename`` renames the key at ``pointer`` to ``value`` and keeps its position.
    """

    operation: Literal["set", "remove", "insert", "rename"]
    pointer: Pointer
    value: object = None


@dataclass(frozen=True, slots=True)
class Fix:
    """Edits that together resolve a finding; a ``safe`` fix does not change what the model receives."""

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
    """Another place that belongs to a finding, with a message that explains it."""

    pointer: Pointer
    message: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding, with a pointer into the payload.

    ``code`` and ``name`` identify the rule. ``pointer`` is a tuple of keys and indexes. ``is_sent`` is false if the
    value would never be sent to the provider, such as a notebook.
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
        (moved,) = all_moved((self,), prefix, made_up)
        return moved


def all_moved(diagnostics: Sequence[Diagnostic], prefix: Pointer, made_up: int = 0) -> Sequence[Diagnostic]:
    """The same findings as seen from further out, see ``Diagnostic.moved``; those that share a fix still do."""
    if not prefix and not made_up:
        return diagnostics
    # As many findings may share one fix as it has edits.
    fixes: dict[int, Fix | None] = {id(None): None}
    moved: list[Diagnostic] = []
    for each in diagnostics:
        if id(each.fix) not in fixes and each.fix is not None:
            fixes[id(each.fix)] = each.fix.moved(prefix, made_up)
        related = tuple([Related(prefix + other.pointer[made_up:], other.message) for other in each.related])
        moved.append(replace(each, pointer=prefix + each.pointer[made_up:], related=related, fix=fixes[id(each.fix)]))
    return moved
