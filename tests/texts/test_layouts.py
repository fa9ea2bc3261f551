"""Recordings, collections and logs in the layouts that are known: their bodies are the requests."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from textwrap import indent
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from layout_samples import SAMPLES, Sample

from minimax_validate import Validator
from minimax_validate.cli import cli
from minimax_validate.project.checking import meant
from minimax_validate.texts.checked import Checked, check_document
from minimax_validate.texts.document import Document
from minimax_validate.texts.placed import place
from minimax_validate.texts.readers import read
from minimax_validate.texts.readers.layouts import EACH, LAYOUTS, Nested
from minimax_validate.texts.readers.opening import LOGS, RECORDINGS, stands_as_it_is
from minimax_validate.values.pointer import value_at

GOOD = {"model": "minimax/m2.7", "messages": [{"role": "user", "content": 'Say "hi" in Łódź\n🚋'}]}
BAD = {"messages": [{"role": "user", "content": 'Say "hi"'}, {"role": "user", "content": None}], "max_tokens": 0}
ENVELOPES = frozenset({"universal", "batch", "REST"})
SHARED = Path(__file__).parents[3] / "shared" / "files"


def one(name: str, text: str) -> Document:
    """The document of a text."""
    (document,) = read(name, BytesIO(text.encode()))
    return document


def wrapped(sample: Sample, bodies: list[Any], spaces: int | None = None) -> Any:
    """The value of a file with bodies."""
    texts = [json.dumps(body, ensure_ascii=False, indent=spaces) for body in bodies]
    return sample.wrap(texts if sample.has_texts else bodies)


def told(document: Document) -> Iterator[tuple[str, str]]:
    """The codes of what is found, and the characters at its place."""
    lines = document.source.text.splitlines()
    for finding in place(Checked(document, check_document(Validator(), document))).findings:
        line, column, _, end = finding.location
        yield finding.diagnostic.code, lines[line - document.source.first_line][column - 1 : end - 1]


@pytest.mark.parametrize("spaces", [None, 2])
@pytest.mark.parametrize("name", ["a.json", "a.har", "a.har.json", "a.yaml", "a.har.yaml"])
@pytest.mark.parametrize("layout", SAMPLES)
def test_bodies_are_the_requests(layout: str, name: str, spaces: int | None) -> None:
    """Each is checked at its place, in JSON and YAML, on a walk as well."""
    sample = SAMPLES[layout]
    value = wrapped(sample, [GOOD, BAD], spaces)
    text = yaml.safe_dump(value, width=10**6) if name.endswith(".yaml") else json.dumps(value)
    document = one(name, text)
    assert value_at(document.value, sample.pointer(0)) == GOOD
    assert sorted(told(document)) == [("MM105", "0"), ("MM110", "null")]
    assert meant(document) is document
    places = [sample.pointer(0), sample.pointer(1)]
    assert list(document.requests) == [at[:-1] if layout in ENVELOPES else at for at in places]


@pytest.mark.parametrize("layout", [layout for layout in SAMPLES if SAMPLES[layout].has_texts])
def test_texts_are_not_rewritten(layout: str) -> None:
    """What was sent is on record, and a text in a string has no writer."""
    assert one("a.json", json.dumps(wrapped(SAMPLES[layout], [BAD]))).rewriter is None


@pytest.mark.parametrize("layout", sorted(SAMPLES.keys() - {"batch"}))
def test_a_file_without_requests(layout: str) -> None:
    """A walk passes over it."""
    document = one("a.json", json.dumps(wrapped(SAMPLES[layout], [{"input": "embed me"}, {"a": "messages"}])))
    assert meant(document) is None


@pytest.mark.parametrize("layout", [layout for layout in SAMPLES if SAMPLES[layout].has_texts])
@pytest.mark.parametrize("mark", ['{"messages": [{"role": "user", "content": "a"}],, "stream": true}'])
def test_broken_bodies_are_told(layout: str, mark: str) -> None:
    """What was certainly meant as a chat request is told at its character; logs may have cut it short."""
    document = one("a.json", json.dumps(SAMPLES[layout].wrap([mark, json.dumps(GOOD)])))
    if SAMPLES[layout].may_be_cut:
        assert not document.faults
    else:
        assert list(told(document)) == [("MM001", ",")]
        assert meant(document) is not None
        alone = one("a.json", json.dumps(SAMPLES[layout].wrap([mark])))
        assert [code for code, _ in told(alone)] == ["MM001"]
        assert meant(alone) is alone


@pytest.mark.parametrize(
    "body",
    [
        '{"messages": [{"role": "user", "content": {{question}}}]}',
        '{"messages": [{"role": "user", "content": {% uuid %}}]}',
        '{"messages": [{"role": "user", "content": "a"}, ...]}',
        '{"messages": [{"role": "user", "content": <your question>}]}',
        '{"messages": [{"role": "user", "content": $QUESTION}]}',
        '{"messages": "broken}',
        '[{"role": "user", "messages": [}]',
        '{"input": [}',
    ],
)
def test_bodies_with_gaps_are_passed_over(body: str) -> None:
    """A variable that is to be filled in, or an ellipsis, keeps a body from being JSON, and it is none to be sent."""
    document = one("a.json", json.dumps(SAMPLES["Postman"].wrap([body, json.dumps(GOOD)])))
    assert not document.faults
    assert len(document.requests) == 1


def test_broken_bodies_beside_an_address() -> None:
    """So it is where method and address stand beside them."""
    broken = '{"messages": [{"role": "user", "content": "a"},,]}'
    call = {"method": "POST", "url": "https://example.com/v1/chat/completions", "body": broken}
    assert list(told(one("a.json", json.dumps(call)))) == [("MM001", ",")]
    assert not one("a.json", json.dumps({**call, "url": "https://example.com/v1/responses"})).faults


@pytest.mark.parametrize("layout", ["Postman", "Insomnia 4", "Insomnia 5"])
@pytest.mark.parametrize("name", ["a.json", "a.yaml"])
def test_comments_in_collections(layout: str, name: str) -> None:
    """Clients take comments out of bodies before they send them; places stay exact."""
    body = json.dumps(BAD, indent=1).replace('"messages"', '// the history\n "messages"')
    value = SAMPLES[layout].wrap([body])
    document = one(name, yaml.safe_dump(value, width=10**6) if name == "a.yaml" else json.dumps(value))
    assert sorted(told(document)) == [("MM105", "0"), ("MM110", "null")]


@pytest.mark.parametrize("layout", ["Postman", "Insomnia 4"])
def test_variables_in_collections(layout: str) -> None:
    """A model that is a variable is not known; that of a recording was sent."""
    bodies = [{**BAD, "model": "{{ _.model }}"}]
    assert sorted(told(one("a.json", json.dumps(wrapped(SAMPLES[layout], bodies))))) == [
        ("MM105", "0"),
        ("MM110", "null"),
    ]
    assert len(list(told(one("a.json", json.dumps(wrapped(SAMPLES["HAR"], bodies)))))) == 3


@pytest.mark.parametrize("layout", ["WireMock", "WireMock, values"])
def test_patterns_of_bodies_are_none(layout: str) -> None:
    """A body with placeholders of JsonUnit stands for many, and is none itself."""
    pattern = {"messages": [{"role": "user", "content": "a"}], "temperature": "${json-unit.any-number}"}
    document = one("a.json", json.dumps(wrapped(SAMPLES[layout], [pattern, GOOD])))
    assert document.requests == (SAMPLES[layout].pointer(1),)


def test_block_scalars() -> None:
    """Places are exact inside block scalars, as clients write them."""
    head = "type: collection.insomnia.rest/5.0\ncollection:\n  - children:\n      - method: POST\n        body:\n          text: |-\n"
    text = head + indent(json.dumps(BAD, indent=2), " " * 12) + "\n"
    assert sorted(told(one("a.yaml", text))) == [("MM105", "0"), ("MM110", "null")]


def test_addresses_and_methods_count() -> None:
    """What goes to another endpoint is no chat request, and what is asked for with GET has no body."""
    value = wrapped(SAMPLES["HAR"], [{**GOOD, "model": "m"}, {**GOOD, "model": "m"}])
    value["log"]["entries"][1]["request"]["url"] = "https://api.example.com/v1/responses"
    value["log"]["entries"][2]["request"]["method"] = "GET"
    assert one("a.har", json.dumps(value)).requests == ()


CALL: dict[str, Any] = {**GOOD, "model": "m"}
TEXT = json.dumps(CALL)
RAW = {"body": {"raw": TEXT}}
STUB = {"bodyPatterns": [{"equalToJson": TEXT}]}
TO: dict[str, Any] = {
    "a cassette, url": lambda url: {"interactions": [{"request": {"url": url, "body": TEXT}}]},
    "a cassette, uri": lambda url: {"http_interactions": [{"request": {"uri": url, "body": TEXT}}]},
    "a cassette, path": lambda url: {"interactions": [{"request": {"path": url, "body": {"content": TEXT}}}]},
    "a cassette, the first": lambda url: {
        "interactions": [{"request": {"path": "/v1/responses", "url": url, "body": TEXT}}]
    },
    "HAR": lambda url: {"log": {"entries": [{"request": {"url": url, "postData": {"text": TEXT}}}]}},
    "Postman": lambda url: {"item": [{"request": {"url": {"raw": url}, **RAW}}]},
    "Postman, a text": lambda url: {"item": [{"request": {"url": url, **RAW}}]},
    "Postman, saved": lambda url: {"item": [{"response": [{"originalRequest": {"url": {"raw": url}, **RAW}}]}]},
    "Postman's API": lambda url: {"collection": {"item": [{"request": {"url": {"raw": url}, **RAW}}]}},
    "Postman's API, saved": lambda url: {
        "collection": {"item": [{"response": [{"originalRequest": {"url": url, **RAW}}]}]}
    },
    "Insomnia 4": lambda url: {"_type": "export", "resources": [{"url": url, "body": {"text": TEXT}}]},
    "Insomnia 5": lambda url: {"type": "a", "collection": [{"url": url, "body": {"text": TEXT}}]},
    "Azure": lambda url: {"Entries": [{"RequestUri": url, "RequestBody": TEXT}]},
    "WireMock, urlPath": lambda url: {"request": {"urlPath": url, **STUB}},
    "WireMock, url": lambda url: {"mappings": [{"request": {"url": url, **STUB}}]},
    "WireMock, urlPathPattern": lambda url: {"mappings": [{"request": {"urlPathPattern": url, **STUB}}]},
    "WireMock, urlPattern": lambda url: {"request": {"urlPattern": url, **STUB}},
    "a journal": lambda url: {"requests": [{"request": {"url": url, "body": TEXT}}]},
    "LiteLLM": lambda url: {"proxy_server_request": {"url": url, "body": CALL}},
    "a row, request_path": lambda url: [{"request_path": url, "request_body": TEXT}],
    "a row, url": lambda url: {"data": [{"url": url, "requestBody": CALL}]},
    "a row, path": lambda url: [{"path": url, "RequestBody": TEXT}],
}


@pytest.mark.parametrize("layout", TO)
def test_each_layout_knows_where_a_body_goes(layout: str) -> None:
    """An address of another endpoint makes a body none of a chat request, wherever the layout keeps addresses."""
    for url, number in (("https://a/v1/chat/completions", 1), ("https://a/v1/responses", 0), ("/v1/embeddings", 0)):
        document = one("a.json", json.dumps(TO[layout](url)))
        assert len(document.requests) == number
        assert [fault.diagnostic.code for fault in document.faults] == ["MM003"] * (1 - number)


@pytest.mark.parametrize(
    ("method", "number"),
    [("POST", 1), ("put", 1), ("PATCH", 1), (5, 1), ("GET", 0), ("get", 0), ("HEAD", 0), ("OPTIONS", 0), ("Delete", 0)],
)
def test_methods_that_take_a_body(method: object, number: int) -> None:
    """What is asked for with a method that takes none was not sent."""
    call = {"url": "/v1/chat/completions", "body": TEXT, "method": method}
    assert len(one("a.json", json.dumps({"interactions": [{"request": call}]})).requests) == number
    entry = {"RequestUri": "/v1/chat/completions", "RequestBody": TEXT, "RequestMethod": method}
    assert len(one("a.json", json.dumps({"Entries": [entry]})).requests) == number


def test_messages_beside_a_body_are_those_of_a_log_alone() -> None:
    """A recorded call without a body sent nothing, whatever else it has."""
    request = {"url": "/v1/chat/completions", "messages": GOOD["messages"]}
    assert one("a.json", json.dumps({"interactions": [{"request": request}]})).requests == ()
    assert one("a.json", json.dumps([{"request_body": None, **request}])).requests == ((0, "messages"),)


def test_the_first_place_of_a_body_counts() -> None:
    """A call that keeps its body twice, as a text and parsed, is one request."""
    value = {"interactions": [{"request": {"body": TEXT, "parsed_body": CALL}}]}
    assert one("a.json", json.dumps(value)).requests == (("interactions", 0, "request", "body"),)
    empty = {"interactions": [{"request": {"body": "", "parsed_body": CALL}}]}
    assert one("a.json", json.dumps(empty)).requests == (("interactions", 0, "request", "parsed_body"),)


def test_items_in_items() -> None:
    """Folders of a collection may be in folders."""
    request = {"request": {"url": "/v1/chat/completions", **RAW}}
    value = {"item": [request, {"item": [request, {"item": [request]}]}, {"item": 5}, 5, {"request": "/a"}]}
    assert [pointer[:-3] for pointer in one("a.json", json.dumps(value)).requests] == [
        ("item", 0), ("item", 1, "item", 0), ("item", 1, "item", 1, "item", 0),
    ]  # fmt: skip
    folder = {"url": "/v1/chat/completions", "body": {"text": TEXT}}
    nested = {"type": "a", "collection": [{"children": [{"children": [folder]}]}, {"collection": [folder]}]}
    assert one("a.json", json.dumps(nested)).requests == (
        ("collection", 0, "children", 0, "children", 0, "body", "text"),
    )


@pytest.mark.parametrize("key", sorted(RECORDINGS | LOGS))
def test_what_may_be_a_recording_is_not_taken_as_it_is(key: str) -> None:
    """An object with the key of a layout, or with a body that is a text, is looked into before it is a request."""
    assert not stands_as_it_is({"messages": [], key: 1})
    assert stands_as_it_is({"messages": [], "body": {}, f"{key}s and others": 1})
    assert not stands_as_it_is({"messages": [], "body": "{}"})


@pytest.mark.parametrize(
    "value",
    [
        [], [1, {"url": "/v1/chat/completions", "body": TEXT}], [[{"request_body": CALL}]],
        [{"interactions": [{"request": {"body": CALL}}]}], 5, {"body": TEXT}, {"data": TEXT}, {"url": "/a", "body": 5},
    ],
)  # fmt: skip
def test_values_that_open_nothing_stay_as_they_are(value: object) -> None:
    """What does not begin with a call or a row is checked for what it is."""
    document = one("a.json", json.dumps(value))
    assert document.value == value
    assert document.rewriter is not None


def test_columns_of_a_log_are_none_of_the_request() -> None:
    """The body alone is the request; where a log keeps none, its column of messages is the conversation."""
    row = {"request_id": "r", "spend": 1, "model": "minimax/m2.7", "messages": BAD["messages"]}
    kept = one("a.jsonl", json.dumps({**row, "proxy_server_request": GOOD}))
    assert list(told(kept)) == []
    nothing: list[Any] = [{}, "{}", None, ""]
    for empty in nothing:
        without = one("a.jsonl", json.dumps({**row, "proxy_server_request": empty}))
        assert without.requests == (("messages",),)
        assert list(told(without)) == [("MM110", "null")]
    embedding = one("a.jsonl", json.dumps({**row, "messages": {}, "proxy_server_request": {"input": "a"}}))
    assert embedding.requests == ()


def test_rows_without_columns_of_bodies_are_none() -> None:
    """Among rows of a log, one that has no column for a body is none of a request, whatever else it has."""
    value = [{"request_body": BAD, "url": "/v1/chat/completions"}, {"messages": BAD["messages"]}]
    assert one("a.json", json.dumps(value)).requests == ((0, "request_body"),)


def test_several_requests_in_one_body() -> None:
    """A body may be a bundle, or steps of AI Gateway, and each request in it is one to check."""
    bundle = one("a.json", json.dumps(wrapped(SAMPLES["HAR"], [{"requests": [GOOD, BAD]}])))
    at = SAMPLES["HAR"].pointer(0)
    assert bundle.requests == ((*at, "requests", 0), (*at, "requests", 1))
    assert sorted(told(bundle)) == [("MM105", "0"), ("MM110", "null")]
    steps = [{"provider": "workers-ai", "endpoint": "minimax/m2.7", "query": BAD}]
    assert len(list(told(one("a.json", json.dumps(wrapped(SAMPLES["Postman"], [steps])))))) == 2


@pytest.mark.parametrize(
    "value",
    [
        {"log": {"entries": [1]}},
        {"log": "messages"},
        {"item": [{"title": "news"}]},
        {"collection": "a", "type": "b"},
        {"resources": [{"body": {"text": json.dumps(BAD)}}]},
        {"Entries": {}},
        {"request": {"body": GOOD}, "response": {}},
        {"data": [{"a": 1}]},
        {"mappings": {"properties": {}}},
    ],
)
def test_others_with_such_keys_are_what_they_are(value: object) -> None:
    """A key alone makes no recording."""
    document = one("a.json", json.dumps(value))
    assert document.requests == ((),)
    assert not document.faults


FOUND = (
    "har/recording.har", "postman/trams.postman_collection.json", "insomnia/insomnia_v4.json", "mocks/wiremock.json",
    "evals/helicone.json", "evals/litellm_spendlog.json", "gateway/async_batch.json", "gateway/universal.json",
    "mocks/pact_v2.json", "mocks/nock.json", "mocks/buffr.json", "text/body_wrapped.json",
)  # fmt: skip


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared files are not beside this checkout")
@pytest.mark.parametrize("name", FOUND)
def test_shared_files(name: str) -> None:
    """Each of these holds two faults, and a walk finds them at their characters."""
    documents = [meant(document) for document in read(name, BytesIO((SHARED / name).read_bytes()))]
    assert {finding for document in documents if document is not None for finding in told(document)} == {
        ("MM110", "null"),
        ("MM105", "1.5"),
    }


def test_a_broken_body_is_an_error_on_a_walk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command tells it where nobody named the file."""
    monkeypatch.chdir(tmp_path)
    value = SAMPLES["HAR"].wrap(['{"messages": [{"role": "user", "content": "a"}]'])
    Path("tape.har").write_text(json.dumps(value), "utf-8")
    done = CliRunner().invoke(cli, ("check", ".", "--output-format", "concise"))
    assert done.exit_code == 1
    assert done.stdout.startswith("tape.har:1:")
    assert "MM001" in done.stdout


