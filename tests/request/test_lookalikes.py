"""What looks like a request and is none, and what is a row to train on."""

from __future__ import annotations

from typing import Any

import pytest

from minimax_validate import check
from minimax_validate.request.envelope import looks_like_request
from minimax_validate.request.lookalikes import lookalike
from minimax_validate.request.rows import is_training_row
from minimax_validate.rules.examples import assistant, request, tool, user

LOOKALIKES: dict[str, Any] = {
    "an answer": {"success": True, "errors": [], "messages": [], "result": {}},
    "a failure": {"success": False, "errors": [{"code": 1}], "messages": [{"code": 2, "message": "a"}]},
    "an answer with nulls": {"success": True, "errors": None, "messages": None, "result": {}},
    "discord": {"messages": [{"id": "1", "type": "Default", "content": "Hello.", "author": {"id": "2"}}]},
    "slack": {"ok": True, "messages": [{"type": "message", "user": "U1", "text": "Hello.", "ts": "1.2"}]},
    "telegram": {"messages": [{"type": "message", "from": "Ann", "from_id": "user1", "text": "Hello."}]},
    "facebook": {"messages": [{"sender_name": "Ann", "timestamp_ms": 1, "content": "Hello."}]},
    "mail": {"messages": [{"id": "1", "threadId": "1"}]},
    "members": {"messages": [{"role": "member", "content": "Hello.", "author": "Ann"}]},
    "owners": {"messages": [{"id": "1", "role": "owner", "subject": "Hello."}]},
    "support": {"messages": [{"role": "agent", "sender": "Ann", "body": "Hello."}]},
    "preferences": {"input": request(user()), "preferred_output": [assistant()], "non_preferred_output": [assistant()]},
    "a notebook": {"cells": [], "metadata": {}, "nbformat": 4},
}
REQUESTS: dict[str, Any] = {
    "people with a role of a model": {"messages": [{"role": "user", "author": "Ann", "content": "Hello."}]},
    "people beside a model": {"model": "minimax/m2.7", "messages": [{"author": "Ann", "content": "Hello."}]},
    "an unknown role": {"messages": [{"role": "narrator", "content": "Once."}]},
    "a role in another case": {"messages": [{"role": "User", "content": "Hello."}]},
    "a role that is no text": {"messages": [{"role": 1, "content": "Hello."}]},
    "a role alone": {"messages": [{"role": "user"}]},
    "a request that says how it went": {"success": True, "messages": [user()]},
    "the REST endpoint's": {"input": request(user())},
}


@pytest.mark.parametrize("payload", LOOKALIKES.values(), ids=LOOKALIKES)
def test_is_none(payload: dict[str, Any]) -> None:
    """It is one finding without a fix, and a walk passes it over."""
    assert lookalike(payload) is not None
    assert not looks_like_request(payload)
    (found,) = check(payload).diagnostics
    assert (found.code, found.fix) == ("MM003", None)


@pytest.mark.parametrize("payload", REQUESTS.values(), ids=REQUESTS)
def test_is_one(payload: dict[str, Any]) -> None:
    """A role of a model, or what only requests have, makes a request."""
    assert lookalike(payload) is None
    assert looks_like_request(payload)


def test_names_of_roles_are_no_people() -> None:
    """Messages from `human` are those of a chat with a model."""
    assert lookalike({"messages": [{"from": "human", "value": "Hello."}, {"from": "gpt", "value": "Hi."}]}) is None


ROWS: dict[str, Any] = {
    "an answer to learn": request(user(), assistant(), label=True, n=1, metadata={}),
    "columns of fine-tuning": request(user(), assistant(), tools=[], parallel_tool_calls=False),
    "older columns": request(user(), assistant(), functions=[tool()["function"]]),
    "empty columns": request(user(), assistant(), tools=None, temperature=None, stop=None),
    "weights": request(user(), assistant(weight=0), user(), seed=1),
}
NO_ROWS: dict[str, Any] = {
    "a question": request(user(), label=True),
    "a model": request(user(), assistant(), model="minimax/m2.7"),
    "a parameter": request(user(), assistant(), temperature=0.5),
    "a parameter of others": request(user(), assistant(), stop=["a"]),
    "no messages": request(),
    "no array": {"messages": "a"},
}


@pytest.mark.parametrize("body", ROWS.values(), ids=ROWS)
def test_columns_of_a_row_are_no_finding(body: dict[str, Any]) -> None:
    """What stands beside the messages of a row is neither told nor deleted."""
    assert is_training_row(body)
    assert not check(body).diagnostics


@pytest.mark.parametrize("body", NO_ROWS.values(), ids=NO_ROWS)
def test_is_no_row(body: dict[str, Any]) -> None:
    """A request names its model or how to answer, or ends with a question."""
    assert not is_training_row(body)


def test_messages_of_a_row_are_checked() -> None:
    """What is wrong with a message is told."""
    assert [found.code for found in check(request(user(), assistant(None), label=False)).diagnostics] == ["MM110"]
