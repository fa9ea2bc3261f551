"""Faults of the messages: what the rules MM501 to MM512 find.

MM507 is about the address of an image. Every image is a fault of its own (MM506), so the other never comes alone, and
is not planted.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from minimax_validate.json_schema import bundle
from minimax_validate.strategies.choice import COIN
from minimax_validate.strategies.conversations import exchanges
from minimax_validate.strategies.faults.contract import BASES
from minimax_validate.strategies.faults.histories import a_message, as_parts, blocks, first_turn, gaps, of_role
from minimax_validate.strategies.faults.planted import Json, Planted, Planter, found, inserted, put, taken
from minimax_validate.strategies.messages import SYSTEM
from minimax_validate.strategies.requests import Needs, requests_with
from minimax_validate.strategies.text import TEXTS
from minimax_validate.values.pointer import Pointer

_SILENT = requests_with(turns=st.builds(list))
_INSTRUCTED = requests_with(turns=st.lists(SYSTEM, min_size=1, max_size=1))
_WITH_CALLS = requests_with(Needs(rounds=1))
_CONTROL_TOKENS = st.sampled_from(bundle.fact("control_tokens"))
_BLANKS = st.just("") | st.text(" \n\t\r\x0b\x1f\x85\u00a0\u2003\u3000", max_size=4)
_BLANK_PARTS: st.SearchStrategy[Json] = _BLANKS.map(lambda text: {"type": "text", "text": text})


def empty_messages(draw: st.DrawFn) -> Planted:
    """A request without any message."""
    return Planted(draw(_SILENT), ("messages",))


def empty_content(draw: st.DrawFn) -> Planted:
    """A user message that is blank, as a text or in parts, images among them."""
    request = draw(BASES)
    place = ("messages", a_message(draw, request, "user"), "content")
    return Planted(put(request, place, draw(_blank_content(_BLANK_PARTS | _IMAGES))), place)


def blank_system_message(draw: st.DrawFn) -> Planted:
    """A system message that is blank, as a text or in parts."""
    request = draw(BASES)
    if request["messages"][0]["role"] != "system":
        request = inserted(request, ("messages", 0), draw(SYSTEM))
    place = ("messages", 0, "content")
    return Planted(put(request, place, draw(_blank_content(_BLANK_PARTS))), place)


def _blank_content(parts: st.SearchStrategy[Json]) -> st.SearchStrategy[Any]:
    return _BLANKS | st.lists(parts, max_size=3)


def unparsed_tool_call(draw: st.DrawFn) -> Planted:
    """A call in the model's own syntax in the text of the assistant."""
    request = draw(BASES)
    index = draw(st.sampled_from(gaps(request)))
    text = f"{draw(TEXTS)}<minimax:tool_call>{draw(TEXTS)}"
    content = [{"type": "text", "text": text}] if draw(COIN) else text
    message = {"role": "assistant", "content": content}
    return Planted(inserted(request, ("messages", index), message), ("messages", index, "content"))


def multiple_system_messages(draw: st.DrawFn) -> Planted:
    """A second system message behind the first."""
    request = draw(BASES)
    prompts = draw(st.lists(SYSTEM, min_size=2 - first_turn(request), max_size=2 - first_turn(request)))
    return Planted(inserted(request, ("messages", first_turn(request)), *prompts), ("messages", 1))


def late_system_message(draw: st.DrawFn) -> Planted:
    """A system message somewhere after the conversation has begun."""
    request = draw(BASES)
    place = ("messages", draw(st.sampled_from([gap for gap in gaps(request) if gap > first_turn(request)])))
    return Planted(inserted(request, place, draw(SYSTEM)), place)


def no_user_message(draw: st.DrawFn) -> Planted:
    """An instruction, and nothing else."""
    return Planted(draw(_INSTRUCTED), ("messages",))


