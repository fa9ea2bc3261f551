"""Nothing that a request names is ever fetched: no reference of a schema, no image, by no engine."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn
from unittest import mock

import pytest

from minimax_validate import Settings, Validator
from minimax_validate.json_schema.contract.reference import ReferenceContract

KEYWORDS = ("$ref", "$dynamicRef", "$schema", "$id", "$recursiveRef")


@pytest.fixture
def listener() -> Iterator[tuple[str, list[bytes]]]:
    """The address of a server on this machine, and what it was asked; it answers with a schema that takes nothing."""
    asked: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        over = threading.Event()

        def serve() -> None:
            while not over.is_set():
                try:
                    connection, _ = server.accept()
                except TimeoutError:
                    continue
                with connection:
                    asked.append(connection.recv(1000))
                    connection.sendall(b"HTTP/1.0 200 OK\r\nContent-Type: application/schema+json\r\n\r\nfalse")

        thread = threading.Thread(target=serve)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/schema.json", asked
        over.set()
        thread.join()


def requests_with(address: str) -> Iterator[dict[str, Any]]:
    """Requests that name an address wherever something could be fetched from it."""
    for keyword in KEYWORDS:
        for schema in (
            {keyword: address},
            {"type": "object", "properties": {"city": {keyword: address}}},
            {"type": "object", "properties": {"city": {"anyOf": [{"type": "null"}, {keyword: f"{address}#/a"}]}}},
            {"$id": address, "type": "object", "properties": {"city": {keyword: "other.json"}}},
        ):
            function = {"name": "find", "description": "Find it.", "parameters": schema}
            call = {"id": "a", "type": "function", "function": {"name": "find", "arguments": '{"city": "Oslo"}'}}
            yield {
                "messages": [
                    {"role": "user", "content": [{"type": "image_url", "image_url": {"url": address}}]},
                    {"role": "assistant", "content": "", "tool_calls": [call]},
                    {"role": "tool", "tool_call_id": "a", "content": address},
                ],
                "tools": [{"type": "function", "function": function}],
                "response_format": {
                    "type": "json_schema",
                    "json_schema": {"name": "answer", "schema": {"properties": {"city": {keyword: address}}}},
                },
            }


def validators() -> tuple[Validator, ...]:
    """A validator on each engine, with all rules."""
    settings = Settings(select=("ALL",))
    with mock.patch("minimax_validate.engine.validator.contract", ReferenceContract):
        reference = Validator(settings)
    return Validator(settings), reference


def test_nobody_is_asked(listener: tuple[str, list[bytes]]) -> None:
    """A server that references lead to is asked nothing, whatever the engine is made of."""
    address, asked = listener
    for validator in validators():
        for payload in requests_with(address):
            assert validator.check(payload).diagnostics
    assert asked == []


def test_with_the_network_sealed_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where each use of a socket raises, checks find what they find elsewhere."""
    payloads = list(requests_with("https://example.com/schema.json"))
    expected = [[validator.check(payload) for payload in payloads] for validator in validators()]

    def refuse(*_: object, **__: object) -> NoReturn:
        raise AssertionError("the network is used")

    for name in ("socket", "create_connection", "getaddrinfo", "gethostbyname"):
        monkeypatch.setattr(socket, name, refuse)
    assert [[validator.check(payload) for payload in payloads] for validator in validators()] == expected


def test_no_file_is_read(tmp_path: Path) -> None:
    """A reference to a file says the same whether the file is there, takes nothing, or is missing."""
    there = tmp_path / "schema.json"
    addresses = (there.as_uri(), (tmp_path / "absent.json").as_uri())
    for text in ("false", '{"type": "integer"}'):
        there.write_text(text, "utf-8")
        for validator in validators():
            there_is, there_is_not = (
                [
                    [(found.code, found.pointer) for found in validator.check(payload).diagnostics]
                    for payload in payloads
                ]
                for payloads in map(requests_with, addresses)
            )
            assert there_is == there_is_not


@pytest.mark.slow
def test_in_a_network_of_its_own(tmp_path: Path) -> None:
    """The command says the same in a process without any network."""
    unshare = shutil.which("unshare")
    sealed = [unshare, "--net"] if unshare else []
    if not sealed or subprocess.run([*sealed, "true"], capture_output=True, check=False).returncode:
        pytest.skip("this user cannot take a process off the network")
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps(each) + "\n" for each in requests_with("https://example.com/a.json")), "utf-8")
    command = [sys.executable, "-m", "minimax_validate", "check", str(path), "--select", "ALL"]
    within, without = (
        subprocess.run([*before, *command], capture_output=True, check=False, timeout=120) for before in (sealed, [])
    )
    assert within.returncode == without.returncode == 1
    assert within.stdout == without.stdout
