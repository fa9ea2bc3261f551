"""What the template makes of an assistant message: its thought while it is current, its text, its calls."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from minimax_validate.tokens.contents import between, joined, parse, pieces_of, said, to_json
from minimax_validate.tokens.costs import Extent, Part
from minimax_validate.tokens.segments import Piece, Reading, Segment, Why, dropped, given
from minimax_validate.values.pointer import Pointer

Json = dict[str, Any]

_THOUGHT_OPENS = "<think>"
_THOUGHT_CLOSES = "</think>"


class _Split(NamedTuple):
    """The thought of a message, what it said, and what is lost between the two."""

    thought: tuple[Piece, ...]
    said: tuple[Piece, ...]
    lost: tuple[tuple[Piece, ...], ...] = ()


def answer(pointer: Pointer, message: Json, reading: Reading, *, is_current: bool) -> Iterator[Segment]:
    """The segments of an assistant message; ``is_current`` says that no user message follows it."""
    extent, content = reading.extent, message.get("content")
    yield reading.own(Part.ASSISTANT_OPENS, pointer)
    thought, text, lost = _split(message, pieces_of(content, (*pointer, "content"), extent), pointer, extent)
    if any(piece.text for piece in thought) and extent is not Extent.LEAST:
        if is_current or extent is Extent.MOST:
            yield reading.own(Part.THOUGHT_OPENS, pointer)
            yield from given("thought", thought)
            yield reading.own(Part.THOUGHT_CLOSES, pointer)
        else:
            yield from dropped(Why.EARLIER_THOUGHT, [piece for piece in thought if piece.text])
    if extent is Extent.USUAL:
        for pieces in lost:
            yield from dropped(Why.BESIDE_THOUGHT, [piece for piece in pieces if piece.text.strip()])
    if content is None and "content" in message:
        yield reading.own(Part.NULL, pointer)
    yield from said("content", text, content, (*pointer, "content"), extent)
    yield from _calls(pointer, message.get("tool_calls"), reading)
    yield reading.own(Part.TURN_CLOSES, pointer)


def _split(message: Json, pieces: tuple[Piece, ...], pointer: Pointer, extent: Extent) -> _Split:
    """What an assistant message thought, and what it said.

    A thought is in a field of its own, or in the text before ``</think>``.
    """
    own = message.get("reasoning_content")
    field = (*pointer, "reasoning_content")
    details = tuple(_reasoning_details(message, (*pointer, "reasoning_details")))
    if extent is Extent.MOST:
        texts = (own if isinstance(own, str) else "", *(piece.text for piece in details))
        return _Split((Piece("\n".join(texts), field),), pieces)
    if isinstance(own, str) and extent is Extent.USUAL:
        return _Split((Piece(own, field),), pieces)
    text = joined(pieces)
    last = text.rfind(_THOUGHT_CLOSES)
    if last < 0:
        return _Split(details, pieces)
    first = text.find(_THOUGHT_CLOSES)
    opened = text.rfind(_THOUGHT_OPENS, 0, first)
    start = 0 if opened < 0 else opened + len(_THOUGHT_OPENS)
    behind = last + len(_THOUGHT_CLOSES)
    lost = (between(pieces, 0, max(opened, 0)), between(pieces, first + len(_THOUGHT_CLOSES), last))
    return _Split(_stripped(pieces, start, first), _stripped(pieces, behind, len(text)), lost)


def _stripped(pieces: tuple[Piece, ...], start: int, end: int) -> tuple[Piece, ...]:
    """What stands between two offsets, without the newlines around it."""
    text = joined(pieces)[start:end]
    inner = text.lstrip("\n")
    start += len(text) - len(inner)
    return between(pieces, start, start + len(inner.rstrip("\n")))


def _reasoning_details(message: Json, pointer: Pointer) -> Iterator[Piece]:
    """The thoughts in the form in which MiniMax's own API returns them when asked to split them off."""
    details = message.get("reasoning_details")
    if isinstance(details, list):
        for number, item in enumerate(details):
            if isinstance(item, dict) and isinstance(item.get("text"), str):
                yield Piece(item["text"], (*pointer, number, "text"))


def _calls(pointer: Pointer, calls: object, reading: Reading) -> Iterator[Segment]:
    found = calls if isinstance(calls, list) else []
    well_formed = [(number, call) for number, call in enumerate(found) if isinstance(call, dict)]
    if well_formed:
        yield reading.own(Part.CALLS_OPEN, pointer)
        for number, call in well_formed:
            yield from _call((*pointer, "tool_calls", number), call, reading)
        yield reading.own(Part.CALLS_CLOSE, pointer)


def _call(pointer: Pointer, call: Json, reading: Reading) -> Iterator[Segment]:
    """One tool call. Arguments that are no JSON object are shown as they stand."""
    function = call.get("function")
    facts, at = (function, (*pointer, "function")) if isinstance(function, dict) else (call, pointer)
    name, arguments = facts.get("name"), facts.get("arguments")
    yield reading.own(Part.CALL_OPENS, pointer)
    if isinstance(name, str):
        yield from given("function", (Piece(name, (*at, "name")),))
    yield reading.own(Part.CALL_NAMED, pointer)
    parameters = parse(arguments) if isinstance(arguments, str) else arguments
    place = (*at, "arguments")
    if isinstance(parameters, dict):
        for key, value in parameters.items():
            # The arguments are a text, into which no pointer leads.
            inner = place if isinstance(arguments, str) else (*place, str(key))
            shown = value if isinstance(value, str) else to_json(value)
            yield reading.own(Part.PARAMETER_OPENS, pointer)
            yield from given("parameter", (Piece(str(key), inner),))
            yield reading.own(Part.PARAMETER_NAMED, pointer)
            yield from given("value", (Piece(shown, inner),))
            yield reading.own(Part.PARAMETER_CLOSES, pointer)
    elif isinstance(arguments, str) and reading.extent is not Extent.LEAST:
        yield from given("arguments", (Piece(arguments, place),))
    yield reading.own(Part.CALL_CLOSES, pointer)
