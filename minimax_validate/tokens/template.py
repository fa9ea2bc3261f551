"""What the model's chat template makes of a request.

The texts that enter the prompt, and what it puts around them, in the order of the prompt. The template shows the system
message only if it is the first message, with its ``current_date`` and ``current_location``, drops the thoughts of turns
before the last user message, and knows nothing of ``name``, ``tool_call_id`` or ``response_format``. Images are dropped
from what people and the assistant say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from minimax_validate.tokens.answers import answer
from minimax_validate.tokens.contents import left_out, messages_of, pieces_of, said, to_json
from minimax_validate.tokens.costs import Extent, Part
from minimax_validate.tokens.results import results
from minimax_validate.tokens.segments import READINGS, Piece, Reading, Segment, Why, dropped, given
from minimax_validate.values.model import CIRCUMSTANCES
from minimax_validate.values.pointer import Pointer

Json = dict[str, Any]

_FUNCTION_FACTS = ("name", "description", "parameters")
_PARTS_OF_CIRCUMSTANCES = dict(zip(CIRCUMSTANCES, (Part.DATE, Part.PLACE), strict=True))


def segments(body: object, extent: Extent = Extent.USUAL) -> Iterator[Segment]:
    """Read a request as the template does, in the order of the prompt, what is dropped in its place.

    Pointers lead into ``body``. Malformed parts are skipped; nothing is raised for any JSON value.
    """
    reading = READINGS[extent]
    request = body if isinstance(body, dict) else {}
    messages = messages_of(body)
    yield reading.own(Part.SYSTEM_OPENS, ())
    yield from _system(messages, reading)
    yield from _tools(request, reading)
    yield reading.own(Part.SYSTEM_CLOSES, ())
    yield from _turns(messages, reading)
    if extent is Extent.USUAL and isinstance(request.get("response_format"), dict):
        yield from dropped(Why.RESPONSE_FORMAT, (Piece(to_json(request["response_format"]), ("response_format",)),))
    yield reading.own(Part.ANSWER_OPENS, ())


def role_of(message: object) -> str:
    """The role of a message; nothing for what has none."""
    role = message.get("role") if isinstance(message, dict) else None
    return role if isinstance(role, str) else ""


def _system(messages: Sequence[object], reading: Reading) -> Iterator[Segment]:
    """The system message, if it is the first of the messages, else the template's own."""
    first = messages[0] if messages else None
    if not isinstance(first, dict) or role_of(first) != "system":
        yield reading.own(Part.DEFAULT_SYSTEM, ())
        return
    pointer, content = ("messages", 0), first.get("content")
    if not content:
        yield reading.own(Part.DEFAULT_SYSTEM, ())
    yield from _said(pointer, first, reading)
    if reading.extent is not Extent.LEAST:
        yield from _circumstances(pointer, first, reading)


def _circumstances(pointer: Pointer, message: Json, reading: Reading) -> Iterator[Segment]:
    for key in CIRCUMSTANCES:
        if isinstance(text := message.get(key), str) and text:
            yield reading.own(_PARTS_OF_CIRCUMSTANCES[key], pointer)
            yield from given(_PARTS_OF_CIRCUMSTANCES[key], (Piece(text, (*pointer, key)),))


def _said(pointer: Pointer, message: Json, reading: Reading) -> Iterator[Segment]:
    """The content of a message that is shown, and what is left out of it."""
    place, content = (*pointer, "content"), message.get("content")
    yield from said("content", pieces_of(content, place, reading.extent), content, place, reading.extent)


def _turns(messages: Sequence[object], reading: Reading) -> Iterator[Segment]:
    roles = [role_of(message) for message in messages]
    last_user = max((index for index, role in enumerate(roles) if role == "user"), default=-1)
    for index, message in enumerate(messages):
        if not isinstance(message, dict):
            continue
        role, pointer = roles[index], ("messages", index)
        if reading.extent is Extent.USUAL and isinstance(message.get("name"), str):
            yield from dropped(Why.NAME, (Piece(message["name"], (*pointer, "name")),))
        if role == "assistant":
            yield from answer(pointer, message, reading, is_current=index > last_user)
        elif role == "tool":
            is_first = index == 0 or roles[index - 1] != "tool"
            is_last = index + 1 == len(roles) or roles[index + 1] != "tool"
            yield from results(pointer, message, reading, is_first=is_first, is_last=is_last)
        elif role == "system" and index == 0:
            continue
        elif role == "user" or reading.extent is Extent.MOST:
            yield from _turn(pointer, message, reading)
        else:
            yield from _unseen(pointer, role, messages, message)


def _turn(pointer: Pointer, message: Json, reading: Reading) -> Iterator[Segment]:
    """A user message; at most every message that is none of the others as well, with all that it may be shown with."""
    yield reading.own(Part.USER_OPENS, pointer)
    if message.get("content") is None and "content" in message:
        yield reading.own(Part.NULL, pointer)
    yield from _said(pointer, message, reading)
    if reading.extent is Extent.MOST:
        yield from _circumstances(pointer, message, reading)
    yield reading.own(Part.TURN_CLOSES, pointer)


def _unseen(pointer: Pointer, role: str, messages: Sequence[object], message: Json) -> Iterator[Segment]:
    """A message that the template does not show."""
    why = Why.UNKNOWN_ROLE
    if role == "system":
        begins = all(role_of(before) == "system" for before in messages[: int(pointer[-1])])
        why = Why.FURTHER_SYSTEM if begins else Why.LATE_SYSTEM
    place, content = (*pointer, "content"), message.get("content")
    yield from dropped(why, pieces_of(content, place, Extent.MOST))
    yield from left_out(content, place, Extent.MOST)


def _tools(request: Json, reading: Reading) -> Iterator[Segment]:
    found, extent = request.get("tools"), reading.extent
    if not isinstance(found, list) or (extent is Extent.LEAST and request.get("tool_choice") == "none"):
        return
    shown = [each for each in (_tool(number, tool, extent) for number, tool in enumerate(found)) if each is not None]
    if shown:
        yield reading.own(Part.TOOLS_OPEN, ("tools",))
        for piece in shown:
            yield reading.own(Part.TOOL_OPENS, piece.pointer[:2])
            yield from given("tool", (piece,))
            yield reading.own(Part.TOOL_CLOSES, piece.pointer[:2])
        yield reading.own(Part.TOOLS_CLOSE, ("tools",))


def _tool(number: int, tool: object, extent: Extent) -> Piece | None:
    function = tool.get("function") if isinstance(tool, dict) else None
    if isinstance(function, dict):
        if extent is Extent.LEAST:
            function = {key: function[key] for key in _FUNCTION_FACTS if key in function}
        return Piece(to_json(function), ("tools", number, "function"))
    return Piece(to_json(tool), ("tools", number)) if extent is Extent.MOST else None
