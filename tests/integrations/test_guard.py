"""The guard itself, without any HTTP library: what it looks at, and what becomes of it."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest
from client_requests import BAD, FIXABLE, FIXED, GOOD, encoded
from hypothesis import given
from hypothesis import strategies as st

from minimax_validate import InvalidRequestError, Settings, Severity, Validator, fix, is_valid
from minimax_validate.integrations.guard import HOSTS, Guard
from minimax_validate.strategies import faulty_requests, requests
from minimax_validate.texts.document import ABSENT

CHAT = "/client/v4/accounts/a/ai/v1/chat/completions"
RUN = "/client/v4/accounts/a/ai/run"
JSON = {"content-type": "application/json"}


def release(
    payload: object,
    path: str = f"{RUN}/minimax/m2.7",
    guard: Guard | None = None,
    headers: dict[str, str] | None = None,
) -> bytes:
    """What a guard lets through in place of a payload."""
    body = payload if isinstance(payload, bytes) else encoded(payload)
    return (guard or Guard()).release(path, JSON if headers is None else headers, body)


@pytest.mark.parametrize(
    ("host", "path"),
    [
        ("api.cloudflare.com", CHAT),
        ("api.cloudflare.com", f"{CHAT}/"),
        ("api.cloudflare.com", RUN),
        ("api.cloudflare.com", f"{RUN}/minimax/m2.7"),
        ("gateway.ai.cloudflare.com", "/v1/account/gateway"),
        ("gateway.ai.cloudflare.com", "/v1/account/gateway/"),
        ("gateway.ai.cloudflare.com", "/v1/account/gateway/compat/chat/completions"),
        ("gateway.ai.cloudflare.com", "/v1/account/gateway/workers-ai/minimax/m2.7"),
        ("gateway.ai.cloudflare.com", "/v1/account/gateway/workers-ai/v1/chat/completions"),
    ],
)
def test_known_addresses_are_watched(host: str, path: str) -> None:
    """A guard looks at what is posted to each address that Cloudflare serves the model at."""
    assert Guard().watches("POST", host, path, JSON)


@pytest.mark.parametrize(
    ("method", "host", "path", "headers"),
    [
        ("GET", "api.cloudflare.com", CHAT, JSON),
        ("PUT", "api.cloudflare.com", CHAT, JSON),
        ("POST", "api.openai.com", CHAT, JSON),
        ("POST", "api.cloudflare.com.evil.example", CHAT, JSON),
        ("POST", "", CHAT, JSON),
        ("POST", None, CHAT, JSON),
        ("POST", "api.cloudflare.com", "/client/v4/accounts/a/ai/v1/embeddings", JSON),
        ("POST", "api.cloudflare.com", "/client/v4/accounts/a/ai/v1/responses", JSON),
        ("POST", "api.cloudflare.com", f"{RUN}/@cf/meta/llama-3.1-8b-instruct", JSON),
        ("POST", "api.cloudflare.com", f"{RUN}/minimax/m2x7", JSON),
        ("POST", "api.cloudflare.com", f"{RUN}/minimax/m2.7-lightning", JSON),
        ("POST", "api.cloudflare.com", "/client/v4/zones", JSON),
        ("POST", "gateway.ai.cloudflare.com", "/v1/account/gateway/openai/responses", JSON),
        ("POST", "api.cloudflare.com", CHAT, {"content-type": "multipart/form-data; boundary=x"}),
        ("POST", "api.cloudflare.com", CHAT, {"content-type": "application/octet-stream"}),
        ("POST", "api.cloudflare.com", CHAT, {"content-type": "application/jsonl"}),
        ("POST", "api.cloudflare.com", CHAT, {**JSON, "content-encoding": "gzip"}),
    ],
)
def test_everything_else_passes_unread(method: str, host: str | None, path: str, headers: dict[str, str]) -> None:
    """Another method, host, path or kind of body is none of the guard's business."""
    assert not Guard().watches(method, host, path, headers)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        JSON,
        {"content-type": "Application/JSON; charset=utf-8"},
        {"content-type": "application/vnd.api+json"},
        {**JSON, "content-encoding": "identity"},
    ],
)
def test_json_is_known_by_its_media_type(headers: dict[str, str]) -> None:
    """JSON in any spelling of its media type is looked at, and so is a body without one.

    Curl and many scripts send none.
    """
    assert Guard().watches("POST", "api.cloudflare.com", CHAT, headers)


