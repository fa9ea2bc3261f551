"""The bounds on schemas that requests bring along, at the very place where they lie."""

from __future__ import annotations

from typing import Any

import pytest

from minimax_validate.json_schema import extent
from minimax_validate.json_schema.extent import Extent
from minimax_validate.json_schema.pattern_size import MOST_UNITS, are_small, size


@pytest.mark.parametrize(
    ("pattern", "units"),
    [
        ("", 0),
        ("abc", 3),
        ("a{3}", 3),
        ("a{0}", 1),
        ("a{2,5}", 5),
        ("a{2,}", 2),
        ("(ab){4}", 8),
        ("((ab){2}c){3}", 15),
        ("(?:ab){2}x", 5),
        ("[a-z]", 3),
        ("[a-z]{3}", 9),
        (r"\d", 4),
        (r"\D", 30),
        (".", 30),
        ("[^a]", 30),
        (r"\p{L}", 400),
        (r"\p{L}{2}", 800),
        ("^a*b+c?$", 3),
        ("a|b", 2),
        ("(a", 1),
        ("a)", 2),
        ("[abcdefgh]", 4),
        (r"[\]a]", 3),
        (r"[^\]]", 30),
        (r"[\S]", 30),
        (r"[a\W]", 30),
        (r"[\D]", 30),
        (r"[\s]", 3),
        (r"[\p{L}]", 400),
        (r"[^\P{L}]", 400),
        ("[é]", 2),
        ("é", 4),
        (r"\é", 4),
        (r"\w\s\b", 12),
        (r"\W", 30),
        (r"\S", 30),
        (r"\P{Lu}x", 401),
        (r"\pL", 400),
        (r"\PL{2}", 800),
        (r"\.\(\{2}", 5),
        (".{2}", 60),
        ("a{1,3}b", 4),
        ("a{0,0}", 1),
        ("a{2}{3}", 6),
        ("a{b}", 4),
        ("{2}a", 1),
        ("({2})", 0),
        ("(a|b){3}", 6),
        ("(a)(b){2}", 3),
        ("(a{2}(b)", 3),
        ("(a))b{2}", 4),
        ("(?:(?:a{2}b){2}c){2}", 14),
        ("(?<year>ab){2}", 4),
        ("(?<=a)(?<!b)c", 3),
        ("(?=a)(?!b)c", 3),
        ("(?i:ab){2}", 4),
        ("a\nb", 3),
        ("\\", 1),
        ("a{100000}", MOST_UNITS),
        ("a{100001}", MOST_UNITS + 1),
        ("(a{99999}b", MOST_UNITS),
        ("(a{50000}){2}b", MOST_UNITS + 1),
        ("a{60000}b{60000}", MOST_UNITS + 1),
        ("((a{999}){999}){999}", MOST_UNITS + 1),
    ],
)
def test_size_of_a_pattern(pattern: str, units: int) -> None:
    """A pattern counts for the units of its atoms, as often as they may repeat, and is cut above the most."""
    assert size(pattern) == units


@pytest.mark.parametrize("place", ["pattern", "patternProperties", "nested", "listed"])
def test_patterns_of_a_schema_count_together(place: str) -> None:
    """All patterns count, wherever they stand: as many as the most are small, and one more is not."""

    def schema(times: int) -> Any:
        pattern = f"a{{{times}}}"
        return {
            "pattern": {"pattern": pattern},
            "patternProperties": {"patternProperties": {pattern: {}}},
            "nested": {"properties": {"x": {"items": {"pattern": pattern}}}},
            "listed": {"anyOf": [{"pattern": "a"}, {"pattern": f"a{{{times - 1}}}"}]},
        }[place]

    assert are_small(schema(MOST_UNITS))
    assert not are_small(schema(MOST_UNITS + 1))


@pytest.mark.parametrize(
    "part",
    [{"pattern": 5}, {"patternProperties": ["a{999999}"]}, {"pattern": ["a{999999}"]}, ["a{999999}"], [], None, True],
)
def test_what_is_no_pattern_has_no_size(part: Any) -> None:
    """A value that is no pattern is not counted."""
    assert are_small(part)


def steps(schema: Any, value: Any) -> int:
    """The least number of steps that a value is allowed in."""
    extent = Extent(schema)
    return next(most for most in range(1000) if extent.allows(value, most))


