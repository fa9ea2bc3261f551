"""What a prompt is made of: one segment after the other, each with its text and where that comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from minimax_validate.tokens.costs import TOKENS_OF_PARTS, Extent, Part
from minimax_validate.values.pointer import Pointer


class Kind(Enum):
    """Whose text a segment is."""

    TEMPLATE = "template"
    REQUEST = "request"
    DROPPED = "dropped"
    UNCOUNTED = "uncounted"
    """The template prints it, but what the model is given for it is not known."""


class Segment(NamedTuple):
    """A part of a prompt, or of a request that does not enter the prompt.

    ``pointer`` leads to where the request has the text, and for a text of the template to the message or tools around
    which it stands. ``name`` says which part it is. The template's texts may not be shipped: their ``text`` is empty.
    """

    text: str
    pointer: Pointer
    kind: Kind
    name: str
    rule: str = ""
    """The code of the rule whose page says why a text is dropped, or what is wrong with it."""
    tokens: int | None = None
    """None for a text that is not counted, or not yet."""
    goes_on: bool = False
    """Whether a text of the request goes on from the one before, so that they are counted as one.

    What is dropped between the two has it too.
    """


# A long history has tens of thousands of segments, and the constructor of a named tuple takes most of the time that one
# costs.
_new = tuple.__new__
_TEMPLATE, _REQUEST = Kind.TEMPLATE, Kind.REQUEST


class Why(Enum):
    """Why a part of a request is dropped, or not certain to be read as text: what it is, and the rule that says so."""

    IMAGE = ("image", "MM506")
    IMAGE_IN_RESULT = ("image in a result", "MM506")
    NAME = ("name", "MM509")
    RESPONSE_FORMAT = ("response format", "MM404")
    FURTHER_SYSTEM = ("further system message", "MM503")
    LATE_SYSTEM = ("late system message", "MM504")
    UNKNOWN_ROLE = ("unknown role", "MM112")
    EARLIER_THOUGHT = ("thought of an earlier turn", "MM510")
    BESIDE_THOUGHT = ("text between thoughts", "MM510")
    UNKNOWN_PART = ("unknown part", "MM115")
    MALFORMED = ("malformed content", "MM102")


IMAGES = frozenset((Why.IMAGE.value[0], Why.IMAGE_IN_RESULT.value[0]))
"""The names of segments that are images."""


class Piece(NamedTuple):
    """A text with its place."""

    text: str
    pointer: Pointer


@dataclass(frozen=True, slots=True)
class Reading:
    """How segments are made at an extent."""

    extent: Extent
    tokens: Mapping[Part, int]

    def own(self, part: Part, pointer: Pointer) -> Segment:
        """A text of the template around a message, a tool or nothing."""
        return _new(Segment, ("", pointer, _TEMPLATE, part, "", self.tokens[part], False))


READINGS: Mapping[Extent, Reading] = {extent: Reading(extent, tokens) for extent, tokens in TOKENS_OF_PARTS.items()}


def given(name: str, pieces: Sequence[Piece]) -> Iterator[Segment]:
    """The segments of one text of the request that may stand in several places; empty pieces make none."""
    goes_on = False
    for text, pointer in pieces:
        if text:
            yield _new(Segment, (text, pointer, _REQUEST, name, "", None, goes_on))
            goes_on = True


def dropped(why: Why, pieces: Sequence[Piece]) -> Iterator[Segment]:
    """The segments of what does not enter the prompt."""
    name, rule = why.value
    return (Segment(text, pointer, Kind.DROPPED, name, rule) for text, pointer in pieces)


def uncounted(why: Why, piece: Piece) -> Segment:
    """The segment of what the template prints, though what the model is given for it is not known."""
    name, rule = why.value
    return Segment(piece.text, piece.pointer, Kind.UNCOUNTED, name, rule)
