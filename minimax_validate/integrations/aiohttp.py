"""A guard for clients built on aiohttp: ``ClientSession(middlewares=[middleware()])``."""

from __future__ import annotations

try:
    from aiohttp import BytesPayload, ClientHandlerType, ClientMiddlewareType, ClientRequest, ClientResponse
except ImportError as error:
    raise ImportError(
        f"{__name__} needs aiohttp, 3.12 or newer: pip install 'minimax-validate[aiohttp]'", name="aiohttp"
    ) from error

from minimax_validate.integrations.guard import DEFAULT, HOSTS, Guard

__all__ = ["HOSTS", "Guard", "middleware"]


def middleware(guard: Guard = DEFAULT) -> ClientMiddlewareType:
    """Return a client middleware that checks requests before they are sent.

    Sending a bad request raises ``InvalidRequestError``.
    """

    async def guarded(request: ClientRequest, handler: ClientHandlerType) -> ClientResponse:
        body, url = request.body, request.url
        # Any other payload is a file or a stream, which is read once, by whoever sends it.
        if isinstance(body, BytesPayload) and guard.watches(request.method, url.host, url.path, request.headers):
            content = await body.as_bytes()
            sent = guard.release(url.path, request.headers, content)
            if sent is not content:
                await request.update_body(sent)
        return await handler(request)

    return guarded
