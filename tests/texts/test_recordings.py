"""Recorded HTTP traffic: the chat requests in it are checked, and findings point into the bodies."""

from __future__ import annotations

import base64
import json
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from spelling import Members, documents, spell
from test_json_places import pointers

from minimax_validate.cli import cli
from minimax_validate.texts.document import Document
from minimax_validate.texts.readers import read

GOOD = {"messages": [{"role": "user", "content": "Is the lock open?"}]}
BAD = {"messages": [{"role": "user", "content": None}], "max_tokens": 0}

LAYOUTS: dict[str, tuple[Any, tuple[str | int, ...]]] = {
    "vcrpy": (
        {"version": 1, "interactions": [{"request": {"body": "{}", "uri": "https://a"}}]},
        ("interactions", 0, "request", "body"),
    ),
    "Ruby": (
        {"http_interactions": [{"request": {"body": {"encoding": "UTF-8", "string": "{}"}}}], "recorded_with": "VCR 6"},
        ("http_interactions", 0, "request", "body", "string"),
    ),
    "Ruby, packed": (
        {"http_interactions": [{"request": {"body": {"encoding": "ASCII-8BIT", "base64_string": "{}"}}}]},
        ("http_interactions", 0, "request", "body", "base64_string"),
    ),
    "parsed": ({"interactions": [{"request": {"parsed_body": "{}"}}]}, ("interactions", 0, "request", "parsed_body")),
    "an object": ({"interactions": [{"request": {"body": "{}"}}]}, ("interactions", 0, "request", "body")),
}


def put(value: Any, pointer: tuple[str | int, ...], member: object) -> Any:
    """A copy of a value with another member."""
    if not pointer:
        return member
    copied = value.copy()
    copied[pointer[0]] = put(copied[pointer[0]], pointer[1:], member)
    return copied


def recording(layout: str, body: str) -> Any:
    """A recording of one call."""
    empty, pointer = LAYOUTS[layout]
    packed = base64.b64encode(body.encode("utf-8", "surrogatepass")).decode()
    return put(
        empty,
        pointer,
        json.loads(body) if layout in ("parsed", "an object") else packed if "packed" in layout else body,
    )


def opened(text: str) -> Document:
    """The document of a recording's text."""
    (document,) = read("tape.json", BytesIO(text.encode()))
    return document


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_body_is_the_request(layout: str) -> None:
    """In every layout, the body is what is checked, at its place."""
    document = opened(json.dumps(recording(layout, json.dumps(BAD))))
    assert document.requests == (LAYOUTS[layout][1],)
    assert list(document.payloads()) == [(LAYOUTS[layout][1], BAD)]


@given(documents(repeats=False), st.integers(0, 2**32), st.booleans())
def test_the_text_of_any_place_inside_a_body_spells_what_is_there(member: Any, seed: int, ascii_only: bool) -> None:
    """However body and recording are spelled, a span inside the body is the value there, escaped once more."""
    body = spell(Members([("messages", []), ("model", "m"), ("x", member)]), Random(seed))
    text = json.dumps(recording("vcrpy", body), ensure_ascii=ascii_only)
    try:
        document = opened(text)
    except UnicodeEncodeError:
        return
    (at,) = document.requests
    value = json.loads(body)
    found = document.locate(text, [((*at, *pointer), "value") for pointer, _ in pointers(value)])
    for pointer, there in pointers(value):
        start, end = found[(*at, *pointer), "value"]
        if pointer:
            assert repr(json.loads(json.loads(f'"{text[start:end]}"'))) == repr(there)


def test_other_calls_are_passed_over() -> None:
    """Bodies that are no chat request, no JSON, or none at all have no say."""
    calls = [json.dumps(GOOD), "a=b", None, "{", json.dumps({"input": "embed me"}), 5, json.dumps(BAD)]
    document = opened(
        json.dumps({"interactions": [{"request": {"body": body}} for body in calls] + [None, {"response": {}}]})
    )
    assert document.requests == (("interactions", 0, "request", "body"), ("interactions", 6, "request", "body"))
    assert not document.faults


@pytest.mark.parametrize("body", [b"\xff\xfe", b"a=b"])
def test_packed_bodies_of_another_kind(body: bytes) -> None:
    """Nor do those that unpack to something else, or not at all."""
    packed = base64.b64encode(body).decode()
    bodies = (packed, "==", "a", "é")
    calls = [{"request": {"body": {"base64_string": body}}} for body in bodies]
    assert opened(json.dumps({"http_interactions": calls})).requests == ()


def test_a_recording_without_a_request(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is MM003 where it is named, and passed over on a walk."""
    monkeypatch.chdir(tmp_path)
    Path("tape.json").write_text(json.dumps({"interactions": [{"request": {"body": "a=b"}}]}), "utf-8")
    named = CliRunner().invoke(cli, ("check", "tape.json", "--output-format", "concise"))
    assert named.stdout == "tape.json:1:1: MM003 error: the recording contains no chat request\n"
    assert CliRunner().invoke(cli, ("check", ".", "--quiet")).output == ""


def test_findings_point_into_the_body(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A key that comes again included, each is told at its line and column in the file."""
    monkeypatch.chdir(tmp_path)
    body = json.dumps(BAD)[:-1] + ', "max_tokens": 0}'
    text = json.dumps(recording("vcrpy", body), indent=1)
    Path("tape.json").write_text(text, "utf-8")
    done = CliRunner().invoke(cli, ("check", "tape.json", "--output-format", "json"))
    found = json.loads(done.stdout)
    assert {(finding["code"], finding["pointer"]) for finding in found} == {
        ("MM110", "/interactions/0/request/body/messages/0/content"),
        ("MM004", "/interactions/0/request/body/max_tokens"),
        ("MM105", "/interactions/0/request/body/max_tokens"),
    }
    lines = text.splitlines()
    columns = [
        (finding["location"]["row"], finding["location"]["column"], finding["end_location"]["column"])
        for finding in found
    ]
    assert {lines[row - 1][start - 1 : end - 1] for row, start, end in columns} == {"null", '\\"max_tokens\\"', "0"}


def test_a_recording_by_its_keys_alone_is_none() -> None:
    """Other files have interactions too; without recorded calls they are what they are."""
    values: list[Any] = [
        {"interactions": 3},
        {"interactions": []},
        {"interactions": [{"type": "click"}]},
        {"interactions": [1], **GOOD},
    ]
    for value in values:
        assert opened(json.dumps(value)).requests == ((),)