_IMAGE_DATA = st.binary(max_size=6).map(lambda data: base64.b64encode(data).decode())
_ADDRESSES = (
    st.sampled_from(
        (
            "https://example.com/a.png",
            "http://localhost/b",
            "HTTPS://EXAMPLE.COM/C.GIF",
            "data:image/svg+xml,%3Csvg/%3E",
        )
    )
    | _IMAGE_DATA.map("data:image/png;base64,".__add__)
    | _IMAGE_DATA.map("DATA:image/svg+xml;charset=utf-8;BASE64,".__add__)
)


_IMAGES = _ADDRESSES.map(lambda url: {"type": "image_url", "image_url": {"url": url}})


def image_ignored(draw: st.DrawFn) -> Planted:
    """An image in a message of any role, among texts or as a message of the assistant's."""
    request = draw(BASES)
    image = draw(_IMAGES)
    if draw(COIN):
        index = draw(st.sampled_from(gaps(request)))
        return Planted(
            inserted(request, ("messages", index), {"role": "assistant", "content": [image]}),
            ("messages", index, "content", 0),
        )
    place = ("messages", a_message(draw, request), "content")
    parts = as_parts(found(request, place))
    number = draw(st.integers(0, len(parts)))
    return Planted(put(request, place, inserted(parts, (number,), image)), (*place, number))


def control_token(draw: st.DrawFn) -> Planted:
    """A token by which the model sees a turn or a call begin or end, inside a text that it is given.

    Or several of them.
    """
    request = draw(BASES)
    content = ("messages", a_message(draw, request, "system", "user", "tool"), "content")
    if not found(request, content):  # a result in no parts has no text
        request = put(request, content, "")  # pragma: no cover - few draws come to it
    said = found(request, content)
    place: Pointer = content if isinstance(said, str) else (*content, draw(st.integers(0, len(said) - 1)), "text")
    text = found(request, place)
    at = draw(st.integers(0, len(text)))
    tokens = "".join(draw(st.lists(_CONTROL_TOKENS, min_size=1, max_size=2)))
    return Planted(put(request, place, text[:at] + tokens + text[at:]), place)


def name_ignored(draw: st.DrawFn) -> Planted:
    """A message with a name, of any role."""
    request = draw(BASES)
    for index, message in enumerate(request["messages"]):  # drawn messages may have names too
        if "name" in message:
            request = taken(request, ("messages", index, "name"))
    place = ("messages", a_message(draw, request), "name")
    return Planted(put(request, place, draw(TEXTS)), place)


_REASONING = ("reasoning_content", "reasoning_details", "reasoning")
_NO_REASONING: st.SearchStrategy[Json] = st.fixed_dictionaries(
    {}, optional={"reasoning_content": st.just(""), "reasoning_details": st.builds(list)}
)


def reasoning_dropped(draw: st.DrawFn) -> Planted:
    """Calls without the reasoning that led to them, in the running loop; the other calls there have theirs."""
    request = draw(_WITH_CALLS)
    last = max(of_role(request, "user"))
    if not any(block.message > last for block in blocks(request)):
        request = inserted(request, ("messages", len(request["messages"])), *draw(exchanges(request.get("tools"))))
    running = [block.message for block in blocks(request) if block.message > last]
    chosen = draw(st.sampled_from(running))
    for index in running:
        request = put(request, ("messages", index, "reasoning_content"), "I look it up.")
    calling = {key: value for key, value in found(request, ("messages", chosen)).items() if key not in _REASONING}
    if "<think>" in calling["content"]:  # any text may be drawn, this tag in it
        calling["content"] = ""  # pragma: no cover - few draws come to it
    return Planted(put(request, ("messages", chosen), {**calling, **draw(_NO_REASONING)}), ("messages", chosen))


PLANTERS: Mapping[str, Planter] = {
    "MM501": empty_messages,
    "MM502": empty_content,
    "MM503": multiple_system_messages,
    "MM504": late_system_message,
    "MM505": no_user_message,
    "MM506": image_ignored,
    "MM508": control_token,
    "MM509": name_ignored,
    "MM510": reasoning_dropped,
    "MM511": unparsed_tool_call,
    "MM512": blank_system_message,
}
