"""What httpx and httpx2 have in common.

Clients that build requests, hooks that are shown them, transports that send them. Neither is imported here, so that one
of them is enough.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Protocol, TypeVar

from minimax_validate.integrations.guard import DEFAULT, Guard


class Url(Protocol):
    """What is read of an address; ``path`` is percent-decoded."""

    @property
    def host(self) -> str:
        """The host, without port."""
        ...

    @property
    def path(self) -> str:
        """The path, percent-decoded."""
        ...


class Request(Protocol):
    """What is read of a request."""

    method: str

    @property
    def url(self) -> Url:
        """Where it is sent."""
        ...

    @property
    def headers(self) -> MutableMapping[str, str]:
        """What is said of it; names do not mind case."""
        ...

    @property
    def content(self) -> bytes:
        """Its body; raises RuntimeError for one that is a stream."""
        ...


class Client(Protocol):
    """What is changed of a client."""

    def build_request(self, *args: Any, **kwargs: Any) -> Any:
        """Make a request of what a caller gives."""
        ...


AnyClient = TypeVar("AnyClient", bound=Client)
AnyRequest = TypeVar("AnyRequest", bound=Request)


def guarded(client: AnyClient, guard: Guard = DEFAULT) -> AnyClient:
    """Change a sync or async client so that it checks each request when it builds it, and return the client.

    Use this for a client that you pass to an SDK. An SDK builds a request and then sends it inside a ``try``
    statement. Cloudflare's SDK and older OpenAI SDKs treat every exception in it as a connection failure, try again,
    and raise their own exception. A request is built outside of that statement, so ``InvalidRequestError`` reaches the
    caller immediately and unchanged.

    A request that was built elsewhere and passed to ``client.send`` is not checked. Use a hook or a transport for it.
    """
    build = client.build_request

    def build_request(*args: Any, **kwargs: Any) -> Any:
        return released(build(*args, **kwargs), guard)

    client.build_request = build_request  # type: ignore[method-assign]  # SDKs insist on a client of httpx's own class
    return client


def request_hook(guard: Guard = DEFAULT) -> Callable[[Any], None]:
    """Return a hook for ``event_hooks={"request": [...]}`` of a client.

    The hook checks every request that is sent, redirected requests too. It raises ``InvalidRequestError`` for a bad
    request. ``client.send`` does not change this exception, but some SDKs do: use ``guarded`` for them.
    """

    def hook(request: Any) -> None:
        _replace(request, released(request, guard))

    return hook


def async_request_hook(guard: Guard = DEFAULT) -> Callable[[Any], Awaitable[None]]:
    """Like ``request_hook``, for an async client."""

    async def hook(request: Any) -> None:
        _replace(request, released(request, guard))

    return hook


def released(request: AnyRequest, guard: Guard) -> AnyRequest:
    """The request that may be sent: this one, or one like it whose body is fixed.

    Raises:
        InvalidRequestError: none may.
    """
    url, headers = request.url, request.headers
    if not guard.watches(request.method, url.host, url.path, headers):
        return request
    try:
        body = request.content
    except RuntimeError:  # RequestNotRead: a stream is read once, by whoever sends it
        return request
    sent = guard.release(url.path, headers, body)
    return request if sent is body else _with_body(request, sent)


def _with_body(request: Any, body: bytes) -> Any:
    headers = request.headers.copy()
    if "content-length" in headers:
        headers["Content-Length"] = str(len(body))
    return type(request)(request.method, request.url, headers=headers, content=body, extensions=request.extensions)


def _replace(request: Any, other: Any) -> None:
    """Make a request the other one: a hook can change the request that it is shown, but not send another."""
    if other is not request:
        vars(request).update(vars(other))
