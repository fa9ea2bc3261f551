"""The guard in plain HTTP clients: httpx, httpx2, requests and aiohttp, each in every way it can be put in."""

from __future__ import annotations

import asyncio
import importlib
import io
import logging
import pickle
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import aiohttp
import httpx
import httpx2
import pytest
import requests
from client_requests import BAD, FIXABLE, FIXED, GOOD, encoded
from loopback import Server, serving

from minimax_validate import InvalidRequestError
from minimax_validate.integrations import aiohttp as for_aiohttp
from minimax_validate.integrations import httpx as for_httpx
from minimax_validate.integrations import httpx2 as for_httpx2
from minimax_validate.integrations import requests as for_requests
from minimax_validate.integrations.guard import Guard
from minimax_validate.integrations.httpx_like import released

ROOT = Path(__file__).parents[2]
PATH = "/client/v4/accounts/a/ai/run/minimax/m2.7"
LOCAL = frozenset({"127.0.0.1"})
JSON = {"Content-Type": "application/json"}
Post = Callable[..., None]
"""Posts to a URL with a guard, or without one; the options are those that httpx's ``post`` takes."""


@pytest.fixture
def server() -> Iterator[Server]:
    """A server of the test's own."""
    with serving() as server:
        yield server


def sync_client(library: Any, ours: Any, way: str, guard: Guard | None) -> Any:
    """A client of httpx or httpx2 with a guard put into it in one of the ways."""
    if guard is None:
        return library.Client()
    if way == "guarded":
        return ours.guarded(library.Client(), guard)
    if way == "hook":
        return library.Client(event_hooks={"request": [ours.request_hook(guard)]})
    return library.Client(transport=ours.GuardedTransport(guard=guard))


def async_client(library: Any, ours: Any, way: str, guard: Guard | None) -> Any:
    """As ``sync_client``."""
    if guard is None:
        return library.AsyncClient()
    if way == "guarded":
        return ours.guarded(library.AsyncClient(), guard)
    if way == "hook":
        return library.AsyncClient(event_hooks={"request": [ours.async_request_hook(guard)]})
    return library.AsyncClient(transport=ours.AsyncGuardedTransport(guard=guard))


def posting(library: Any, ours: Any, way: str) -> Post:
    """Posts with a sync client."""

    def post(url: str, guard: Guard | None, **options: Any) -> None:
        with sync_client(library, ours, way, guard) as client:
            assert client.post(url, **options).status_code == 200

    return post


def posting_async(library: Any, ours: Any, way: str) -> Post:
    """Posts with an async client."""

    def post(url: str, guard: Guard | None, **options: Any) -> None:
        async def run() -> None:
            async with async_client(library, ours, way, guard) as client:
                assert (await client.post(url, **options)).status_code == 200

        asyncio.run(run())

    return post


def post_by_requests(url: str, guard: Guard | None, *, content: Any = None, json: Any = None, **options: Any) -> None:
    """Post with a session of requests."""
    with requests.Session() as session:
        if guard is not None:
            session.mount("http://", for_requests.GuardedAdapter(guard))
        assert session.post(url, data=content, json=json, **options).status_code == 200


def post_by_aiohttp(
    url: str, guard: Guard | None, *, content: Any = None, json: Any = None, files: Any = None, **options: Any
) -> None:
    """Post with a session of aiohttp."""

    async def run() -> None:
        middlewares = [] if guard is None else [for_aiohttp.middleware(guard)]
        client = aiohttp.ClientSession(middlewares=middlewares)
        async with client, client.post(url, data=files or content, json=json, **options) as response:
            assert response.status == 200

    asyncio.run(run())


LIBRARIES: dict[str, tuple[Any, Any]] = {"httpx": (httpx, for_httpx), "httpx2": (httpx2, for_httpx2)}
WAYS = ("guarded", "hook", "transport")
POSTS: dict[str, Post] = {
    **{f"{name} {way}": posting(*modules, way) for name, modules in LIBRARIES.items() for way in WAYS},
    **{f"async {name} {way}": posting_async(*modules, way) for name, modules in LIBRARIES.items() for way in WAYS},
    "requests": post_by_requests,
    "aiohttp": post_by_aiohttp,
}
every_post = pytest.mark.parametrize("post", POSTS.values(), ids=POSTS)


@every_post
def test_bad_request_raises_before_anything_is_sent(post: Post, server: Server) -> None:
    """``InvalidRequestError`` comes out of the client as it is, and the server is not even connected to."""
    for options in ({"json": BAD}, {"content": encoded(BAD), "headers": JSON}):
        with pytest.raises(InvalidRequestError, match="MM110"):
            post(server.url + PATH, Guard(hosts=LOCAL), **options)
    assert (server.connections, server.arrived) == (0, [])


