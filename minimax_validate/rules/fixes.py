"""The usual fixes, ready made."""

from __future__ import annotations

from minimax_validate.values.diagnostic import Edit, Fix
from minimax_validate.values.pointer import Pointer


def removal(pointer: Pointer, message: str, *, safe: bool) -> Fix:
    """A fix that takes one value out."""
    return Fix(message, (Edit("remove", pointer),), safe)


def assignment(pointer: Pointer, value: object, message: str, *, safe: bool) -> Fix:
    """A fix that puts one value in place of another, or of nothing."""
    return Fix(message, (Edit("set", pointer, value),), safe)


def move(source: Pointer, target: Pointer, value: object, message: str, *, safe: bool) -> Fix:
    """A fix that takes an array element, ``value``, from ``source`` and puts it before the element at ``target``."""
    return Fix(message, (Edit("insert", target, value), Edit("remove", source)), safe)
