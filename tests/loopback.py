"""A server on this machine that answers as Workers AI would, and keeps what arrives, byte for byte."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, BinaryIO

ANSWER = {
    "id": "chatcmpl-1",
    "object": "chat.completion",
    "created": 1_780_000_000,
    "model": "minimax/m2.7",
    "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": "Paris."}}],
    "usage": {"prompt_tokens": 9, "completion_tokens": 2, "total_tokens": 11},
}
CHUNKS = [
    {
        **ANSWER,
        "object": "chat.completion.chunk",
        "choices": [{"index": 0, "finish_reason": end, "delta": {"content": text}}],
    }
    for text, end in (("Par", None), ("is.", "stop"))
]


class Server(ThreadingHTTPServer):
    """Keeps every request as it came in ``arrived`` and counts ``connections``.

    ``statuses`` are those of the next answers, then 200.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.arrived: list[bytes] = []
        self.connections = 0
        self.statuses: list[int] = []

    @property
    def url(self) -> str:
        """Where it is, without a slash at the end."""
        return f"http://127.0.0.1:{self.server_port}"

    def get_request(self) -> Any:
        """Count a connection."""
        accepted = super().get_request()
        self.connections += 1
        return accepted

    def take(self) -> bytes:
        """The one request that has arrived since the last time."""
        (request,) = self.arrived
        self.arrived.clear()
        return request


class _Tee:
    """Reads from a stream, and keeps what it read."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.kept = bytearray()

    def read(self, size: int) -> bytes:
        return self._keep(self._stream.read(size))

    def readline(self, size: int = -1) -> bytes:
        return self._keep(self._stream.readline(size))

    def close(self) -> None:
        self._stream.close()

    def _keep(self, data: bytes) -> bytes:
        self.kept += data
        return data


class _Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1  # an answer is one write

    def setup(self) -> None:
        super().setup()
        self.tee = _Tee(self.rfile)  # type: ignore[arg-type]
        self.rfile = self.tee  # type: ignore[assignment]

    def do_POST(self) -> None:
        body = self._body()
        self.server.arrived.append(bytes(self.tee.kept))
        self.tee.kept.clear()
        status = self.server.statuses.pop(0) if self.server.statuses else 200
        if status == 200 and b'"stream":true' in body.replace(b" ", b""):
            events = [*map(json.dumps, CHUNKS), "[DONE]"]
            self._answer(status, "text/event-stream", "".join(f"data: {event}\n\n" for event in events).encode())
        elif status == 200 and "/ai/run" in self.path:
            self._answer(
                status,
                "application/json",
                json.dumps({"success": True, "errors": [], "messages": [], "result": ANSWER}).encode(),
            )
        else:
            self._answer(
                status, "application/json", json.dumps(ANSWER if status == 200 else {"errors": [{"code": 1}]}).encode()
            )

    do_PUT = do_GET = do_POST

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding") != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length", 0)))
        body = b""
        while size := int(self.rfile.readline(), 16):
            body += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return body

    def _answer(self, status: int, media_type: str, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Retry-After-Ms", "1")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
        self.wfile.flush()

    def log_message(self, format: str, *args: Any) -> None:
        pass


@contextmanager
def serving() -> Iterator[Server]:
    """A server that runs in a thread until the end of the block."""
    server = Server()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
