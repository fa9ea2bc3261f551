"""Definitions that are put in the place of references: what they mean there stays what it was."""

from __future__ import annotations

from typing import Any

import pytest

from minimax_validate.json_schema.inlining import inlined

NODE = {
    "type": "object",
    "description": "a node",
    "properties": {"next": {"$ref": "#/$defs/node"}},
    "default": {"$ref": "#/$defs/node"},
}
ROOT = {"$defs": {"node": NODE, "name": {"type": "string"}, "~": {"minLength": 1}}}


def at(schema: Any) -> Any:
    """What comes to stand under ``a`` in a root with definitions."""
    return inlined({**ROOT, "a": schema}, ("a",))


def test_reference_back_to_itself_leads_to_the_new_place() -> None:
    """A definition that refers to itself does so where it stands now, and what is a value is no reference."""
    assert at({"$ref": "#/$defs/node"}) == {**NODE, "properties": {"next": {"$ref": "#/a"}}}


def test_what_stands_beside_a_reference_holds_too() -> None:
    """A keyword that both have keeps both meanings; with `allOf` beside the reference, nothing is put in its place."""
    assert at({"$ref": "#/$defs/name", "minLength": 1}) == {"type": "string", "minLength": 1}
    assert at({"$ref": "#/$defs/node", "description": "mine"}) == {
        "description": "mine",
        "allOf": [{**NODE, "properties": {"next": {"$ref": "#/a/allOf/0"}}}],
    }
    assert at({"$ref": "#/$defs/node", "description": "mine", "allOf": [{}]}) is None
    assert at({"items": [{"$ref": "#/$defs/name"}], "enum": [{"$ref": "#/$defs/name"}]}) == {
        "items": [{"type": "string"}],
        "enum": [{"$ref": "#/$defs/name"}],
    }


@pytest.mark.parametrize("reference", ["#/$defs/none", "#/properties/a", "#/$defs/node/x", "https://x.example", "#", 5])
def test_reference_elsewhere_stays(reference: Any) -> None:
    """What leads to no definition of the schema is left as it stands."""
    assert at({"$ref": reference}) is None


def test_definitions_that_multiply_are_left() -> None:
    """Definitions that would stand for thousands of values, or without end, are not put anywhere."""
    levels = {f"a{n}": {"items": [{"$ref": f"#/$defs/a{n - 1}"}] * 9} for n in range(1, 6)}
    root = {"$defs": {"a0": {"type": "string"}, **levels}, "x": {"$ref": "#/$defs/a5"}, "y": {"$ref": "#/$defs/a1"}}
    assert inlined(root, ("x",)) is None
    assert inlined(root, ("y",)) == {"items": [{"type": "string"}] * 9}
    deep: Any = {"$ref": "#/$defs/a0"}
    for _ in range(120):
        deep = {"not": deep}
    assert inlined({**root, "x": deep}, ("x",)) is None
