"""How long an editor waits: from the start of the language server, and from a keystroke to its diagnostics."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

KEYSTROKES = 41


class Wire:
    """A server, and no more of an editor than it takes to ask."""

    def __init__(self, folder: Path) -> None:
        command = [sys.executable, "-m", "minimax_validate", "server"]
        self._server = subprocess.Popen(command, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def send(self, **message: Any) -> None:
        """Send one message."""
        data = json.dumps({"jsonrpc": "2.0", **message}, ensure_ascii=False).encode()
        assert self._server.stdin
        self._server.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(data), data))
        self._server.stdin.flush()

    def wait(self, is_it: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """The first message of a kind; those before it are dropped."""
        stream = self._server.stdout
        assert stream
        while True:
            length = int(stream.readline().split()[1])
            while stream.readline().strip():
                pass
            message: dict[str, Any] = json.loads(stream.read(length))
            if is_it(message):
                return message

    def end(self) -> None:
        """End the server."""
        self.send(id=-1, method="shutdown")
        self.wait(lambda message: message.get("id") == -1)
        self.send(method="exit")
        self._server.wait()
        for stream in (self._server.stdin, self._server.stdout):
            if stream:
                stream.close()


@contextmanager
def started(capabilities: dict[str, Any]) -> Iterator[Wire]:
    """A server that has begun."""
    with tempfile.TemporaryDirectory() as folder:
        wire = Wire(Path(folder))
        wire.send(id=0, method="initialize", params={"processId": None, "rootUri": None, "capabilities": capabilities})
        wire.wait(lambda message: message.get("id") == 0)
        wire.send(method="initialized", params={})
        yield wire
        wire.end()


def start() -> float:
    """Seconds from the start of the process to its first answer."""
    begin = time.perf_counter()
    with started({}):
        return time.perf_counter() - begin


def keystrokes(text: str, *, pulls: bool) -> float:
    """Seconds from a keystroke to the diagnostics of the new text, the median; each makes another text."""
    uri = "file:///a.json"
    taken = []
    with started({"textDocument": {"diagnostic": {}}} if pulls else {}) as wire:
        document = {"uri": uri, "languageId": "json", "version": 0, "text": text}
        wire.send(method="textDocument/didOpen", params={"textDocument": document})
        if not pulls:
            wire.wait(lambda message: message.get("method") == "textDocument/publishDiagnostics")
        for version in range(1, KEYSTROKES + 1):
            changes = [{"text": text.replace("lorem", f"lorem {version}", 1)}]
            begin = time.perf_counter()
            identifier = {"uri": uri, "version": version}
            wire.send(method="textDocument/didChange", params={"textDocument": identifier, "contentChanges": changes})
            if pulls:
                wire.send(id=version, method="textDocument/diagnostic", params={"textDocument": {"uri": uri}})
                wire.wait(partial(_answers, version))
            else:
                wire.wait(lambda message: message.get("method") == "textDocument/publishDiagnostics")
            taken.append(time.perf_counter() - begin)
    return median(taken)


def _answers(version: int, message: dict[str, Any]) -> bool:
    return message.get("id") == version


def request(size: int) -> dict[str, Any]:
    """A conversation with tool calls of about so many characters of JSON, with three mistakes in it."""
    messages: list[dict[str, Any]] = [{"role": "system", "content": "You are a careful assistant."}]
    length = 0
    while length < size:
        number = len(messages)
        call = {"id": f"c{number}", "type": "function", "function": {"name": "look_up", "arguments": "{}"}}
        turn: list[dict[str, Any]] = [
            {"role": "user", "content": f"😀 What of {number}? " + "lorem ipsum dolor sit amet " * 12},
            {"role": "assistant", "content": "", "tool_calls": [call]},
            {"role": "tool", "tool_call_id": f"c{number}", "content": "forty-two " * 20},
        ]
        messages += turn
        length += len(json.dumps(turn, ensure_ascii=False))
    messages[-1]["tool_call_id"] = "other"
    messages[2]["content"] = None
    return {"messages": messages, "temperature": 3}


def main() -> None:
    """Print all figures."""
    print(f"start to the first answer: {median(start() for _ in range(5)):.2f} s")
    print(f"{'a keystroke to its diagnostics':<40}{'asked for':>12}{'sent':>12}")
    for size, name in ((1_600, "2 KB"), (500_000, "500 KB")):
        for indent, layout in ((2, "indented"), (None, "on one line")):
            text = json.dumps(request(size), indent=indent, ensure_ascii=False)
            figures = [keystrokes(text, pulls=pulls) for pulls in (True, False)]
            shown = "".join(f"{figure * 1000:>9.1f} ms" for figure in figures)
            print(f"{f'{name} {layout} ({len(text.encode()):,} bytes)':<40}{shown}")


if __name__ == "__main__":
    main()
