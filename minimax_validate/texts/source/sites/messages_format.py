"""Requests in the Messages format of Anthropic, which are no chat requests: they are counted, and not judged."""

from __future__ import annotations

from minimax_validate.source_code.values import Node
from minimax_validate.texts.source.sites.requests import model_of, requests_in
from minimax_validate.texts.source.sites.search import Search


def skip_messages(search: Search, body: Node | None) -> None:
    """Count a body that asks for our model as one that is not read."""
    if body is not None and requests_in(body, lambda branch: model_of(branch) == "ours") is not None:
        search.take(body)
        search.skipped.unread += 1
