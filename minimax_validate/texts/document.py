"""A parsed instance and the text it came from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple, Protocol

from minimax_validate.texts.json.places import locate_json
from minimax_validate.texts.replacement import Rewrite
from minimax_validate.texts.spans import Locate, Span
from minimax_validate.values.diagnostic import Diagnostic, Edit
from minimax_validate.values.pointer import Pointer, value_at

if TYPE_CHECKING:
    from minimax_validate.texts.ignore_comments import IgnoreComment
    from minimax_validate.texts.source.program import Program


@dataclass(frozen=True, slots=True)
class Source:
    """A named piece of text; ``first_line`` (from 1) lets one line of a JSONL file keep its place in the file.

    ``start`` is how many bytes of the file stand before the text, which is as long in the file as it is in UTF-8.
    """

    name: str
    text: str
    first_line: int = 1
    start: int = 0


class Absent:
    """The type of ``ABSENT``: there is no instance, because the text could not be read as one."""


ABSENT = Absent()


class Proven:
    """The type of ``PROVEN``: the requests were proven clean while they were read, and are not kept."""


PROVEN = Proven()

Proof = Callable[[object, bytes], bool]
"""Whether a value that was parsed from JSON, and its compact JSON text, are proven to be a clean request."""


class Walk(Enum):
    """What a walk does with a text that cannot be read."""

    TELLS = "tells its faults"
    PASSES_OVER = "passes it over"
    GUESSES = "tells its faults if it may be meant as a request"


class Fault(NamedTuple):
    """A finding that parsing itself made, and where.

    Such places (a syntax error, the first of two equal keys) have no pointer. ``related`` are the spans of
    ``diagnostic.related``, in its order.
    """

    diagnostic: Diagnostic
    span: Span
    related: tuple[Span, ...] = ()


class Rewriter(NamedTuple):
    """How the text of a document is changed.

    Edits of its value as those of its text, and the document that a new text is. ``is_certain`` says of edits of its
    value that they can be made in its text, which is JSON without anything that JSON cannot hold; without it, only an
    attempt shows whether they can.
    """

    rewrite: Rewrite
    read: Callable[[Source], Document]
    is_certain: Callable[[object, Sequence[Edit]], bool] | None = None


class Sharing(Protocol):
    """Which values of a text are written once and stand in several places."""

    def place(self, pointer: Pointer, *, of_key: bool = False) -> Pointer:
        """Where the value at a pointer is written, or the key that holds it; the pointer itself where nobody knows."""
        ...

    def has(self, pointer: Pointer) -> bool:
        """Whether a pointer leads to a value."""
        ...

    def pointers(self, place: Pointer, *, of_key: bool = False) -> tuple[Pointer, ...]:
        """All pointers that lead to what is written at a place."""
        ...


@dataclass(frozen=True, slots=True)
class Document:
    """A value read from a text, or ``ABSENT``; ``locate`` finds pointers in the text.

    A ``PROVEN`` value stands for several texts in a row, each with one request that is clean; their text is not kept.

    ``rewriter`` is None where the text could not be read, or is one that is not rewritten, such as a recording.
    ``requests`` are the pointers of what is to be checked: the value itself, or each of several requests in it.
    ``ignore_comments`` are the comments of the text that ignore findings. ``walk`` is what a walk does with a text that
    cannot be read: it tells the faults, passes them over (of a template, say), or does as the words of the text
    suggest. ``sharing`` says of a text which values it writes once for several places. ``on_a_walk`` are those of the
    requests that count where nobody asked for the file; None for all. A ``program`` is where the value stands for
    requests of which a part is not known.
    """

    source: Source
    value: object
    faults: tuple[Fault, ...] = ()
    locate: Locate = locate_json
    requests: tuple[Pointer, ...] = ((),)
    ignore_comments: tuple[IgnoreComment, ...] = ()
    rewriter: Rewriter | None = None
    walk: Walk = Walk.GUESSES
    sharing: Callable[[str], Sharing | None] | None = None
    on_a_walk: tuple[Pointer, ...] | None = None
    program: Program | None = None

    def payloads(self) -> Iterator[tuple[Pointer, object]]:
        """What is to be checked, with its place in the value."""
        if self.value is not ABSENT and self.value is not PROVEN:
            yield from ((pointer, value_at(self.value, pointer)) for pointer in self.requests)