@pytest.mark.parametrize(
    ("schema", "other", "value"),
    [
        ({"type": "object"}, {"type": "object", "properties": {"a": {"type": "string"}}}, {"a": "x"}),
        ({"items": {}}, {"items": {"anyOf": [{}, {}]}}, [1]),
        ({}, {"allOf": [{}]}, 1),
        ({}, {"not": {}}, 1),
        ({}, {"prefixItems": [{}]}, [1]),
        ({}, {"additionalProperties": {"type": "string"}}, {"a": "x"}),
        ({"$defs": {"a": {}}}, {"$defs": {"a": {}}, "$ref": "#/$defs/a"}, 1),
        ({"enum": [1]}, {"enum": [1, 2, 3]}, 1),
        ({"required": ["a"]}, {"required": ["a", "b"]}, {"a": 1}),
        ({}, {"anyOf": [{}]}, 1),
        ({}, {"oneOf": [{}]}, 1),
        ({}, {"if": {}}, 1),
        ({"if": {}}, {"if": {}, "then": {}}, 1),
        ({"if": {}}, {"if": {}, "else": {}}, 1),
        ({}, {"dependentSchemas": {"a": {}}}, {"a": 1}),
        ({}, {"dependencies": {"a": {}}}, {"a": 1}),
        ({}, {"patternProperties": {"a": {}}}, {"a": 1}),
        ({"patternProperties": {"a": {}}}, {"patternProperties": {"a": {"properties": {"b": {}}}}}, {"a": {"b": 1}}),
        ({}, {"unevaluatedProperties": {}}, {"a": 1}),
        ({}, {"propertyNames": {}}, {"a": 1}),
        ({}, {"items": {}}, [1]),
        ({}, {"unevaluatedItems": {}}, [1]),
        ({}, {"contains": {}}, [1]),
        ({"items": {"items": {}}}, {"items": {"items": {"allOf": [{}]}}}, [[1]]),
        ({"allOf": [{}]}, {"allOf": [{}], "unevaluatedProperties": False}, 1),
        ({"allOf": [{"properties": {"a": {}}}]}, {"allOf": [{"properties": {"a": {}}}], "unevaluatedItems": False}, []),
    ],
)
def test_each_part_is_a_step(schema: Any, other: Any, value: Any) -> None:
    """A schema with one part more that is held against the value takes more steps, and no fewer are enough."""
    least = steps(other, value)
    assert least > steps(schema, value)
    assert Extent(other).allows(value, least)
    assert not Extent(other).allows(value, least - 1)


@pytest.mark.parametrize(
    ("schema", "value", "expected"),
    [
        (True, 1, 1),
        ({}, {"a": 1}, 1),
        ({"properties": {"a": {}, "b": {}}}, {"a": 1}, 2),
        ({"properties": {"a": {}}}, {"a": 1, "b": 1}, 2),
        ({"properties": {"a": {}}}, [1], 1),
        ({"prefixItems": [{}, {}]}, [1], 2),
        ({"prefixItems": [{}]}, {"a": 1}, 1),
        ({"prefixItems": {"a": {}}}, [1], 1),
        ({"allOf": {"a": {}}, "enum": 5, "properties": 5, "dependentSchemas": 5}, 1, 1),
        ({"patternProperties": {"a": {"properties": {"b": {}}}}}, {"a": {"b": 1}, "c": {}}, 4),
        ({"items": {"items": {}}}, [[1, 2], []], 5),
        ({"allOf": [{}, {}]}, 1, 3),
        ({"allOf": [{}, {}], "unevaluatedItems": False}, 1, 7),
        ({"allOf": [{"properties": {"a": {}}}]}, {"a": 1}, 3),
        ({"allOf": [{"properties": {"a": {}}}], "unevaluatedProperties": False}, {"a": 1}, 8),
        ({"items": {"$ref": "#/$defs/a"}, "$defs": {"a": {}}}, [1, 2], 5),
        ({"items": {"prefixItems": [{}, {}]}}, [[1, 2]], 4),
        ({"items": {"allOf": [{"properties": {"a": {}}}]}}, [{"a": 1}], 4),
        ({"items": {"properties": {"a": {}}}}, [{"a": 1}], 3),
        ({"items": {"items": {"properties": {"a": {}}}}}, [[{"a": 1}]], 4),
        ({"items": {"additionalProperties": {"properties": {"a": {}}}}}, [{"b": {"a": 1}}], 4),
        ({"items": {"additionalProperties": {}}}, [{"b": 1, "c": 1}], 4),
        ({"not": {"enum": [1, 2, 3], "required": ["a"]}}, 1, 6),
    ],
)
def test_steps_are_counted(schema: Any, value: Any, expected: int) -> None:
    """A part is a step for each value that it is held against, three beside `unevaluatedItems` and its like."""
    assert steps(schema, value) == expected


_A_AND_B: dict[str, Any] = {"a": {"allOf": [{}, {}]}, "b/%": {"allOf": [{}, {}]}}


