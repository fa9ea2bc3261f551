"""Whether a request is short enough by its JSON, of which no text needs to be taken out, let alone counted.

The JSON is there already: the proof that a request keeps the contract writes it. It holds each text that the template
may show, unescaped or longer. So its bytes bound what is certain, and a sample of them estimates what is probable.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from minimax_validate.tokens.bounds import CUTS_BESIDE, MOST_CUTS_BESIDE, SEPARATOR, count_cuts, cuts_of_pairs
from minimax_validate.tokens.costs import LEAST_COSTS, USUAL_COSTS, Costs
from minimax_validate.tokens.estimate import WEIGHTS_PER_TOKEN, weight_of
from minimax_validate.tokens.rough import NOT_SEEN
from minimax_validate.tokens.sums import total
from minimax_validate.tokens.verdict import ESTIMATE_CONFIDENCE
from minimax_validate.values.model import CIRCUMSTANCES

SAMPLED_FROM = 65_536
"""Bytes of JSON from which on a sample of them is an estimate."""

_SAMPLE = 256
# Prime numbers: the samples of a table whose rows have a round length are not all from the same column.
_STEP, _LONG_STEP = 2_039, 4_093
_LONG = 262_144

_BLOCK = 32_760
# A line break has two bytes in JSON, and is beside two cuts. Its backslash stands for both.
_CUTS_BESIDE = bytes(2 if byte == ord("\\") else cuts for byte, cuts in enumerate(CUTS_BESIDE))
_IS_BESIDE = bytes(min(1, cuts) for cuts in CUTS_BESIDE)
_PARAMETER = USUAL_COSTS.parameter - 2
# Every digit is made a 0: two fixed searches, which cost far less than the pattern, show that most texts have neither.
_TO_SHAPE = bytes.maketrans(b"123456789E", b"000000000e")
_EXPONENT, _LONG_FLOAT = b"0e", b"0" * 16 + b"."
_WRITTEN_ANEW = re.compile(r"[\s:,\[]-?\d[\d.]*[eE]|\d{16}\.")


@dataclass(frozen=True, slots=True)
class _Spare:
    """What the keys and marks of the JSON have more of, at least, than the template has tokens in their place."""

    message: int
    """Of ``{"role":"user","content":""}``, beyond a turn and one token of its text."""
    call: int
    """Of ``{"id":"","type":"function","function":{"name":"","arguments":""}}``, beyond a call and its name."""
    result: int
    """Of a message with ``"tool_call_id":""``, beyond what others spare and the first result of a run."""

    def of(self, messages: int, calls: int) -> int:
        """That of so many messages and calls, each of which has a result."""
        return self.message * messages + (self.call + self.result) * calls


_SPARE_BYTES = _Spare(message=16, call=48, result=16)
_SPARE_MARKS = _Spare(message=8, call=21, result=5)
_SPARE_CUTS = _Spare(message=1, call=4, result=1)


@dataclass(frozen=True, slots=True)
class Glimpse:
    """What is known of a request that keeps the contract, and each of whose calls has one result.

    ``encoded`` is its compact JSON, ``tools`` that of its tools; ``ids`` and ``arguments`` are those of its calls.
    """

    encoded: bytes
    messages: int
    ids: Sequence[bytes] = ()
    arguments: str = ""
    tools: bytes = b""

    @classmethod
    def of(cls, encoded: bytes, messages: int, calls: Sequence[Mapping[str, Any]], tools: bytes) -> Glimpse:
        """See the class."""
        arguments = "".join([call["function"]["arguments"] for call in calls])
        return cls(encoded, messages, [call["id"].encode() for call in calls], arguments, tools)

    def is_clearly_short(self, budget: int) -> bool:
        """Whether a prompt is certain to be within its budget by the lower bound, and clearly so by the estimate.

        False says nothing.
        """
        # The template writes these anew, with a space behind each comma and colon, and numbers as Python does.
        if _may_grow(self.arguments) or _may_grow(self.tools.decode()):
            return False
        joints = self.joints
        room = budget - AROUND - joints
        # Each token has a byte at least. No id is shown, whether of a call or of its result.
        spare = 2 * sum(map(len, self.ids)) + _SPARE_BYTES.of(self.messages, len(self.ids))
        if len(self.encoded) <= room + spare:
            return True
        if len(self.encoded) < SAMPLED_FROM or not self.has_few_cuts(room):
            return False
        # Beside what their JSON weighs, the name and the value of a parameter are texts of their own.
        usual = estimated(self.encoded) + joints // 2 + _PARAMETER * self.arguments.count(":") + AROUND
        usual -= 2 * weight_of(b"".join(self.ids)) // WEIGHTS_PER_TOKEN
        return usual * ESTIMATE_CONFIDENCE <= (1 - NOT_SEEN) * budget

    @property
    def joints(self) -> int:
        """The commas and colons that the template may put a space behind."""
        return sum(self.arguments.count(joint) + self.tools.count(joint.encode()) for joint in ",:")

    def has_few_cuts(self, room: int) -> bool:
        """Whether the lower bound of a prompt is certain to be within some room, but for what is around its texts."""
        ids = SEPARATOR.join(self.ids)
        few = room + 2 * total(ids.translate(_IS_BESIDE), 1) + _SPARE_MARKS.of(self.messages, len(self.ids))
        left, most = len(self.encoded), 0
        of_blocks = []
        for start in range(0, len(self.encoded), _BLOCK):
            block = self.encoded[start : start + _BLOCK]
            of_blocks.append(total(block.translate(_CUTS_BESIDE), MOST_CUTS_BESIDE))
            most += of_blocks[-1]
            left -= len(block)
            if most + left <= few:  # a byte has one cut before it at most
                return True
        # What single bytes do not decide, they decide with their neighbours, in as many blocks as it takes.
        few = room + 2 * count_cuts(ids) + _SPARE_CUTS.of(self.messages, len(self.ids))
        few -= LEAST_COSTS.parameter * self.arguments.count(":")
        for count in (cuts_of_pairs, count_cuts):
            excess = most - few
            for number, cuts in enumerate(of_blocks):
                block = self.encoded[number * _BLOCK : (number + 1) * _BLOCK + 2]
                of_blocks[number] = min(cuts, cuts_of_json(block, count))
                most -= cuts - of_blocks[number]
                if most <= few:
                    return True
                if count is cuts_of_pairs and (cuts - of_blocks[number]) * len(of_blocks) < excess:
                    break  # the others will hardly be better
        return False


def cuts_of_json(block: bytes, count: Callable[[bytes], int] = count_cuts) -> int:
    """At least the cuts of the texts that some JSON holds, which are hardly fewer, by a count of those of bytes.

    An escaped quote or backslash is beside the cuts that both its bytes are beside; another escape may hide two.
    """
    return count(block) + 2 * (block.count(b"\\") - block.count(b'\\"'))


def _around(costs: Costs) -> int:
    """The tokens that the template has of its own around messages and tools."""
    return costs.head + costs.default_system + costs.answer + costs.tools + len(CIRCUMSTANCES) * costs.circumstance


AROUND = max(_around(LEAST_COSTS), _around(USUAL_COSTS))
"""The most tokens that are around all messages and tools."""


def _may_grow(text: str) -> bool:
    """Whether some JSON may hold a number that Python writes longer: one with an exponent, or a long float."""
    shape = text.encode("utf-8", "surrogatepass").translate(_TO_SHAPE)
    return (_EXPONENT in shape or _LONG_FLOAT in shape) and _WRITTEN_ANEW.search(text) is not None


def estimated(encoded: bytes) -> int:
    """About how many tokens some JSON is, by an eighth or a sixteenth of it."""
    step = _STEP if len(encoded) < _LONG else _LONG_STEP
    sample = b"".join([encoded[at : at + _SAMPLE] for at in range(0, len(encoded), step)])
    if not sample.isascii():
        sample = sample.decode("utf-8", "ignore").encode()  # a sample may begin and end inside of a character
    return weight_of(sample) * len(encoded) // (len(sample) * WEIGHTS_PER_TOKEN)
