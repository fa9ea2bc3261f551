"""What is meant as a chat request at all."""

from __future__ import annotations

from typing import Any

import pytest

from minimax_validate import check
from minimax_validate.request import envelope
from minimax_validate.request.envelope import (
    bundled,
    holds_request,
    is_conversation,
    is_sent_as_request,
    looks_like_request,
    open_plain,
    requests_in,
)

REQUEST = {"messages": [{"role": "user", "content": "Is the ferry late?"}]}

MEANT = {
    "bare inputs": REQUEST,
    "no message yet, beside a model": {"messages": [], "model": "minimax/m2.7"},
    "a message without a role, beside a parameter": {"messages": [{"content": "Hello."}], "stream": True},
    "a message without content, after something else": {"messages": ["Hello.", {"role": "user"}]},
    "messages that are lost, beside what only requests have": {"messages": None, "max_tokens": 100},
    "a model beside them": {"messages": "Hello.", "model": "minimax/m2.7"},
    "as the REST endpoint takes them": {"model": "minimax/m2.7", "input": REQUEST},
    "a batch line": {"custom_id": "1", "method": "POST", "url": "/v1/chat/completions", "body": REQUEST},
    "a batch line around something else": {"custom_id": "1", "body": {"prompt": "Hello."}},
    "a step of the universal endpoint": {"provider": "workers-ai", "endpoint": "minimax/m2.7", "query": REQUEST},
    "a step to a chat endpoint": {"provider": "openai", "endpoint": "v1/chat/completions", "query": REQUEST},
    "a recorded call": {"method": "POST", "url": "https://example.com/run", "body": {"input": REQUEST}},
}
CLOUDFLARE = {"success": True, "errors": [], "messages": [], "result": {"response": "Yes."}}
NOT_MEANT = {
    "an answer of Cloudflare's API": CLOUDFLARE,
    "an answer of Cloudflare's API with notes": {**CLOUDFLARE, "messages": [{"code": 1, "message": "Deprecated."}]},
    "messages of people": {"messages": [{"author": "Ann", "content": "Hello."}]},
    "an array of nothing": {"messages": []},
    "a batch line for embeddings": {
        "custom_id": "1",
        "method": "POST",
        "url": "/v1/embeddings",
        "body": {"input": "a"},
    },
    "a batch line for completions": {"custom_id": "1", "url": "/v1/completions", "body": {"prompt": "a"}},
    "a manifest": {"name": "ferry", "version": "1.0.0"},
    "translations": {"messages": {"hello": "Bonjour", "bye": "Au revoir"}},
    "complaints of a linter": {"filePath": "a.js", "messages": [{"ruleId": "semi", "line": 3}]},
    "a recorded call of another kind": {"method": "POST", "url": "https://example.com/login", "body": {"user": "ann"}},
    "a step to another endpoint": {"provider": "openai", "endpoint": "v1/responses", "query": REQUEST},
    "a step to an endpoint of another format": {"provider": "anthropic", "endpoint": "v1/messages", "query": REQUEST},
    "a step around something else": {"provider": "workers-ai", "endpoint": "@cf/baai/bge-m3", "query": {"text": "a"}},
    "a bundle": {"requests": [REQUEST]},
    "a form": {"input": {"type": "text"}},
    "an array": [REQUEST],
    "a text": "messages",
    "nothing": None,
}


@pytest.mark.parametrize("payload", MEANT.values(), ids=MEANT)
def test_is_meant(payload: object) -> None:
    """A request is known by its messages or its envelope, healthy or not."""
    assert looks_like_request(payload)


@pytest.mark.parametrize("payload", NOT_MEANT.values(), ids=NOT_MEANT)
def test_is_not_meant(payload: object) -> None:
    """What else has messages, inputs or bodies is no request."""
    assert not looks_like_request(payload)


TURN = {"role": "user", "content": "Is the ferry late?"}
CONVERSATIONS = {
    "a question": [TURN],
    "a tool that was called": [TURN, {"role": "assistant", "tool_calls": []}, {"role": "tool", "content": "No."}],
    "items of the Responses API": [TURN, {"type": "function_call", "call_id": "1", "name": "ls", "arguments": "{}"}],
}
NOT_CONVERSATIONS = {
    "nothing": [],
    "texts": ["Hello."],
    "people with roles": [{"name": "Ann", "role": "admin"}, {"name": "Bo", "role": "user"}],
    "posts": [{"type": "message", "user": "U1", "text": "Hello."}],
    "a request": [REQUEST],
    "an object": TURN,
}


