"""Pair a history as it is meant: converted from its dialects, and with the calls of one turn in one message.

What is found is led back to the places in the history as it was given. Nothing is told of messages in a dialect, and of
the results behind calls that are spread over messages: both are told as that, and looked at again once they are mended.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from minimax_validate.request.history import History
from minimax_validate.request.pairing import pair
from minimax_validate.request.pairing_facts import Call, Pairing, Split
from minimax_validate.request.roles import acts_as


def pair_history(history: History, uncertain: Collection[object] = ()) -> Pairing:
    """All that is wrong with the pairing of a history; ``uncertain`` are indexes of messages whose calls are lost."""
    if not history.passages and not _may_be_split(history.messages):
        return pair(history.messages, uncertain)
    turns = tuple(_turns(history.messages))
    if not history.passages and len(turns) == len(history.messages):
        return pair(history.messages, uncertain)
    view = _View(history, turns)
    doubtful = {number for number in range(len(turns)) if view.origin(number) in uncertain}
    return view.as_given(pair(view.messages, doubtful))


def _may_be_split(messages: Sequence[Any]) -> bool:
    """Whether a message that calls follows another one right away."""
    before = False
    for message in messages:
        calls = isinstance(message, dict) and bool(message.get("tool_calls"))
        if calls and before:
            return True
        before = calls
    return False


@dataclass(frozen=True, slots=True)
class _Turn:
    """Messages that are one, from ``start`` up to ``stop`` of a converted history; nearly always a single one."""

    start: int
    stop: int


def _turns(messages: Sequence[Any]) -> Iterator[_Turn]:
    """The messages in their order, those that share out the calls of one turn together."""
    start = 0
    while start < len(messages):
        stop = start + 1
        if _ids(messages[start]):
            while stop < len(messages) and _ids(messages[stop]):
                stop += 1
            first = stop - 1
            if stop - start > 1:
                first = _first_of_turn(messages, start, stop)
                yield from (_Turn(number, number + 1) for number in range(start, first))
            yield _Turn(first, stop)
        else:
            yield _Turn(start, stop)
        start = stop


def _first_of_turn(messages: Sequence[Any], start: int, stop: int) -> int:
    """Where the turn begins that ends a run of calling messages: each before the last has a result behind the run."""
    answered: set[object] = set()
    for message in messages[stop:]:
        if not _is_result(message):
            break
        identifier = message.get("tool_call_id")
        if isinstance(identifier, str):
            answered.add(identifier)
    first = stop - 1
    taken = set(_ids(messages[first]))
    while first > start:
        ids = _ids(messages[first - 1])
        if answered.isdisjoint(ids) or not taken.isdisjoint(ids):
            break
        first -= 1
        taken.update(ids)
    return first


def _ids(message: Any) -> Sequence[str]:
    """The ids of the calls of a message; none if it calls nothing, or one of its calls has no id of its own."""
    calls = message.get("tool_calls") if isinstance(message, dict) and acts_as(message) == "assistant" else None
    if not isinstance(calls, list):
        return ()
    ids = [call.get("id") if isinstance(call, dict) else None for call in calls]
    sound = [identifier for identifier in ids if isinstance(identifier, str) and identifier]
    return sound if len(sound) == len(ids) == len(set(sound)) else ()


class _View:
    """A history by its turns, with the way back; a value, but for what it remembers."""

    def __init__(self, history: History, turns: Sequence[_Turn]) -> None:
        self._history = history
        self._turns = turns

    @cached_property
    def messages(self) -> Sequence[Any]:
        """One message for each turn."""
        found = self._history.messages
        return [
            found[turn.start]
            if turn.stop - turn.start == 1
            else {
                "role": "assistant",
                "tool_calls": [call for message in found[turn.start : turn.stop] for call in message["tool_calls"]],
            }
            for turn in self._turns
        ]

    def origin(self, number: int) -> int:
        """The index of a turn's first message as it was given; the end of the history is the end."""
        if number == len(self._turns):
            return self._history.origins[-1] + 1 if self._history.origins else 0
        return self._history.origins[self._turns[number].start]

    def _maybe(self, number: int | None) -> int | None:
        return None if number is None else self.origin(number)

    def _call(self, call: Call) -> Call:
        history, turn, number = self._history, self._turns[call.message], call.number or 0
        position = turn.start
        while position < turn.stop - 1 and number >= len(history.messages[position]["tool_calls"]):
            number -= len(history.messages[position]["tool_calls"])
            position += 1
        origin = history.origins[position]
        return Call(origin, None if origin in history.foreign else number)

    @cached_property
    def _silent(self) -> frozenset[int]:
        """The turns of which nothing is told: in a dialect, of several messages, or results behind such a one."""
        silent: set[int] = set()
        behind = False
        for number, turn in enumerate(self._turns):
            if turn.stop - turn.start > 1:
                behind = True
                silent.add(number)
            else:
                behind = behind and _is_result(self.messages[number])
                if behind or self._history.origins[turn.start] in self._history.foreign:
                    silent.add(number)
        return frozenset(silent)

    def _splits(self) -> Iterator[Split]:
        for turn in self._turns:
            origins = tuple(self._history.origins[position] for position in range(turn.start, turn.stop))
            if len(origins) > 1 and self._history.foreign.isdisjoint(origins):
                yield Split(origins)

    def as_given(self, found: Pairing) -> Pairing:
        """What was found, at the places of the history as it was given."""
        silent, origin, call_of = self._silent, self.origin, self._call
        return Pairing(
            orphans=tuple(
                fact._replace(
                    message=origin(fact.message),
                    closed=fact.closed and call_of(fact.closed),
                    slot=self._maybe(fact.slot),
                )
                for fact in found.orphans
                if fact.message not in silent
            ),
            early=tuple(
                fact._replace(
                    message=origin(fact.message),
                    call=call_of(fact.call),
                    answer=self._maybe(fact.answer),
                    slot=origin(fact.slot),
                )
                for fact in found.early
                if fact.message not in silent
            ),
            duplicates=tuple(
                fact._replace(message=origin(fact.message), first=origin(fact.first))
                for fact in found.duplicates
                if fact.message not in silent
            ),
            separated=tuple(
                fact._replace(
                    message=origin(fact.message),
                    call=call_of(fact.call),
                    intruder=origin(fact.intruder),
                    slot=origin(fact.slot),
                )
                for fact in found.separated
                if fact.message not in silent
            ),
            unanswered=tuple(
                fact._replace(
                    call=call_of(fact.call),
                    intruder=self._maybe(fact.intruder),
                    slot=origin(fact.slot),
                    late=self._maybe(fact.late),
                    answer=self._maybe(fact.answer),
                )
                for fact in found.unanswered
                if fact.call.message not in silent
            ),
            repeated=tuple(
                fact._replace(call=call_of(fact.call), first=call_of(fact.first))
                for fact in found.repeated
                if fact.call.message not in silent
            ),
            nameless_results=tuple(
                fact._replace(message=origin(fact.message), call=self._native(fact.call))
                for fact in found.nameless_results
                if fact.message not in silent
            ),
            nameless_calls=tuple(
                fact._replace(
                    call=call_of(fact.call), message=None if fact.message in silent else self._maybe(fact.message)
                )
                for fact in found.nameless_calls
                if fact.call.message not in silent
            ),
            reordered=tuple(
                fact._replace(messages=tuple(map(origin, fact.messages)), order=tuple(map(origin, fact.order)))
                for fact in found.reordered
                if silent.isdisjoint(fact.messages)
            ),
            altered=tuple(
                fact._replace(message=origin(fact.message), call=call_of(fact.call))
                for fact in found.altered
                if fact.message not in silent
            ),
            split=tuple(self._splits()),
            foreign_orphans=tuple(
                origin(fact.message)
                for fact in found.orphans
                if self._history.origins[self._turns[fact.message].start] in self._history.foreign
            ),
        )

    def _native(self, call: Call | None) -> Call | None:
        """A call that an edit can name, if it is one."""
        found = call and self._call(call)
        return found if found is not None and found.number is not None else None


def _is_result(message: Any) -> bool:
    """Whether a message is the result of a call."""
    return isinstance(message, dict) and acts_as(message) == "tool"
