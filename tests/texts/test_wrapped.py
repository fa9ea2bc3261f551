"""Requests that stand as texts beside where they go."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import pytest
import yaml

from minimax_validate import Validator
from minimax_validate.texts.checked import Checked, check_document
from minimax_validate.texts.document import Document
from minimax_validate.texts.placed import place
from minimax_validate.texts.readers import read

BODY = json.dumps({"messages": [{"role": "user", "content": 'Say "hi"'}, {"role": "user", "content": None}]})
CALL = {"method": "POST", "url": "https://example.com/v1/chat/completions", "body": BODY}
OTHERS: dict[str, Any] = {
    "another endpoint": {**CALL, "url": "/v1/embeddings", "body": '{"input": "a"}'},
    "no address": {"httpMethod": "POST", "path": "/chat", "body": BODY},
    "a line of a batch, where a body is no text": {**CALL, "custom_id": "1"},
    "no JSON": {**CALL, "body": "{"},
    "a form": {**CALL, "body": "messages=1"},
    "no request": {**CALL, "body": '{"messages": {"hello": "Hello"}}'},
}


def documents(name: str, text: str) -> list[Document]:
    """The documents of a text."""
    return list(read(name, BytesIO(text.encode())))


def found(document: Document) -> list[tuple[str, str]]:
    """The codes of what is found, and the characters at its place."""
    checked = Checked(document, check_document(Validator(), document))
    placed = place(checked)
    lines = document.source.text.splitlines()
    return [
        (finding.diagnostic.code, lines[line - document.source.first_line][column - 1 : end - 1])
        for finding in placed.findings
        for line, column, _, end in (finding.location,)
    ]


@pytest.mark.parametrize(
    ("name", "text", "number"),
    [
        ("call.json", json.dumps(CALL), 1),
        ("call.json", json.dumps({"uri": CALL["url"], "data": BODY}), 1),
        ("calls.json", json.dumps([CALL, CALL]), 2),
        ("calls.yaml", yaml.safe_dump(CALL, width=1000), 1),
    ],
)
def test_is_found_at_its_characters(name: str, text: str, number: int) -> None:
    """What is found in a body points into its text, escaped or not, and nothing of it is rewritten."""
    (document,) = documents(name, text)
    assert found(document) == [("MM110", "null")] * number
    assert document.rewriter is None


def test_in_lines() -> None:
    """A log of calls has one a line."""
    assert [found(document) for document in documents("log.jsonl", f"{json.dumps(CALL)}\n" * 2)] == [
        [("MM110", "null")]
    ] * 2


def test_items_beside_it_are_checked_as_they_are() -> None:
    """In an array, what is no such call is what it was."""
    (document,) = documents("calls.json", json.dumps([CALL, {"a": "b"}]))
    assert document.requests == ((0, "body"), (1,))


@pytest.mark.parametrize("payload", OTHERS.values(), ids=OTHERS)
def test_other_texts_are_not_opened(payload: object) -> None:
    """A body is opened only if it is a chat request on its way to an endpoint."""
    (document,) = documents("call.json", json.dumps(payload))
    assert document.value == payload
    assert document.rewriter is not None
