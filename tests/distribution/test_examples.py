"""The examples run as they are, and the documents show them as they are."""

from __future__ import annotations

import asyncio
import json
import re
import runpy
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx
import httpx2
import pytest
from client_requests import BAD, FIXABLE, FIXED, GOOD
from loopback import ANSWER

from minimax_validate import Settings, Severity, Validator, is_valid
from minimax_validate.integrations.guard import Guard

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
ACCOUNT = "https://api.cloudflare.com/client/v4/accounts/account"


@pytest.fixture(autouse=True)
def credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    """What every example finds in its environment."""
    monkeypatch.setenv("CLOUDFLARE_ACCOUNT_ID", "account")
    monkeypatch.setenv("CLOUDFLARE_API_TOKEN", "token")


def answering(library: Any, answer: object) -> tuple[Any, list[Any]]:
    """A transport's method that answers every request, and the requests that came."""
    came: list[Any] = []

    def handle_request(_: object, request: Any) -> Any:
        came.append(request)
        return library.Response(200, json=answer)

    return handle_request, came


def run(name: str, *arguments: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run an example as a program."""
    monkeypatch.setattr(sys, "argv", [name, *arguments])
    runpy.run_path(str(EXAMPLES / name), run_name="__main__")


def test_openai_client_asks(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A sound question is sent to Workers AI, and the answer is printed."""
    handle, came = answering(httpx2, ANSWER)
    monkeypatch.setattr(httpx2.HTTPTransport, "handle_request", handle)
    run("openai_client.py", "What is the capital of France?", monkeypatch=monkeypatch)
    assert capsys.readouterr().out == "Paris.\n"
    (request,) = came
    assert (str(request.url), request.headers["authorization"]) == (f"{ACCOUNT}/ai/v1/chat/completions", "Bearer token")
    assert is_valid(json.loads(request.content))


def test_openai_client_is_guarded(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bad question is not sent, and the program ends with what is wrong with it."""
    monkeypatch.setattr(httpx2.HTTPTransport, "handle_request", lambda *_: pytest.fail("sent"))
    namespace = runpy.run_path(str(EXAMPLES / "openai_client.py"))
    with pytest.raises(SystemExit, match=r"messages\[0\]\.content: MM110"):
        namespace["main"](None)


@pytest.mark.parametrize(("inputs", "sent"), [(GOOD, GOOD), (FIXABLE, FIXED)])
def test_cloudflare_client_sends_what_is_fixed(
    inputs: dict[str, Any],
    sent: dict[str, Any],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A request from a file arrives, mended where that is safe, and the answer is printed."""
    (tmp_path / "request.json").write_text(json.dumps(inputs), "utf-8")
    handle, came = answering(httpx, {"success": True, "errors": [], "messages": [], "result": ANSWER})
    monkeypatch.setattr(httpx.HTTPTransport, "handle_request", handle)
    run("cloudflare_client.py", str(tmp_path / "request.json"), monkeypatch=monkeypatch)
    assert json.loads(capsys.readouterr().out) == ANSWER
    assert [(request.url.path, json.loads(request.content)) for request in came] == [
        ("/client/v4/accounts/account/ai/run/minimax/m2.7", sent)
    ]


def test_cloudflare_client_is_guarded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be mended is not sent, and the program ends with what is wrong with it."""
    (tmp_path / "request.json").write_text(json.dumps(BAD), "utf-8")
    monkeypatch.setattr(httpx.HTTPTransport, "handle_request", lambda *_: pytest.fail("sent"))
    with pytest.raises(SystemExit, match="MM110"):
        run("cloudflare_client.py", str(tmp_path / "request.json"), monkeypatch=monkeypatch)


def post_to_gateway(content: bytes) -> tuple[httpx.Response, list[httpx.Request]]:
    """What the gateway answers, and what it has passed on."""
    passed: list[httpx.Request] = []

    def upstream(request: httpx.Request) -> httpx.Response:
        passed.append(request)
        return httpx.Response(200, json=ANSWER)

    async def post() -> httpx.Response:
        app = runpy.run_path(str(EXAMPLES / "gateway.py"))["gateway"](httpx.MockTransport(upstream))
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://gateway") as client:
            return await client.post("/chat", content=content)

    return asyncio.run(post()), passed


def test_gateway_passes_on_what_is_sound() -> None:
    """A sound request reaches the model byte for byte, and its answer comes back."""
    content = json.dumps(GOOD).encode()
    response, passed = post_to_gateway(content)
    assert (response.status_code, response.json()) == (200, ANSWER)
    assert [(str(request.url), request.content) for request in passed] == [(f"{ACCOUNT}/ai/run/minimax/m2.7", content)]


@pytest.mark.parametrize(
    ("content", "found"),
    [(json.dumps(BAD).encode(), ("MM110", "#/messages/0/content")), (b"[]", ("MM003", "#")), (b"{", ("MM001", "#"))],
)
def test_gateway_answers_with_the_findings(content: bytes, found: tuple[str, str]) -> None:
    """A bad request is answered with problem details, and nothing is passed on."""
    response, passed = post_to_gateway(content)
    assert (response.status_code, response.headers["content-type"]) == (422, "application/problem+json")
    problem = response.json()
    assert [(error["code"], error["pointer"]) for error in problem["errors"]] == [found]
    assert problem["errors"][0]["severity"] == "error"
    assert not passed


class FakeResponse:
    """Stands for the ``Response`` of Workers."""

    def __init__(self, body: str, status: int = 200, headers: dict[str, str] | None = None) -> None:
        self.body, self.status, self.headers = body, status, headers or {}

    @staticmethod
    def json(data: object) -> FakeResponse:
        """As in Workers."""
        return FakeResponse(json.dumps(data), headers={"content-type": "application/json"})


class FakeBinding:
    """Stands for ``env.AI``, and for ``env``."""

    def __init__(self) -> None:
        self.runs: list[tuple[str, object]] = []
        self.AI = self

    async def run(self, model: str, inputs: object) -> object:
        """Answer, and keep what was asked."""
        self.runs.append((model, inputs))
        return ANSWER


class FakeEntrypoint:
    """Stands for ``WorkerEntrypoint``."""

    def __init__(self, env: FakeBinding) -> None:
        self.env = env


class FakeRequest:
    """Stands for the ``Request`` of Workers."""

    def __init__(self, text: str) -> None:
        self._text = text

    async def text(self) -> str:
        """The body."""
        return self._text


@pytest.fixture
def fetch(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], tuple[FakeResponse, FakeBinding]]:
    """Hands a body to the Worker, and gives its answer and what became of ``env.AI``."""
    workers = ModuleType("workers")
    vars(workers).update(Response=FakeResponse, WorkerEntrypoint=FakeEntrypoint)
    monkeypatch.setitem(sys.modules, "workers", workers)
    worker = runpy.run_path(str(EXAMPLES / "worker" / "src" / "entry.py"))["Default"]

    def fetch(body: str) -> tuple[FakeResponse, FakeBinding]:
        env = FakeBinding()
        return asyncio.run(worker(env).fetch(FakeRequest(body))), env

    return fetch


def test_worker_asks_the_model(fetch: Callable[[str], tuple[FakeResponse, FakeBinding]]) -> None:
    """A sound request goes to ``env.AI.run`` as it is."""
    response, env = fetch(json.dumps(GOOD))
    assert (response.status, json.loads(response.body)) == (200, ANSWER)
    assert env.runs == [("minimax/m2.7", GOOD)]


@pytest.mark.parametrize(("body", "status"), [(json.dumps(BAD), 422), ("{", 400), ("", 400)])
def test_worker_refuses(body: str, status: int, fetch: Callable[[str], tuple[FakeResponse, FakeBinding]]) -> None:
    """A bad request is answered with problem details, and ``env.AI`` is left alone."""
    response, env = fetch(body)
    assert (response.status, response.headers) == (status, {"content-type": "application/problem+json"})
    errors = json.loads(response.body)["errors"]
    if status == 422:
        assert [(error["code"], error["pointer"]) for error in errors] == [("MM110", "#/messages/0/content")]
    assert len(errors) == 1
    assert not env.runs


def test_worker_is_configured() -> None:
    """The configuration starts the Worker that is there, with the binding that it uses."""
    configuration = json.loads((EXAMPLES / "worker" / "wrangler.jsonc").read_text("utf-8"))
    assert (EXAMPLES / "worker" / configuration["main"]).is_file()
    assert configuration["ai"] == {"binding": "AI"}
    assert "python_workers" in configuration["compatibility_flags"]


def test_guards_of_the_page_can_be_made() -> None:
    """Every guard that the page of clients shows is one that can be had, and they are different ones."""
    shown = re.findall(r"`(Guard\([^`]*\))`", (ROOT / "docs" / "clients.md").read_text("utf-8"))
    names = {"Guard": Guard, "Settings": Settings, "Severity": Severity, "Validator": Validator}
    guards = [eval(code, names) for code in shown]
    assert [guard.mode for guard in guards] == ["raise", "raise", "warn", "fix", "raise", "raise"]
    assert guards[4].applies("/chat", {})
    assert guards[5].validator.settings.contract == "2026-05"