def test_the_quick_look_misses_no_layout() -> None:
    """Every layout begins with a key, or has columns, that opening a document looks for."""
    for layout in LAYOUTS:
        first = next((step for step in layout.calls if step != EACH), None)
        key = first.key if isinstance(first, Nested) else first
        assert key in RECORDINGS or {path[0] for path in layout.bodies} <= LOGS


@pytest.mark.parametrize("layout", ["Postman", "Insomnia 4"])
def test_last_commas_in_collections(layout: str) -> None:
    """Clients take comments out and nothing else: a comma behind the last member is sent, and refused."""
    body = '{"messages": [{"role": "user", "content": "a"}], // asks\n}'
    assert list(told(one("a.json", json.dumps(SAMPLES[layout].wrap([body]))))) == [("MM001", ",")]


def test_steps_beside_an_address() -> None:
    """The text of a call may be steps of AI Gateway, and begin with a byte order mark."""
    steps = json.dumps([{"provider": "workers-ai", "endpoint": "minimax/m2.7", "query": BAD}])
    for body in (steps, "\ufeff" + json.dumps(BAD)):
        call = {"method": "POST", "url": "https://example.com/v1/a/b", "body": body}
        assert sorted(told(one("a.json", json.dumps(call)))) == [("MM105", "0"), ("MM110", "null")]
