"""Hypothesis strategies for chat requests, to test programs that create, forward or check them (extra ``testing``).

``requests()`` generates payloads without findings. ``faulty_requests()`` generates payloads with one fault, together
with the expected finding::

    from hypothesis import given
    from minimax_validate import check
    from minimax_validate.strategies import faulty_requests, requests

    @given(requests())
    def test_gateway_forwards_valid_requests(payload):
        assert my_gateway(payload).status == 200

    @given(faulty_requests("separated-tool-result"))
    def test_gateway_rejects_separated_results(case):
        payload, expected = case
        assert expected.code in my_gateway(payload).text

There are also strategies for parts of a request: ``messages()``, ``tools()``, ``tool_conversations()``,
``json_schemas()``, and ``instances(schema)`` for values that satisfy such a schema. Every example consists of new dicts
and lists, so a test may change it. No example is discarded, and all of them shrink to a short greeting.
"""

from __future__ import annotations

try:
    from minimax_validate.strategies.conversations import tool_conversations
    from minimax_validate.strategies.faulty import Expected, faulty_requests
    from minimax_validate.strategies.instances import instances
    from minimax_validate.strategies.messages import messages
    from minimax_validate.strategies.requests import requests
    from minimax_validate.strategies.schemas import json_schemas
    from minimax_validate.strategies.tools import tools
except ModuleNotFoundError as error:  # pragma: no cover - a test without Hypothesis is in another process
    if error.name != "hypothesis":
        raise
    needs = "minimax_validate.strategies needs Hypothesis: pip install 'minimax-validate[testing]'"
    raise ModuleNotFoundError(needs, name=error.name) from error

__all__ = [
    "Expected",
    "faulty_requests",
    "instances",
    "json_schemas",
    "messages",
    "requests",
    "tool_conversations",
    "tools",
]
