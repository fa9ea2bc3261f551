"""Faults of the contract's keywords, wherever they stand: what the rules MM101 to MM106 find."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from minimax_validate.strategies.choice import COIN, some
from minimax_validate.strategies.faults.histories import of_role
from minimax_validate.strategies.faults.places import Place, a_place
from minimax_validate.strategies.faults.planted import Json, Planted, Planter, put, taken
from minimax_validate.strategies.requests import Needs, requests_with
from minimax_validate.strategies.text import KEYS, TEXTS
from minimax_validate.strategies.values import NUMBERS, OBJECTS, VALUES
from minimax_validate.values.pointer import Pointer


def without(*parameters: str) -> st.SearchStrategy[Json]:
    """Requests to plant a fault in: half of them have every part that a fault can be in, but for these parameters."""
    return COIN.flatmap(lambda everything: requests_with(Needs(everything=everything, without=parameters)))


BASES = without()
"""Requests to plant a fault in, with any parameters."""

ALL = requests_with(Needs(everything=True))
"""Requests that have every part that a fault can be in.

What a fault has nothing to do with is taken out ``around`` it.
"""

RESPONSE_SCHEMA: Pointer = ("response_format", "json_schema", "schema")
FOREIGN_KEYS = ("strict", "detail", "cache_control", "index", "include_obfuscation")
FOREIGN_FORMATS = ("text", "json_object")
FOREIGN_CHOICES = ("required", "any")
FOREIGN_PARTS = (
    "input_text", "output_text", "input_audio", "file", "refusal", "input_image", "input_file", "image", "document",
    "audio", "video", "video_url", "media", "tool_call",
)  # fmt: skip
"""Types of parts that other vendors have, and that do not make a message one of their dialects (MM127)."""
DIALECT_PARTS = (
    "tool_use", "tool_result", "thinking", "redacted_thinking", "reasoning", "tool-call", "tool-result", "tool-error",
)  # fmt: skip
"""Types of parts that make a message one of a dialect."""

_TYPES_OF_SCHEMAS = ("object", "array", "string", "number", "integer", "boolean")
"""With one of these as its type a response_format is the schema itself (MM125)."""
_PART = ("messages", "content")
_FUNCTION_DEFINITION = ("tools", "function")
# A rule of its own tells that these are missing.
_TOLD_APART = frozenset(
    {
        ((), "messages"),
        (("messages",), "content"),
        (_FUNCTION_DEFINITION, "description"),
        (_FUNCTION_DEFINITION, "parameters"),
    }
)
_SAMPLES: Mapping[str, st.SearchStrategy[Any]] = {
    "null": st.none(),
    "boolean": st.booleans(),
    "number": NUMBERS,
    "string": TEXTS,
    "array": st.lists(VALUES, max_size=2),
    "object": OBJECTS,
}


_NEEDED = {"stream_options": "stream", "tool_choice": "tools"}
"""Parameters that come with another one only."""


def around(draw: st.DrawFn, request: Json, pointer: Pointer) -> Planted:
    """A fault in one of ``ALL``, with only some of what it has nothing to do with around it.

    In the simplest case with none of that.
    """
    kept = {"messages", pointer[0], *some(draw, [key for key in request if key not in ("messages", pointer[0])])}
    kept |= {needed for key, needed in _NEEDED.items() if key in kept}
    messages = request["messages"]
    if pointer[0] != "messages":
        messages = messages if draw(COIN) else [{"role": "user", "content": "Hello"}]
    elif pointer[1] != len(messages) - 1:  # the last one, a user's, is no part of an exchange
        messages = messages if draw(COIN) else messages[:-1]
    spared = {key: value for key, value in request.items() if key in kept}
    return Planted({**spared, "messages": messages}, pointer)


def missing_key(draw: st.DrawFn) -> Planted:
    """A required key taken out, or an envelope around a request without messages."""
    request = draw(BASES)
    if draw(st.integers(0, 9)) == 9:
        return Planted({"model": "minimax/m2.7", "input": taken(request, ("messages",))}, ("input",))
    holder = a_place(draw, request, _required)
    return Planted(taken(request, (*holder.pointer, draw(st.sampled_from(_required(holder))))), holder.pointer)


def _required(place: Place) -> list[str]:
    return [key for key in place.schema.get("required", ()) if (place.kind, key) not in _TOLD_APART]


def wrong_type(draw: st.DrawFn) -> Planted:
    """A value of another type than the contract names."""
    request = draw(BASES)
    place = a_place(draw, request, lambda place: place.pointer and "type" in place.schema and place.kind != _PART)
    return Planted(
        put(request, place.pointer, draw(_SAMPLES[draw(st.sampled_from(_wrong_types(place)))])), place.pointer
    )


def _wrong_types(place: Place) -> list[str]:
    """The types that the place does not take, but for those that a rule of its own tells."""
    told_apart = {place.schema["type"]}
    if place.optional or place.kind == (*_FUNCTION_DEFINITION, "description"):
        told_apart.add("null")
    if place.kind in (("tool_choice",), ("messages", "tool_calls", "function", "arguments")):
        told_apart.add("object")
    return [name for name in _SAMPLES if name not in told_apart]


def unknown_key(draw: st.DrawFn) -> Planted:
    """A key where the contract takes none but its own."""
    request = draw(ALL)
    holder = a_place(
        draw,
        request,
        lambda place: place.schema.get("additionalProperties") is False and place.pointer != RESPONSE_SCHEMA,
    )
    known = holder.schema["properties"]
    key = draw(st.sampled_from([f"{key}s" for key in known]) | KEYS)
    while key in known or key in FOREIGN_KEYS:
        key += "_"  # pragma: no cover - few draws come to it
    return around(draw, put(request, (*holder.pointer, key), draw(VALUES)), (*holder.pointer, key))


def unknown_value(draw: st.DrawFn) -> Planted:
    """A word that is not in the contract's vocabulary, nor in another vendor's."""
    request = draw(ALL)
    place = a_place(
        draw,
        request,
        lambda place: not {"enum", "const"}.isdisjoint(place.schema) and place.kind != ("messages", "role"),
    )
    known = [
        *place.schema.get("enum", ()),
        place.schema.get("const"),
        "image_url",
        *FOREIGN_FORMATS,
        *FOREIGN_CHOICES,
        *FOREIGN_PARTS,
        *DIALECT_PARTS,
        *_TYPES_OF_SCHEMAS,
    ]
    word = draw(st.just(place.value[1:]) | st.just(place.value.upper()) | TEXTS)
    while word in known:
        word += "_"  # pragma: no cover - few draws come to it
    return around(draw, put(request, place.pointer, word), place.pointer)


_BELOW_ZERO: st.SearchStrategy[float] = st.integers(-1000, -1) | st.floats(
    max_value=0, exclude_max=True, allow_infinity=False
)
_ABOVE_ONE: st.SearchStrategy[float] = st.integers(2, 1000) | st.floats(
    min_value=1, exclude_min=True, allow_infinity=False
)


def out_of_range(draw: st.DrawFn) -> Planted:
    """A parameter beyond its limits."""
    key = draw(st.sampled_from(("temperature", "top_p", "max_tokens", "max_completion_tokens")))
    if key.startswith("max"):
        # One limit alone: two that differ would be a second mistake.
        return Planted({**draw(without("max_tokens")), key: draw(st.integers(-1000, 0))}, (key,))
    return Planted({**draw(without(key)), key: draw(_BELOW_ZERO | _ABOVE_ONE)}, (key,))


def no_matching_shape(draw: st.DrawFn) -> Planted:
    """Content that is neither a text nor parts, or a part that is neither a text nor an image."""
    if draw(COIN):
        request = draw(ALL)
        place = a_place(draw, request, lambda place: place.kind == _PART and isinstance(place.pointer[-1], int))
        return around(draw, put(request, place.pointer, draw(_NO_PART)), place.pointer)
    request = draw(BASES)
    # An object as the content of a tool message has a rule of its own.
    index = draw(st.sampled_from(of_role(request, "user", "system", "assistant")))
    return Planted(put(request, ("messages", index, "content"), draw(_NO_CONTENT)), ("messages", index, "content"))


_NO_CONTENT: st.SearchStrategy[Any] = st.booleans() | NUMBERS | OBJECTS
_NO_PART: st.SearchStrategy[Any] = (
    st.none() | st.booleans() | NUMBERS | TEXTS | st.lists(VALUES, max_size=2) | st.builds(dict)
)


PLANTERS: Mapping[str, Planter] = {
    "MM101": missing_key,
    "MM102": wrong_type,
    "MM103": unknown_key,
    "MM104": unknown_value,
    "MM105": out_of_range,
    "MM106": no_matching_shape,
}