@every_post
@pytest.mark.parametrize("escaped", [PATH.replace("minimax/", "minimax%2F"), PATH + "?stream=no", PATH + "/"])
def test_address_is_known_however_it_is_spelled(post: Post, escaped: str, server: Server) -> None:
    """Percent-encoding, a query and a slash at the end do not hide an address."""
    with pytest.raises(InvalidRequestError):
        post(server.url + escaped, Guard(hosts=LOCAL), json=BAD)


@every_post
def test_good_request_arrives_byte_for_byte(post: Post, server: Server) -> None:
    """With the guard the same bytes go over the wire as without it."""
    url = server.url + PATH
    for options in ({"json": GOOD}, {"content": b' {"messages": []} ', "headers": {"Content-Type": "text/plain"}}):
        post(url, Guard("fix", hosts=LOCAL), **options)
        guarded = server.take()
        post(url, None, **options)
        assert server.take() == guarded


@every_post
def test_fixed_request_arrives_as_if_it_had_been_sound(post: Post, server: Server) -> None:
    """A fixed request is, head and body, what the client itself makes of the sound one: lengths and all."""
    url = server.url + PATH
    post(url, Guard("fix", hosts=LOCAL), content=encoded(FIXABLE), headers=JSON)
    fixed = server.take()
    post(url, None, content=encoded(FIXED), headers=JSON)
    assert server.take() == fixed


@every_post
def test_warned_request_arrives_as_it_is(post: Post, server: Server, caplog: pytest.LogCaptureFixture) -> None:
    """In the mode ``warn`` a bad request is sent, and the log tells of it."""
    url = server.url + PATH
    post(url, Guard("warn", hosts=LOCAL), json=BAD)
    warned = server.take()
    post(url, None, json=BAD)
    assert server.take() == warned
    assert ["MM110" in record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING] == [True]


@every_post
def test_bodies_of_other_kinds_arrive_byte_for_byte(post: Post, server: Server) -> None:
    """Forms, compressed bodies and other hosts are none of the guard's business, bad as the body may be."""
    url = server.url + PATH
    cases: list[tuple[Guard, dict[str, Any]]] = [
        (Guard(hosts=LOCAL), {"content": encoded(BAD), "headers": {**JSON, "Content-Encoding": "x-mine"}}),
        (Guard(), {"json": BAD}),
        (Guard(hosts=LOCAL), {"content": b"\x00\xff", "headers": {"Content-Type": "application/octet-stream"}}),
    ]
    for guard, options in cases:
        post(url, guard, **options)
        guarded = server.take()
        post(url, None, **options)
        assert server.take() == guarded


@every_post
def test_multipart_arrives_unread(post: Post, server: Server) -> None:
    """A form with a file is left to the client: the file is read once, when it is sent."""
    post(server.url + PATH, Guard(hosts=LOCAL), files={"messages": _Watched(b"null")})
    assert b"multipart/form-data" in server.arrived[0]


class _Watched(io.BytesIO):
    """A file that must not be read by anything of ours."""

    def read(self, size: int | None = -1) -> bytes:
        _assert_not_ours()
        return super().read(size)


def _assert_not_ours() -> None:
    frame = sys._getframe()
    while frame.f_back is not None:
        frame = frame.f_back
        assert frame.f_code.co_name != "release", "the guard reads a stream"


@pytest.mark.parametrize("name", [name for name in POSTS if "async" not in name and name != "aiohttp"])
def test_streamed_body_arrives_unread(name: str, server: Server) -> None:
    """A body that comes piece by piece is read once, while it is sent, and arrives, bad as it may be."""
    pieces = [encoded(BAD)[:10], encoded(BAD)[10:]]
    read: list[int] = []

    def body() -> Iterator[bytes]:
        for piece in pieces:
            _assert_not_ours()
            read.append(len(piece))
            yield piece

    POSTS[name](server.url + PATH, Guard(hosts=LOCAL), content=body(), headers=JSON)
    assert read == [len(piece) for piece in pieces]
    assert server.take().endswith(b"0\r\n\r\n")


@pytest.mark.parametrize("name", [name for name in POSTS if "async" in name or name == "aiohttp"])
def test_async_streamed_body_arrives_unread(name: str, server: Server) -> None:
    """As above, for clients that take their pieces from an async generator."""
    pieces = [encoded(BAD)[:10], encoded(BAD)[10:]]
    read: list[int] = []

    async def body() -> AsyncIterator[bytes]:
        for piece in pieces:
            read.append(len(piece))
            yield piece

    POSTS[name](server.url + PATH, Guard(hosts=LOCAL), content=body(), headers=JSON)
    assert read == [len(piece) for piece in pieces]
    assert server.take().endswith(b"0\r\n\r\n")


