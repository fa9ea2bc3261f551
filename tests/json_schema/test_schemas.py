"""The bundled schemas: true to the vendor's, sound, complete offline, and written for people."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator
from jsonschema.validators import validator_for
from referencing import Registry
from referencing.exceptions import NoSuchResource, Unresolvable
from referencing.jsonschema import DRAFT202012

from minimax_validate.json_schema import bundle

if TYPE_CHECKING:
    from referencing._core import Resolver  # what registries hand out has no public name

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "vendor"

REQUEST = "minimax-m2.7/request.json"
VENDOR = "minimax-m2.7/vendor.json"
VENDOR_OF_MAY = "minimax-m2.7/vendor-2026-05.json"
MODEL = "minimax-m2.7/model.json"
OURS = tuple(name for name in bundle.names() if name not in {VENDOR, VENDOR_OF_MAY})

ANNOTATIONS = {"$schema", "$id", "$comment", "title", "description", "examples", "default", "deprecated"}
HOLD_A_SCHEMA = {"items", "additionalProperties", "contains", "propertyNames", "not", "if", "then", "else"}
HOLD_A_LIST = {"anyOf", "allOf", "oneOf", "prefixItems"}
HOLD_A_MAP = {"properties", "patternProperties", "dependentSchemas", "$defs", "definitions"}

Schema = dict[str, Any] | bool


def children(schema: Schema) -> Iterator[tuple[tuple[str, ...], Schema]]:
    """The schemas directly inside one, each with the keys that lead to it."""
    if isinstance(schema, bool):
        return
    for keyword, value in schema.items():
        if keyword in HOLD_A_SCHEMA:
            yield (keyword,), value
        elif keyword in HOLD_A_LIST:
            yield from (((keyword, str(index)), item) for index, item in enumerate(value))
        elif keyword in HOLD_A_MAP:
            yield from (((keyword, key), item) for key, item in value.items())


def walk(schema: Schema, at: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Schema]]:
    """A schema and every schema inside it, each with the keys that lead to it."""
    yield at, schema
    for keys, child in children(schema):
        yield from walk(child, at + keys)


def bare(schema: Schema, resolver: Resolver[Any]) -> Schema:
    """A schema with its references followed and its annotations left out: what it demands, and nothing else."""
    if isinstance(schema, bool):
        return schema
    if "$ref" in schema:
        assert set(schema) <= ANNOTATIONS | {"$ref"}, (
            "beside a reference only annotations can be stripped without changing the meaning"
        )
        target = resolver.lookup(schema["$ref"])
        return bare(target.contents, target.resolver)
    demands: dict[str, Any] = {}
    for keyword, value in schema.items():
        if keyword in HOLD_A_SCHEMA:
            demands[keyword] = bare(value, resolver)
        elif keyword in HOLD_A_LIST:
            demands[keyword] = [bare(item, resolver) for item in value]
        elif keyword in HOLD_A_MAP:
            demands[keyword] = {key: bare(item, resolver) for key, item in value.items()}
        elif keyword not in ANNOTATIONS:
            demands[keyword] = value
    return demands


def resolver(name: str) -> Resolver[Any]:
    """Resolves references as they stand in a bundled schema."""
    return bundle.registry().resolver(bundle.uri(name))


def spelled(value: object) -> str:
    """JSON text with sorted keys: equal only for equal JSON, while Python holds 1, 1.0 and True to be the same."""
    return json.dumps(value, sort_keys=True, indent=1)


def bundled_files() -> list[str]:
    """Every file of the checkout's schema folder by its name."""
    folder = ROOT / "schemas"
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_every_file_is_named() -> None:
    """A file in the folder of schemas is either a schema that the bundle names or the facts of the model."""
    assert bundled_files() == sorted((*bundle.names(), MODEL))


@pytest.mark.parametrize(
    ("name", "published"),
    [(VENDOR, "minimax-m2.7.schema.json"), (VENDOR_OF_MAY, "minimax-m2.7-2026-05.schema.json")],
)
def test_vendor_schema_is_unchanged(name: str, published: str) -> None:
    """A bundled vendor schema is the published one, byte for byte."""
    if not SHARED.exists():
        pytest.skip("the published schemas do not lie beside this checkout")
    assert (ROOT / "schemas" / name).read_bytes() == (SHARED / published).read_bytes()


