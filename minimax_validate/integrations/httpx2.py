"""Guards for clients built on httpx2.

Use ``guarded`` for a client that you pass to an SDK. Use it, a hook or a transport for your own client.
"""

from __future__ import annotations

try:
    import httpx2
except ImportError as error:
    raise ImportError(f"{__name__} needs httpx2: pip install 'minimax-validate[httpx2]'", name="httpx2") from error

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


class GuardedTransport(httpx2.BaseTransport):
    """Checks requests and sends them through another transport, by default ``httpx2.HTTPTransport()``.

    Sending a bad request raises ``InvalidRequestError``. ``client.send`` does not change this exception, but some SDKs
    do: use ``guarded`` for them.
    """

    def __init__(self, transport: httpx2.BaseTransport | None = None, guard: Guard = DEFAULT) -> None:
        self._transport = transport or httpx2.HTTPTransport()
        self._guard = guard

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Check the request and send it."""
        return self._transport.handle_request(released(request, self._guard))

    def close(self) -> None:
        """Close the wrapped transport."""
        self._transport.close()


class AsyncGuardedTransport(httpx2.AsyncBaseTransport):
    """Like ``GuardedTransport``, for an async client; the default is ``httpx2.AsyncHTTPTransport()``."""

    def __init__(self, transport: httpx2.AsyncBaseTransport | None = None, guard: Guard = DEFAULT) -> None:
        self._transport = transport or httpx2.AsyncHTTPTransport()
        self._guard = guard

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Check the request and send it."""
        return await self._transport.handle_async_request(released(request, self._guard))

    async def aclose(self) -> None:
        """Close the wrapped transport."""
        await self._transport.aclose()
