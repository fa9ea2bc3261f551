"""Two engines and two spellings of the contract give one verdict on any JSON near the contract.

"Near" matters: random JSON is refused at its root, and nothing deeper is ever compared. So a valid request is drawn
first, and then damaged in a few places, in the ways in which requests go wrong.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from minimax_validate.json_schema import bundle

jsonschema_rs = pytest.importorskip("jsonschema_rs", reason="there is one engine only on this platform")

Json = Any
Steps = tuple[str | int, ...]
Shape = dict[str, st.SearchStrategy[Json]]

REQUEST = "minimax-m2.7/request.json"
VENDOR = "minimax-m2.7/vendor.json"

# JSON text cannot hold lone surrogates, NaN or infinities; the engines never see them (MM005 reports them first).
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
NUMBERS = (
    st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from(
        [
            0,
            0.0,
            -0.0,
            1,
            1.0,
            math.nextafter(0, -1),
            math.nextafter(0, 1),
            math.nextafter(1, 2),
            2**53 + 1,
            2**63,
            2**64,
            -(2**63) - 1,
        ]
    )
)
SCALARS = st.none() | st.booleans() | NUMBERS | TEXTS
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3), max_leaves=6
)

KEYS = st.sampled_from(
    """
    messages role name content tool_calls type text url detail id function arguments index description parameters strict cache_control tools
    tool_choice response_format schema properties required additionalProperties temperature max_tokens stream include_usage model
    """.split()  # noqa: SIM905 - as a list it would fill a screen
)
WORDS = st.sampled_from(
    """
    system user assistant tool developer function text image_url input_text json_schema json_object object array none auto required
    """.split()  # noqa: SIM905
)
# Names of 64 and of more code points: engines that count bytes, UTF-16 units or what looks like one character go wrong
# here.
LONG = st.sampled_from(
    [character * length for character in "aé語😀" for length in (64, 65)] + ["e\u0301" * 32, "e\u0301" * 33]
)

UNIT = st.floats(0, 1) | st.sampled_from([0, 1])
LIMIT = st.integers(1, 2**70) | st.floats(min_value=0, exclude_min=True, allow_infinity=False)


def shape(required: Shape, optional: Shape | None = None) -> st.SearchStrategy[Json]:
    """An object with all of the required keys and some of the optional ones."""
    return st.fixed_dictionaries(required, optional=optional or {})


TEXT_PARTS = shape({"type": st.just("text"), "text": TEXTS})
IMAGE_PARTS = shape({"type": st.just("image_url"), "image_url": shape({"url": TEXTS})})
TOOL_CALLS = shape({"id": TEXTS, "type": st.just("function"), "function": shape({"name": TEXTS, "arguments": TEXTS})})
MESSAGES = shape(
    {
        "role": st.sampled_from(["system", "user", "assistant", "tool"]),
        "content": TEXTS | st.lists(TEXT_PARTS | IMAGE_PARTS, max_size=2),
    },
    {"name": TEXTS, "tool_calls": st.lists(TOOL_CALLS, max_size=2), "tool_call_id": TEXTS},
)
TOOLS = shape(
    {"type": st.just("function"), "function": shape({"name": TEXTS, "description": TEXTS, "parameters": VALUES})}
)


def formats(names: st.SearchStrategy[str]) -> st.SearchStrategy[Json]:
    """A response format whose schema has one of these names."""
    answer = shape({"type": st.just("object"), "properties": VALUES})
    return shape(
        {
            "type": st.just("json_schema"),
            "json_schema": shape({"name": names, "schema": answer}, {"description": TEXTS}),
        }
    )


PARAMETERS: Shape = {
    "temperature": UNIT,
    "max_tokens": LIMIT,
    "max_completion_tokens": LIMIT,
    "top_p": UNIT,
    "stream": st.booleans(),
    "stream_options": shape({}, {"include_usage": st.booleans()}),
    "tools": st.lists(TOOLS, max_size=2),
    "tool_choice": st.sampled_from(["none", "auto"]),
    "response_format": formats(TEXTS),
    "mask_sensitive_info": st.booleans(),
}
CONVERSATION: Shape = {"messages": st.lists(MESSAGES, min_size=1, max_size=3)}
# Left to chance, most requests would have few parameters, and few faults would be planted in the others.
REQUESTS = shape(CONVERSATION | PARAMETERS) | shape(CONVERSATION, PARAMETERS | {"model": TEXTS})

# Limits are one place each in a request: faults scattered over all of it would seldom land there.
LIMITS = ["temperature", "top_p", "max_tokens", "max_completion_tokens"]
LIMITED = shape({}, dict.fromkeys(LIMITS, NUMBERS) | {"response_format": formats(LONG)})


def places(value: Json, at: Steps = ()) -> Iterator[tuple[Steps, Json]]:
    """Every value inside a value, itself first, with the steps that lead to it."""
    yield at, value
    items: Iterator[tuple[str | int, Json]] = iter(())
    if isinstance(value, dict):
        items = iter(value.items())
    elif isinstance(value, list):
        items = enumerate(value)
    for step, item in items:
        yield from places(item, (*at, step))


def replaced(value: Json, at: Steps, change: Callable[[Json], Json]) -> Json:
    """A copy of a value with a change made at one place inside it."""
    if not at:
        return change(value)
    first, *rest = at
    copy = value.copy()
    copy[first] = replaced(value[first], tuple(rest), change)
    return copy


def without(step: str | int) -> Callable[[Json], Json]:
    """A change that takes one key or item out of a container."""
    return lambda holder: (
        {key: item for key, item in holder.items() if key != step}
        if isinstance(holder, dict)
        else [item for index, item in enumerate(holder) if index != step]
    )


def changes(value: Json, elsewhere: Json) -> st.SearchStrategy[Callable[[Json], Json]]:
    """Ways to spoil one value, with another value of the same request at hand.

    Half of them fit the kind of value that stands here.
    """
    other = SCALARS | VALUES | st.just(elsewhere)
    anything = other.map(lambda new: lambda _: new) | st.sampled_from(
        [lambda held: [held], lambda held: {"type": "text", "text": held}]
    )
    fitting: st.SearchStrategy[Callable[[Json], Json]] = anything
    if isinstance(value, bool):
        fitting = st.sampled_from([0, 1, "true"]).map(lambda new: lambda _: new)
    elif isinstance(value, dict):
        fitting = st.tuples(KEYS | TEXTS, other).map(lambda entry: lambda held: held | dict([entry]))
        if value:
            fitting |= st.sampled_from(list(value)).map(without)
    elif isinstance(value, list):
        fitting = other.map(lambda item: lambda held: [*held, item])
        if value:
            fitting |= st.sampled_from(range(len(value))).map(without)
    elif isinstance(value, str):
        fitting = WORDS.map(lambda new: lambda _: new)
    elif isinstance(value, int | float):
        fitting = NUMBERS.map(lambda new: lambda _: new)
    return st.booleans().flatmap(lambda fits: fitting if fits else anything)


@st.composite
def damaged(draw: st.DrawFn, request: Json) -> Json:
    """A request with one fault, or what looks like one: something taken out, put in, exchanged or wrapped."""
    found = list(places(request))
    # First the kind of place and then one of that kind, or long conversations would draw all faults to themselves.
    kinds: dict[Steps, list[tuple[Steps, Json]]] = {}
    for at, value in found:
        kinds.setdefault(tuple(step for step in at if isinstance(step, str)), []).append((at, value))
    at, value = draw(st.sampled_from(list(kinds.values())).flatmap(st.sampled_from))
    _, elsewhere = draw(st.sampled_from(found))
    return replaced(request, at, draw(changes(value, elsewhere)))


@st.composite
def near_the_contract(draw: st.DrawFn) -> Json:
    """JSON that is a valid request, or lies a few faults away from one."""
    request = draw(REQUESTS)
    if draw(st.booleans()):
        request |= draw(LIMITED)
    for _ in range(draw(st.integers(0, 4))):
        request = draw(damaged(request))
    return request


# Drawing a whole request takes time, and more of it on a busy machine: that is no fault.
NEAR = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@cache
def engines() -> dict[str, Any]:
    """The four validators, by the engine and by the spelling of the contract."""
    registry = jsonschema_rs.Registry([(bundle.uri(name), bundle.load(name)) for name in bundle.names()])
    return {
        "jsonschema, request": Draft202012Validator(bundle.load(REQUEST), registry=bundle.registry()),
        "jsonschema, vendor": Draft202012Validator(bundle.load(VENDOR)),
        "jsonschema_rs, request": jsonschema_rs.Draft202012Validator(
            bundle.load(REQUEST), registry=registry, offline=True
        ),
        "jsonschema_rs, vendor": jsonschema_rs.Draft202012Validator(bundle.load(VENDOR), offline=True),
    }


@settings(NEAR, max_examples=400)
@given(near_the_contract())
@example({"messages": [], "temperature": True})
@example({"messages": [], "max_tokens": 5e-324})
@example({"messages": [], "max_tokens": 10**400})
@example({"messages": [], "temperature": -0.0, "top_p": 1.0})
@example([])
@example(None)
def test_all_four_agree(instance: Json) -> None:
    """Both engines, on our spelling of the contract and on the vendor's, accept the same JSON."""
    verdicts = {name: engine.is_valid(instance) for name, engine in engines().items()}
    assert len(set(verdicts.values())) == 1, verdicts


