"""The guard inside the real SDKs: what a caller gets, and what goes over the wire."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any

import cloudflare
import openai
import pytest
from client_requests import BAD, FIXABLE, FIXED, GOOD
from loopback import Server, serving

from minimax_validate import InvalidRequestError
from minimax_validate.integrations import httpx, httpx2
from minimax_validate.integrations.guard import Guard

MODEL = "minimax/m2.7"
LOCAL = frozenset({"127.0.0.1"})
Call = Callable[..., Any]


@pytest.fixture
def server() -> Iterator[Server]:
    """A server of the test's own."""
    with serving() as server:
        yield server


@contextmanager
def opened(name: str, server: Server, guard: Guard | None, **options: Any) -> Iterator[Any]:
    """A client of an SDK, as ``name`` begins, with a guard in it or, without one, with the SDK's own defaults."""
    kind = name.partition(" ")[0]
    lets_in: Any = httpx2.guarded if "openai" in name else httpx.guarded
    defaults = {
        "openai": openai.DefaultHttpxClient,
        "async-openai": openai.DefaultAsyncHttpxClient,
        "cloudflare": cloudflare.DefaultHttpxClient,
        "async-cloudflare": cloudflare.DefaultAsyncHttpxClient,
    }[kind]()
    client = defaults if guard is None else lets_in(defaults, guard)
    account = f"{server.url}/client/v4"
    if "openai" in name:
        options = {"api_key": "key", "base_url": f"{account}/accounts/a/ai/v1", "http_client": client, **options}
    else:
        options = {"api_token": "token", "base_url": account, "http_client": client, **options}
    if kind == "openai":
        with openai.OpenAI(**options) as sdk:
            yield sdk
    elif kind == "cloudflare":
        with cloudflare.Cloudflare(**options) as sdk:
            yield sdk
    else:
        with asyncio.Runner() as runner:
            made: Any = openai.AsyncOpenAI(**options) if "openai" in name else cloudflare.AsyncCloudflare(**options)
            yield _Running(made, runner)
            runner.run(made.close())


class _Running:
    """An async client whose calls are awaited on the spot."""

    def __init__(self, client: Any, runner: asyncio.Runner) -> None:
        self._client = client
        self._runner = runner

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._client, name)
        return _Running(found, self._runner) if not callable(found) or hasattr(found, "create") else self._call(found)

    def _call(self, method: Callable[..., Awaitable[Any]]) -> Call:
        async def awaited(*arguments: Any, **options: Any) -> Any:
            return await method(*arguments, **options)

        return lambda *arguments, **options: self._runner.run(awaited(*arguments, **options))


# Each sends the inputs of a request for the model through an SDK.
SENDERS: dict[str, Callable[[Any, dict[str, Any]], Any]] = {
    "openai chat": lambda sdk, inputs: sdk.chat.completions.create(model=MODEL, **inputs),
    "async-openai chat": lambda sdk, inputs: sdk.chat.completions.create(model=MODEL, **inputs),
    "cloudflare run": lambda sdk, inputs: sdk.ai.run(MODEL, account_id="a", **inputs),
    "async-cloudflare run": lambda sdk, inputs: sdk.ai.run(MODEL, account_id="a", **inputs),
    "cloudflare envelope": lambda sdk, inputs: sdk.post(
        "/accounts/a/ai/run", body={"model": MODEL, "input": inputs}, cast_to=object
    ),
    "async-cloudflare envelope": lambda sdk, inputs: sdk.post(
        "/accounts/a/ai/run", body={"model": MODEL, "input": inputs}, cast_to=object
    ),
    "cloudflare chat": lambda sdk, inputs: sdk.post(
        "/accounts/a/ai/v1/chat/completions", body={"model": MODEL, **inputs}, cast_to=object
    ),
}
every_sender = pytest.mark.parametrize("name", SENDERS)


