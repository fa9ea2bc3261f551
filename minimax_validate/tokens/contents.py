"""What the template reads of the content of a message: the texts in it, with their places, and what it leaves out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from minimax_validate.tokens.costs import Extent
from minimax_validate.tokens.segments import Piece, Segment, Why, dropped, given
from minimax_validate.values.pointer import Pointer

# ``json.dumps`` makes an encoder for each call that asks for one of its options.
_ENCODER = json.JSONEncoder(ensure_ascii=False)
_IMAGE_TYPES = frozenset(("image_url", "image", "input_image"))


def messages_of(body: object) -> list[Any]:
    """The messages of a request, malformed ones too."""
    found = body.get("messages") if isinstance(body, dict) else None
    return found if isinstance(found, list) else []


def pieces_of(content: object, pointer: Pointer, extent: Extent) -> tuple[Piece, ...]:
    """The text of the content of a message that is no tool's: its text, or the text of its parts on end."""
    if isinstance(content, str):
        return (Piece(content, pointer),)
    if isinstance(content, list):
        return tuple(_part_texts(content, pointer, extent))
    return (Piece(to_text(content), pointer),) if extent is Extent.MOST else ()


def _part_texts(parts: Sequence[object], pointer: Pointer, extent: Extent) -> Iterator[Piece]:
    for number, part in enumerate(parts):
        if isinstance(part, str):
            yield Piece(part, (*pointer, number))
        elif isinstance(part, dict) and (part.get("type") == "text" or extent is Extent.MOST):
            text = part.get("text")
            if isinstance(text, str):
                yield Piece(text, (*pointer, number, "text"))


def said(name: str, pieces: Sequence[Piece], content: object, pointer: Pointer, extent: Extent) -> Iterator[Segment]:
    """The segments of what is shown of such content, and of the parts that are left out of it, in their order."""
    out = [] if isinstance(content, str) else list(left_out(content, pointer, extent))
    if not out or not isinstance(content, list):
        yield from given(name, pieces)
        yield from out
        return
    shown = list(given(name, pieces))
    places = [int(segment.pointer[len(pointer)]) for segment in shown]
    for segment in sorted((*shown, *out), key=lambda each: int(each.pointer[len(pointer)])):
        is_between = bool(places) and places[0] < int(segment.pointer[len(pointer)]) < places[-1]
        yield segment._replace(goes_on=True) if is_between else segment


def left_out(content: object, pointer: Pointer, extent: Extent) -> Iterator[Segment]:
    """The parts of such content that are no text: images, and what the contract does not know."""
    if isinstance(content, list):
        for number, part in enumerate(content):
            if is_image(part):
                yield from dropped(Why.IMAGE, (Piece("", (*pointer, number)),))
            elif extent is Extent.USUAL and not _is_text(part):
                yield from dropped(Why.UNKNOWN_PART, (Piece(to_json(part), (*pointer, number)),))
    elif extent is Extent.USUAL and content is not None and not isinstance(content, str):
        yield from dropped(Why.MALFORMED, (Piece(to_json(content), pointer),))


def _is_text(part: object) -> bool:
    return isinstance(part, str) or (
        isinstance(part, dict) and part.get("type") == "text" and isinstance(part.get("text"), str)
    )


def is_image(part: object) -> bool:
    """Whether a part of content is an image, in whatever form."""
    kind = part.get("type") if isinstance(part, dict) else None
    return isinstance(kind, str) and kind in _IMAGE_TYPES


def joined(pieces: Sequence[Piece]) -> str:
    """The text that pieces make."""
    return pieces[0].text if len(pieces) == 1 else "".join(piece.text for piece in pieces)


def between(pieces: Sequence[Piece], start: int, end: int) -> tuple[Piece, ...]:
    """The part of pieces that stands between two offsets of the text that they make."""
    found, before = [], 0
    for text, pointer in pieces:
        found.append(Piece(text[max(start - before, 0) : max(end - before, 0)], pointer))
        before += len(text)
    return tuple(found)


def to_json(value: object) -> str:
    """JSON as the template writes it; nothing for a value that JSON cannot hold, or one too deep to be written."""
    try:
        return _ENCODER.encode(value)
    except (TypeError, ValueError, RecursionError):
        return ""


def to_text(value: object) -> str:
    """A value as the template prints it; nothing for None."""
    if value is None:
        return ""
    try:
        return str(value)
    except (ValueError, RecursionError):
        return ""


def parse(text: str) -> Any:
    """The value of some JSON, or None if it is not JSON, too deep, or has a number too long to be read."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
