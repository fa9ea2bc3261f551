"""Match the results of tool calls to the calls, and say where that does not work out.

The ids of a call are scoped to one block: the calls of one assistant message and the results that follow it. What is
malformed takes no part, and never makes a healthy neighbour look faulty.
"""

from __future__ import annotations

import sys
from bisect import bisect
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from operator import itemgetter

from minimax_validate.request.pairing_facts import (
    Altered,
    Call,
    Duplicate,
    Early,
    NamelessCall,
    NamelessResult,
    Orphan,
    Pairing,
    Reordered,
    Repeated,
    Separated,
    Unanswered,
)
from minimax_validate.request.roles import acts_as


def pair(messages: Sequence[object], uncertain: Collection[object] = ()) -> Pairing:
    """Walk the messages once, pair calls and results, and collect what does not fit.

    ``uncertain`` are the indexes of messages whose calls, if they were any, are lost.
    """
    walk = _Walk(messages)
    for index, message in enumerate(messages):
        role = acts_as(message) if isinstance(message, dict) else "unreadable"
        if not isinstance(message, dict) or role == "unreadable":
            walk.unreadable()
        elif role == "tool":
            walk.result(index, message.get("tool_call_id"))
        else:
            walk.other(index, message.get("tool_calls") if role == "assistant" else None, message.get("tool_call_id"))
            if index in uncertain:
                walk.unreadable()
    walk.settle(None)
    return Pairing(
        tuple(orphan for orphan in walk.orphans if orphan.message not in walk.explained),
        tuple(walk.early),
        tuple(walk.duplicates),
        tuple(walk.separated),
        tuple(fact._replace(late=walk.late[fact.call]) if fact.call in walk.late else fact for fact in walk.unanswered),
        tuple(walk.repeated),
        tuple(walk.nameless_results),
        tuple(walk.nameless_calls),
        tuple(walk.reordered),
        tuple(walk.altered),
    )


def _id_of(call: object) -> str | None:
    """The id of a call, or None where the call is too malformed to have one."""
    identifier = call.get("id") if isinstance(call, dict) else None
    return identifier if isinstance(identifier, str) else None


@dataclass
class _Block:
    """The calls of one assistant message while their results come in."""

    message: int
    calls: dict[str, list[int]] = field(default_factory=dict)
    """Indexes of the calls by id: one each, more where ids repeat."""
    unanswered: dict[str, int] = field(default_factory=dict)
    """How many calls of each id still wait for their result."""
    first_answer: dict[str, int] = field(default_factory=dict)
    nameless: list[int] = field(default_factory=list)
    """Indexes of the calls whose id is empty."""
    unreadable: int = 0
    """How many calls have an id that cannot be read."""
    doubtful: bool = False
    """A message that cannot be read stands where a result may."""
    intruder: int | None = None
    inside: list[tuple[int, int]] = field(default_factory=list)
    """(message of the result, index of its call), for the results that follow the calls with nothing between."""
    outside: list[tuple[int, int]] = field(default_factory=list)
    """The same for the results behind the intruder."""
    nameless_results: list[int] = field(default_factory=list)
    unmatched: list[int] = field(default_factory=list)
    """Results of an unknown id that a call without a readable one may have caused."""
    named: dict[str, int] = field(default_factory=dict)
    """The message of another role than the tool's that ends the wait, and names a call which waits."""
    strangers: list[int] = field(default_factory=list)
    """The results, with nothing between them and the calls, whose id no call of the history has."""

    @property
    def waiting(self) -> bool:
        return bool(self.unanswered or self.nameless)

    @property
    def expects_strangers(self) -> bool:
        """Whether a result with an unknown id can be the answer of a call that has no readable one."""
        return len(self.unmatched) < self.unreadable + (len(self.nameless) if self.intruder is None else 0)

    @cached_property
    def _ascending(self) -> list[int]:
        """The indexes of the calls that ``inside`` answers, if they are answered in their order."""
        numbers = [number for _, number in self.inside]
        return numbers if all(earlier <= later for earlier, later in pairwise(numbers)) else []

    def slot(self, number: int) -> int:
        """Where the result of a call belongs: the index of the message to stand before.

        Asked when all results are in.
        """
        position = bisect(self._ascending, number)
        if position < len(self._ascending):
            return self.inside[position][0]
        return (self.inside[-1][0] if self.inside else self.message) + 1


