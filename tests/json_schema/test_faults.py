"""A stranger's schema is judged rightly, by either engine alike, at every place, and in bounded time."""

from __future__ import annotations

import copy
import sys
from typing import Any
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from jsonschema_specifications import REGISTRY as _REGISTRY

from minimax_validate.json_schema import faults as module
from minimax_validate.json_schema.faults import SchemaFault, SchemaFaults, keywords, patterns, references, schema_faults
from minimax_validate.json_schema.faults import metaschema as metaschema_of
from minimax_validate.json_schema.faults.examine import examine
from minimax_validate.json_schema.faults.fault import Guesses
from minimax_validate.json_schema.faults.metaschema import compiled_metaschema, reference_metaschema
from minimax_validate.json_schema.faults.plain import is_surely_sound
from minimax_validate.strategies import json_schemas
from minimax_validate.values.pointer import Pointer

pytest.importorskip("jsonschema_rs", reason="there is one engine only on this platform")

Json = dict[str, Any]

CLEAN = SchemaFaults()
REGISTRY: Any = _REGISTRY
_METASCHEMA = Draft202012Validator(Draft202012Validator.META_SCHEMA)
_VALUES: st.SearchStrategy[Any] = st.sampled_from(
    (
        None,
        True,
        False,
        0,
        -1,
        1.5,
        2.0,
        "",
        "object",
        "strng",
        "#/nowhere",
        "#",
        "(",
        [],
        ["a"],
        ["a", "a"],
        [5],
        [{}],
        {},
        {"a": 5},
        {"a": {}},
    )
)
_DRAFT = "https://json-schema.org/draft/2020-12/"
_VOCABULARIES = ("core", "applicator", "unevaluated", "validation", "meta-data", "format-annotation", "content")
_KEYWORDS = st.sampled_from(
    sorted(
        {
            keyword
            for metaschema in (f"{_DRAFT}schema", *(f"{_DRAFT}meta/{vocabulary}" for vocabulary in _VOCABULARIES))
            for keyword in REGISTRY.contents(metaschema)["properties"]
        }
        | {"nullable"}
    )
)
_WILD: st.SearchStrategy[Any] = st.recursive(
    _VALUES | st.sampled_from(("string", ["string", "null"], ["string", "none"])),
    lambda inner: (
        st.dictionaries(_KEYWORDS, inner, max_size=4)
        | st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(("a", "", "0", "+1", "/~", "\ue000", "type", "$ref", "required")), inner, max_size=3
        )
    ),
    max_leaves=12,
)
_WILD_SCHEMAS: st.SearchStrategy[Json] = st.dictionaries(_KEYWORDS, _WILD, max_size=5)


def at(faults: tuple[SchemaFault, ...]) -> list[Pointer]:
    """The places of faults, in an order of their own."""
    return sorted((fault.pointer for fault in faults), key=str)


@given(json_schemas())
def test_sound_schema_has_no_fault(schema: Json) -> None:
    """A valid schema that requires what it declares and refers to itself alone is clean."""
    assert schema_faults(schema) == CLEAN


@given(_WILD_SCHEMAS)
def test_keywords_are_judged_as_the_metaschema_does(schema: Json) -> None:
    """A keyword has a fault if and only if the metaschema refuses the schema, patterns apart."""
    before = copy.deepcopy(schema)
    keywords = [
        fault
        for fault in schema_faults(schema).keywords
        if not fault.message.endswith("is not a valid regular expression")
    ]
    assert bool(keywords) == (not _METASCHEMA.is_valid(schema))
    assert len({fault.pointer for fault in keywords}) == len(keywords)
    assert schema == before


@given(_WILD_SCHEMAS)
def test_engines_find_the_same(schema: Json) -> None:
    """The faults of keywords do not depend on the engine that is installed."""
    found = []
    for metaschema in (compiled_metaschema(), reference_metaschema()):
        with mock.patch.object(keywords, "metaschema", lambda metaschema=metaschema: metaschema):
            found.append({(fault.pointer, fault.message) for fault in keywords.keyword_faults(schema, Guesses())})
    assert found[0] == found[1]


@given(_WILD_SCHEMAS)
def test_faults_are_at_places_of_the_schema(schema: Json) -> None:
    """Every pointer leads to something, and to a name for those that are about a key."""
    for fault in (fault for kind in schema_faults(schema) for fault in kind):
        target: Any = schema
        for step in fault.pointer:
            target = target[step]
        assert fault.text == fault.message + fault.hint
        assert "\n" not in fault.text


@pytest.mark.parametrize(
    "value",
    [None, True, 5, 1.5, "text", [], [{}], {}, {"maximum": 2**70, "type": "integer"}, {"$ref": None}, {"$id": 5}],
)
def test_anything_is_taken(value: Any) -> None:
    """What is no schema at all, or beyond the encoder, is judged and does not raise."""
    faults = schema_faults(value)
    assert bool(faults.keywords) == (not _METASCHEMA.is_valid(value))
    assert (faults.references, faults.required) == ((), ())