@pytest.mark.parametrize(
    ("path", "payload", "pointer"),
    [
        (f"{RUN}/minimax/m2.7", BAD, ("messages", 0, "content")),
        (f"{RUN}/minimax/m2.7/", BAD, ("messages", 0, "content")),
        (CHAT, {"model": "minimax/m2.7", **BAD}, ("messages", 0, "content")),
        (RUN, {"model": "minimax/m2.7", "input": BAD}, ("input", "messages", 0, "content")),
        (
            "/v1/a/g",
            [{"provider": "workers-ai", "endpoint": "minimax/m2.7", "query": BAD}],
            (0, "query", "messages", 0, "content"),
        ),
        (
            "/v1/a/g",
            [
                {"provider": "openai", "endpoint": "chat/completions", "query": {"model": "gpt-5", **BAD}},
                {"provider": "compat", "endpoint": "chat/completions", "query": {"model": "minimax/m2.7", **BAD}},
            ],
            (1, "query", "messages", 0, "content"),
        ),
    ],
)
def test_bad_request_raises(path: str, payload: object, pointer: tuple[str | int, ...]) -> None:
    """A bad request raises wherever its model is named, and its findings point into the body as it is sent."""
    with pytest.raises(InvalidRequestError) as raised:
        release(payload, path)
    assert [(diagnostic.code, diagnostic.pointer) for diagnostic in raised.value.report.diagnostics] == [
        ("MM110", pointer)
    ]


def test_array_is_no_request() -> None:
    """Only a gateway takes arrays: where the path names the model, one is a bad request."""
    with pytest.raises(InvalidRequestError, match="MM003"):
        release([GOOD])


@pytest.mark.parametrize(
    ("path", "payload"),
    [
        (CHAT, {"model": "gpt-5", **BAD}),
        (CHAT, {"model": "minimax/m3", **BAD}),
        (CHAT, {"model": ["minimax/m2.7"], **BAD}),
        (CHAT, BAD),
        (CHAT, "minimax/m2.7"),
        (CHAT, None),
        (CHAT, []),
        (RUN, {"model": "@cf/meta/llama-3.1-8b-instruct", "input": BAD}),
        ("/v1/a/g", [{"provider": "workers-ai", "endpoint": "@cf/meta/llama-3.1-8b-instruct", "query": BAD}]),
        ("/v1/a/g", [{"provider": "workers-ai", "endpoint": "not-minimax/m2.7", "query": BAD}]),
        (
            "/v1/a/g",
            [{"provider": "workers-ai", "endpoint": "minimax/m2.7"}, 7, {"query": BAD}, {"endpoint": 7, "query": BAD}],
        ),
        (CHAT, b"{"),
        (CHAT, b'{"model": "minimax/m2.7", "messages": [\xff]}'),
        (CHAT, b""),
    ],
)
@pytest.mark.parametrize("mode", ["raise", "fix"])
def test_requests_for_other_models_pass(path: str, payload: object, mode: Any) -> None:
    """What is not known to be for the model passes as the very same object, however bad it is."""
    body = payload if isinstance(payload, bytes) else encoded(payload)
    assert Guard(mode).release(path, JSON, body) is body


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b'{"messages": [', "MM001"),
        (b'{"messages": "\xff"}', "MM002"),
        (b"[" * 100_000, "MM006"),
        (b'{"messages": [], "top_p": NaN}', "MM005"),
    ],
)
@pytest.mark.parametrize("mode", ["raise", "fix"])
def test_body_that_is_no_json_raises(body: bytes, code: str, mode: Any) -> None:
    """A text that cannot be read raises where the path says that it is for the model."""
    with pytest.raises(InvalidRequestError) as raised:
        release(body, guard=Guard(mode))
    assert code in {diagnostic.code for diagnostic in raised.value.report.diagnostics}


