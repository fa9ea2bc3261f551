"""Faults of the token budget: what the rules MM701 to MM703 find.

Long texts are a drawn word many times over; the limit of the completion decides how long a text has to be, so that most
are short.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from hypothesis import strategies as st

from minimax_validate.json_schema import bundle
from minimax_validate.strategies.choice import COIN
from minimax_validate.strategies.faults.contract import without
from minimax_validate.strategies.faults.histories import a_call, as_parts, blocks, first_turn, gaps, of_role, tool_names
from minimax_validate.strategies.faults.planted import Json, Planted, Planter, found, inserted, put
from minimax_validate.strategies.text import NAMES, fresh
from minimax_validate.tokens import LOWER, count_prompt

_BASES = without("max_tokens")
_WINDOW: int = bundle.fact("context_window")
_LIMITS = (("max_tokens",), ("max_completion_tokens",), ("max_tokens", "max_completion_tokens"))
_MOST = st.sampled_from((1_000, 1_000, 1_000, 1_000, 1_000, 1_000, _WINDOW, None))


def _a_room(draw: st.DrawFn) -> int:
    """What the completion leaves of the window for the prompt; seldom much, as only then a text has to be long."""
    most = draw(_MOST)
    return _WINDOW if most is None else draw(st.integers(0, most))


def _with_room(draw: st.DrawFn, request: Json, room: int) -> Json:
    """The request with a limit of the completion that leaves so much room for the prompt.

    Without one where that is all there is.
    """
    if room >= _WINDOW:
        return request
    return {**request, **dict.fromkeys(draw(st.sampled_from(_LIMITS)), _WINDOW - room)}


_Place = Callable[[str], Json]
"""A request with a place for a text: given the text, it is whole."""


def _a_place(draw: st.DrawFn, request: Json) -> _Place:
    """The request with one text more, where the model is certain to read it and no other text touches it."""
    places: list[Callable[[st.DrawFn, Json], _Place]] = [_turn]
    places += [] if first_turn(request) else [_system]
    places += [_result] if of_role(request, "tool") else []
    places += [_tool] if "tools" in request and request.get("tool_choice") != "none" else []
    places += [_argument] if "tools" not in request and blocks(request) else []
    chosen = draw(st.sampled_from(places))
    return chosen(draw, request)


_SPEAKERS = st.sampled_from(("user", "assistant"))


def _turn(draw: st.DrawFn, request: Json) -> _Place:
    place = ("messages", draw(st.sampled_from(gaps(request))))
    role, in_parts = draw(_SPEAKERS), draw(COIN)
    return lambda text: inserted(
        request, place, {"role": role, "content": [{"type": "text", "text": text}] if in_parts else text}
    )


def _system(_: st.DrawFn, request: Json) -> _Place:
    return lambda text: inserted(request, ("messages", 0), {"role": "system", "content": text})


def _result(draw: st.DrawFn, request: Json) -> _Place:
    place = ("messages", draw(st.sampled_from(of_role(request, "tool"))), "content")
    parts = as_parts(found(request, place))
    return lambda text: put(request, place, [*parts, {"type": "text", "text": text}])


def _tool(draw: st.DrawFn, request: Json) -> _Place:
    name = fresh(draw(NAMES), tool_names(request["tools"]))
    tool = {"type": "function", "function": {"name": name, "parameters": {"type": "object", "properties": {}}}}
    return lambda text: inserted(
        request, ("tools", len(request["tools"])), put(tool, ("function", "description"), text)
    )


def _argument(draw: st.DrawFn, request: Json) -> _Place:
    block, number = a_call(draw, request)
    place = (*block.call(number), "function", "arguments")
    arguments = json.loads(found(request, place))
    return lambda text: put(request, place, json.dumps({**arguments, "text": text}))


def context_exceeded(draw: st.DrawFn) -> Planted:
    """A prompt that is surely too long for what its completion leaves: all of the window, some of it, or nothing."""
    room = _a_room(draw)
    place = _a_place(draw, draw(_BASES))
    return Planted(_with_room(draw, place(_words(draw, room + 1)), room), ("messages",))


def _words(draw: st.DrawFn, count: int) -> str:
    """A word so many times.

    As many tokens at least, as in no vocabulary one reaches from a word over a space into the next.
    """
    return f"{draw(_WORDS)} " * count


_WORDS = st.just("fjord") | NAMES.map(lambda name: name[:8])

# Letters in a row that no space divides: it is certain only that they are one token, while any estimate has two for
# five of them.
_UNBROKEN = st.sampled_from(
    ("北欧的峡湾和冰川。", "フィヨルドと氷河", "ฟยอร์ดและธารน้ำแข็ง", "피오르와빙하", "المضيقالبحري")
) | st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1, max_size=6)
_CHARACTERS_FOR_A_TOKEN = 4
"""So many that even a cautious reading of an estimate of 0.4 tokens for each is more than one."""


def context_probably_exceeded(draw: st.DrawFn) -> Planted:
    """A prompt that has room by its lower bound, and is far over it by any estimate."""
    place = _a_place(draw, draw(_BASES))
    word = draw(_UNBROKEN)
    # Many times over, the word is certain to be no more than it is once.
    least = count_prompt(place(word), LOWER).total
    room = min(least + _a_room(draw), _WINDOW)
    text = word * (room * _CHARACTERS_FOR_A_TOKEN // len(word) + 1)
    return Planted(_with_room(draw, place(text), room), ("messages",))


_ABOVE: st.SearchStrategy[Any] = st.sampled_from((_WINDOW + 1, 131_072, 204_800, 200_000.0, 1e6)) | st.integers(
    _WINDOW + 1, 2**53
)


def token_limit_exceeds_context(draw: st.DrawFn) -> Planted:
    """A limit that is over the window all by itself, whether the prompt would fit or not."""
    request = draw(_BASES)
    if draw(COIN):
        request = _a_place(draw, request)(_words(draw, _a_room(draw) + 1))
    key = draw(st.sampled_from(("max_tokens", "max_completion_tokens")))
    return Planted({**request, key: draw(_ABOVE)}, (key,))


PLANTERS: Mapping[str, Planter] = {
    "MM701": context_exceeded,
    "MM702": context_probably_exceeded,
    "MM703": token_limit_exceeds_context,
}