def test_chat_format_of_may_is_that_of_april_closed() -> None:
    """The first branch of May demands what the schema of April does, and no other keys at the top."""
    chat, messages = bundle.load(VENDOR_OF_MAY)["oneOf"]
    april = bundle.load(VENDOR)
    assert (chat["title"], messages["title"]) == ("Chat Completions", "Messages")
    closed = {**dict(bare(april, resolver(VENDOR))), "additionalProperties": False}  # type: ignore[arg-type]
    assert spelled(bare(chat, resolver(VENDOR_OF_MAY))) == spelled(closed)


def test_request_equals_vendor_schema() -> None:
    """The request schema, its parts joined and its annotations left out, demands exactly what the vendor's does."""
    assert spelled(bare(bundle.load(REQUEST), resolver(REQUEST))) == spelled(
        bare(bundle.load(VENDOR), resolver(VENDOR))
    )


def test_nothing_but_the_dialect_is_stripped_from_the_vendor_schema() -> None:
    """The comparison leaves nothing of the vendor's schema out but ``$schema``, and so cannot hide a difference."""
    vendor = bundle.load(VENDOR)
    assert spelled({"$schema": vendor["$schema"], **dict(bare(vendor, resolver(VENDOR)))}) == spelled(vendor)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", bundle.names())
def test_schema_is_valid(name: str) -> None:
    """Each schema states its dialect and passes the metaschema of it; editors of TOML know draft-07 best."""
    schema = bundle.load(name)
    is_old = name == bundle.CONFIG
    dialect = "http://json-schema.org/draft-07/schema#" if is_old else "https://json-schema.org/draft/2020-12/schema"
    assert schema["$schema"] == dialect
    validator_for(schema).check_schema(schema)


@pytest.mark.parametrize("name", OURS)
def test_id_is_the_uri(name: str) -> None:
    """Each schema of ours calls itself what the registry calls it."""
    assert bundle.load(name)["$id"] == bundle.uri(name)


@pytest.mark.parametrize("name", bundle.names())
def test_references_resolve_offline(name: str) -> None:
    """Every reference leads to a bundled schema; the registry has no way to fetch another."""
    for _, schema in walk(bundle.load(name)):
        if isinstance(schema, dict) and "$ref" in schema:
            assert resolver(name).lookup(schema["$ref"]).contents


def test_parts_are_all_used() -> None:
    """The request reaches every part beside it, so none is dead weight."""
    seen = {REQUEST}
    waiting = [REQUEST]
    while waiting:
        for _, schema in walk(bundle.load(waiting.pop())):
            part = f"minimax-m2.7/{schema['$ref']}" if isinstance(schema, dict) and "$ref" in schema else REQUEST
            if part not in seen:
                seen.add(part)
                waiting.append(part)
    assert seen == {name for name in OURS if name.startswith("minimax-m2.7/")}


@pytest.mark.parametrize("name", OURS)
def test_every_property_is_described(name: str) -> None:
    """An editor has a sentence to show for every key: on the property itself, beside a reference as well."""
    for at, schema in walk(bundle.load(name)):
        if len(at) > 1 and at[-2] == "properties" and isinstance(schema, dict) and set(schema) != {"const"}:
            assert schema.get("description", "").endswith("."), "/".join(at)


@pytest.mark.parametrize("name", OURS)
def test_every_schema_is_titled(name: str) -> None:
    """A schema as a whole says what it is."""
    schema = bundle.load(name)
    assert schema["title"]
    assert schema["description"]


@pytest.mark.parametrize("name", bundle.names())
def test_whole_needs_no_other_document(name: str) -> None:
    """A schema in one piece has no reference out of itself, one dialect and at most one id, and demands the same."""
    whole = bundle.whole(name)
    for at, schema in walk(whole):
        assert isinstance(schema, bool) or schema.get("$ref", "#").startswith("#"), at
        assert not at or isinstance(schema, bool) or not {"$id", "$schema"} & set(schema), at
    alone: Registry[Any] = Registry()
    demands = bare(whole, alone.resolver_with_root(DRAFT202012.create_resource(whole)))
    assert spelled(demands) == spelled(bare(bundle.load(name), resolver(name)))


def test_whole_keeps_the_nearer_description() -> None:
    """Where a property and the part it refers to both have a description, the property's is the one shown."""
    described = bundle.load(REQUEST)["properties"]["response_format"]["description"]
    joined = bundle.whole(REQUEST)["properties"]["response_format"]
    assert joined["description"] == described != bundle.load("minimax-m2.7/response-format.json")["description"]
    assert joined["title"] == bundle.load("minimax-m2.7/response-format.json")["title"]