@pytest.mark.parametrize(
    ("schema", "pointer", "words"),
    [
        ({"type": "str"}, ("type",), '"str" is not a valid type; did you mean "string"?'),
        ({"type": "Object"}, ("type",), '"Object" is not a valid type; did you mean "object"?'),
        ({"type": "float"}, ("type",), 'did you mean "number"?'),
        ({"type": "integr"}, ("type",), 'did you mean "integer"?'),
        ({"type": "any"}, ("type",), "omit `type` to accept any value"),
        ({"type": "date"}, ("type",), 'use "string" with a `format`'),
        (
            {"type": "banana"},
            ("type",),
            '"banana" is not a valid type (accepted: object, array, string, number, integer, boolean or null)',
        ),
        ({"type": None}, ("type",), 'use "null", or omit it'),
        ({"type": {"type": "string"}}, ("type",), "not an object"),
        ({"type": ["string", "none"]}, ("type", 1), 'did you mean "null"?'),
        ({"type": ["string", 5]}, ("type", 1), "not 5"),
        ({"type": []}, ("type",), "empty"),
        ({"type": ["string", "string"]}, ("type",), '"string" more than once'),
        ({"required": True}, ("required",), "next to its `properties`"),
        ({"required": "city"}, ("required",), '`required` must be an array, not "city"'),
        ({"required": ["city", 5]}, ("required", 1), "item 2 of `required` must be a string, not 5"),
        ({"required": ["city", "city"], "properties": {"city": {}}}, ("required",), '"city" more than once'),
        ({"exclusiveMaximum": True}, ("exclusiveMaximum",), "omit `maximum`"),
        ({"minLength": -1}, ("minLength",), "at least 0"),
        ({"minLength": 1.5}, ("minLength",), "`minLength` must be an integer, not 1.5"),
        ({"multipleOf": 0}, ("multipleOf",), "above 0"),
        ({"enum": {"a": 1}}, ("enum",), "`enum` must be an array, not an object"),
        ({"items": [{}]}, ("items",), "`prefixItems`"),
        ({"items": "string"}, ("items",), 'such as `{"type": "string"}`'),
        ({"items": None}, ("items",), "a schema must be an object, true or false, not null"),
        ({"additionalProperties": "false"}, ("additionalProperties",), "true or false"),
        ({"allOf": []}, ("allOf",), "empty"),
        ({"anyOf": {}}, ("anyOf",), "`anyOf` must be an array, not an object"),
        ({"$anchor": "1"}, ("$anchor",), '`$anchor` must not be "1"'),
        ({"dependencies": {"a": 5}}, ("dependencies", "a"), "must be a schema or an array of names"),
        ({"dependencies": {"type": 5}}, ("dependencies", "type"), "must be a schema or an array of names"),
        ({"dependencies": {"a": {"type": "str"}}}, ("dependencies", "a", "type"), '"string"'),
        ({"dependencies": {"a": ["b", 5]}}, ("dependencies", "a", 1), "item 2 of `a` must be a string"),
        ({"dependentRequired": {"a\nb": 5}}, ("dependentRequired", "a\nb"), '"a\\nb" must be an array, not 5'),
        ({"properties": {"type": {"type": "str"}}}, ("properties", "type", "type"), '"string"'),
        ({"pattern": "*.txt"}, ("pattern",), '"*.txt" is not a valid regular expression'),
        ({"patternProperties": {"(": True}}, ("patternProperties", "("), '"(" is not a valid regular expression'),
    ],
)
def test_mistake_is_told_at_its_place(schema: Json, pointer: Pointer, words: str) -> None:
    """Each usual mistake is one finding, at the deepest place, in words that show the way out."""
    (fault,) = schema_faults(schema).keywords
    assert fault.pointer == pointer
    assert words in fault.text


@pytest.mark.parametrize(
    "schema",
    [
        {"nullable": True, "example": 5, "x-order": 1, "discriminator": {"propertyName": "a"}},
        {
            "const": {"type": "str"},
            "enum": [{"type": "str"}],
            "default": {"$ref": "#/a"},
            "examples": [{"$ref": "#/a"}],
        },
        {
            "properties": {
                "$ref": {"type": "string"},
                "type": {"type": "string"},
                "required": True,
                "$id": {},
                "properties": {},
            }
        },
        {"definitions": {"A": {"type": "string"}}, "items": {"$ref": "#/definitions/A"}},
        {"minLength": 2.0, "enum": [], "format": "whatever"},
        {"not": {"properties": {"a": {}}, "anyOf": [{"required": ["b"]}]}},
        {"$schema": "http://json-schema.org/draft-07/schema#", "type": "object"},
    ],
)
def test_no_mistake(schema: Json) -> None:
    """What looks odd and is allowed is not reported."""
    assert schema_faults(schema) == CLEAN


@pytest.mark.parametrize(
    "pattern",
    [
        "^[A-Z]",
        r"^(?!-)[\w-]+$",
        r"(?<=a)b",
        r"(a)\1",
        r"(?<year>\d{4})-\k<year>",
        "(?i)abc",
        "(?P<year>a)",
        "a++",
        r"\p{L}+",
        r"\u00e9",
        "]",
        "[[:alpha:]]",
        "[a-z&&[^b]]",
        r"^\/",
        "[^]",
        r"\d{1,3}",
        "a{1000}{1000}",
        r"(?i)\w{1000}",
        "",
    ],
)
def test_pattern_that_someone_reads(pattern: str) -> None:
    """A pattern is fine if it is one of ECMA-262, or of the engine that runs it."""
    assert schema_faults({"pattern": pattern, "patternProperties": {pattern: {}}}) == CLEAN


@pytest.mark.parametrize(
    "pattern", ["*", "*.txt", "+1", "?", "(", ")", "(a", "[", "[a", "a)", "[z-a]", "\\", "(?<a", r"(?'a')", "a{2,1}b("]
)
def test_pattern_that_nobody_reads(pattern: str) -> None:
    """A pattern that no engine can read is reported, as a value and as a key."""
    faults = schema_faults({"pattern": pattern, "patternProperties": {pattern: {}}}).keywords
    assert {(fault.pointer, fault.focus) for fault in faults} == {
        (("pattern",), "value"),
        (("patternProperties", pattern), "key"),
    }


_DEFS = {"$defs": {"A": {"$anchor": "a", "type": "string"}, "a/b%": {}, "T": True}}
_NESTED = {
    "$id": "https://example.com/root.json",
    "$defs": {"B": {"$id": "b.json", "$defs": {"C": {"$anchor": "c"}}, "items": {"$ref": "#/$defs/C"}}},
}


@pytest.mark.parametrize(
    "schema",
    [
        {"$ref": "#"},
        {"$ref": ""},
        {"items": {"$ref": "#/$defs/A"}, **_DEFS},
        {"items": {"$ref": "#a"}, **_DEFS},
        {"items": {"$ref": "#/$defs/a~1b%25"}, **_DEFS},
        {"items": {"$ref": "#/$defs/T"}, **_DEFS},
        {"items": {"$dynamicRef": "#node"}, "$dynamicAnchor": "node"},
        {"prefixItems": [{}, {"$ref": "#/prefixItems/0"}]},
        {"properties": {"0": {}, "b": {"$ref": "#/properties/0"}}},
        {
            "components": {"schemas": {"A": {"items": {"$ref": "#/components/schemas/A"}}}},
            "items": {"$ref": "#/components/schemas/A"},
        },
        {**_NESTED, "items": {"$ref": "b.json"}},
        {**_NESTED, "items": {"$ref": "https://example.com/b.json#c"}},
        {**_NESTED, "items": {"$ref": "https://example.com/root.json#/$defs/B"}},
        {**_NESTED, "items": {"$ref": "root.json"}},
    ],
)
def test_reference_that_leads_somewhere(schema: Json) -> None:
    """References inside the schema are followed by pointer, anchor and id."""
    assert schema_faults(schema) == CLEAN


