"""Values that satisfy a schema, built to it: nothing is drawn and then thrown away."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from minimax_validate.strategies.choice import COIN, some
from minimax_validate.strategies.text import TEXTS
from minimax_validate.strategies.values import OBJECTS, VALUES

_ASSERTIONS = frozenset(
    {
        "$ref",
        "additionalProperties",
        "anyOf",
        "const",
        "enum",
        "items",
        "maxItems",
        "maxLength",
        "maximum",
        "minItems",
        "minLength",
        "minimum",
    }
    | {"properties", "required", "type"}
)
_NOTES = frozenset({"$defs", "$schema", "default", "description", "examples", "title"})
_DEEPEST = 6
_SPREAD = 1000


def instances(schema: Any) -> st.SearchStrategy[Any]:
    """Generate values that satisfy a schema, which may only use the keywords that ``json_schemas`` uses.

    Drawing an example raises ``ValueError`` if the schema has another keyword.
    """
    return _instances(schema)


@st.composite
def _instances(draw: st.DrawFn, schema: Any) -> Any:
    return _value(draw, schema, schema, 0)


def _value(draw: st.DrawFn, schema: Any, root: Any, depth: int) -> Any:
    if schema is True or schema == {}:
        return draw(VALUES)
    unknown = schema.keys() - _ASSERTIONS - _NOTES
    if unknown:
        raise ValueError(f"unsupported keywords in the schema: {', '.join(sorted(unknown))}")
    if "$ref" in schema:
        return _value(draw, root["$defs"][schema["$ref"].removeprefix("#/$defs/")], root, depth + 1)
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return draw(st.sampled_from(schema["enum"]))
    if "anyOf" in schema:
        return _value(draw, draw(st.sampled_from(schema["anyOf"])), root, depth)
    types = schema.get("type")
    return _of_type(draw, draw(st.sampled_from(types)) if isinstance(types, list) else types, schema, root, depth)


def _of_type(draw: st.DrawFn, kind: str | None, schema: Any, root: Any, depth: int) -> Any:
    match kind:
        case "object":
            return _members(draw, schema, root, depth)
        case "array":
            least = schema.get("minItems", 0)
            most = least if depth > _DEEPEST else schema.get("maxItems", least + 2)
            return [
                _value(draw, schema.get("items", True), root, depth + 1) for _ in range(draw(st.integers(least, most)))
            ]
        case "string":
            return _text(draw(TEXTS), schema.get("minLength", 0), schema.get("maxLength"))
        case "integer" | "number":
            low = schema.get("minimum", schema.get("maximum", 0) - _SPREAD)
            high = schema.get("maximum", low + _SPREAD)
            return draw(st.integers(low, high) if kind == "integer" else st.floats(low, high) | st.integers(low, high))
        case "boolean":
            return draw(COIN)
        case "null":
            return None
    return draw(VALUES)


def _text(text: str, least: int, most: int | None) -> str:
    return (text + "x" * (least - len(text)))[:most]


def _members(draw: st.DrawFn, schema: Any, root: Any, depth: int) -> dict[str, Any]:
    declared = schema.get("properties", {})
    required = schema.get("required", ())
    optional = [key for key in declared if key not in required]
    wanted = {*required, *(some(draw, optional) if depth <= _DEEPEST else ())}
    members = {key: _value(draw, declared[key], root, depth + 1) for key in declared if key in wanted}
    if schema.get("additionalProperties", True) is True and draw(COIN):
        members |= {key: value for key, value in draw(OBJECTS).items() if key not in declared}
    return members
