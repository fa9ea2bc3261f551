"""Faults of the payload as a whole: what the rules MM003 and MM005 to MM009 find.

MM001, MM002 and MM004 are about texts and files; no value has those faults.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Any

from hypothesis import strategies as st

from minimax_validate.strategies.choice import COIN
from minimax_validate.strategies.faults.planted import Json, Planted, Planter, changed, found, put, taken
from minimax_validate.strategies.requests import requests
from minimax_validate.strategies.text import KEYS, TEXTS
from minimax_validate.strategies.values import OBJECTS, SCALARS, VALUES
from minimax_validate.values.plain import MAX_DEPTH
from minimax_validate.values.pointer import Pointer

_MODEL = "minimax/m2.7"
_OTHER_INTERFACES = st.sampled_from(("prompt", "input_text", "contents", "requests", "message"))


def not_a_request(draw: st.DrawFn) -> Planted:
    """Something else than an object with messages; in a batch line too."""
    request = draw(requests())
    options: dict[str, Any] = {
        "scalar": draw(SCALARS),
        "array": [message["content"] for message in request["messages"]],
        "no messages": taken(request, ("messages",)),
        "another interface": {**taken(request, ("messages",)), draw(_OTHER_INTERFACES): draw(TEXTS)},
    }
    payload = options[draw(st.sampled_from(list(options)))]
    return Planted({"custom_id": "1", "body": payload}, ("body",)) if draw(COIN) else Planted(payload, ())


def not_json(draw: st.DrawFn) -> Planted:
    """A value or key somewhere that JSON cannot hold."""
    request = draw(requests())
    places = list(_places(request))
    # First what keys lead there and then one such place, or long histories would draw all faults to themselves.
    kinds: dict[Pointer, list[Pointer]] = {}
    for place in places:
        kinds.setdefault(tuple(step for step in place if isinstance(step, str)), []).append(place)
    pointer = draw(st.sampled_from(draw(st.sampled_from(list(kinds.values())))))
    if isinstance(found(request, pointer), dict) and draw(COIN):
        key = draw(_NO_KEYS)
        return Planted(changed(request, pointer, lambda holder: {**holder, key: None}), pointer)
    if pointer and draw(st.integers(0, 4)) == 4:
        return Planted(_knotted(request, pointer), pointer)
    return Planted(put(request, pointer, draw(_NO_VALUES)) if pointer else draw(_NO_VALUES), pointer)


def _places(value: Any, pointer: Pointer = ()) -> Iterator[Pointer]:
    yield pointer
    items: Iterator[tuple[str | int, Any]] = iter(())
    if isinstance(value, dict):
        items = iter(value.items())
    elif isinstance(value, list):
        items = enumerate(value)
    for step, item in items:
        yield from _places(item, (*pointer, step))


def _knotted(request: Json, pointer: Pointer) -> Json:
    """The request with the container of a value in the value's place, so that it contains itself."""
    knotted: Json = put(request, pointer, None)
    holder = found(knotted, pointer[:-1])
    holder[pointer[-1]] = holder
    return knotted


_SURROGATES = st.text(st.characters(categories=["Cs"]), min_size=1, max_size=2)
_NO_VALUES: st.SearchStrategy[Any] = (
    st.sampled_from(
        (float("nan"), float("inf"), float("-inf"), 10**400, -(10**5000), datetime.date(2026, 1, 1), 1j, Ellipsis)
    )
    | st.binary(max_size=4)
    | st.builds(bytearray)
    | st.frozensets(st.integers(), max_size=2)
    | st.sets(st.integers(), max_size=2)
    | st.builds(object)
    | st.tuples(TEXTS, _SURROGATES, TEXTS).map("".join)
)
_NO_KEYS: st.SearchStrategy[Any] = (
    st.integers() | st.none() | st.booleans() | st.binary(max_size=2) | st.tuples(TEXTS) | st.floats() | _SURROGATES
)


def too_deep(draw: st.DrawFn) -> Planted:
    """A value nested too deep, where any value may stand."""
    request = draw(requests())
    options: list[Pointer] = [("messages", index, "trace") for index in range(len(request["messages"]))]
    options += [("tools", index, "function", "parameters", "default") for index in range(len(request.get("tools", ())))]
    pointer = draw(st.sampled_from(options))
    steps = draw(st.lists(st.just(0) | KEYS, min_size=1, max_size=3))
    end = (*pointer, *(steps[level % len(steps)] for level in range(MAX_DEPTH - len(pointer))))
    nest: Any = [] if draw(COIN) else {}
    for step in reversed(end[len(pointer) :]):
        nest = [nest] if isinstance(step, int) else {step: nest}
    return Planted(put(request, pointer, nest), end)


def envelope_conflict(draw: st.DrawFn) -> Planted:
    """``input`` beside ``messages``, or an ``input`` that is no object."""
    request = draw(requests())
    if draw(COIN):
        return Planted({**request, "input": draw(requests() | TEXTS)}, ("input",))
    return Planted({"model": _MODEL, "input": request["messages"] if draw(COIN) else draw(SCALARS)}, ("input",))


_NAMED_OPTIONS = ("gateway", "skipCache", "cacheTtl", "cf-aig-skip-cache", "cf-aig-metadata", "CF-AIG-Cache-TTL")
_OPTIONS = st.sampled_from(_NAMED_OPTIONS) | TEXTS.map("cf-aig-".__add__)


def gateway_in_body(draw: st.DrawFn) -> Planted:
    """An option of the gateway among the parameters, or beside an envelope's ``input``."""
    request = draw(requests())
    key = draw(_OPTIONS)
    value = draw(VALUES)
    if draw(COIN):
        return Planted({**request, key: value}, (key,))
    return Planted({"model": _MODEL, "input": request, key: value}, (key,))


def wrong_model(draw: st.DrawFn) -> Planted:
    """Another model's name, beside the parameters or in an envelope."""
    request = draw(requests())
    model = draw(st.sampled_from(("MiniMax-M2.7", "@cf/minimax/m2.7", "gpt-4o", "minimax/M2.7")) | TEXTS)
    if draw(COIN):
        return Planted({**request, "model": model}, ("model",))
    options = draw(st.fixed_dictionaries({}, optional={"options": OBJECTS}))
    return Planted({"model": model, "input": request, **options}, ("model",))


PLANTERS: Mapping[str, Planter] = {
    "MM003": not_a_request,
    "MM005": not_json,
    "MM006": too_deep,
    "MM007": envelope_conflict,
    "MM008": gateway_in_body,
    "MM009": wrong_model,
}
