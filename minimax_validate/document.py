"""A parsed instance and the text it came from."""

from __future__ import annotations

from dataclasses import dataclass

from minimax_validate.diagnostic import Diagnostic
from minimax_validate.positions import Locate, Span, locate_json
from minimax_validate.source import Source


class Absent:
    """The type of ``ABSENT``: there is no instance, because the text could not be read as one."""


ABSENT = Absent()


@dataclass(frozen=True, slots=True)
class Fault:
    """A finding that parsing itself made, and where: such places (a syntax error, the first of two equal keys) have no pointer.

    ``related`` are the spans of ``diagnostic.related``, in its order.
    """

    diagnostic: Diagnostic
    span: Span
    related: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One instance read from a text: ``value`` is what to check, or ``ABSENT``; ``locate`` finds pointers in the text."""

    source: Source
    value: object
    faults: tuple[Fault, ...] = ()
    locate: Locate = locate_json