@pytest.mark.parametrize("mode", ["raise", "warn", "fix"])
def test_healthy_bodies_are_not_touched(mode: Any, caplog: pytest.LogCaptureFixture) -> None:
    """A healthy body passes as the very same object, and nothing is said of it."""
    caplog.set_level(logging.DEBUG)
    body = b' {"messages":\t[{"role": "user", "content": "\\u0048i"}]}\n'
    assert Guard(mode).release(f"{RUN}/minimax/m2.7", JSON, body) is body
    assert not caplog.records


def test_slow_reading_decides_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the fast parser is not installed, the same is let through and the same raises."""
    monkeypatch.setattr("minimax_validate.integrations.guard.orjson", None)
    body = encoded(GOOD)
    assert release(body) is body
    assert release(FIXABLE, guard=Guard("fix")) == encoded(FIXED)
    with pytest.raises(InvalidRequestError, match="MM110"):
        release(BAD)


def test_warnings_do_not_raise() -> None:
    """A request with warnings alone is sent: only errors stop one, and what is an error is the settings' choice."""
    warned = {"messages": [{"role": "system", "content": "Be brief."}]}
    assert release(warned) == encoded(warned)
    with pytest.raises(InvalidRequestError):
        release(
            warned,
            guard=Guard(validator=Validator(Settings(select=("MM111", "MM505"), severities={"MM505": Severity.ERROR}))),
        )


def test_settings_are_the_callers() -> None:
    """A validator of the caller's own decides what is wrong."""
    assert release(BAD, guard=Guard(validator=Validator(Settings(ignore=("MM110",))))) == encoded(BAD)


def test_warn_sends_and_logs(caplog: pytest.LogCaptureFixture) -> None:
    """In the mode ``warn`` a bad body passes as the very same object, and the log has every finding."""
    body = encoded(BAD)
    assert release(body, guard=Guard("warn")) is body
    (record,) = caplog.records
    assert (record.name, record.levelname) == ("minimax_validate.integrations.guard", "WARNING")
    assert record.getMessage() == (
        "the request would be rejected or misinterpreted:\n"
        "messages[0].content: MM110 error: content is null; it must be a string or an array of parts"
    )


def test_fix_sends_what_is_fixed_and_logs(caplog: pytest.LogCaptureFixture) -> None:
    """In the mode ``fix`` safe fixes are made, the rest of the body stays, and the log tells what was done."""
    caplog.set_level(logging.INFO)
    payload = {**FIXABLE, "seed": 2**70, "temperature": 0.1}
    assert release(payload, guard=Guard("fix")) == encoded({**FIXED, "seed": 2**70, "temperature": 0.1})
    (record,) = caplog.records
    assert record.levelname == "INFO"
    assert "messages[1].tool_calls[0].index: MM116" in record.getMessage()


def test_only_fix_fixes() -> None:
    """What a safe fix would mend raises all the same, or is sent as it is, unless fixes are asked for."""
    with pytest.raises(InvalidRequestError, match="MM116"):
        release(FIXABLE)
    body = encoded(FIXABLE)
    assert release(body, guard=Guard("warn")) is body


def test_fix_mends_what_is_only_warned_of() -> None:
    """A request without errors is fixed too, where that is safe."""
    assert release({**GOOD, "stream_options": {"include_usage": True}}, guard=Guard("fix")) == encoded(GOOD)


