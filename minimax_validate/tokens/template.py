"""What the model's chat template makes of a request.

The texts that enter the prompt, and the tokens that it puts around them. The template shows the system message only if
it is the first message, with its ``current_date`` and ``current_location``, drops the thoughts of turns before the last
user message, and knows nothing of ``name``, ``tool_call_id`` or ``response_format``. Images are dropped from what
people and the assistant say.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from minimax_validate.values.model import CIRCUMSTANCES

Json = dict[str, Any]

_THOUGHT_OPENS = "<think>"
_THOUGHT_CLOSES = "</think>"
_IMAGE_TYPES = frozenset(("image_url", "image", "input_image"))
_FUNCTION_FACTS = ("name", "description", "parameters")


class Extent(Enum):
    """How much of a request to take for rendered, where that is not certain."""

    LEAST = "least"
    """Only what is rendered beyond doubt: a count of it can prove that a prompt is too long."""
    USUAL = "usual"
    """What the template renders."""
    MOST = "most"
    """Also what it is known to drop: a count of it can prove that a prompt fits."""


@dataclass(frozen=True, slots=True)
class Costs:
    """The tokens that the template itself puts into a prompt."""

    head: int
    """The start of the prompt around the system message."""
    default_system: int
    """What it says where there is no system message."""
    answer: int
    """The opening of the answer that is asked for."""
    turn: int
    """Around the text of a user or assistant message."""
    thought: int
    """Around a thought that is shown."""
    tools: int
    """Around all tools."""
    tool: int
    """Around one tool."""
    first_call: int
    """Around a message's first tool call, but for its parameters."""
    further_call: int
    """Around each call after it."""
    parameter: int
    """Around the name and value of one parameter of a call."""
    first_result: int
    """Around the first result of a run."""
    further_result: int
    """Around each result after it."""
    circumstance: int
    """Around a date or a place that a system message has beside its content."""


USUAL_COSTS = Costs(
    head=6,
    default_system=25,
    answer=5,
    turn=5,
    thought=5,
    tools=96,
    tool=4,
    first_call=12,
    further_call=8,
    parameter=8,
    first_result=12,
    further_result=7,
    circumstance=4,
)
"""In tokens of the model.

With the default system message 36 before any content; a first call of one parameter, its name and both its texts of one
token each, 23 and each further one 19. Counted on the published template, but for the default system message: that is
22 tokens there, and 25 by the usage that Cloudflare reports (48 prompt tokens for "What is the capital of France?").
"""

# A text of the request may share its first token with the template's text before it, so every cost that comes with a
# text is one token less than the pieces that the pattern must cut the template's own text into. What a server may
# replace counts nothing.
LEAST_COSTS = Costs(
    head=5,
    default_system=0,
    answer=3,
    turn=4,
    thought=3,
    tools=60,
    tool=2,
    first_call=8,
    further_call=5,
    parameter=3,
    first_result=7,
    further_result=3,
    circumstance=0,
)
"""Fewer tokens than the template's text can be with any vocabulary."""

# The usual costs, with room for what they leave out: content that is null is shown as "None", and parts of a result are
# framed by one newline more. The template's text is the model's own, so its tokens are known, whatever they would be
# with another vocabulary.
MOST_COSTS = Costs(
    head=6,
    default_system=25,
    answer=5,
    turn=6,
    thought=5,
    tools=100,
    tool=5,
    first_call=14,
    further_call=10,
    parameter=9,
    first_result=14,
    further_result=9,
    circumstance=6,
)
"""At least the tokens of the model."""

COSTS: Mapping[Extent, Costs] = {Extent.LEAST: LEAST_COSTS, Extent.USUAL: USUAL_COSTS, Extent.MOST: MOST_COSTS}


@dataclass(frozen=True, slots=True)
class Rendered:
    """The part of a prompt that one message makes.

    ``texts`` of the request, and ``overhead`` tokens of the template around them.
    """

    index: int
    role: str
    texts: tuple[str, ...] = ()
    overhead: int = 0
    images: int = 0


@dataclass(frozen=True, slots=True)
class Prompt:
    """A request as the template renders it: its messages, its tools, and ``overhead`` tokens that belong to neither."""

    messages: tuple[Rendered, ...]
    tools: tuple[str, ...]
    tools_overhead: int
    overhead: int