@pytest.mark.parametrize(
    ("schema", "pointer", "hint"),
    [
        ({"items": {"$ref": "#/$defs/B"}}, ("items", "$ref"), ""),
        (
            {"items": {"$ref": "#/$defs/Plcae"}, "$defs": {"Place": {}}},
            ("items", "$ref"),
            '; did you mean "#/$defs/Place"?',
        ),
        ({"items": {"$ref": "#/definitions/A"}, **_DEFS}, ("items", "$ref"), '; did you mean "#/$defs/A"?'),
        ({"items": {"$ref": "#nowhere"}}, ("items", "$ref"), ""),
        ({"items": {"$ref": "#/prefixItems/2"}, "prefixItems": [{}]}, ("items", "$ref"), ""),
        ({"items": {"$ref": "#/prefixItems/-1"}, "prefixItems": [{}]}, ("items", "$ref"), ""),
        ({"items": {"$dynamicRef": "#node"}}, ("items", "$dynamicRef"), ""),
        ({"items": {"$ref": "other.json"}}, ("items", "$ref"), "; it is not in this schema and will not be fetched"),
        (
            {"items": {"$ref": "https://json-schema.org/draft/2020-12/schema"}},
            ("items", "$ref"),
            "; it is not in this schema and will not be fetched",
        ),
        ({"items": {"$ref": "http://[bad"}}, ("items", "$ref"), "; it is not in this schema and will not be fetched"),
        ({**_NESTED, "items": {"$ref": "#/$defs/C"}}, ("items", "$ref"), ""),
        (
            {**_NESTED, "items": {"$ref": "c.json"}},
            ("items", "$ref"),
            "; it is not in this schema and will not be fetched",
        ),
        (
            {"components": {"A": {"items": {"$ref": "#/B"}}}, "items": {"$ref": "#/components/A"}},
            ("components", "A", "items", "$ref"),
            "",
        ),
        ({"items": [{"$ref": "#/$defs/B"}]}, ("items", 0, "$ref"), ""),
    ],
)
def test_reference_that_leads_nowhere(schema: Json, pointer: Pointer, hint: str) -> None:
    """A reference to what is not in the schema is reported at its place, with what may have been meant."""
    (fault,) = schema_faults(schema).references
    assert (fault.pointer, fault.hint) == (pointer, hint)


_A = {"a": {"type": "string"}}


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"properties": _A, "required": ["b"]}, [("required", 0)]),
        ({"properties": _A, "required": ["a", "b", "b"]}, [("required", 1)]),
        ({"properties": {}, "required": ["b"]}, [("required", 0)]),
        ({"type": "object", "properties": {}, "required": ["b"]}, [("required", 0)]),
        ({"required": ["b"]}, []),
        ({"type": "object", "required": ["b"]}, [("required", 0)]),
        ({"properties": _A, "required": ["b"], "additionalProperties": False}, [("required", 0)]),
        ({"properties": _A, "required": ["b"], "additionalProperties": {}}, []),
        ({"properties": _A, "required": ["b"], "unevaluatedProperties": {}}, []),
        ({"properties": _A, "required": ["b"], "patternProperties": {}}, []),
        ({"properties": _A, "required": ["b"], "allOf": [{"properties": {"b": {}}}]}, []),
        ({"properties": _A, "required": ["b"], "$ref": "#/$defs/B", "$defs": {"B": {}}}, []),
        ({"properties": _A, "required": ["b"], "if": {}}, []),
        ({"properties": 5, "required": ["b"]}, []),
        ({"properties": _A, "required": "b"}, []),
        ({"properties": _A, "anyOf": [{"required": ["a"]}, {"required": ["b"]}]}, [("anyOf", 1, "required", 0)]),
        ({"anyOf": [{"required": ["a"]}, {"properties": _A, "required": ["b"]}]}, [("anyOf", 1, "required", 0)]),
        ({"properties": _A, "oneOf": [{"properties": {"b": {}}, "required": ["a", "b"]}]}, []),
        ({"properties": _A, "anyOf": [{"anyOf": [{"required": ["a"]}]}]}, []),
        ({"properties": _A, "anyOf": [{"required": ["b"]}], "oneOf": [{"required": ["b"]}]}, []),
        ({"properties": _A, "not": {"properties": _A, "required": ["b"]}}, []),
        ({"properties": _A, "then": {"properties": _A, "required": ["b"]}}, []),
        ({"dependentSchemas": {"a": {"properties": _A, "required": ["b"]}}}, []),
        ({"allOf": [{"properties": _A, "required": ["b"]}]}, []),
        ({"allOf": [{"$ref": "#/$defs/B"}], "$defs": {"B": {"properties": _A, "required": ["b"]}}}, []),
        ({"properties": {"b": {}}, "$ref": "#/$defs/B", "$defs": {"B": {"properties": _A, "required": ["b"]}}}, []),
        (
            {
                "properties": {"b": {}},
                "anyOf": [{"$ref": "#/$defs/B"}],
                "$defs": {"B": {"properties": _A, "required": ["b"]}},
            },
            [],
        ),
        (
            {"items": {"$ref": "#/$defs/B"}, "$defs": {"B": {"properties": _A, "required": ["b"]}}},
            [("$defs", "B", "required", 0)],
        ),
        ({"properties": {"x": {"properties": _A, "required": ["x"]}}}, [("properties", "x", "required", 0)]),
        ({"default": {"properties": _A, "required": ["b"]}}, []),
    ],
)
def test_required_names(schema: Json, expected: list[Pointer]) -> None:
    """A required name is missed only where nothing else can declare it."""
    assert at(schema_faults(schema).required) == expected