def test_fix_raises_for_what_is_left() -> None:
    """What no safe fix mends raises, with the findings that are left alone."""
    both = {"messages": [*FIXABLE["messages"], BAD["messages"][0]]}
    with pytest.raises(InvalidRequestError) as raised:
        release(both, guard=Guard("fix"))
    assert [diagnostic.code for diagnostic in raised.value.report.diagnostics] == ["MM110"]


def test_fix_mends_the_steps_of_a_gateway() -> None:
    """In an array of steps those for the model are fixed, in their places, and no other is changed."""
    other = {"provider": "openai", "endpoint": "chat/completions", "query": {"model": "gpt-5", **FIXABLE}}
    steps = [other, {"provider": "workers-ai", "endpoint": "minimax/m2.7", "query": FIXABLE}]
    assert release(steps, "/v1/a/g", Guard("fix")) == encoded([other, {**steps[1], "query": FIXED}])


def test_fix_mends_the_input_of_an_envelope() -> None:
    """In an envelope the input is fixed, and what is around it stays."""
    assert release({"model": "minimax/m2.7", "input": FIXABLE}, RUN, Guard("fix")) == encoded(
        {"model": "minimax/m2.7", "input": FIXED}
    )


@pytest.mark.parametrize(
    "seal", ["Content-MD5", "Digest", "Content-Digest", "Repr-Digest", "Signature", "X-Amz-Content-Sha256"]
)
def test_sealed_bodies_are_not_fixed(seal: str) -> None:
    """A body whose digest or signature travels with it is not changed under it: what could be fixed raises."""
    with pytest.raises(InvalidRequestError):
        release(FIXABLE, guard=Guard("fix"), headers={**JSON, seal.lower(): "..."})


@pytest.mark.parametrize("bad", [b"NaN", b'"\\ud800"', b"1e999"])
def test_what_is_not_fixed_stays_to_the_byte(bad: bytes) -> None:
    """Beside a request that is fixed stands another step's, which JSON could not even hold.

    It is sent as it was written.
    """
    body = b'[ {"endpoint":"minimax/m2.7","query":%s}, {"endpoint":"x", "query":' + bad + b"}]"
    assert release(body.replace(b"%s", encoded(FIXABLE)), "/v1/a/g", Guard("fix")) == body.replace(
        b"%s", encoded(FIXED)
    )


def test_bodies_with_a_key_given_twice_are_not_fixed() -> None:
    """What is wrong with a text itself is no fix's to mend."""
    with pytest.raises(InvalidRequestError):
        release(encoded(FIXABLE)[:-1] + b',"seed":1,"seed":2}', guard=Guard("fix"))


def test_predicate_of_ones_own() -> None:
    """With ``applies`` the caller says which bodies are for the model, and with ``hosts`` where they are sent."""
    seen: list[tuple[str, Any]] = []

    def applies(path: str, payload: Any) -> bool:
        seen.append((path, payload))
        return payload is ABSENT or payload.get("model") == "prod"

    guard = Guard(hosts=("proxy",), applies=applies)
    assert guard.watches("POST", "proxy", "/anything", JSON)
    assert not guard.watches("POST", "api.cloudflare.com", CHAT, JSON)
    other = encoded({"model": "minimax/m2.7", **BAD})
    assert guard.release("/anything", JSON, other) is other
    for bad in (encoded({"model": "prod", **BAD}), b"{"):
        with pytest.raises(InvalidRequestError):
            guard.release("/anything", JSON, bad)
    assert seen == [
        ("/anything", {"model": "minimax/m2.7", **BAD}),
        ("/anything", {"model": "prod", **BAD}),
        ("/anything", ABSENT),
    ]


def test_mode_is_one_of_three() -> None:
    """A mode that does not exist is refused when the guard is made, not when the first bad request comes."""
    with pytest.raises(ValueError, match="raise, warn, fix"):
        Guard("wran")  # type: ignore[arg-type]


def test_hosts_are_several() -> None:
    """A single string in the place of hosts is refused: every part of it would count as one."""
    with pytest.raises(ValueError, match=r"proxy\.example"):
        Guard(hosts="proxy.example")