def test_unknown_uri_is_not_fetched() -> None:
    """The registry raises for a URI that is not bundled."""
    with pytest.raises(NoSuchResource):
        bundle.registry()["https://json-schema.org/learn/examples/address.schema.json"]
    with pytest.raises(Unresolvable):
        resolver(REQUEST).lookup("no-such-part.json")


@pytest.mark.parametrize(
    "name", ["nothing.json", "", "minimax-m2.7", "../pyproject.toml", "minimax-m2.7/../report.json", "request.json"]
)
def test_unknown_name_is_refused(name: str) -> None:
    """Only the names of bundled files are read: a name is no path, and cannot lead elsewhere."""
    with pytest.raises(KeyError, match="unknown bundled schema"):
        bundle.text(name)


def test_text_is_the_file() -> None:
    """The text of a schema is its file as it was written."""
    assert bundle.text(REQUEST) == (ROOT / "schemas" / REQUEST).read_text("utf-8")


def test_missing_file_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """An installation that lost its schemas says so, by the name of the missing one."""
    monkeypatch.setattr(bundle, "_FOLDERS", ())
    with pytest.raises(FileNotFoundError, match=r"report\.json is missing from this installation"):
        bundle.text("report.json")


def test_facts_have_sources() -> None:
    """Every fact about the model is a value with a sentence about where it comes from, and nothing more."""
    for name, fact in bundle.load(MODEL).items():
        assert set(fact) == {"value", "source"}, name
        assert fact["source"].endswith("."), name
        assert bundle.fact(name) == fact["value"]


def test_facts_agree_with_the_vendor_schema() -> None:
    """A fact that the vendor's schema states too has the same value there."""
    response_format = bundle.load(VENDOR)["properties"]["response_format"]
    assert (
        bundle.fact("json_schema_name_length")
        == response_format["properties"]["json_schema"]["properties"]["name"]["maxLength"]
    )


def test_unknown_fact_is_an_error() -> None:
    """A fact that nobody wrote down is not made up."""
    with pytest.raises(KeyError):
        bundle.fact("price")


FINDING: dict[str, Any] = {
    "code": "MM204",
    "name": "separated-tool-result",
    "message": "this result answers call_7, but a user message stands between them",
    "severity": "error",
    "filename": "requests/a.json",
    "pointer": "/messages/3/tool_call_id",
    "location": {"row": 14, "column": 38},
    "end_location": {"row": 14, "column": 46},
    "related": [
        {
            "message": "the tool call",
            "pointer": "/messages/1/tool_calls/0",
            "location": {"row": 9, "column": 9},
            "end_location": {"row": 9, "column": 99},
        }
    ],
    "fix": {
        "applicability": "unsafe",
        "message": "move message 3 up",
        "edits": [
            {"operation": "remove", "pointer": "/messages/3"},
            {"operation": "insert", "pointer": "/messages/2", "value": None},
        ],
    },
    "url": "https://example.com/MM204",
}


@pytest.mark.parametrize(
    "report",
    [
        [],
        [FINDING],
        [FINDING | {"pointer": "", "location": None, "end_location": None, "related": [], "fix": None}],
        [FINDING | {"pointer": "/a~1b/~0/0/"}],
    ],
)
def test_report_schema_accepts(report: object) -> None:
    """The schema of the JSON report takes findings with and without a text, related places and a fix."""
    Draft202012Validator(bundle.load("report.json")).validate(report)


@pytest.mark.parametrize(
    "report",
    [
        {},
        [{}],
        [FINDING | {"extra": 1}],
        [FINDING | {"code": "204"}],
        [FINDING | {"name": "Separated Tool Result"}],
        [FINDING | {"severity": "fatal"}],
        [FINDING | {"pointer": "messages/3"}],
        [FINDING | {"pointer": "/a~b"}],
        [FINDING | {"location": {"row": 0, "column": 1}}],
        [FINDING | {"location": {"row": 1}}],
        [FINDING | {"related": None}],
        [FINDING | {"url": None}],
        [FINDING | {"fix": {**FINDING["fix"], "applicability": "display"}}],
        [FINDING | {"fix": {**FINDING["fix"], "edits": [{"operation": "remove", "pointer": "", "value": 1}]}}],
        [FINDING | {"fix": {**FINDING["fix"], "edits": [{"operation": "set", "pointer": ""}]}}],
    ],
)
def test_report_schema_refuses(report: object) -> None:
    """The schema of the JSON report refuses what the format never prints."""
    assert not Draft202012Validator(bundle.load("report.json")).is_valid(report)