def test_required_name_that_is_nearly_declared() -> None:
    """A name in another spelling is taken for the one that is declared."""
    (fault,) = schema_faults({"properties": {"city_name": {}}, "required": ["cityName"]}).required
    assert fault.hint == '; did you mean "city_name"?'


def test_names_beyond_the_last_guess() -> None:
    """When no word is guessed at any more, a name that is not declared is reported without a hint."""
    found = schema_faults({"properties": {"city": {}}, "required": [f"city{number}" for number in range(20)]}).required
    assert [fault.hint for fault in found] == ['; did you mean "city"?'] * 16 + [""] * 4


def test_depth_is_no_trouble() -> None:
    """A schema as deep as a request may be is judged like others."""
    schema: Json = {"type": "strng"}
    for _ in range(240):
        schema = {"items": schema}
    (fault,) = schema_faults(schema).keywords
    assert fault.pointer == ("items",) * 240 + ("type",)


def test_guesses_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many words are wrong, a few are worth a guess: guessing takes longer than anything else here."""
    asked: list[str] = []

    def guess(word: str, _: object) -> None:
        asked.append(word)

    monkeypatch.setattr(keywords, "nearest", guess)
    monkeypatch.setattr(references, "nearest", guess)
    wrong = {f"p{number}": {"type": f"t{number}"} for number in range(1_000)}
    lost = {f"q{number}": {"$ref": f"#/$defs/r{number}"} for number in range(1_000)}
    faults = examine({"properties": {**wrong, **lost}})
    assert (len(faults.keywords), len(faults.references)) == (1_000, 1_000)
    assert len(asked) <= 16


def test_doubtful_patterns_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many patterns are odd, a few are worth a closer look, and none of them is as large as it says."""
    readable = patterns._readable()
    assert readable is not None
    looked: list[str] = []
    engine = readable._engine

    def look(schema: Json, **options: Any) -> Any:
        looked.append(schema["pattern"])
        return engine(schema, **options)

    monkeypatch.setattr(readable, "_engine", look)
    odd = {f"p{number}": {"pattern": "]" + r"\w{1000}" * 50 + str(number)} for number in range(1_000)}
    assert examine({"properties": {**odd, "long": {"pattern": "(" * 100_000}}}) == CLEAN
    assert len(looked) <= 16
    assert max(map(len, looked)) < 1_000
    assert not any("{" in pattern or "w" in pattern for pattern in looked)


def test_many_faults_are_not_kept() -> None:
    """What is kept between requests is small, and the same schema gives the same faults all the same."""
    schema = {"properties": {f"p{number}": {"type": "str"} for number in range(200)}}
    module._examined.forget()
    first = schema_faults(schema)
    assert len(first.keywords) == 200
    assert schema_faults(schema) == first
    assert schema_faults({"type": "str"}) is schema_faults({"type": "str"})


_MEMBERS = st.sampled_from(["a", "b", "type", "properties"])


