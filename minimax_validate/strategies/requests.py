"""Whole requests, clean under all default rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from minimax_validate.json_schema import bundle
from minimax_validate.strategies.choice import COIN, rotated, some
from minimax_validate.strategies.conversations import conversations
from minimax_validate.strategies.schemas import property_schemas
from minimax_validate.strategies.text import NAMES, TEXTS
from minimax_validate.strategies.tools import toolboxes

Json = dict[str, Any]

_MOST_TOKENS = 32_768
_MODEL = st.just(bundle.fact("model_id"))
_UNIT = st.floats(0, 1) | st.integers(0, 1)
_LIMITS = st.integers(1, _MOST_TOKENS)
_STREAMS = st.sampled_from(((None, False), (False, False), (True, False), (True, True)))
_STREAM_OPTIONS = st.fixed_dictionaries({}, optional={"include_usage": COIN})
_ANSWERS = st.fixed_dictionaries({"type": st.just("object"), "properties": property_schemas()})
FORMATS: st.SearchStrategy[Json] = st.fixed_dictionaries(
    {
        "type": st.just("json_schema"),
        "json_schema": st.fixed_dictionaries({"name": NAMES, "schema": _ANSWERS}, optional={"description": TEXTS}),
    }
)
_SIMPLE: dict[str, st.SearchStrategy[Any]] = {
    "model": _MODEL,
    "temperature": _UNIT,
    "top_p": _UNIT,
    "mask_sensitive_info": COIN,
}


@dataclass(frozen=True, slots=True)
class Needs:
    """What a request must have at the least; everything else may be there or not.

    ``rounds`` assistant messages with tool calls, each with ``width`` of them; ``tools``: at least one is declared;
    ``everything``: every parameter of the contract is given, some content is in parts, and some call has been made.
    ``without``: parameters that it lacks; ``stream`` stands for its options as well there, and ``max_tokens`` for both
    limits.
    """

    rounds: int = 0
    width: int = 1
    tools: bool = False
    everything: bool = False
    without: tuple[str, ...] = ()


def requests() -> st.SearchStrategy[Json]:
    """Generate requests without findings under the default settings, as ``env.AI.run`` accepts them.

    Some have a ``model``. Their messages range from a single one to several rounds of tool calls, with or without
    declared tools.
    """
    return requests_with(Needs())


@st.composite
def requests_with(draw: st.DrawFn, needs: Needs = Needs(), turns: st.SearchStrategy[list[Json]] | None = None) -> Json:
    """Clean requests that have what is needed; with ``turns``, their messages are these, and no conversation."""
    declared = None
    if needs.tools or needs.everything or draw(COIN):
        declared = draw(toolboxes())
    rounds = max(needs.rounds, 1) if needs.everything else needs.rounds
    messages = draw(conversations(declared, rounds=rounds, width=needs.width) if turns is None else turns)
    if needs.everything:
        part = {"type": "text", "text": "Hello"}
        messages.append({"role": "user", "content": [part], "name": "Ada"})
    request: Json = {"messages": messages}
    if declared is not None:
        request["tools"] = declared
        if needs.everything or draw(COIN):
            request["tool_choice"] = draw(st.sampled_from(("auto", "none")))
    simple = [key for key in _SIMPLE if key not in needs.without]
    for key in simple if needs.everything else some(draw, simple):
        request[key] = draw(_SIMPLE[key])
    if "stream" not in needs.without:
        request |= _stream(draw, needs.everything)
    if "max_tokens" not in needs.without:
        request |= _limits(draw, needs.everything)
    if needs.everything or draw(COIN):
        request["response_format"] = draw(FORMATS)
    return dict(rotated(draw, list(request.items())))


def _stream(draw: st.DrawFn, everything: bool) -> Json:
    """``stream_options`` come with ``stream`` only."""
    stream, options = (True, True) if everything else draw(_STREAMS)
    given = {} if stream is None else {"stream": stream}
    return {**given, "stream_options": draw(_STREAM_OPTIONS)} if options else given


def _limits(draw: st.DrawFn, everything: bool) -> Json:
    """No limit, one of the two, or both of them alike."""
    both = ("max_tokens", "max_completion_tokens")
    keys = both if everything else draw(st.sampled_from(((), both[:1], both[1:], both)))
    return dict.fromkeys(keys, draw(_LIMITS)) if keys else {}
