"""A server on this machine that answers clients as Workers AI would, and keeps what they send.

The first two parts of a path say which SDK sends in which scenario: ``/openai/simple/ai/v1/chat/completions``. What
follows is the path that the SDK made of its base address. A stub of the binding posts its three arguments to
``binding``.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

SAMPLES = {"string": "Oslo", "number": 5, "integer": 5}
"""By the type of an argument: what the model fills in."""
STRUCTURED = json.dumps({"city": "Oslo", "celsius": 5})
TEXT = "Oslo is clear at 5 degrees."
MESSAGE = {
    "role": "assistant",
    "name": "MiniMax AI",
    "audio_content": "",
    "reasoning_content": "The user asks for the weather.",
}
"""What every message of the model carries beside its content and its calls."""
FRAME = {
    "id": "chatcmpl-1",
    "created": 1_780_000_000,
    "model": "minimax/m2.7",
    "usage": {"prompt_tokens": 9, "completion_tokens": 2, "total_tokens": 11},
}


@dataclass(frozen=True)
class Sent:
    """A request that arrived: who sent it where, and its body."""

    sdk: str
    scenario: str
    target: dict[str, Any]
    body: dict[str, Any]


class Server(ThreadingHTTPServer):
    """Keeps every request in ``arrived``."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.arrived: list[Sent] = []

    @property
    def url(self) -> str:
        """Where it is, without a slash at the end."""
        return f"http://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        _, sdk, scenario, path = self.path.split("/", 3)
        sent = _sent(sdk, scenario, f"/{path}", json.loads(self._body()))
        self.server.arrived.append(sent)
        native = "/chat/completions" not in path
        if sent.body.get("stream"):
            self._answer("text/event-stream", _events(native))
        else:
            self._answer("application/json", json.dumps(_answer(sent.body, native)))

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding") != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length", 0)))
        body = b""
        while size := int(self.rfile.readline(), 16):
            body += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return body

    def _answer(self, media_type: str, text: str) -> None:
        content = text.encode()
        self.send_response(200)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

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


def _sent(sdk: str, scenario: str, path: str, body: dict[str, Any]) -> Sent:
    if path == "/binding":
        target = {"binding": "AI.run", "model": body["model"], "options": body["options"]}
        return Sent(sdk, scenario, target, body["inputs"])
    return Sent(sdk, scenario, {"method": "POST", "path": path}, body)


def _answer(body: dict[str, Any], native: bool) -> dict[str, Any]:
    """The whole answer: native ones are wrapped, and repeat their text as older models give it."""
    message = _message(body)
    reason = "tool_calls" if "tool_calls" in message else "stop"
    choices = [{"index": 0, "finish_reason": reason, "message": message}]
    completion = {**FRAME, "object": "chat.completion", "choices": choices}
    if not native:
        return completion
    return {"success": True, "errors": [], "messages": [], "result": {**completion, "response": message["content"]}}


def _message(body: dict[str, Any]) -> dict[str, Any]:
    """A call of a tool that has no result yet, structured output where it is asked for, or else a text."""
    if body.get("tools") and body["messages"][-1]["role"] != "tool":
        return {**MESSAGE, "content": "", "tool_calls": [_call(body["tools"][0]["function"])]}
    return {**MESSAGE, "content": STRUCTURED if body.get("response_format") else TEXT}


def _call(function: dict[str, Any]) -> dict[str, Any]:
    """A call as the model makes it, its place in the list of calls included."""
    properties = function["parameters"]["properties"]
    arguments = json.dumps({name: SAMPLES[schema["type"]] for name, schema in properties.items()})
    called = {"name": function["name"], "arguments": arguments}
    return {"id": "call_function_1", "type": "function", "function": called, "index": 0}


def _events(native: bool) -> str:
    """A stream of two pieces of text."""
    middle = len(TEXT) // 2
    chunks = (_chunk(TEXT[:middle], None, native), _chunk(TEXT[middle:], "stop", native))
    return "".join(f"data: {event}\n\n" for event in (*map(json.dumps, chunks), "[DONE]"))


def _chunk(text: str, reason: str | None, native: bool) -> dict[str, Any]:
    choices = [{"index": 0, "finish_reason": reason, "delta": {"role": "assistant", "content": text}}]
    chunk = {**FRAME, "object": "chat.completion.chunk", "choices": choices}
    return {**chunk, "response": text} if native else chunk
