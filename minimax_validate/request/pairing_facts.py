"""What can be wrong between tool calls and their results, as facts by place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from minimax_validate.values.pointer import Pointer


class Call(NamedTuple):
    """One tool call by place: ``message`` indexes the messages, ``number`` the calls of that message.

    There is no number in a message in a dialect, whose calls stand elsewhere.
    """

    message: int
    number: int | None

    @property
    def pointer(self) -> Pointer:
        """The pointer of the call; in a dialect, of its message."""
        if self.number is None:
            return ("messages", self.message)
        return ("messages", self.message, "tool_calls", self.number)

    @property
    def identifier(self) -> Pointer:
        """The pointer of the call's id; in a dialect, of its message."""
        return self.pointer if self.number is None else (*self.pointer, "id")


class Orphan(NamedTuple):
    """A result that no call is left for; ``closed`` is a call of that id whose block ended unanswered before.

    ``slot`` indexes the message that the result belongs before, if there is such a call.
    """

    message: int
    closed: Call | None
    slot: int | None = None


class Altered(NamedTuple):
    """A result whose id no call has, and the only call that waits for one there; ``identifier`` is the call's id."""

    message: int
    call: Call
    identifier: str


class Split(NamedTuple):
    """Calling messages that follow each other, with their results together behind: one turn, spread over messages."""

    messages: tuple[int, ...]


class Early(NamedTuple):
    """A result that stands before its call, where ``slot`` is its place.

    ``answer`` indexes a result that the call has there already.
    """

    message: int
    call: Call
    answer: int | None
    slot: int


class Duplicate(NamedTuple):
    """A second result of one call; ``first`` indexes the message that answered it."""

    message: int
    first: int


class Separated(NamedTuple):
    """A result with another message (``intruder``) between it and its call.

    ``slot`` indexes the message that it belongs before.
    """

    message: int
    call: Call
    intruder: int
    slot: int


class Unanswered(NamedTuple):
    """A call without a result.

    ``intruder`` indexes the message that ended the wait, None for the end of the history. ``slot`` indexes the message
    that a result would belong before. ``late`` is a result of this id that comes when other calls have been made since,
    ``answer`` a message of another role than the tool's that names the call.
    """

    call: Call
    intruder: int | None
    slot: int
    late: int | None = None
    answer: int | None = None


class Repeated(NamedTuple):
    """A call whose id an earlier call of the same message has."""

    call: Call
    first: Call


class NamelessResult(NamedTuple):
    """A result without an id, and the call it answers where only one is possible."""

    message: int
    call: Call | None


class NamelessCall(NamedTuple):
    """A call without an id, and the message that answers it where only one is possible."""

    call: Call
    message: int | None


class Reordered(NamedTuple):
    """Results that answer the calls of a block in another order.

    ``messages`` as they stand, ``order`` as the calls would have them.
    """

    messages: tuple[int, ...]
    order: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Pairing:
    """All that is wrong with the pairing of a history.

    ``foreign_orphans`` are the messages in a dialect that hold a result of no call.
    """

    orphans: tuple[Orphan, ...]
    early: tuple[Early, ...]
    duplicates: tuple[Duplicate, ...]
    separated: tuple[Separated, ...]
    unanswered: tuple[Unanswered, ...]
    repeated: tuple[Repeated, ...]
    nameless_results: tuple[NamelessResult, ...]
    nameless_calls: tuple[NamelessCall, ...]
    reordered: tuple[Reordered, ...]
    altered: tuple[Altered, ...] = ()
    split: tuple[Split, ...] = ()
    foreign_orphans: tuple[int, ...] = ()