def sent(name: str, server: Server, guard: Guard | None, inputs: dict[str, Any]) -> bytes:
    """What arrives of a request, byte for byte."""
    with opened(name, server, guard) as sdk:
        SENDERS[name](sdk, inputs)
    return server.take()


@every_sender
def test_bad_request_raises_before_anything_is_sent(name: str, server: Server) -> None:
    """The caller gets ``InvalidRequestError`` itself, after one look, and the server is not even connected to."""
    looks: list[str] = []

    def applies(path: str, _: Any) -> bool:
        looks.append(path)
        return True

    with (
        opened(name, server, Guard(hosts=LOCAL, applies=applies)) as sdk,
        pytest.raises(InvalidRequestError, match="MM110"),
    ):
        SENDERS[name](sdk, BAD)
    assert (len(looks), server.connections, server.arrived) == (1, 0, [])


@every_sender
def test_sdks_default_addresses_are_known(name: str, server: Server) -> None:
    """The paths that SDKs make are those that a guard looks at by default, however they are escaped."""
    with opened(name, server, Guard(hosts=LOCAL)) as sdk, pytest.raises(InvalidRequestError):
        SENDERS[name](sdk, BAD)


@every_sender
def test_good_request_arrives_byte_for_byte(name: str, server: Server) -> None:
    """With the guard the same bytes go over the wire as without it."""
    assert sent(name, server, Guard(hosts=LOCAL), GOOD) == sent(name, server, None, GOOD)


@every_sender
def test_fixed_request_arrives_as_if_it_had_been_sound(name: str, server: Server) -> None:
    """A fixed request is, head and body, what the SDK itself makes of the sound one."""
    assert sent(name, server, Guard("fix", hosts=LOCAL), FIXABLE) == sent(name, server, None, FIXED)


@every_sender
def test_warned_request_arrives_as_it_is(name: str, server: Server, caplog: pytest.LogCaptureFixture) -> None:
    """In the mode ``warn`` a bad request is sent, and the log tells of it."""
    assert sent(name, server, Guard("warn", hosts=LOCAL), BAD) == sent(name, server, None, BAD)
    assert ["MM110" in record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING] == [True]


@every_sender
@pytest.mark.parametrize("guard", [Guard(hosts=LOCAL), Guard("fix", hosts=LOCAL)], ids=["raise", "fix"])
def test_retries_go_on(name: str, server: Server, guard: Guard) -> None:
    """When the server fails, the SDK tries again, and sends the same body again."""
    server.statuses = [500, 429]
    with opened(name, server, guard) as sdk:
        SENDERS[name](sdk, FIXED if guard.mode == "raise" else FIXABLE)
    assert len(server.arrived) == 3
    assert len({request.partition(b"\r\n\r\n")[2] for request in server.arrived}) == 1


@every_sender
def test_other_hosts_pass(name: str, server: Server) -> None:
    """A default guard looks at Cloudflare's hosts alone: a bad request to another arrives as it is."""
    assert sent(name, server, Guard(), BAD) == sent(name, server, None, BAD)


OTHERS: dict[str, Callable[[Any], Any]] = {
    "openai model": lambda sdk: sdk.chat.completions.create(model="gpt-5", **BAD),
    "openai embeddings": lambda sdk: sdk.embeddings.create(model=MODEL, input="Hi", encoding_format="float"),
    "openai responses": lambda sdk: sdk.responses.create(model=MODEL, input="Hi"),
    "openai files": lambda sdk: sdk.files.create(
        file=("a.jsonl", b"{}"), purpose="batch", extra_headers={"content-type": "multipart/form-data; boundary=x"}
    ),
    "openai get": lambda sdk: sdk.models.retrieve("m"),
    "cloudflare model": lambda sdk: sdk.ai.run("@cf/meta/llama-3.1-8b-instruct", account_id="a", **BAD),
    "cloudflare envelope": lambda sdk: sdk.post(
        "/accounts/a/ai/run", body={"model": "openai/gpt-5", "input": BAD}, cast_to=object
    ),
    "cloudflare put": lambda sdk: sdk.put(f"/accounts/a/ai/run/{MODEL}", body=BAD, cast_to=object),
}


