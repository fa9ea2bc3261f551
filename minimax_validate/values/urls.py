"""Which names of files are URLs of a store, such as ``s3://bucket/requests.jsonl``."""

from __future__ import annotations

import re

STORE = re.compile(r"(?!(?i:https?|ftp):)[A-Za-z][A-Za-z0-9+.-]+://")
"""How a URL of a store begins; the addresses of web pages are none, and nothing is fetched from there."""


def is_url(path: object) -> bool:
    """Whether a path is the URL of a file in a store."""
    return isinstance(path, str) and STORE.match(path) is not None
