"""Guards for clients built on httpx.

Use ``guarded`` for a client that you pass to an SDK. Use it, a hook or a transport for your own client.
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
    """Checks requests and sends them through another transport, by default ``httpx.HTTPTransport()``.

    Sending a bad request raises ``InvalidRequestError``. ``client.send`` does not change this exception, but some SDKs
    do: use ``guarded`` for them.
    """

    def __init__(self, transport: httpx.BaseTransport | None = None, guard: Guard = DEFAULT) -> None:
        self._transport = transport or httpx.HTTPTransport()
        self._guard = guard

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Check the request and send it."""
        return self._transport.handle_request(released(request, self._guard))

    def close(self) -> None:
        """Close the wrapped transport."""
        self._transport.close()


class AsyncGuardedTransport(httpx.AsyncBaseTransport):
    """Like ``GuardedTransport``, for an async client; the default is ``httpx.AsyncHTTPTransport()``."""

    def __init__(self, transport: httpx.AsyncBaseTransport | None = None, guard: Guard = DEFAULT) -> None:
        self._transport = transport or httpx.AsyncHTTPTransport()
        self._guard = guard

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Check the request and send it."""
        return await self._transport.handle_async_request(released(request, self._guard))

    async def aclose(self) -> None:
        """Close the wrapped transport."""
        await self._transport.aclose()
