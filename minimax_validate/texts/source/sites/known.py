"""Names of functions, methods, keywords and keys in requests that are sent."""

from __future__ import annotations

CREATORS = frozenset({"create", "parse", "stream"})
POSTERS = frozenset({"fetch", "Request", "post", "put", "request"})
LEFT_OUT = frozenset({"account_id", "extra_headers", "extra_query", "timeout", "model_name", "stream_cls"})
"""Keywords of SDKs that are no part of a request."""
KEYS_OF_OTHERS = frozenset(
    {
        "model", "seed", "stop", "n", "user", "top_k", "frequency_penalty", "presence_penalty", "repetition_penalty",
        "reasoning_effort", "logprobs", "parallel_tool_calls", "stream_cls", "metadata", "logit_bias", "functions",
    }
)  # fmt: skip
"""Keys of a chat request that the contract does not know, and others do."""