@pytest.mark.parametrize("way", ["hook", "transport"])
@pytest.mark.parametrize("name", LIBRARIES)
def test_requests_built_elsewhere_are_seen_by_hook_and_transport(name: str, way: str, server: Server) -> None:
    """A request that no client built has passed no ``guarded`` client; what sends it looks at it."""
    library, ours = LIBRARIES[name]
    with sync_client(library, ours, way, Guard("fix", hosts=LOCAL)) as client:
        client.send(library.Request("POST", server.url + PATH, json=FIXABLE))
        assert server.take().endswith(encoded(FIXED))
        with pytest.raises(InvalidRequestError):
            client.send(library.Request("POST", server.url + PATH, json=BAD))


@pytest.mark.parametrize("name", LIBRARIES)
def test_transports_wrap_transports(name: str) -> None:
    """A transport sends by the one that it is given, and closes it."""
    library, ours = LIBRARIES[name]
    mock = library.MockTransport(lambda request: library.Response(200, content=request.content))

    async def run() -> bytes:
        async with library.AsyncClient(transport=ours.AsyncGuardedTransport(mock, Guard("fix"))) as client:
            response = await client.post(f"https://api.cloudflare.com{PATH}", json=FIXABLE)
        return bytes(response.content)

    with library.Client(transport=ours.GuardedTransport(mock, Guard("fix"))) as client:
        assert client.post(f"https://api.cloudflare.com{PATH}", json=FIXABLE).content == encoded(FIXED)
    assert asyncio.run(run()) == encoded(FIXED)


@pytest.mark.parametrize("name", LIBRARIES)
def test_fixed_request_keeps_its_extensions(name: str) -> None:
    """What a request carries beside its head and body, such as its timeouts, goes along when it is fixed."""
    library, ours = LIBRARIES[name]
    client = ours.guarded(library.Client(), Guard("fix"))
    with client:
        request = client.build_request(
            "POST", f"https://api.cloudflare.com{PATH}", json=FIXABLE, timeout=7, extensions={"mine": 1}
        )
    assert request.content == encoded(FIXED)
    assert (request.extensions["mine"], request.extensions["timeout"]["read"]) == (1, 7)


@pytest.mark.parametrize("name", LIBRARIES)
def test_healthy_request_is_the_very_same(name: str) -> None:
    """A request that needs nothing is not built anew: whoever holds it holds the one that is sent."""
    library, _ = LIBRARIES[name]
    request = library.Request("POST", f"https://api.cloudflare.com{PATH}", json=GOOD)
    assert released(request, Guard("fix")) is request


def test_requests_takes_text_and_headers_of_bytes(server: Server) -> None:
    """A body of text, and headers given as bytes, are looked at as well, and fixed."""
    text = encoded(FIXABLE).decode()
    post_by_requests(
        server.url + PATH, Guard("fix", hosts=LOCAL), content=text, headers={"Content-Type": b"application/json"}
    )
    assert server.take().endswith(encoded(FIXED))
    post_by_requests(server.url + PATH, Guard(hosts=LOCAL), content=text, headers={"Content-Type": b"text/plain"})
    assert server.take().endswith(encoded(FIXABLE))


def test_guarded_session_can_be_pickled() -> None:
    """A session of requests is often handed to another process, and its guard goes with it."""
    session = requests.Session()
    session.mount("https://", for_requests.GuardedAdapter(Guard("fix")))
    adapter = pickle.loads(pickle.dumps(session)).get_adapter(f"https://api.cloudflare.com{PATH}")
    assert adapter._guard == Guard("fix")


@pytest.mark.parametrize("name", ["httpx", "httpx2", "requests", "aiohttp"])
def test_missing_library_is_named(name: str) -> None:
    """Without the library the module says which extra brings it; the guard itself needs none of them."""
    blocked = f"import sys; sys.modules[{name!r}] = None; "
    code = blocked + f"import minimax_validate.integrations.guard, minimax_validate.integrations.{name}"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False, capture_output=True, text=True)
    assert f"pip install 'minimax-validate[{name}]'" in done.stderr.splitlines()[-1]
    assert done.returncode == 1


def test_guard_loads_no_client() -> None:
    """The core, and what httpx and httpx2 share, load none of the libraries that they are for."""
    code = (
        "import sys; import minimax_validate.integrations.guard, "
        "minimax_validate.integrations.httpx_like; print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True)
    assert not {"httpx", "httpx2", "requests", "aiohttp"} & set(done.stdout.split())


@pytest.mark.parametrize("name", LIBRARIES)
def test_fixed_request_has_no_length_if_it_had_none(name: str) -> None:
    """A request whose length its sender took away is fixed, and gets none."""
    library, _ = LIBRARIES[name]
    request = library.Request("POST", f"https://api.cloudflare.com{PATH}", json=FIXABLE)
    del request.headers["Content-Length"]
    assert released(request, Guard("fix")).content == encoded(FIXED)


def test_missing_pyarrow_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without pyarrow, the module for its tables says which extra brings it."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.delitem(sys.modules, "minimax_validate.integrations.arrow", raising=False)
    with pytest.raises(ImportError, match=r"needs pyarrow: pip install 'minimax-validate\[ray\]'"):
        importlib.import_module("minimax_validate.integrations.arrow")