@pytest.mark.parametrize("name", OTHERS)
def test_other_traffic_arrives_byte_for_byte(name: str, server: Server) -> None:
    """Other models, endpoints and methods go through the same client as if nothing was there."""
    arrived = []
    for guard in (Guard("fix", hosts=LOCAL), None):
        with opened(name, server, guard) as sdk:
            OTHERS[name](sdk)
        arrived.append(server.take())
    assert arrived[0] == arrived[1]


WAYS: dict[str, Callable[[Any, dict[str, Any]], Any]] = {
    "stream": lambda chat, inputs: "".join(
        chunk.choices[0].delta.content for chunk in chat.completions.create(model=MODEL, stream=True, **inputs)
    ),
    "raw": lambda chat, inputs: (
        chat.completions.with_raw_response.create(model=MODEL, **inputs).parse().choices[0].message.content
    ),
    "streaming response": lambda chat, inputs: _parsed(
        chat.completions.with_streaming_response.create(model=MODEL, **inputs)
    ),
    "extra body": lambda chat, inputs: (
        chat.completions.create(model=MODEL, messages=[], extra_body=inputs).choices[0].message.content
    ),
    "timeout": lambda chat, inputs: (
        chat.completions.create(model=MODEL, timeout=5, **inputs).choices[0].message.content
    ),
    "other options": lambda chat, inputs: (
        chat._client.with_options(max_retries=0)
        .chat.completions.create(model=MODEL, **inputs)
        .choices[0]
        .message.content
    ),
}


def _parsed(manager: Any) -> Any:
    with manager as response:
        return response.parse().choices[0].message.content


@pytest.mark.parametrize("way", WAYS)
def test_every_way_to_call_is_guarded(way: str, server: Server) -> None:
    """Streams, raw responses, bodies with extras and changed options are guarded, and work as without a guard."""
    with opened("openai", server, Guard(hosts=LOCAL)) as sdk:
        with pytest.raises(InvalidRequestError):
            WAYS[way](sdk.chat, BAD)
        assert (server.connections, server.arrived) == (0, [])
        assert WAYS[way](sdk.chat, GOOD) == "Paris."
    guarded = server.take()
    with opened("openai", server, None) as sdk:
        WAYS[way](sdk.chat, GOOD)
    assert server.take() == guarded


def test_async_stream_is_guarded(server: Server) -> None:
    """A stream of an async client is guarded before it begins."""

    async def run() -> str:
        client = httpx2.guarded(openai.DefaultAsyncHttpxClient(), Guard(hosts=LOCAL))
        async with openai.AsyncOpenAI(api_key="key", base_url=f"{server.url}/ai/v1", http_client=client) as sdk:
            with pytest.raises(InvalidRequestError):
                await sdk.chat.completions.create(model=MODEL, stream=True, messages=BAD["messages"])
            assert server.connections == 0
            stream = await sdk.chat.completions.create(
                model=MODEL, stream=True, messages=[{"role": "user", "content": "Hi"}]
            )
            return "".join([chunk.choices[0].delta.content or "" async for chunk in stream])

    assert asyncio.run(run()) == "Paris."


def test_hook_in_an_sdk_sends_nothing_but_is_wrapped(server: Server) -> None:
    """What ``guarded`` is for.

    The SDK takes what a hook raises for a lost connection, though nothing is sent with one either.
    """
    client = cloudflare.DefaultHttpxClient(event_hooks={"request": [httpx.request_hook(Guard(hosts=LOCAL))]})
    sdk = cloudflare.Cloudflare(api_token="token", base_url=server.url, http_client=client, max_retries=0)
    with sdk, pytest.raises(cloudflare.APIConnectionError) as raised:
        SENDERS["cloudflare run"](sdk, BAD)
    assert isinstance(raised.value.__cause__, InvalidRequestError)
    assert (server.connections, server.arrived) == (0, [])