def render(body: object, extent: Extent = Extent.USUAL) -> Prompt:
    """Read a request as the template does. Malformed parts are passed over; nothing is raised for any JSON value."""
    costs = COSTS[extent]
    request = body if isinstance(body, dict) else {}
    found = request.get("messages")
    messages = found if isinstance(found, list) else []
    rendered = tuple(_render_messages(messages, extent))
    tools = tuple(_render_tools(request, extent))
    has_system = bool(rendered) and rendered[0].role == "system" and bool(messages[0].get("content"))
    return Prompt(
        messages=rendered,
        tools=tools,
        tools_overhead=costs.tools + costs.tool * len(tools) if tools else 0,
        overhead=costs.head + costs.answer + (0 if has_system else costs.default_system),
    )


def _render_messages(messages: Sequence[object], extent: Extent) -> Iterator[Rendered]:
    last_user = max((index for index, message in enumerate(messages) if _role(message) == "user"), default=-1)
    previous = None
    for index, message in enumerate(messages):
        role = _role(message)
        if not isinstance(message, dict):
            yield Rendered(index, role)
        elif role == "assistant":
            yield _render_assistant(index, message, index > last_user, extent)
        elif role == "tool":
            yield _render_result(index, message, previous != "tool", extent)
        elif role == "user" or extent is Extent.MOST:
            turn = _render_turn(index, role, message, COSTS[extent].turn, extent)
            yield _with_circumstances(turn, message, COSTS[extent].circumstance) if extent is Extent.MOST else turn
        elif role == "system" and index == 0:
            turn = _render_turn(index, role, message, 0, extent)
            yield turn if extent is Extent.LEAST else _with_circumstances(turn, message, COSTS[extent].circumstance)
        else:
            yield Rendered(index, role, images=_count_images(message.get("content")))
        previous = role


def _role(message: object) -> str:
    role = message.get("role") if isinstance(message, dict) else None
    return role if isinstance(role, str) else ""


def _render_turn(index: int, role: str, message: Json, overhead: int, extent: Extent) -> Rendered:
    content = message.get("content")
    return Rendered(index, role, _texts(_visible_text(content, extent)), overhead, _count_images(content))


def _with_circumstances(turn: Rendered, message: Json, cost: int) -> Rendered:
    said = [text for key in CIRCUMSTANCES if isinstance(text := message.get(key), str) and text]
    return replace(turn, texts=(*turn.texts, *said), overhead=turn.overhead + cost * len(said)) if said else turn


def _render_assistant(index: int, message: Json, current: bool, extent: Extent) -> Rendered:
    costs = COSTS[extent]
    content = message.get("content")
    thought, text = _split_thought(message, _visible_text(content, extent), extent)
    texts = _texts(text)
    overhead = costs.turn
    if thought and (current or extent is Extent.MOST) and extent is not Extent.LEAST:
        texts += (thought,)
        overhead += costs.thought
    calls = message.get("tool_calls")
    well_formed = [call for call in calls if isinstance(call, dict)] if isinstance(calls, list) else []
    for number, call in enumerate(well_formed):
        call_texts, parameters = _render_call(call, extent)
        texts += call_texts
        overhead += (costs.further_call if number else costs.first_call) + costs.parameter * parameters
    return Rendered(index, "assistant", texts, overhead, _count_images(content))


def _split_thought(message: Json, text: str, extent: Extent) -> tuple[str, str]:
    """What an assistant message thought, and what it said.

    A thought is in a field of its own, or in the text before ``</think>``.
    """
    own = message.get("reasoning_content")
    if extent is Extent.MOST:
        return "\n".join((own if isinstance(own, str) else "", *_reasoning_details(message))), text
    if isinstance(own, str) and extent is Extent.USUAL:
        return own, text
    if _THOUGHT_CLOSES in text:
        before, _, said = text.rpartition(_THOUGHT_CLOSES)
        thought = before.partition(_THOUGHT_CLOSES)[0].rpartition(_THOUGHT_OPENS)[2]
        return thought.strip("\n"), said.strip("\n")
    return "".join(_reasoning_details(message)), text


