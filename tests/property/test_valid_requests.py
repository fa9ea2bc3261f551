"""What the strategies call valid, the whole set of rules accepts."""

from __future__ import annotations

from typing import Any

from hypothesis import given

from minimax_validate import check, is_valid
from minimax_validate.strategies import messages, requests, tool_conversations, tools

Json = dict[str, Any]


@given(requests())
def test_request_is_clean(payload: Json) -> None:
    """A generated request has no finding under the default rules."""
    assert check(payload).diagnostics == ()


@given(tool_conversations())
def test_conversation_is_clean(conversation: list[Json]) -> None:
    """A generated history with tool calls has no finding, and really calls tools."""
    assert check({"messages": conversation}).diagnostics == ()
    assert any(message.get("tool_calls") for message in conversation)
    assert any(message["role"] == "tool" for message in conversation)


@given(tools(), messages("user"))
def test_tool_is_clean(tool: Json, message: Json) -> None:
    """A generated tool and a generated message make a clean request."""
    assert check({"messages": [message], "tools": [tool]}).diagnostics == ()


@given(messages(), messages("user"))
def test_message_can_stand_alone(message: Json, user: Json) -> None:
    """A generated message of any role is clean before a user's."""
    assert check({"messages": [message, user]}).diagnostics == ()


@given(requests())
def test_envelopes_are_clean(payload: Json) -> None:
    """A generated request is clean in every envelope too."""
    wrapped = {"model": "minimax/m2.7", "input": payload}
    batched = {"custom_id": "1", "method": "POST", "url": "/v1/chat/completions", "body": payload}
    assert is_valid(wrapped)
    assert check(wrapped).diagnostics == ()
    assert check(batched).diagnostics == ()


@given(requests())
def test_check_changes_nothing(payload: Json) -> None:
    """A check leaves the request as it was."""
    before = repr(payload)
    check(payload)
    assert repr(payload) == before
