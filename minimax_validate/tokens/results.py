"""What the template makes of a tool message: every part of its content is a result of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from minimax_validate.tokens.contents import is_image, to_text
from minimax_validate.tokens.costs import Extent, Part
from minimax_validate.tokens.segments import Piece, Reading, Segment, Why, given, uncounted
from minimax_validate.values.pointer import Pointer


def results(
    pointer: Pointer, message: dict[str, Any], reading: Reading, *, is_first: bool, is_last: bool
) -> Iterator[Segment]:
    """The segments of a tool message, the ``is_first`` or the ``is_last`` of a run."""
    content, place = message.get("content"), (*pointer, "content")
    if is_first:
        yield reading.own(Part.RESULTS_OPEN, pointer)
    if isinstance(content, list):
        for number, part in enumerate(content):
            yield from _result(part, (*place, number), pointer, reading, Part.RESULT_PART_CLOSES)
    else:
        yield from _result(content, place, pointer, reading, Part.RESULT_CLOSES)
    if is_last:
        yield reading.own(Part.TURN_CLOSES, pointer)


def _result(part: object, place: Pointer, around: Pointer, reading: Reading, closes: Part) -> Iterator[Segment]:
    """One result; a part that is no text is printed, if that is certain enough."""
    if is_image(part):
        # An image is no text, printed or not, and its frame is not counted either.
        yield reading.own(Part.RESULT_OPENS, around)._replace(tokens=0)
        yield uncounted(Why.IMAGE_IN_RESULT, Piece(to_text(part) if reading.extent is Extent.USUAL else "", place))
        yield reading.own(closes, around)._replace(tokens=0)
        return
    found = _printed(part, place, reading.extent)
    if found is not None:
        yield reading.own(Part.RESULT_OPENS, around)
        yield from given("result", (found,))
        yield reading.own(closes, around)


def _printed(part: object, place: Pointer, extent: Extent) -> Piece | None:
    """A part of a tool's content as the template prints it, None if it is not certain to show anything."""
    if isinstance(part, str):
        return Piece(part, place)
    if isinstance(part, dict):
        key = "output" if "output" in part else "text" if part.get("type") == "text" else None
        if key is not None and isinstance(text := part.get(key), str):
            return Piece(text, (*place, key))
    return None if extent is Extent.LEAST else Piece(to_text(part), place)