def _reasoning_details(message: Json) -> Iterator[str]:
    """The thoughts in the form in which MiniMax's own API returns them when asked to split them off."""
    details = message.get("reasoning_details")
    if isinstance(details, list):
        yield from (item["text"] for item in details if isinstance(item, dict) and isinstance(item.get("text"), str))


def _render_call(call: Json, extent: Extent) -> tuple[tuple[str, ...], int]:
    """The texts of a tool call and the number of its parameters.

    Arguments that are no JSON object are shown as they stand.
    """
    function = call.get("function")
    facts = function if isinstance(function, dict) else call
    name = facts.get("name")
    texts = _texts(name) if isinstance(name, str) else ()
    arguments = facts.get("arguments")
    parameters = _parse(arguments) if isinstance(arguments, str) else arguments
    if isinstance(parameters, dict):
        for key, value in parameters.items():
            texts += _texts(str(key), value if isinstance(value, str) else to_json(value))
        return texts, len(parameters)
    if isinstance(arguments, str) and extent is not Extent.LEAST:
        texts += _texts(arguments)
    return texts, 0


def _parse(text: str) -> object:
    """The value of some JSON, or None for what is none: also where it is too deep or a number too long to be read."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _render_result(index: int, message: Json, first: bool, extent: Extent) -> Rendered:
    """A tool message: every part of its content is a result of its own, and a part that is no text is printed."""
    costs = COSTS[extent]
    content = message.get("content")
    parts = content if isinstance(content, list) else [content]
    results = [result for result in (_printed(part, extent) for part in parts) if result is not None]
    overhead = costs.further_result * len(results)
    if first:
        overhead += costs.first_result - costs.further_result
    return Rendered(index, "tool", _texts(*results), overhead, _count_images(content))


def _printed(part: object, extent: Extent) -> str | None:
    """A part of a tool's content as the template prints it, None where it shows nothing.

    An image is no text, printed or not.
    """
    if isinstance(part, str):
        return part
    if _is_image(part):
        return None
    if isinstance(part, dict):
        output = part.get("output", part.get("text") if part.get("type") == "text" else None)
        if isinstance(output, str):
            return output
    return None if extent is Extent.LEAST else _to_text(part)


def _visible_text(content: object, extent: Extent) -> str:
    """What the template shows of the content of a message that is no tool's.

    Its text, and the text of its parts on end.
    """
    if isinstance(content, str):
        return content
    if isinstance(content, list):
        return "".join(_part_texts(content, extent))
    return _to_text(content) if extent is Extent.MOST else ""


def _part_texts(parts: Sequence[object], extent: Extent) -> Iterator[str]:
    for part in parts:
        if isinstance(part, str):
            yield part
        elif isinstance(part, dict) and (part.get("type") == "text" or extent is Extent.MOST):
            text = part.get("text")
            if isinstance(text, str):
                yield text


def _is_image(part: object) -> bool:
    return isinstance(part, dict) and part.get("type") in _IMAGE_TYPES


def _count_images(content: object) -> int:
    return sum(1 for part in content if _is_image(part)) if isinstance(content, list) else 0


def _render_tools(request: Json, extent: Extent) -> Iterator[str]:
    tools = request.get("tools")
    if not isinstance(tools, list) or (extent is Extent.LEAST and request.get("tool_choice") == "none"):
        return
    for tool in tools:
        function = tool.get("function") if isinstance(tool, dict) else None
        if isinstance(function, dict):
            if extent is Extent.LEAST:
                function = {key: function[key] for key in _FUNCTION_FACTS if key in function}
            yield to_json(function)
        elif extent is Extent.MOST:
            yield to_json(tool)


def to_json(value: object) -> str:
    """JSON as the template writes it; nothing for what is no JSON, or too deep to be written."""
    try:
        return json.dumps(value, ensure_ascii=False)
    except (TypeError, ValueError, RecursionError):
        return ""


def _to_text(value: object) -> str:
    """A value as the template prints it; nothing for None."""
    if value is None:
        return ""
    try:
        return str(value)
    except (ValueError, RecursionError):
        return ""


def _texts(*texts: str) -> tuple[str, ...]:
    return tuple(text for text in texts if text)
