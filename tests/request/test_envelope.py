"""What is meant as a chat request at all."""

from __future__ import annotations

import pytest

from minimax_validate.request.envelope import looks_like_request, requests_in

REQUEST = {"messages": [{"role": "user", "content": "Is the ferry late?"}]}

MEANT = {
    "bare inputs": REQUEST,
    "no message yet": {"messages": []},
    "a message without a role": {"messages": [{"content": "Hello."}]},
    "a message without content, after something else": {"messages": ["Hello.", {"role": "user"}]},
    "messages that are lost, beside what only requests have": {"messages": None, "max_tokens": 100},
    "a model beside them": {"messages": "Hello.", "model": "minimax/m2.7"},
    "as the REST endpoint takes them": {"model": "minimax/m2.7", "input": REQUEST},
    "a batch line": {"custom_id": "1", "method": "POST", "url": "/v1/chat/completions", "body": REQUEST},
    "a batch line around something else": {"custom_id": "1", "body": {"prompt": "Hello."}},
    "a recorded call": {"method": "POST", "url": "https://example.com/run", "body": {"input": REQUEST}},
}
NOT_MEANT = {
    "a manifest": {"name": "ferry", "version": "1.0.0"},
    "translations": {"messages": {"hello": "Bonjour", "bye": "Au revoir"}},
    "complaints of a linter": {"filePath": "a.js", "messages": [{"ruleId": "semi", "line": 3}]},
    "a recorded call of another kind": {"method": "POST", "url": "https://example.com/login", "body": {"user": "ann"}},
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


def test_requests_of_an_array() -> None:
    """Each item of an array is a request if one of them is; any other value is one as a whole."""
    assert requests_in([{"note": 1}, REQUEST]) == ((0,), (1,))
    assert requests_in([{"note": 1}]) == ((),)
    assert requests_in([]) == ((),)
    assert requests_in(REQUEST) == ((),)