@pytest.mark.parametrize("payload", CONVERSATIONS.values(), ids=CONVERSATIONS)
def test_is_a_conversation(payload: object) -> None:
    """An array of messages is a conversation."""
    assert is_conversation(payload)


@pytest.mark.parametrize("payload", NOT_CONVERSATIONS.values(), ids=NOT_CONVERSATIONS)
def test_is_no_conversation(payload: object) -> None:
    """Other arrays are none, and a message alone is none."""
    assert not is_conversation(payload)


def test_requests_of_an_array() -> None:
    """Each item of an array is a request if one of them is; any other value is one as a whole."""
    assert requests_in([{"note": 1}, REQUEST]) == ((0,), (1,))
    assert requests_in([{"note": 1}]) == ((),)
    assert requests_in([]) == ((),)
    assert requests_in([TURN, TURN]) == ((),)
    assert requests_in([[TURN], [TURN]]) == ((0,), (1,))
    assert requests_in(REQUEST) == ((),)


STEP = {"provider": "workers-ai", "endpoint": "minimax/m2.7", "headers": {}, "query": REQUEST}


def test_requests_of_a_bundle() -> None:
    """Each item of a bundle is one, and so is each step of the universal endpoint."""
    assert requests_in({"requests": [REQUEST, {"prompt": "a"}]}) == (("requests", 0), ("requests", 1))
    assert requests_in([STEP, STEP]) == ((0,), (1,))
    assert requests_in({"requests": [{"path": "/messages"}]}) == ((),)
    assert bundled({**REQUEST, "requests": [REQUEST]}) == ()
    assert bundled([REQUEST]) == ()
    assert bundled([]) == ()
    assert holds_request({"requests": [REQUEST]})
    assert holds_request([STEP])
    assert not holds_request([{"a": 1}])


BAD = {"messages": [{"role": "user", "content": None}]}


@pytest.mark.parametrize(
    ("payload", "pointers"),
    [
        ({**STEP, "query": BAD}, [("query", "messages", 0, "content")]),
        ([STEP, {**STEP, "query": BAD}], [(1, "query", "messages", 0, "content")]),
        ({"requests": [REQUEST, BAD]}, [("requests", 1, "messages", 0, "content")]),
        (({"requests": (BAD, {"messages": [{"role": "user", "content": b""}]})}), 2),
    ],
)
def test_library_checks_each_request(payload: object, pointers: object) -> None:
    """The findings of each request stand where it is in the payload."""
    found = [diagnostic.pointer for diagnostic in check(payload).diagnostics]
    assert found == pointers if isinstance(pointers, list) else len(found) == pointers


def test_step_for_another_endpoint_is_no_request() -> None:
    """The finding names the endpoint."""
    (found,) = check({"provider": "openai", "endpoint": "v1/embeddings", "query": {"input": "a"}}).diagnostics
    assert found.code == "MM003"
    assert "v1/embeddings" in found.message


def test_proof_needs_the_fast_encoder_and_few_envelopes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without orjson, or inside of too many envelopes, nothing is proven quickly, and the same is found."""
    payload: dict[str, Any] = {"messages": [{"role": "usr", "content": "a"}]}
    line = {"custom_id": "a", "method": "POST", "url": "/v1/chat/completions", "body": {"input": payload}}
    assert open_plain(line) is not None
    expected = check(line).diagnostics
    with monkeypatch.context() as patched:
        patched.setattr(envelope, "_DEEPEST", 1)
        assert open_plain(line) is None
        assert open_plain(line["body"]) is not None
    monkeypatch.setattr(envelope, "orjson", None)
    assert open_plain(line) is None
    assert check(line).diagnostics == expected


@pytest.mark.parametrize("value", [[1], "x", None, {}])
def test_value_that_is_no_object_is_not_sent_as_request(value: object) -> None:
    """What is sent to the address of this model is a request only if it is an object that says something."""
    address = "https://api.cloudflare.com/client/v4/accounts/a/ai/run/minimax/m2.7"
    assert not is_sent_as_request(value, address)
    assert is_sent_as_request({"prompt": "x"}, address)