def _keywords(schemas: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Objects of the keywords that plain schemas have, with values that suit them and others."""
    suited: dict[str, st.SearchStrategy[Any]] = {
        "type": st.sampled_from(["object", "array", "string", "number", "integer", "boolean", "null", "int", ["null"]]),
        "properties": st.dictionaries(_MEMBERS, schemas, max_size=3),
        "required": st.lists(_MEMBERS, max_size=3),
        "items": schemas,
        "additionalProperties": schemas,
        "enum": st.lists(st.sampled_from(["a", 1, None]), max_size=2),
        "minimum": st.sampled_from([0, -1.5, True, "0"]),
        "minLength": st.sampled_from([0, 3, -1, 1.0, 1.5, True]),
        "description": st.sampled_from(["", "A city.", None]),
        "default": st.sampled_from([None, [], {"$ref": "#/lost"}]),
        "pattern": st.sampled_from(["a+", "("]),
        "$ref": st.sampled_from(["#", "#/lost"]),
    }
    return st.fixed_dictionaries({}, optional={key: value | st.just(7) for key, value in suited.items()})


PLAIN_OR_NEARLY: st.SearchStrategy[Any] = st.recursive(
    st.booleans() | _keywords(st.booleans()) | st.just([]), _keywords, max_leaves=6
)


@given(PLAIN_OR_NEARLY | json_schemas())
def test_what_is_surely_sound_has_no_faults(schema: Any) -> None:
    """The quick proof says yes only where the whole examination finds nothing."""
    if is_surely_sound(schema):
        assert examine(schema) == CLEAN


def test_the_usual_tool_is_surely_sound() -> None:
    """Tools as people declare them need no examination; whatever is deep, odd or wrong does."""
    city = {"type": "string", "description": "Its name.", "minLength": 1}
    usual = {"type": "object", "properties": {"city": city}, "required": ["city"], "additionalProperties": False}
    assert is_surely_sound(usual)
    for odd in ({"required": ["town"]}, {"required": ["city", "city"]}, {"$ref": "#"}, {"type": "dict"}):
        assert not is_surely_sound({**usual, **odd})
    deep: Any = usual
    for _ in range(1_000):
        deep = {"type": "array", "items": deep}
    assert not is_surely_sound(deep)


@pytest.mark.parametrize(
    ("required", "words"),
    [
        (["a", "b", "a"], '`required` contains "a" more than once'),
        ([1, 2, 1.0], "`required` contains 1 more than once"),
        ([True, 1, {"a": 1, "b": 2.0}, {"b": 2, "a": 1}], "`required` contains an object with 2 keys more than once"),
    ],
)
def test_item_that_is_there_twice_is_named(required: list[Any], words: str) -> None:
    """Of equal items the first is named, and equal is what JSON Schema takes for equal."""
    found = {fault.pointer: fault.message for fault in schema_faults({"required": required}).keywords}
    assert found[("required",)] == words


def test_schema_that_the_engine_does_not_take() -> None:
    """An engine does not read half a character in a key: nothing is found of keywords, and references are reported."""
    found = schema_faults({"\ud800": 1, "type": 5, "items": {"$ref": "#/$defs/x"}})
    assert found.keywords == ()
    assert [fault.pointer for fault in found.references] == [("items", "$ref")]


def test_reference_of_thousands_of_digits() -> None:
    """A reference whose step has more digits than Python makes a number of leads to the key that it spells."""
    name = "1" * 5_000
    reference = {"items": {"$ref": f"#/$defs/{name}"}}
    assert [fault.pointer for fault in schema_faults(reference).references] == [("items", "$ref")]
    assert schema_faults({**reference, "$defs": {name: {}}}) == CLEAN


@pytest.mark.parametrize("schema", [{"$id": "http://[", "$ref": "x#"}, {"$id": "a", "$ref": "http://[#"}])
def test_address_that_is_none_leads_nowhere(schema: Json) -> None:
    """A name that is no address does no harm, and a reference beside it or by it leads nowhere."""
    assert [fault.pointer for fault in schema_faults(schema).references] == [("$ref",)]


@pytest.mark.parametrize(
    "schema",
    [
        True,
        False,
        {},
        *({"type": kind} for kind in ("object", "array", "string", "number", "integer", "boolean", "null")),
        {"title": "City", "description": "", "format": "whatever"},
        {"default": {"type": "str"}},
        {"const": {"$ref": "#/a"}},
        {"enum": ["a", None], "examples": [5]},
        {"properties": {}, "required": []},
        {"required": []},
        {"properties": {"a": {}, "b": True}, "required": ["b", "a"]},
        {"properties": {"$ref": {"type": "string"}}},
        {"items": {"type": "string"}, "additionalProperties": False},
        {"additionalProperties": {"additionalProperties": {}}},
        {"minimum": 0, "maximum": 1.5},
        {"minLength": 0, "maxLength": 1, "minItems": 0, "maxItems": 2},
        {"default": 1, "description": "Comes after a keyword of any value."},
    ],
)
def test_plainest_schemas_need_no_examination(schema: Any) -> None:
    """Schemas of the keywords that most tools have, with values of the right types, are proven sound at once."""
    assert is_surely_sound(schema)
    assert examine(schema) == CLEAN


@pytest.mark.parametrize(
    "schema",
    [
        None,
        5,
        "string",
        [],
        {"type": "str"},
        {"type": ["string"]},
        {"type": None},
        {"title": 5},
        {"description": None},
        {"format": ["date"]},
        {"properties": []},
        {"properties": {"a": 5}},
        {"properties": {"a": {}, "b": {"type": "str"}}},
        {"required": "a"},
        {"required": ""},
        {"required": {}},
        {"required": None},
        {"required": ["a"]},
        {"required": [5], "properties": {"a": {}}},
        {"required": ["a", "b"], "properties": {"a": {}}},
        {"required": ["a", "a"], "properties": {"a": {}}},
        {"required": ["a", "b", "a"], "properties": {"a": {}, "b": {}}},
        {"required": ["a"], "properties": ["a"]},
        {"enum": "a"},
        {"examples": {}},
        {"items": [{}]},
        {"items": {"type": "str"}},
        {"additionalProperties": "false"},
        {"minimum": "0"},
        {"maximum": True},
        {"minLength": -1},
        {"maxLength": 1.5},
        {"minItems": True},
        {"maxItems": None},
        {"$ref": "#"},
        {"pattern": "a"},
        {"x-order": 1},
        {"type": "string", "x-order": 1},
    ],
)
def test_other_schemas_need_examination(schema: Any) -> None:
    """Of a keyword that is not of the plainest, or has a value of a wrong type, nothing is proven at once."""
    assert not is_surely_sound(schema)


def test_plain_schema_is_proven_sixteen_levels_deep() -> None:
    """The proof goes sixteen levels deep, whichever keyword leads down, and no deeper."""
    for keyword in ("items", "additionalProperties", "properties"):
        schema: Any = {}
        for _ in range(15):
            schema = {keyword: {"a": schema} if keyword == "properties" else schema}
        assert is_surely_sound(schema)
        assert not is_surely_sound({keyword: {"a": schema} if keyword == "properties" else schema})


@pytest.mark.parametrize(
    ("meant", "words"),
    [
        ("object", "dict map mapping record struct json Dict OBJECT"),
        ("array", "list tuple set vector Array"),
        ("string", "str text char varchar String"),
        ("integer", "int long short int32 int64 bigint uint Integer"),
        ("number", "float double decimal real float32 float64 Float"),
        ("boolean", "bool Boolean"),
        ("null", "none nil nonetype undefined None NULL"),
    ],
)
def test_type_of_another_language(meant: str, words: str) -> None:
    """The name of a type in a programming language or a database is led to the type of JSON."""
    for word in (*words.split(), f" {meant} "):
        (fault,) = schema_faults({"type": word}).keywords
        assert fault.text == f'"{word}" is not a valid type; did you mean "{meant}"?'


_ACCEPTED = " (accepted: object, array, string, number, integer, boolean or null)"


@pytest.mark.parametrize("word", ["*", "all", "any", "mixed", "unknown", "Any"])
def test_type_of_any_value(word: str) -> None:
    """A word for any value has no type: the keyword is omitted."""
    (fault,) = schema_faults({"type": word}).keywords
    assert fault.text == f'"{word}" is not a valid type; omit `type` to accept any value{_ACCEPTED}'


@pytest.mark.parametrize("word", ["date", "date-time", "datetime", "email", "time", "uri", "url", "uuid", "UUID"])
def test_type_that_is_a_format(word: str) -> None:
    """The name of a format is a string with that format."""
    (fault,) = schema_faults({"type": word}).keywords
    assert fault.text == f'"{word}" is not a valid type; use "string" with a `format`{_ACCEPTED}'


@pytest.mark.parametrize(
    ("schema", "text"),
    [
        ({"type": "banana"}, f'"banana" is not a valid type{_ACCEPTED}'),
        ({"type": None}, f'`type` is null; use "null", or omit it to accept any value{_ACCEPTED}'),
        ({"type": 5}, f"`type` must be the name of a type or an array of names, not 5{_ACCEPTED}"),
        ({"type": {}}, f"`type` must be the name of a type or an array of names, not an object{_ACCEPTED}"),
        ({"type": []}, "`type` is an empty array; omit it instead"),
        ({"allOf": []}, "`allOf` is an empty array; omit it instead"),
        ({"title": 5}, "`title` must be a string, not 5"),
        ({"title": None}, "`title` must be a string, not null"),
        ({"title": ["a"]}, "`title` must be a string, not an array"),
        ({"uniqueItems": "yes"}, '`uniqueItems` must be a boolean, not "yes"'),
        ({"maximum": "5"}, '`maximum` must be a number, not "5"'),
        ({"maxItems": 2.5}, "`maxItems` must be an integer, not 2.5"),
        ({"properties": []}, "`properties` must be an object, not an array"),
        (
            {"required": True},
            "`required` must be an array, not true; list required names in the enclosing object, next to its "
            "`properties`",
        ),
        ({"required": 5}, "`required` must be an array, not 5"),
        (
            {"exclusiveMinimum": True},
            "`exclusiveMinimum` must be a number, not true; set it to the limit itself and omit `minimum` "
            "(draft 4 was different)",
        ),
        (
            {"exclusiveMaximum": False},
            "`exclusiveMaximum` must be a number, not false; set it to the limit itself and omit `maximum` "
            "(draft 4 was different)",
        ),
        ({"exclusiveMaximum": "1"}, '`exclusiveMaximum` must be a number, not "1"'),
        ({"minimum": True}, "`minimum` must be a number, not true"),
        ({"minLength": -1}, "`minLength` must be at least 0, not -1"),
        ({"multipleOf": 0}, "`multipleOf` must be above 0, not 0"),
        ({"multipleOf": -0.5}, "`multipleOf` must be above 0, not -0.5"),
        ({"$anchor": "1"}, '`$anchor` must not be "1"'),
        ({"$id": "a#b"}, '`$id` must not be "a#b"'),
        ({"items": "city"}, 'a schema must be an object, true or false, not "city"'),
        ({"items": "string"}, 'a schema must be an object, such as `{"type": "string"}`, not "string"'),
        ({"items": 5}, "a schema must be an object, true or false, not 5"),
        ({"not": [{}]}, "a schema must be an object, true or false, not an array"),
        ({"properties": {"a": None}}, "a schema must be an object, true or false, not null"),
        (
            {"items": [{}]},
            "`items` must be one schema for all items; since draft 2020-12 an array of schemas must be under "
            "`prefixItems`",
        ),
        ({"dependencies": {"a": 5}}, "`a` must be a schema or an array of names, not 5"),
        ({"dependencies": {"a": ["b", "b"]}}, '`a` contains "b" more than once'),
        ({"required": [*map(str, range(1_200)), 5]}, "item 1,201 of `required` must be a string, not 5"),
        ({"dependentRequired": {"a": ["b", 5]}}, "item 2 of `a` must be a string, not 5"),
        ({"dependentRequired": {"a b": 5}}, '"a b" must be an array, not 5'),
        ({"dependentRequired": {"é": 5}}, '"é" must be an array, not 5'),
        ({"dependentRequired": {"$a": 5}}, "`$a` must be an array, not 5"),
        ({"dependentRequired": {"a" * 41: 5}}, f'"{"a" * 39}…" must be an array, not 5'),
    ],
)
def test_words_of_a_mistake(schema: Json, text: str) -> None:
    """Each kind of mistake is told in words of its own: what stands there, and what must."""
    (fault,) = schema_faults(schema).keywords
    assert fault.text == text


def test_mistake_of_a_whole_schema() -> None:
    """What is no schema at all is called so."""
    (fault,) = schema_faults("string").keywords
    assert fault == SchemaFault((), 'a schema must be an object, such as `{"type": "string"}`, not "string"')


def test_words_are_guessed_at_among_a_few() -> None:
    """Sixteen words of a schema are guessed at, and only among at most 256 names."""
    guesses = Guesses()
    names = [f"name{number}" for number in range(257)]
    found = [guesses(lambda word, known: (word, len([*known])), "a", names[:256]) for _ in range(17)]
    assert found == [("a", 256)] * 16 + [None]
    assert Guesses()(lambda word, _: word, "a", names) is None


@pytest.mark.parametrize(
    ("schema", "place"),
    [
        *(
            ({keyword: {"type": "strng", "$ref": "#/lost"}}, (keyword,))
            for keyword in (
                *("additionalProperties", "contains", "contentSchema", "else", "if", "items", "not", "propertyNames"),
                *("then", "unevaluatedItems", "unevaluatedProperties"),
            )
        ),
        *(
            ({keyword: [{}, {"$ref": "#/lost"}]}, (keyword, 1))
            for keyword in ("allOf", "anyOf", "oneOf", "prefixItems")
        ),
        *(
            ({keyword: {"a": True, "b": {"$ref": "#/lost"}}}, (keyword, "b"))
            for keyword in (
                *("$defs", "definitions", "dependencies", "dependentSchemas", "patternProperties", "properties"),
            )
        ),
        ({"items": [{}, {"$ref": "#/lost"}]}, ("items", 1)),
        ({"allOf": [{"not": {"$ref": "#/lost"}}]}, ("allOf", 0, "not")),
        ({"x-order": 1, "not": {"$ref": "#/lost"}}, ("not",)),
    ],
)
def test_every_place_of_a_schema_is_examined(schema: Json, place: Pointer) -> None:
    """A lost reference is found in each place where the draft, or one before it, has a schema."""
    assert at(schema_faults(schema).references) == [(*place, "$ref")]


@pytest.mark.parametrize(
    ("schema", "place"),
    [
        ({"$ref": "#/x/1", "x": [5, {"$ref": "#/lost"}]}, ("x", 1)),
        ({"$ref": "#/x/1/y", "x": [5, {"y": {"not": {"$ref": "#/lost"}}}]}, ("x", 1, "y", "not")),
        (
            {
                "not": {"$ref": "#/x/properties/a"},
                "items": {"$ref": "#/x"},
                "x": {"properties": {"b": {"$ref": "#/lost"}, "a": {}}},
            },
            ("x", "properties", "b"),
        ),
        ({"properties": {"0": {"not": {"$ref": "#/lost"}}}}, ("properties", "0", "not")),
    ],
)
def test_what_is_referred_to_is_examined(schema: Json, place: Pointer) -> None:
    """What a reference leads to is a schema, wherever it stands, and so is what is inside of it."""
    assert at(schema_faults(schema).references) == [(*place, "$ref")]


@pytest.mark.parametrize("key", ["", "0", "+1", "-1", "01", "~", "1a"])
def test_key_that_engines_lose_is_in_the_place(key: str) -> None:
    """A fault below a key that is empty or looks like a number has this key in its place, and a branch has so too."""
    found = schema_faults({"properties": {key: {"type": "strng"}}, "dependencies": {key: {"minLength": -1}}}).keywords
    assert at(found) == [("dependencies", key, "minLength"), ("properties", key, "type")]


@pytest.mark.parametrize("keyword", ["x-schema", "const", "default", "example"])
def test_what_is_no_schema_is_not_examined(keyword: str) -> None:
    """A keyword that holds plain values, or that nobody knows, holds no reference."""
    assert schema_faults({keyword: {"$ref": "#/lost", "type": "strng"}}) == CLEAN
    assert schema_faults({keyword: [{"$ref": "#/lost"}]}) == CLEAN


@pytest.mark.parametrize(
    ("schema", "message", "hint"),
    [
        ({"$ref": "#/$defs/a"}, '"#/$defs/a" does not resolve', ""),
        (
            {"$ref": "#/$defs/a", "definitions": {"a": {}}},
            '"#/$defs/a" does not resolve',
            '; did you mean "#/definitions/a"?',
        ),
        (
            {"$ref": "#/Place", "properties": {"x": {"$defs": {"Place": {}}}}},
            '"#/Place" does not resolve',
            '; did you mean "#/properties/x/$defs/Place"?',
        ),
        ({"$ref": "#/$defs/a b", "definitions": {"a b": {}}}, '"#/$defs/a b" does not resolve', ""),
        ({"$id": "https://a.example", "$ref": "#/a", "$defs": {"a": {}}}, '"#/a" does not resolve', ""),
        (
            {"$ref": f"https://a.example/{'a' * 80}"},
            f'"https://a.example/{"a" * 61}…" does not resolve',
            "; it is not in this schema and will not be fetched",
        ),
        (
            {"$ref": f"#/{'a' * 40}/place", "$defs": {"place": {}}},
            f'"#/{"a" * 37}…" does not resolve',
            '; did you mean "#/$defs/place"?',
        ),
        ({"$ref": "#/x", "x": 5}, '"#/x" resolves to 5, which is not a schema', ""),
        ({"$ref": "#/x", "x": [{}]}, '"#/x" resolves to an array, which is not a schema', ""),
        ({"$ref": "#/x/y", "x": {"y": None}}, '"#/x/y" resolves to null, which is not a schema', ""),
        ({"$ref": "#/required/0", "required": ["a"]}, '"#/required/0" resolves to "a", which is not a schema', ""),
        ({"$ref": "#/x/0/y", "x": [5]}, '"#/x/0/y" does not resolve', ""),
        ({"$ref": "#/x/0", "x": "text"}, '"#/x/0" does not resolve', ""),
        (
            {"$ref": f"#/$defs/{'a' * 80}", "definitions": {"a" * 80: {}}},
            f'"#/$defs/{"a" * 31}…" does not resolve',
            f'; did you mean "#/definitions/{"a" * 65}…"?',
        ),
    ],
)
def test_words_of_a_lost_reference(schema: Json, message: str, hint: str) -> None:
    """A reference that leads nowhere, or to what is no schema, is named, with the definition that was meant."""
    (fault,) = schema_faults(schema).references
    assert (fault.message, fault.hint) == (message, hint)


def test_what_a_reference_leads_to_is_told_once() -> None:
    """A value that is wrong in the place of a schema is told there, and not by the references to it as well."""
    found = schema_faults({"$defs": {"a": 5}, "items": {"$ref": "#/$defs/a"}, "not": {"$ref": "#/$defs/a"}})
    assert [fault.pointer for fault in found.keywords] == [("$defs", "a")]
    assert found.references == ()


@pytest.mark.parametrize(
    "schema",
    [
        {"$anchor": "a", "$ref": "#a"},
        {"$defs": {"x": {"$dynamicAnchor": "a"}}, "$ref": "#a"},
        {"$defs": {"x": {"$id": "x", "$anchor": "a"}}, "$ref": "x#a"},
        {"$defs": {"x": {"$id": "x", "$defs": {"y": {"$id": "y"}}}}, "$ref": "y"},
        {"$id": "https://a.example/b/c", "$defs": {"x": {"$id": "d/e"}}, "$ref": "https://a.example/b/d/e"},
        {"$id": "https://a.example/b/c", "$defs": {"x": {"$id": "/d"}}, "$ref": "../d#"},
        {"$defs": {"x": {"$id": "x", "not": {"$ref": "#/not"}}}},
        {"$ref": "#/x/1", "x": [5, {}]},
        {"$ref": "#/%24defs/a", "$defs": {"a": {}}},
        {"$ref": "#/$defs/1", "$defs": {"1": {}}},
        {"$ref": "#/x/y", "x": {"y": False}},
    ],
)
def test_other_reference_that_leads_somewhere(schema: Json) -> None:
    """Anchors and pointers are those of the schema with the nearest `$id`, and ids are joined as addresses are."""
    assert schema_faults(schema).references == ()


@pytest.mark.parametrize(
    "schema",
    [
        {"$defs": {"x": {"$id": "x", "$anchor": "a"}}, "$ref": "#a"},
        {"$defs": {"x": {"$id": "x", "not": {"$ref": "#/$defs/x"}}}},
        {"$defs": {"x": {"$anchor": "a"}}, "not": {"$id": "y", "not": {"$ref": "#a"}}},
        {"$ref": "#/x/2", "x": [5, {}]},
    ],
)
def test_other_reference_that_leads_nowhere(schema: Json) -> None:
    """What is inside of a schema with an `$id` cannot be referred to by what is outside of it alone."""
    assert len(schema_faults(schema).references) == 1


@pytest.mark.parametrize(
    ("schema", "message", "hint"),
    [
        (
            {"properties": {"city": {}}, "required": ["town"]},
            '"town" is required but not declared under `properties`',
            "",
        ),
        (
            {"properties": {"city": {}}, "required": ["citty"]},
            '"citty" is required but not declared under `properties`',
            '; did you mean "city"?',
        ),
        (
            {"type": "object", "required": ["city"]},
            '"city" is required but not declared under any `properties`',
            "",
        ),
        (
            {"properties": {"city": {}}, "anyOf": [{"required": ["citty"]}]},
            '"citty" is required but not declared under `properties`',
            '; did you mean "city"?',
        ),
    ],
)
def test_words_of_a_name_that_is_not_declared(schema: Json, message: str, hint: str) -> None:
    """A required name is told with the nearest one of those that are declared for the same value."""
    (fault,) = schema_faults(schema).required
    assert (fault.message, fault.hint) == (message, hint)


def test_every_part_is_asked_for_its_names() -> None:
    """A part whose names cannot be judged does not keep those of other parts from being judged."""
    city: Json = {"properties": {"city": {}}, "required": ["town", 5, "city", "land"]}
    open_city = {**city, "additionalProperties": {}}
    names = {"a": {"required": "city"}, "b": open_city, "c": {"required": ["x"]}, "d": city, "e": {"properties": 5}}
    for order in (names, dict(reversed(names.items()))):
        found = schema_faults({"$defs": order}).required
        assert sorted(fault.pointer for fault in found) == [("$defs", "d", "required", index) for index in (0, 3)]


@pytest.mark.parametrize(
    "beside",
    [
        {"allOf": []},
        {"anyOf": []},
        {"dependencies": {}},
        {"dependentSchemas": {}},
        {"if": True},
        {"oneOf": []},
        {"patternProperties": {}},
        {"$dynamicRef": "#"},
        {"$recursiveRef": "#"},
        {"$ref": "#"},
        {"additionalProperties": {}},
        {"unevaluatedProperties": {}},
    ],
)
def test_keyword_that_may_declare_names(beside: Json) -> None:
    """Beside a keyword that may declare members in its own way, no required name is missed."""
    city: Json = {"properties": {"city": {}}, "required": ["town"]}
    assert len(schema_faults(city).required) == 1
    assert schema_faults({"not": {"not": {}}, "properties": {"x": {**city, **beside}}}).required == ()


@pytest.mark.parametrize(
    ("keyword", "wrap"),
    [
        ("allOf", lambda part: [part]),
        ("else", lambda part: part),
        ("if", lambda part: part),
        ("not", lambda part: part),
        ("then", lambda part: part),
        ("dependencies", lambda part: {"a": part}),
        ("dependentSchemas", lambda part: {"a": part}),
    ],
)
def test_names_of_a_part_that_is_mixed_with_others(keyword: str, wrap: Any) -> None:
    """A part that is for the same value as others is not judged by its own members."""
    assert schema_faults({keyword: wrap({"properties": _A, "required": ["b"]})}).required == ()


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"anyOf": [{"$ref": "#/$defs/x"}], "$defs": {"x": {"properties": _A, "required": ["b"]}}}, 1),
        ({"allOf": [{"$ref": "#/x"}], "x": {"type": "object", "properties": _A, "required": ["b"]}}, 0),
        ({"$ref": "#/x", "x": {"type": "object", "properties": _A, "required": ["b"]}}, 0),
        ({"items": {"$ref": "#/$defs/x"}, "$defs": {"x": {"properties": _A, "required": ["b"]}}}, 1),
        ({"items": {"$ref": "#/$defs/x", "if": {}}, "$defs": {"x": {"properties": _A, "required": ["b"]}}}, 0),
        ({"items": {"$ref": "#/$defs/x", "properties": {}}, "$defs": {"x": {"properties": _A, "required": ["b"]}}}, 0),
    ],
)
def test_names_of_what_is_referred_to(schema: Json, expected: int) -> None:
    """What a reference stands alone for is judged by its own members, and what it is mixed with others for is not."""
    assert len(schema_faults(schema).required) == expected


def test_patterns_are_looked_at_closely_in_sixteen_places(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sixteen patterns that nobody reads are reported, of up to a thousand characters each."""
    odd = {f"p{number}": {"pattern": f"({number}"} for number in range(20)}
    assert len(examine({"properties": odd}).keywords) == 16
    assert len(examine({"pattern": "(" * 1_000}).keywords) == 1
    assert examine({"pattern": "(" * 1_001}).keywords == ()
    monkeypatch.setattr(patterns, "_readable", lambda: None)
    assert len(examine({"properties": odd}).keywords) == 16
    assert len(examine({"pattern": "(" * 1_000}).keywords) == 1
    assert examine({"pattern": "(" * 1_001}).keywords == ()


def test_every_pattern_is_looked_at() -> None:
    """A pattern that is fine does not keep others from being looked at, of the same part and of those that follow."""
    names = {"a": {}, "(": {}, "b": {"pattern": ")"}, "c": {"pattern": "c"}}
    found = examine({"pattern": "a", "patternProperties": names}).keywords
    assert at(found) == [("patternProperties", "("), ("patternProperties", "b", "pattern")]


@pytest.mark.parametrize("value", [5, None, ["a"], {"(": {}}])
def test_pattern_that_is_no_text(value: Any) -> None:
    """A pattern of another type has that fault and no other, and names go by patterns in an object alone."""
    assert [fault.pointer for fault in examine({"pattern": value}).keywords] == [("pattern",)]
    found = examine({"patternProperties": ["("]}).keywords
    assert [fault.pointer for fault in found] == [("patternProperties",)]


def test_schemas_are_judged_without_the_fast_engine() -> None:
    """Where jsonschema_rs is missing, the same keywords are at fault, and patterns that no engine can read."""
    schema: Json = {"type": 5, "properties": {"a": {"pattern": "("}, "b": {"minLength": -1}}}
    expected = schema_faults(schema).keywords
    assert {fault.pointer for fault in expected} >= {("type",), ("properties", "b", "minLength")}
    for cached in (metaschema_of.metaschema, patterns._readable):
        cached.cache_clear()
    try:
        with mock.patch.dict(sys.modules, {"jsonschema_rs": None}):
            assert schema_faults({**schema, "title": "again"}).keywords == expected  # what was judged once is known
    finally:
        for cached in (metaschema_of.metaschema, patterns._readable):
            cached.cache_clear()
