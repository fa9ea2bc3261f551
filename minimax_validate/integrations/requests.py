"""A guard for clients built on requests: ``session.mount("https://", GuardedAdapter())``."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit

try:
    from requests import PreparedRequest, Response
    from requests.adapters import HTTPAdapter
except ImportError as error:
    raise ImportError(
        f"{__name__} needs requests: pip install 'minimax-validate[requests]'", name="requests"
    ) from error

from minimax_validate.integrations.guard import DEFAULT, HOSTS, Guard

__all__ = ["HOSTS", "Guard", "GuardedAdapter"]


class GuardedAdapter(HTTPAdapter):
    """Checks requests and sends them; ``options`` are passed to the ``HTTPAdapter`` of requests.

    Sending a bad request raises ``InvalidRequestError``.
    """

    __attrs__ = [*HTTPAdapter.__attrs__, "_guard"]  # noqa: RUF012  # what requests keeps when a session is pickled

    def __init__(self, guard: Guard = DEFAULT, **options: Any) -> None:
        super().__init__(**options)
        self._guard = guard

    def send(self, request: PreparedRequest, *args: Any, **kwargs: Any) -> Response:
        """Check the request and send it."""
        return super().send(_released(request, self._guard), *args, **kwargs)


def _released(request: PreparedRequest, guard: Guard) -> PreparedRequest:
    address = urlsplit(request.url or "")
    path = unquote(address.path)
    headers = {
        name.lower(): value.decode("latin-1") if isinstance(value, bytes) else value
        for name, value in request.headers.items()
    }
    body = request.body.encode() if isinstance(request.body, str) else request.body
    # Anything but text and bytes is a stream, which is read once, by whoever sends it.
    if not isinstance(body, bytes) or not guard.watches(request.method or "", address.hostname, path, headers):
        return request
    sent = guard.release(path, headers, body)
    if sent is body:
        return request
    fixed = request.copy()
    fixed.body = sent
    fixed.prepare_content_length(sent)
    return fixed
