"""A small editor: it starts the language server, and speaks with it over standard input and output."""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PATIENCE = 60
"""Seconds after which an answer is taken for one that never comes."""

PULLS: Mapping[str, Any] = {
    "textDocument": {
        "diagnostic": {"dynamicRegistration": True},
        "codeAction": {"resolveSupport": {"properties": ["edit"]}, "dataSupport": True},
    },
    "workspace": {
        "workspaceEdit": {"documentChanges": True, "resourceOperations": ["create"]},
        "didChangeWatchedFiles": {"dynamicRegistration": True},
        "diagnostics": {"refreshSupport": True},
    },
}
"""What an editor can do that asks for diagnostics itself."""

PUSHED: Mapping[str, Any] = {"textDocument": {"publishDiagnostics": {"relatedInformation": True}}}
"""What an older one can do."""


class AnswerError(Exception):
    """The server answered with an error."""

    def __init__(self, error: dict[str, Any]) -> None:
        super().__init__(error["message"])
        self.code = error["code"]
        self.data = error.get("data")


class Editor:
    """One editor and its server; ``asked`` are the requests that the server made, in their order."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.server = subprocess.Popen(
            [sys.executable, "-m", "minimax_validate", "server", "--stdio"],
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self.asked: list[dict[str, Any]] = []
        self.capabilities: dict[str, Any] = {}
        self._number = 0
        self._versions: dict[str, int] = {}
        self._answers: dict[int, dict[str, Any]] = {}
        self._notes: list[dict[str, Any]] = []
        self._read: queue.Queue[dict[str, Any]] = queue.Queue()
        threading.Thread(target=self._reading, daemon=True).start()

    def uri(self, name: str) -> str:
        """The address of a file in the folder."""
        return (self.folder / name).as_uri()

    def send(self, method: str, params: Any = None, number: int | None = None) -> None:
        """Say something, or ask for it with a number."""
        self._write({"method": method, "params": params} | ({} if number is None else {"id": number}))

    def ask(self, method: str, params: Any = None) -> int:
        """Ask for something, and do not wait; the number is for ``answer``."""
        self._number += 1
        self.send(method, params, self._number)
        return self._number

    def answer(self, number: int) -> Any:
        """What came for a question.

        Raises:
            AnswerError: the server cannot say.
        """
        while number not in self._answers:
            self._take()
        answer = self._answers.pop(number)
        if "error" in answer:
            raise AnswerError(answer["error"])
        return answer["result"]

    def request(self, method: str, params: Any = None) -> Any:
        """Ask, and wait for the answer."""
        return self.answer(self.ask(method, params))

    def note(self, method: str) -> Any:
        """The next thing of a kind that the server says."""
        while True:
            for index, note in enumerate(self._notes):
                if note["method"] == method:
                    return self._notes.pop(index)["params"]
            self._take()

    def initialize(self, capabilities: Mapping[str, Any], encodings: list[str], options: Any = None) -> None:
        """Begin."""
        result = self.request(
            "initialize",
            {
                "processId": None,
                "rootUri": self.folder.as_uri(),
                "workspaceFolders": [{"uri": self.folder.as_uri(), "name": "a"}],
                "capabilities": {**capabilities, "general": {"positionEncodings": encodings}},
                "initializationOptions": options,
            },
        )
        self.capabilities = result["capabilities"]
        self.send("initialized", {})

    def open(self, name: str, text: str, language: str = "json", uri: str | None = None) -> str:
        """Open a text."""
        uri = uri or self.uri(name)
        self._versions[uri] = 1
        self.send(
            "textDocument/didOpen",
            {"textDocument": {"uri": uri, "languageId": language, "version": 1, "text": text}},
        )
        return uri

    def change(self, uri: str, text: str) -> int:
        """Put a new text in the place of an open one; its version."""
        self._versions[uri] += 1
        self.send(
            "textDocument/didChange",
            {"textDocument": {"uri": uri, "version": self._versions[uri]}, "contentChanges": [{"text": text}]},
        )
        return self._versions[uri]

    def pull(self, uri: str, previous: str | None = None) -> Any:
        """The report of a text's diagnostics."""
        return self.request("textDocument/diagnostic", _asking(uri, previous))

    def ask_to_pull(self, uri: str) -> int:
        """Ask for them, and do not wait."""
        return self.ask("textDocument/diagnostic", _asking(uri, None))

    def actions(self, uri: str, place: dict[str, Any], only: list[str] | None = None) -> list[dict[str, Any]]:
        """The actions for a range."""
        context: dict[str, Any] = {"diagnostics": []} | ({"only": only} if only else {})
        found: list[dict[str, Any]] = self.request(
            "textDocument/codeAction", {"textDocument": {"uri": uri}, "range": place, "context": context}
        )
        return found

    def resolve(self, action: dict[str, Any]) -> Any:
        """An action with its edit."""
        return self.request("codeAction/resolve", action)

    def hover(self, uri: str, line: int, character: int) -> Any:
        """What is shown of a place."""
        position = {"line": line, "character": character}
        return self.request("textDocument/hover", {"textDocument": {"uri": uri}, "position": position})

    def end(self) -> str:
        """End the server as editors do; what it wrote to standard error."""
        self.request("shutdown")
        self.send("exit")
        assert self.server.wait(PATIENCE) == 0
        assert self.server.stderr
        return self.server.stderr.read().decode()

    def close(self) -> None:
        """Leave nothing behind."""
        if self.server.poll() is None:
            self.server.kill()
        self.server.wait()
        for stream in (self.server.stdin, self.server.stdout, self.server.stderr):
            if stream:
                stream.close()

    def _write(self, message: dict[str, Any]) -> None:
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.server.stdin
        self.server.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(data), data))
        self.server.stdin.flush()

    def _take(self) -> None:
        message = self._read.get(timeout=PATIENCE)
        if "method" not in message:
            self._answers[message["id"]] = message
        elif "id" in message:
            self.asked.append(message)
            self._write({"id": message["id"], "result": None})
        else:
            self._notes.append(message)

    def _reading(self) -> None:
        stream = self.server.stdout
        assert stream
        try:
            while header := stream.readline():
                length = int(header.removeprefix(b"Content-Length: "))
                while stream.readline().strip():
                    pass
                self._read.put(json.loads(stream.read(length)))
        except ValueError:  # the stream was closed
            return


def _asking(uri: str, previous: str | None) -> dict[str, Any]:
    return {"textDocument": {"uri": uri}, "identifier": "minimax-validate"} | (
        {"previousResultId": previous} if previous else {}
    )


@contextmanager
def editing(
    folder: Path, capabilities: Mapping[str, Any] = PULLS, encodings: tuple[str, ...] = ("utf-16",), options: Any = None
) -> Iterator[Editor]:
    """An editor that has begun, in a folder; whatever happens, the server ends with it."""
    editor = Editor(folder)
    try:
        editor.initialize(capabilities, list(encodings), options)
        yield editor
        assert editor.end() == ""
    finally:
        editor.close()


def applied(text: str, edits: list[dict[str, Any]]) -> str:
    r"""A text with edits made, whose positions are in UTF-16; lines end at ``\n``."""
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)

    def offset(position: dict[str, int]) -> int:
        start = starts[position["line"]]
        line = text[start : starts[position["line"] + 1]]
        return start + len(line.encode("utf-16-le")[: 2 * position["character"]].decode("utf-16-le"))

    places = [(offset(edit["range"]["start"]), offset(edit["range"]["end"]), edit["newText"]) for edit in edits]
    for start, end, new in sorted(places, key=lambda place: place[:2], reverse=True):
        text = text[:start] + new + text[end:]
    return text
