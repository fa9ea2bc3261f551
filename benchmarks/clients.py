"""What a guard adds to a call of the OpenAI SDK: ``python -m benchmarks.clients``.

The server answers at once from a process of its own, so nothing of its work is counted as the SDK's. Real ones take
seconds. The last row leaves out the network too: what remains is the SDK's work alone, building the request and reading
the answer.
"""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import socketserver
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

import httpx2
import openai

from benchmarks.payloads import conversation
from benchmarks.ratio import HEADER, compare
from minimax_validate.integrations.guard import Guard
from minimax_validate.integrations.httpx_like import guarded

MESSAGE = {"role": "assistant", "content": "Oslo is clear at 5 degrees."}
ANSWER = json.dumps(
    {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1_780_000_000,
        "model": "minimax/m2.7",
        "choices": [{"index": 0, "finish_reason": "stop", "message": MESSAGE}],
        "usage": {"prompt_tokens": 900, "completion_tokens": 9, "total_tokens": 909},
    }
).encode()
GUARD = Guard(hosts=("127.0.0.1",))
REQUEST: Any = {"model": "minimax/m2.7", **conversation(10, 5)}


class _Answer(socketserver.StreamRequestHandler):
    """Reads requests of known length, and answers each with the same."""

    disable_nagle_algorithm = True

    def handle(self) -> None:
        head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(ANSWER)
        length = 0
        while line := self.rfile.readline():
            if line.lower().startswith(b"content-length:"):
                length = int(line.partition(b":")[2])
            elif line == b"\r\n":
                self.rfile.read(length)
                self.wfile.write(head + ANSWER)


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True


def _serve(port: Connection) -> None:
    with _Server(("127.0.0.1", 0), _Answer) as server:
        port.send(server.server_address[1])
        server.serve_forever()


def main() -> None:
    """Print the table."""
    ours, theirs = multiprocessing.Pipe()
    server = multiprocessing.Process(target=_serve, args=(theirs,), daemon=True)
    server.start()
    url = f"http://127.0.0.1:{ours.recv()}/client/v4/accounts/a/ai/v1"
    print(HEADER)

    def row(name: str, plain: Callable[[], object], watched: Callable[[], object]) -> None:
        # Few calls at a time: by itself, over and over, a guard would look several times faster than between other
        # work.
        print(compare(watched, plain, rounds=400, seconds=0.01).row(f"{name}, with a guard / without", 1.05))

    row(
        "sync",
        *(
            _calling(client, url)
            for client in (openai.DefaultHttpxClient(), guarded(openai.DefaultHttpxClient(), GUARD))
        ),
    )
    with asyncio.Runner() as runner:
        clients = openai.DefaultAsyncHttpxClient(), guarded(openai.DefaultAsyncHttpxClient(), GUARD)
        row("async", *(_awaiting(client, url, runner) for client in clients))
        for client in clients:
            runner.run(client.aclose())
    transport = httpx2.MockTransport(
        lambda _: httpx2.Response(200, headers={"Content-Type": "application/json"}, content=ANSWER)
    )
    silent = httpx2.Client(transport=transport), guarded(httpx2.Client(transport=transport), GUARD)
    row("no network", *(_calling(client, url) for client in silent))
    server.terminate()
    server.join()


def _calling(client: httpx2.Client, url: str) -> Callable[[], object]:
    sdk = openai.OpenAI(api_key="key", base_url=url, http_client=client)
    return lambda: sdk.chat.completions.create(**REQUEST)


def _awaiting(client: httpx2.AsyncClient, url: str, runner: asyncio.Runner) -> Callable[[], object]:
    sdk = openai.AsyncOpenAI(api_key="key", base_url=url, http_client=client)
    return lambda: runner.run(sdk.chat.completions.create(**REQUEST))


if __name__ == "__main__":
    main()