class _Walk:
    """The state of one pass over the messages; it lives no longer than the pass."""

    def __init__(self, messages: Sequence[object]) -> None:
        self.orphans: list[Orphan] = []
        self.early: list[Early] = []
        self.duplicates: list[Duplicate] = []
        self.separated: list[Separated] = []
        self.unanswered: list[Unanswered] = []
        self.repeated: list[Repeated] = []
        self.nameless_results: list[NamelessResult] = []
        self.nameless_calls: list[NamelessCall] = []
        self.reordered: list[Reordered] = []
        self.altered: list[Altered] = []
        self.explained: set[int] = set()
        """The orphans that turned out to be something else."""
        self.late: dict[Call, int] = {}
        """The result that came too late for a call, when other calls had been made."""
        self._block = _Block(-1)
        self._doubt = False
        """Since the last message that could be read and is no result, one came that could not.

        It may have called anything.
        """
        self._answered: dict[str, int] = {}
        """The message that answered the latest call of this id."""
        self._closed: dict[str, tuple[Call, int]] = {}
        """The latest call of this id, if its block ended without its answer, and where that belongs."""
        self._early: dict[str, int] = {}
        """The place in ``early`` of a result whose call is still to come."""
        self._calls_ahead = _calls_by_id(messages)

    def unreadable(self) -> None:
        """A message that may be a result, a caller or neither: nothing that hangs on which of them is told."""
        self._doubt = True
        if self._block.intruder is None:
            self._block.doubtful = True

    def other(self, index: int, calls: object, identifier: object = None) -> None:
        """A message that is no result: it ends the wait of the block, and may open the next.

        It may name a call all the same.
        """
        self._doubt = False
        if isinstance(identifier, str) and identifier in self._block.unanswered and self._block.intruder is None:
            self._block.named.setdefault(identifier, index)
        if calls is None or calls == []:
            if self._block.waiting and self._block.intruder is None:
                self._block.intruder = index
            return
        self.settle(index)
        self._block = block = _Block(index)
        if not isinstance(calls, list):
            block.unreadable = sys.maxsize
            return
        for number, call in enumerate(calls):
            identifier = _id_of(call)
            if identifier is None:
                block.unreadable += 1
            elif not identifier:
                block.nameless.append(number)
            elif identifier in block.calls:
                self.repeated.append(Repeated(Call(index, number), Call(index, block.calls[identifier][0])))
                block.calls[identifier].append(number)
                block.unanswered[identifier] += 1
            else:
                block.calls[identifier] = [number]
                block.unanswered[identifier] = 1

    def result(self, index: int, identifier: object) -> None:
        """A tool message: find the call it answers."""
        block = self._block
        if not isinstance(identifier, str) or not identifier:
            if block.intruder is None:
                block.nameless_results.append(index)
            else:
                self.nameless_results.append(NamelessResult(index, None))
        elif identifier in block.unanswered:
            self._consume(index, identifier)
        elif self._doubt:
            return
        elif identifier in block.calls:
            self.duplicates.append(Duplicate(index, block.first_answer[identifier]))
        elif block.expects_strangers:
            block.unmatched.append(index)
        elif identifier in self._answered:
            self.duplicates.append(Duplicate(index, self._answered[identifier]))
        elif identifier in self._early:
            self.duplicates.append(Duplicate(index, self.early[self._early[identifier]].message))
        elif (call := self._call_after(index, identifier)) and identifier not in self._closed:
            self._early[identifier] = len(self.early)
            self.early.append(Early(index, call, None, call.message + 1))
        else:
            self._orphan(index, identifier)

    def _orphan(self, index: int, identifier: str) -> None:
        closed = self._closed.get(identifier)
        if closed is None:
            self.orphans.append(Orphan(index, None))
        else:
            self.late.setdefault(closed[0], index)
            self.orphans.append(Orphan(index, *closed))
        if identifier not in self._calls_ahead and self._block.intruder is None:
            self._block.strangers.append(index)

    def _consume(self, index: int, identifier: str) -> None:
        block = self._block
        waiting = block.unanswered[identifier]
        number = block.calls[identifier][-waiting]
        if waiting == 1:
            del block.unanswered[identifier]
        else:
            block.unanswered[identifier] = waiting - 1
        block.first_answer.setdefault(identifier, index)
        self._answered[identifier] = index
        self._closed.pop(identifier, None)
        (block.inside if block.intruder is None else block.outside).append((index, number))

    def _call_after(self, index: int, identifier: str) -> Call | None:
        calls = self._calls_ahead.get(identifier, [])
        position = bisect(calls, Call(index, 0))
        return calls[position] if position < len(calls) else None

    def settle(self, successor: int | None) -> None:
        """Judge what the block still waits for, as the next calling message or the end has come."""
        block = self._block
        self._settle_early(block)
        self._settle_nameless(block)
        if block.intruder is not None:
            for message, number in block.outside:
                self.separated.append(
                    Separated(message, Call(block.message, number), block.intruder, block.slot(number))
                )
        self._settle_strangers(block)
        intruder = successor if block.intruder is None else block.intruder
        for identifier, waiting in block.unanswered.items():
            numbers = block.calls[identifier]
            # Where ids repeat within a message one result is answer enough: the repetition is the mistake, and is told
            # as that.
            if waiting == len(numbers) and not block.doubtful:
                call, slot = Call(block.message, numbers[0]), block.slot(numbers[0])
                self.unanswered.append(Unanswered(call, intruder, slot, None, block.named.get(identifier)))
                self._closed[identifier] = call, slot
                self._answered.pop(identifier, None)
        order = tuple(message for message, _ in sorted(block.inside, key=itemgetter(1)))
        stands = tuple(message for message, _ in block.inside)
        if order != stands:
            self.reordered.append(Reordered(stands, order))

    def _settle_early(self, block: _Block) -> None:
        """Give the results that came before this block their place in it."""
        for identifier, numbers in block.calls.items():
            place = self._early.pop(identifier, None)
            if place is None:
                continue
            early = self.early[place]
            self.early[place] = early._replace(answer=block.first_answer.get(identifier), slot=block.slot(numbers[0]))
            if block.unanswered.pop(identifier, None):
                self._answered.setdefault(identifier, early.message)

    def _settle_strangers(self, block: _Block) -> None:
        """Pair the only result of an unknown id with the only call that waits: one side's id was rewritten."""
        certain = not (block.unreadable or block.doubtful or block.nameless or block.nameless_results)
        if certain and len(block.strangers) == len(block.unanswered) == 1:
            ((identifier, waiting),) = block.unanswered.items()
            numbers = block.calls[identifier]
            if waiting == len(numbers) == 1:
                (stranger,) = block.strangers
                self.altered.append(Altered(stranger, Call(block.message, numbers[0]), identifier))
                self.explained.add(stranger)
                self._answered[identifier] = stranger
                del block.unanswered[identifier]

    def _settle_nameless(self, block: _Block) -> None:
        """Pair what has no id where only one partner is possible."""
        waiting = {
            name: block.calls[name][0] for name, left in block.unanswered.items() if left == len(block.calls[name])
        }
        nameless = [Call(block.message, number) for number in block.nameless]
        certain = not (block.unreadable or block.doubtful)
        if len(nameless) == 1 and len(block.unmatched) == 1 and certain:
            self.nameless_calls.append(NamelessCall(nameless.pop(), block.unmatched[0]))
        partner: Call | None = None
        if (
            len(block.nameless_results) == 1
            and len(waiting) + len(nameless) == 1
            and not (nameless and block.unmatched)
            and certain
        ):
            partner = nameless[0] if nameless else Call(block.message, *waiting.values())
        if block.nameless_results and len(waiting) == 1 and not nameless:
            (name,) = waiting
            del block.unanswered[name]
            self._answered[name] = block.nameless_results[0]
        self.nameless_results.extend(NamelessResult(message, partner) for message in block.nameless_results)
        answer = block.nameless_results[0] if partner is not None else None
        self.nameless_calls.extend(NamelessCall(call, answer) for call in nameless)


def _calls_by_id(messages: Sequence[object]) -> dict[str, list[Call]]:
    calls: defaultdict[str, list[Call]] = defaultdict(list)
    for call, identifier in _identified_calls(messages):
        calls[identifier].append(call)
    return calls


def _identified_calls(messages: Sequence[object]) -> Iterator[tuple[Call, str]]:
    for index, message in enumerate(messages):
        if (
            isinstance(message, dict)
            and acts_as(message) == "assistant"
            and isinstance(message.get("tool_calls"), list)
        ):
            for number, call in enumerate(message["tool_calls"]):
                if identifier := _id_of(call):
                    yield Call(index, number), identifier
