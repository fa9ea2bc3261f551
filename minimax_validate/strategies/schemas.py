"""JSON Schemas (draft 2020-12) as tools declare them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from minimax_validate.strategies.choice import COIN, some
from minimax_validate.strategies.text import KEYS, TEXTS
from minimax_validate.strategies.values import SCALARS

Schema = dict[str, Any]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_LEVELS = 2
_LEAVES = ("string", "integer", "number", "boolean", "null", "enum", "const", "anything")
_NODES = (*_LEAVES, "array", "object", "nullable", "choice")
_DEFINITIONS = ("Place", "node")
_OPENNESS = st.sampled_from((None, False, True))
_LENGTHS = st.integers(0, 4)
_BOUNDS = st.integers(-100, 100)
_NOTES: dict[str, st.SearchStrategy[Any]] = {
    "description": TEXTS,
    "title": TEXTS,
    "default": SCALARS,
    "examples": st.lists(SCALARS, max_size=2),
}
_NO_NOTE = ""
_NOTED = st.sampled_from((_NO_NOTE, _NO_NOTE, *_NOTES))
_SOME_KEYS = st.lists(KEYS, max_size=3).map(lambda keys: list(dict.fromkeys(keys)))
_CONSTANTS = st.lists(SCALARS, min_size=1, max_size=4)


@st.composite
def json_schemas(draw: st.DrawFn) -> Schema:
    """Generate schemas for the parameters of a tool.

    They are valid under draft 2020-12, describe an object, and refer only to their own ``$defs``.
    ``instances(schema)`` generates values that satisfy one.
    """
    definitions: dict[str, Schema] = {}
    if draw(COIN):
        for name in _DEFINITIONS[: draw(st.integers(1, len(_DEFINITIONS)))]:
            definitions[name] = _object(draw, 1, tuple(definitions))
            if draw(COIN):
                # A tree: the way back leads through an array that may be empty, so that finite values exist.
                definitions[name]["properties"]["children"] = {"type": "array", "items": _reference(name)}
    schema = _object(draw, _LEVELS, tuple(definitions))
    if draw(COIN):
        schema = {"$schema": _DIALECT, **schema}
    return {**schema, "$defs": definitions} if definitions else schema


@st.composite
def property_schemas(draw: st.DrawFn) -> dict[str, Schema]:
    """What stands under ``properties``, without references: a response schema has no place for definitions."""
    return {key: _schema(draw, 1, ()) for key in draw(_SOME_KEYS)}


def _reference(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _schema(draw: st.DrawFn, levels: int, definitions: Sequence[str]) -> Schema:
    kind = draw(st.sampled_from((*(_NODES if levels else _LEAVES), *definitions)))
    if kind in definitions:
        return _reference(kind)
    note = draw(_NOTED)
    notes: Schema = {note: draw(_NOTES[note])} if note else {}
    match kind:
        case "array":
            limits = _limits(draw, "minItems", "maxItems", _LENGTHS)
            return {"type": "array", "items": _schema(draw, levels - 1, definitions), **limits, **notes}
        case "object":
            return {**_object(draw, levels - 1, definitions), **notes}
        case "choice":
            return {"anyOf": [_schema(draw, levels - 1, definitions) for _ in range(draw(st.integers(1, 3)))], **notes}
        case _:
            return {**_leaf(draw, kind), **notes}


def _leaf(draw: st.DrawFn, kind: str) -> Schema:
    match kind:
        case "anything":
            return {}
        case "const":
            return {"const": draw(SCALARS)}
        case "enum":
            return {"enum": draw(_CONSTANTS)}
        case "nullable":
            return {"type": [draw(st.sampled_from(("string", "integer", "boolean"))), "null"]}
        case "string":
            return {"type": "string", **_limits(draw, "minLength", "maxLength", _LENGTHS)}
        case "integer" | "number":
            return {"type": kind, **_limits(draw, "minimum", "maximum", _BOUNDS)}
    return {"type": kind}


def _limits(draw: st.DrawFn, lower: str, upper: str, numbers: st.SearchStrategy[int]) -> Schema:
    """Both limits, one of them, or none."""
    chosen = some(draw, (lower, upper))
    return dict(zip(chosen, sorted(draw(numbers) for _ in chosen), strict=True))


def _object(draw: st.DrawFn, levels: int, definitions: Sequence[str]) -> Schema:
    keys = draw(_SOME_KEYS)
    schema: Schema = {"type": "object", "properties": {key: _schema(draw, levels, definitions) for key in keys}}
    if required := some(draw, keys):
        schema["required"] = required
    if (openness := draw(_OPENNESS)) is not None:
        schema["additionalProperties"] = openness
    return schema