@settings(NEAR, max_examples=200)
@given(near_the_contract())
def test_engines_agree_on_places(instance: Json) -> None:
    """Both engines find fault with the same values for the same keywords, on both spellings of the contract."""
    # An engine may report several keys of one object in one error or in several: the place and the keyword are what
    # counts.
    reference = {
        (tuple(error.absolute_path), error.validator) for error in engines()["jsonschema, vendor"].iter_errors(instance)
    }
    request = {
        (tuple(error.absolute_path), error.validator)
        for error in engines()["jsonschema, request"].iter_errors(instance)
    }
    compiled = {
        (tuple(error.instance_path), error.kind.name)
        for error in engines()["jsonschema_rs, vendor"].iter_errors(instance)
    }
    assert reference == request == compiled


@settings(NEAR, max_examples=100)
@given(REQUESTS)
def test_undamaged_requests_are_valid(request: Json) -> None:
    """What the strategy starts from is valid, so that every fault found later was put there."""
    engines()["jsonschema, vendor"].validate(request)


def test_strategy_reaches_every_keyword() -> None:
    """Every keyword of the contract fails somewhere near the contract, and much there is still valid."""
    seen: Counter[str] = Counter()

    # Always the same examples: a keyword must not be missed by bad luck.
    @settings(NEAR, max_examples=400, derandomize=True, database=None, phases=[Phase.generate])
    @given(near_the_contract())
    def count(instance: Json) -> None:
        seen.update({error.validator for error in engines()["jsonschema, vendor"].iter_errors(instance)} or {"valid"})

    count()
    keywords = {
        "required",
        "type",
        "additionalProperties",
        "enum",
        "const",
        "minimum",
        "maximum",
        "exclusiveMinimum",
        "maxLength",
        "anyOf",
    }
    assert set(seen) == keywords | {"valid"}
