"""Definitions that are put in the place of references: what they mean there stays what it was."""

from __future__ import annotations

from typing import Any

import pytest

from minimax_validate.json_schema.inlining import expanded_root, inlined, refers_to, texts_in

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


def test_reference_is_followed_through_another() -> None:
    """Definitions lead to others, and one that comes back leads to where the first of them stands now."""
    definitions = {
        "tree": {"items": {"$ref": "#/$defs/branch"}},
        "branch": {"not": {"$ref": "#/$defs/tree"}, "if": {"$ref": "#/$defs/branch"}},
    }
    assert inlined({"$defs": definitions, "a": {"$ref": "#/$defs/tree"}}, ("a",)) == {
        "items": {"not": {"$ref": "#/a"}, "if": {"$ref": "#/a/items"}}
    }
    twice = {"anyOf": [{"$ref": "#/$defs/name"}, {"$ref": "#/$defs/name"}]}
    assert at(twice) == {"anyOf": [{"type": "string"}, {"type": "string"}]}


@pytest.mark.parametrize("keyword", ["$defs", "definitions", "dependentSchemas", "patternProperties", "properties"])
@pytest.mark.parametrize("name", ["default", "enum", "$ref", "a/b"])
def test_members_may_have_any_name(keyword: str, name: str) -> None:
    """Under keywords that hold schemas by name, a name is none of a keyword, and a part of the new place."""
    reference = {"$ref": "#/$defs/node"}
    place = f"#/a/{keyword}/{name.replace('/', '~1')}"
    assert at({keyword: {name: reference}}) == {keyword: {name: {**NODE, "properties": {"next": {"$ref": place}}}}}


@pytest.mark.parametrize("keyword", ["const", "default", "enum", "example", "examples"])
def test_values_are_left(keyword: str) -> None:
    """What looks like a reference in a value is none, inside of a definition and beside the reference to it too."""
    value = [{"$ref": "#/$defs/name"}]
    root = {"$defs": {"name": {"type": "string"}, "x": {keyword: value}}, "a": {"$ref": "#/$defs/x", "title": "X"}}
    assert inlined(root, ("a",)) == {keyword: value, "title": "X"}
    assert inlined({**root, "a": {keyword: value}}, ("a",)) is None


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (("x", 1), {"type": "string"}),
        (("x", 0), None),
        (("x", 2), None),
        (("x", "1"), None),
        (("x", 1, "$ref", 0), None),
        (("y", 1), {"type": "string"}),
        (("y", "1"), {"type": "string"}),
        (("z",), None),
    ],
)
def test_place_in_the_root(place: tuple[str | int, ...], expected: Any) -> None:
    """A place goes through arrays by index, and through objects by key, in digits too; what is not there is nothing."""
    reference = {"$ref": "#/definitions/name"}
    root = {"definitions": {"name": {"type": "string"}}, "x": [{}, reference], "y": {"1": reference}}
    assert inlined(root, place) == expected


@pytest.mark.parametrize("target", [True, 5, [{}], "string"])
def test_definition_that_is_no_object_is_left(target: Any) -> None:
    """Only a definition that is an object is put in the place of a reference to it."""
    assert inlined({"$defs": {"x": target}, "a": {"$ref": "#/$defs/x"}}, ("a",)) is None


def test_bounds_of_what_is_put_in_place() -> None:
    """As many as 5,000 values are written, a hundred levels deep."""
    fitting = [{"$ref": "#/$defs/name"}] * 1_666  # each is three values: itself, its target, and a text
    assert at({"anyOf": fitting}) == {"anyOf": [{"type": "string"}] * 1_666}
    assert at({"anyOf": [*fitting, {}]}) is None
    deep: Any = {"$ref": "#/$defs/name"}
    for _ in range(98):
        deep = {"not": deep}
    assert at(deep) is not None
    assert at({"not": deep}) is None


CITY = {"type": "object", "properties": {"near": {"$ref": "#/$defs/city"}}}


@pytest.mark.parametrize(
    ("root", "expected"),
    [
        ({"$ref": "#/$defs/city"}, {"type": "object", "properties": {"near": {"$ref": "#"}}}),
        (
            {"$ref": "#/$defs/city", "title": "Place", "definitions": {"x": {}}},
            {"type": "object", "properties": {"near": {"$ref": "#"}}, "title": "Place"},
        ),
        ({"$ref": "#/$defs/city", "properties": {}}, None),
        ({"$ref": "#/$defs/names"}, None),
        ({"$ref": "#/$defs/open"}, None),
        ({"$ref": "#/$defs/untyped"}, None),
        ({"$ref": "#/$defs/none"}, None),
        ({"$ref": "#/$defs/city", "type": "object", "allOf": []}, None),
        ({"$ref": 5}, None),
        ({"type": "object"}, None),
    ],
)
def test_root_that_is_a_reference(root: Any, expected: Any) -> None:
    """A root that refers to the schema of an object becomes that schema, without the definitions."""
    definitions = {
        "city": CITY,
        "names": {"type": "array", "properties": {}},
        "open": {"type": "object"},
        "untyped": {"properties": {}},
    }
    assert expanded_root({**root, "$defs": definitions}) == expected


@pytest.mark.parametrize(
    ("root", "expected"),
    [
        ({"$ref": "#/$defs/city"}, True),
        ({"properties": {"a": [{"$ref": "#/$defs/city"}]}}, True),
        ({"properties": {"a": {"not": {}, "items": {"$ref": "#/$defs/a"}, "if": 5}}}, True),
        ({"properties": {"a": {"$ref": "#/definitions/city"}}}, False),
        ({"properties": {"a": {"$ref": "#/$defs"}, "b": {"title": "see #/$defs/city"}}}, False),
        ({"definitions": {"a": {"$ref": "#/$defs/city"}}}, False),
        ({"type": "object"}, False),
    ],
)
def test_definitions_that_are_in_use(root: Any, expected: bool) -> None:
    """Definitions are in use if something outside of all definitions refers to one of them."""
    assert refers_to({"$defs": {"city": CITY}, **root}, "$defs") is expected


def test_texts_inside_a_value() -> None:
    """Keys and texts come in the order in which they are read."""
    assert list(texts_in({"a": ["x", {"b": "y"}, 5, None], "c": {"d": "z", "e": []}})) == list("axbycdze")
    assert list(texts_in("x")) == ["x"]
    assert list(texts_in(5)) == []
