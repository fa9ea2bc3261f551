"""Names of functions, methods and keywords by which requests are sent."""

from __future__ import annotations

CREATORS = frozenset({"create", "parse", "stream"})
POSTERS = frozenset({"fetch", "Request", "post", "put", "request"})
LEFT_OUT = frozenset({"account_id", "extra_headers", "extra_query", "timeout", "model_name", "stream_cls"})
"""Keywords of SDKs that are no part of a request."""
