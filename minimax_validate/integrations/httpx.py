"""Guards for clients built on httpx.

``guarded`` for a client that is handed to an SDK, hooks and transports for one of your own.
"""

from __future__ import annotations

try:
    import httpx
except ImportError as error:
    raise ImportError(f"{__name__} needs httpx: pip install 'minimax-validate[httpx]'", name="httpx") from error

from minimax_validate.integrations.guard import DEFAULT, HOSTS, Guard
from minimax_validate.integrations.httpx_like import async_request_hook, guarded, released, request_hook

__all__ = [
    "HOSTS",
    "AsyncGuardedTransport",
    "Guard",
    "GuardedTransport",
    "async_request_hook",
    "guarded",
    "request_hook",
]


class GuardedTransport(httpx.BaseTransport):
    """Sends what may be sent by another transport, ``httpx.HTTPTransport()`` if none is given.

    The last place to look at a request. Raises, when a request is sent: InvalidRequestError, which ``client.send`` lets
    through (but see ``guarded`` for SDKs).
    """

    def __init__(self, transport: httpx.BaseTransport | None = None, guard: Guard = DEFAULT) -> None:
        self._transport = transport or httpx.HTTPTransport()
        self._guard = guard

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Look at the request, and send it."""
        return self._transport.handle_request(released(request, self._guard))

    def close(self) -> None:
        """Close the transport that sends."""
        self._transport.close()


class AsyncGuardedTransport(httpx.AsyncBaseTransport):
    """As ``GuardedTransport``, for an async client; ``httpx.AsyncHTTPTransport()`` if no transport is given."""

    def __init__(self, transport: httpx.AsyncBaseTransport | None = None, guard: Guard = DEFAULT) -> None:
        self._transport = transport or httpx.AsyncHTTPTransport()
        self._guard = guard

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Look at the request, and send it."""
        return await self._transport.handle_async_request(released(request, self._guard))

    async def aclose(self) -> None:
        """Close the transport that sends."""
        await self._transport.aclose()
