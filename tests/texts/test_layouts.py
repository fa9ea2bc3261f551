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
from minimax_validate.texts.readers.opening import LOGS, RECORDINGS
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