def test_hosts_are_cloudflares() -> None:
    """The default guard looks at the two hosts that serve the model, and no others."""
    assert set(HOSTS) == {"api.cloudflare.com", "gateway.ai.cloudflare.com"}


@given(requests())
def test_sound_requests_pass(payload: dict[str, Any]) -> None:
    """Whatever sound request is sent, all three modes let the same bytes through, unless there is something to fix."""
    body = encoded(payload)
    assert release(body) is body
    assert release(body, guard=Guard("warn")) is body


@given(st.data())
def test_only_valid_requests_pass(data: st.DataObject) -> None:
    """What a fixing guard lets through is valid; what it does not was not, and no safe fix made it so."""
    payload, _ = data.draw(faulty_requests())
    try:
        body = encoded(payload)
    except (TypeError, ValueError):  # not JSON: no client could send it
        return
    try:
        sent = release(body, guard=Guard("fix"))
    except InvalidRequestError:
        assert not is_valid(fix(json.loads(body)).payload)
    else:
        assert is_valid(json.loads(sent))


MESSAGES = "/client/v4/accounts/a/ai/v1/messages"
OF_MAY = Guard(validator=Validator(Settings(contract="2026-05")))
MODEL = {"model": "minimax/m2.7"}
PLAIN = {**MODEL, "messages": [{"role": "user", "content": "Hi"}]}
ANTHROPIC = {**PLAIN, "max_tokens": 2048, "system": "Be brief."}


def test_messages_are_watched_under_the_contract_that_has_them() -> None:
    """The address of the Messages format is known to the contract of May alone."""
    for path in (MESSAGES, f"{MESSAGES}/", "/v1/account/gateway/workers-ai/v1/messages"):
        assert OF_MAY.watches("POST", "api.cloudflare.com", path, JSON)
        assert not Guard().watches("POST", "api.cloudflare.com", path, JSON)
        assert not Guard(validator=Validator()).watches("POST", "api.cloudflare.com", path, JSON)
    assert not OF_MAY.watches("POST", "api.cloudflare.com", f"{MESSAGES}/count_tokens", JSON)


@pytest.mark.parametrize(
    ("path", "payload", "code"),
    [
        (MESSAGES, ANTHROPIC, None),
        (MESSAGES, PLAIN, "MM101"),
        (CHAT, PLAIN, None),
        (CHAT, ANTHROPIC, "MM128"),
        (CHAT, {**PLAIN, "stop": ["x"]}, "MM601"),
        (f"{RUN}/minimax/m2.7", ANTHROPIC, None),
        (f"{RUN}/minimax/m2.7", PLAIN, None),
        (f"{RUN}/minimax/m2.7", {**PLAIN, "stop": ["x"]}, "MM601"),
        (RUN, ANTHROPIC, None),
        ("/v1/account/gateway/compat/chat/completions", ANTHROPIC, "MM128"),
    ],
)
def test_address_says_the_format(path: str, payload: dict[str, Any], code: str | None) -> None:
    """Under the contract of May the address says the format of a body, and elsewhere the body does."""
    if code is None:
        sent = encoded(payload)
        assert release(sent, path, OF_MAY) is sent
    else:
        with pytest.raises(InvalidRequestError, match=f": {code} error: "):
            release(payload, path, OF_MAY)


def test_other_models_pass_where_messages_go() -> None:
    """A body for another model is none of the guard's business at that address either."""
    sent = encoded({**PLAIN, "model": "claude"})
    assert release(sent, MESSAGES, OF_MAY) is sent


def test_safe_fixes_of_the_messages_format() -> None:
    """A guard that fixes leaves a body in the Messages format in its format."""
    guard = Guard("fix", validator=Validator(Settings(contract="2026-05")))
    sent = encoded(ANTHROPIC)
    assert release(sent, MESSAGES, guard) is sent
    assert json.loads(release({**PLAIN, "stop": None}, CHAT, guard)) == PLAIN