@pytest.mark.parametrize(
    "schema",
    [
        {"$ref": "#/$defs/a", "$defs": _A_AND_B},
        {"$ref": "#/%24defs/a", "$defs": _A_AND_B},
        {"$ref": "#/$defs/b~1%25", "$defs": _A_AND_B},
        {"$dynamicRef": "#/$defs/a", "$defs": _A_AND_B},
        {"$ref": "#name", "$defs": {"a": {"$anchor": "name", **_A_AND_B["a"]}}},
        {"$ref": "#name", "x": [{"$anchor": "name", **_A_AND_B["a"]}, {"$anchor": "other"}]},
        {"$ref": "#%6Eame", "$defs": {"a": {"$anchor": "name", **_A_AND_B["a"]}}},
        {"$dynamicRef": "#name", "$defs": {"a": {"$dynamicAnchor": "name", **_A_AND_B["a"]}}},
        {"$dynamicRef": "#name", "$defs": {"a": {"$anchor": "name", "$dynamicAnchor": "name", **_A_AND_B["a"]}}},
        {"$id": "https://a.example", "$ref": "https://a.example#/$defs/a", "$defs": _A_AND_B},
        {"$id": "https://a.example", "$ref": "#/$defs/a", "$defs": _A_AND_B},
        {"$ref": "#/allOf/0/x", "allOf": [{"x": {"allOf": [{}]}}]},
    ],
)
def test_reference_is_as_many_steps_as_what_it_leads_to(schema: Any) -> None:
    """A reference makes the steps of what it leads to: by pointer, by anchor, and by the `$id` of the schema."""
    assert steps(schema, 1) == 4


@pytest.mark.parametrize(
    "reference", ["#/$defs/b", "#/$defs/a/allOf/2", "#/$defs/a/allOf/x", "#/$id/x", "#name", "other.json", 5, None]
)
def test_reference_to_nothing_is_one_step(reference: Any) -> None:
    """What leads nowhere makes a step: no engine finds more there."""
    assert steps({"$ref": reference, "$defs": {"a": {"allOf": [{}, {}]}}}, 1) == 2


@pytest.mark.parametrize(
    "schema",
    [
        {"$ref": "b", "$defs": {"b": {"$id": "b"}}},
        {"$ref": "b#/x", "$id": "https://a.example/a"},
        {"$ref": "#/$defs/b/not", "$defs": {"b": {"$id": "b", "not": {}}}},
        {"$ref": "#a", "$defs": {"b": {"$anchor": "a"}, "c": {"$dynamicAnchor": "a"}}},
    ],
)
def test_reference_that_may_lead_elsewhere_is_not_followed(schema: Any) -> None:
    """With another `$id` or the same anchor twice it is not known what a reference means, and so not what it takes."""
    assert not Extent(schema).allows(1)


@pytest.mark.parametrize(
    ("keyword", "key"), [("properties", "$id"), ("properties", "$anchor"), ("$defs", "$ref"), ("enum", "$id")]
)
def test_names_of_members_are_no_keywords(keyword: str, key: str) -> None:
    """Members may be called like the keywords that change what references mean."""
    inner: Any = [{key: {}}] if keyword == "enum" else {key: {"type": "string"}}
    assert Extent({keyword: inner, "$ref": f"#/{keyword}/{0 if keyword == 'enum' else key}"}).allows({key: "a"})


def test_items_count_one_by_one() -> None:
    """Steps grow by the same number with each item and each member."""
    schema = {"items": {"type": "string"}, "additionalProperties": {"type": "string"}}
    lists = [steps(schema, ["x"] * number) for number in (1, 2, 3)]
    assert lists[2] - lists[1] == lists[1] - lists[0] > 0
    members = [steps(schema, {str(key): "x" for key in range(number)}) for number in (1, 2, 3)]
    assert members[2] - members[1] == members[1] - members[0] > 0


def test_what_comes_back_to_itself_has_no_end() -> None:
    """A reference to itself is never allowed, but one that goes deeper into the value is."""
    assert not Extent({"$ref": "#"}).allows(1)
    assert Extent({"items": {"$ref": "#"}}).allows([[[1]]])


def test_pairs_that_are_looked_at_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """With more pairs of a part of a schema and a part of a value than are looked at, a value is not allowed."""
    schema = {"items": {"items": {"type": "string"}}}
    value = [[str(number)] for number in range(10)]
    assert Extent(schema).allows(value)
    monkeypatch.setattr(extent, "MOST_PAIRS", 10)
    assert Extent(schema).allows(value[:5])
    assert not Extent(schema).allows(value)


def test_depth_of_a_value_that_is_followed() -> None:
    """A value of 128 levels is followed, and a deeper one is not."""
    lists: Any = []
    objects: Any = {}
    for _ in range(extent.MAX_DEPTH):
        lists, objects = [lists], {"a": 1, "b": objects}
    for value in (lists, objects):
        assert Extent({}).allows(value)
        assert not Extent({}).allows([value])


def test_schema_with_another_base_inside_is_not_followed() -> None:
    """An `$id` inside of a schema changes what references mean, and so it is not known what a value takes."""
    assert Extent({"$id": "https://a.example", "properties": {"a": {}}}).allows({"a": 1})
    assert not Extent({"properties": {"a": {"$id": "https://a.example"}}}).allows({"a": 1})
