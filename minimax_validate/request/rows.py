"""Rows of data sets to train on: conversations with their answers, and columns beside them."""

from __future__ import annotations

from typing import Any

from minimax_validate.request.features import PARAMETERS

_OF_ROWS = frozenset({"messages", "tools"})
_OF_REQUESTS = frozenset(
    {
        "model", "stop", "stop_sequences", "top_k", "top_a", "min_p", "frequency_penalty", "presence_penalty",
        "repetition_penalty", "logit_bias", "logprobs", "top_logprobs", "max_output_tokens", "maxOutputTokens",
        "extra_body", "extra_headers", "service_tier", "timeout",
    }
)  # fmt: skip
"""Keys that say how an answer is to be made: nothing to learn from."""


def is_training_row(body: dict[str, Any]) -> bool:
    """Whether an object with messages is a row to train on and no request to be sent, so that its keys are columns.

    It names no model and asks for no answer (``temperature``, ``stop``), and its last message is the answer that is to
    be learnt; or a message has a ``weight``, as rows for fine-tuning have it.
    """
    if any(body[key] is not None for key in (PARAMETERS - _OF_ROWS | _OF_REQUESTS) & body.keys()):
        return False
    messages = body.get("messages")
    if not isinstance(messages, list) or not messages:
        return False
    last = messages[-1]
    return (isinstance(last, dict) and last.get("role") == "assistant") or any(
        isinstance(message, dict) and "weight" in message for message in messages
    )
