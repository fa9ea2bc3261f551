"""Faults of the parameters beside the messages: what the rules MM6xx find."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from typing import Any

from hypothesis import strategies as st

from minimax_validate.json_schema import bundle
from minimax_validate.strategies.choice import COIN, rotated
from minimax_validate.strategies.faults.contract import BASES, without
from minimax_validate.strategies.faults.planted import Planted, Planter, taken
from minimax_validate.strategies.text import KEYS
from minimax_validate.strategies.values import VALUES
from minimax_validate.values.model import MODEL

_WITHOUT_LIMITS = without("max_tokens")
_WITHOUT_STREAM = without("stream")
_WITHOUT_SAMPLING = without("temperature", "top_p")

_LIMIT = st.sampled_from(("max_tokens", "max_completion_tokens"))
_MOST = 32_768
_SAID = VALUES.map(lambda value: 0 if value is None else value)
"""A parameter that is null says nothing."""
_ENOUGH: int = bundle.fact("small_token_limit")
_UNIT: st.SearchStrategy[float] = st.floats(0, 1) | st.integers(0, 1)

_PARAMETERS: tuple[str, ...] = tuple(bundle.load("minimax-m2.7/vendor.json")["properties"])
# Nothing else in a request needs these: without them it is still clean.
_DISPENSABLE = (
    "temperature",
    "top_p",
    "max_tokens",
    "max_completion_tokens",
    "stream_options",
    "tool_choice",
    "response_format",
)
_FOREIGN = st.sampled_from(
    (
        "stop",
        "n",
        "seed",
        "user",
        "parallel_tool_calls",
        "reasoning_effort",
        "top_k",
        "presence_penalty",
        "logit_bias",
        "metadata",
        "store",
    )
)


def unknown_parameter(draw: st.DrawFn) -> Planted:
    """A parameter with a slip of the pen in its name, in its place or beside it; one of another vendor, or nobody's."""
    # Without a parameter or a model, keys that nobody knows are columns of a data set.
    request = {**draw(BASES), "model": MODEL}
    match draw(st.sampled_from(("another's", "nobody's", "misspelt"))):
        case "another's":
            key, value = draw(_FOREIGN), draw(_SAID)
        case "nobody's":
            # So far from any name that it is taken for no slip, whatever key is drawn: the value would not suit the
            # parameter.
            key, value = f"x_{draw(KEYS)}", draw(_SAID)
        case _:
            meant = draw(st.sampled_from([name for name in _PARAMETERS if name in request]))
            key, value = _misspelt(draw, meant), copy.deepcopy(request[meant])
            if meant in _DISPENSABLE and draw(COIN):
                request = taken(request, (meant,))
    return Planted({**request, key: value}, (key,))


_SLIPS: tuple[Callable[[str, int], str], ...] = (
    lambda name, at: name[:at] + name[at + 1 :],
    lambda name, at: name[: at + 1] + name[at:],
    lambda name, at: name[:at] + "x" + name[at + 1 :],
    lambda name, at: name[: at - 1] + name[at] + name[at - 1] + name[at + 1 :],
    lambda name, _: name.replace("_", "-"),
    lambda name, _: name.replace("_", ""),
    lambda name, _: name.title().replace("_", ""),
    lambda name, _: name.upper(),
)


def _misspelt(draw: st.DrawFn, name: str) -> str:
    """A name with one letter less, twice, other or swapped, or in another manner of writing."""
    key = draw(st.sampled_from(_SLIPS))(name, draw(st.integers(1, len(name) - 1)))
    while key in _PARAMETERS:  # two letters alike were swapped, or there was no underscore to write in another way
        key += "s"  # pragma: no cover - few draws come to it
    return key


def fractional_token_limit(draw: st.DrawFn) -> Planted:
    """A limit that was not rounded."""
    key = draw(_LIMIT)
    # So far from whole numbers that the sum is none.
    limit = draw(st.integers(0, _MOST)) + draw(st.sampled_from((0.5, 0.25, 0.1, 0.999)) | st.floats(0.001, 0.999))
    return Planted({**draw(_WITHOUT_LIMITS), key: limit}, (key,))


def conflicting_token_limits(draw: st.DrawFn) -> Planted:
    """Both limits with different numbers."""
    lower = draw(st.integers(1, _MOST))
    limits = [float(limit) if draw(COIN) else limit for limit in (lower, lower + draw(st.integers(1, _MOST)))]
    given = dict(zip(rotated(draw, ("max_tokens", "max_completion_tokens")), limits, strict=True))
    return Planted({**draw(_WITHOUT_LIMITS), **given}, ("max_tokens",))


def stream_options_without_stream(draw: st.DrawFn) -> Planted:
    """Options of a stream where there is none, or where it is switched off."""
    given: dict[str, Any] = {"stream": False} if draw(COIN) else {}
    options = draw(st.fixed_dictionaries({}, optional={"include_usage": COIN}))
    return Planted({**draw(_WITHOUT_STREAM), **given, "stream_options": options}, ("stream_options",))


def zero_temperature(draw: st.DrawFn) -> Planted:
    """A temperature or a top_p of zero, in any of its spellings."""
    key = draw(st.sampled_from(("temperature", "top_p")))
    return Planted({**draw(_WITHOUT_SAMPLING), key: draw(st.sampled_from((0, 0.0, -0.0)))}, (key,))


def small_token_limit(draw: st.DrawFn) -> Planted:
    """A limit that thinking alone may use up."""
    key = draw(_LIMIT)
    limit = draw(st.integers(1, _ENOUGH - 1))
    return Planted({**draw(_WITHOUT_LIMITS), key: float(limit) if draw(COIN) else limit}, (key,))


def temperature_and_top_p(draw: st.DrawFn) -> Planted:
    """Both of them."""
    return Planted({**draw(_WITHOUT_SAMPLING), "temperature": draw(_UNIT), "top_p": draw(_UNIT)}, ("top_p",))


PLANTERS: Mapping[str, Planter] = {
    "MM601": unknown_parameter,
    "MM602": fractional_token_limit,
    "MM603": conflicting_token_limits,
    "MM604": stream_options_without_stream,
    "MM605": zero_temperature,
    "MM606": small_token_limit,
    "MM607": temperature_and_top_p,
}
