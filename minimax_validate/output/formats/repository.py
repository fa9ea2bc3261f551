"""Name files as a service does that shows a repository: it knows no working directory."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import quote

from minimax_validate.values.urls import STORE

_ABSOLUTE = re.compile("/|[A-Za-z]:/")


def repository_path(name: str, folder: str) -> str:
    """A file's name from the root of the repository, where ``folder`` is the working directory.

    One from elsewhere keeps its own.
    """
    return name if _ABSOLUTE.match(name) or STORE.match(name) else posixpath.normpath(posixpath.join(folder, name))


def repository_uri(name: str, folder: str) -> str:
    """The same as a URI reference, percent-encoded: relative, or with ``file:`` for a file from elsewhere."""
    path = repository_path(name, folder)
    if url := STORE.match(path):
        return url[0] + quote(path[url.end() :])
    try:
        escaped = quote(path, errors="surrogateescape")  # a file's name may be no text, and keeps its bytes then
    except UnicodeEncodeError:
        escaped = quote(path, errors="surrogatepass")
    return f"file:///{escaped.removeprefix('/').replace('%3A', ':', 1)}" if _ABSOLUTE.match(path) else escaped
