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
    """Half a character in a key is nothing that an engine reads: then references alone are judged."""
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
