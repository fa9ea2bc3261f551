"""A small file of each layout that holds chat requests among other things, for several tests."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from minimax_validate.values.pointer import Pointer

URL = "https://api.example.com/v1/chat/completions"


class Sample(NamedTuple):
    """How bodies become the value of a file, and where each of them is in it.

    ``has_texts`` says that the bodies are texts of JSON there, ``may_be_cut`` that a text may be the beginning of one.
    """

    wrap: Callable[[list[Any]], Any]
    pointer: Callable[[int], Pointer]
    has_texts: bool = True
    may_be_cut: bool = False


def _azure(body: Any) -> Any:
    return {"RequestUri": URL, "RequestMethod": "POST", "RequestHeaders": {}, "RequestBody": body, "StatusCode": 200}


def _postman(body: Any) -> Any:
    raw = {"mode": "raw", "raw": body, "options": {"raw": {"language": "json"}}}
    return {"method": "POST", "header": [], "body": raw, "url": {"raw": URL, "path": ["v1", "chat", "completions"]}}


def _folder(bodies: list[Any]) -> Any:
    items = [{"name": "Ask", "request": _postman(body), "response": []} for body in bodies]
    return {
        "info": {"schema": "v2.1.0"},
        "item": [{"name": "Home", "request": "https://example.com"}, {"name": "All", "item": items}],
    }


def _saved(bodies: list[Any]) -> Any:
    examples = [{"name": "asked", "originalRequest": _postman(body), "body": "{}"} for body in bodies]
    asked = {"method": "GET", "url": "https://example.com"}
    return {"info": {"schema": "v2.1.0"}, "item": [{"name": "Ask", "request": asked, "response": examples}]}


def _stub(body: Any) -> Any:
    matched = {"equalToJson": body, "ignoreExtraElements": True}
    request = {"method": "POST", "urlPath": "/v1/chat/completions"}
    return {"request": {**request, "bodyPatterns": [{"matchesJsonPath": "$.model"}, matched]}, "response": {}}


def _har(key: str) -> Callable[[list[Any]], Any]:
    def wrap(bodies: list[Any]) -> Any:
        calls = [
            {"method": "POST", "url": URL, "postData": {"mimeType": "a", "params": [], key: body}} for body in bodies
        ]
        entries = [{"request": {"method": "GET", "url": URL}}, *({"request": call, "response": {}} for call in calls)]
        return {"log": {"version": "1.2", "creator": {"name": "a"}, "entries": entries}}

    return wrap


_KEPT: dict[tuple[str, ...], Callable[[Any], Any]] = {
    ("body",): lambda body: {"body": body},
    ("body", "string"): lambda body: {"body": {"encoding": "UTF-8", "string": body}},
    ("body", "content"): lambda body: {"body": {"content": body, "contentType": "application/json", "encoded": False}},
    ("parsed_body",): lambda body: {"parsed_body": body},
}
"""Where the calls of cassettes and contracts keep a body."""


def _cassettes() -> Iterator[tuple[str, Sample]]:
    """vcrpy, go-vcr, Ruby's VCR and Pact, with bodies in each of their places."""
    for key in ("interactions", "http_interactions"):
        for path, keep in _KEPT.items():
            for has_texts in (True, False):
                yield (
                    f"{key}, {'.'.join(path)}, {'texts' if has_texts else 'values'}",
                    Sample(_cassette(key, keep), _inside((key,), ("request", *path)), has_texts),
                )


def _cassette(key: str, keep: Callable[[Any], Any]) -> Callable[[list[Any]], Any]:
    return lambda bodies: {
        "version": 1,
        key: [
            {"request": {"method": "POST", "uri": URL, "headers": {}, **keep(body)}, "response": {"body": "{}"}}
            for body in bodies
        ],
    }


def _inside(before: Pointer, behind: Pointer) -> Callable[[int], Pointer]:
    return lambda index: (*before, index, *behind)


def packed(body: str) -> str:
    """What a cassette says that keeps a body packed."""
    return base64.b64encode(body.encode()).decode()


PACKED = {
    f"{key}, packed": Sample(
        _cassette(key, lambda body: {"body": {"encoding": "ASCII-8BIT", "base64_string": packed(body)}}),
        _inside((key,), ("request", "body", "base64_string")),
    )
    for key in ("interactions", "http_interactions")
}
"""Cassettes whose bodies stand there in another spelling: what is found is at the whole of it."""

_COLUMNS: dict[tuple[str, ...], Callable[[Any], Any]] = {
    ("proxy_server_request", "body"): lambda body: {"proxy_server_request": _call(body)},
    ("proxy_server_request",): lambda body: {"model": "m", "messages": [], "proxy_server_request": body, "spend": 0.1},
    ("request_body",): lambda body: {"request_path": "/v1/chat/completions", "request_body": body, "cost": 1},
    ("requestBody",): lambda body: {"requestBody": body, "responseBody": {"choices": []}},
    ("RequestBody",): lambda body: {"RequestBody": body, "path": "/v1/chat/completions"},
}
"""The columns in which LiteLLM, Helicone and others keep a body."""


def _logs() -> Iterator[tuple[str, Sample]]:
    """Rows of gateways' logs, as they are exported and as an API gives them."""
    for path, row in _COLUMNS.items():
        for has_texts in (True, False):
            name = f"{'.'.join(path)}, {'texts' if has_texts else 'values'}"
            yield f"log, {name}", Sample(_rows(row), _inside((), path), has_texts, has_texts)
            yield f"log of an API, {name}", Sample(_data(row), _inside(("data",), path), has_texts, has_texts)


def _rows(row: Callable[[Any], Any]) -> Callable[[list[Any]], Any]:
    return lambda bodies: [row(body) for body in bodies]


def _data(row: Callable[[Any], Any]) -> Callable[[list[Any]], Any]:
    return lambda bodies: {"data": [row(body) for body in bodies]}


def _call(body: Any) -> Any:
    return {"method": "POST", "url": URL, "body": body}


SAMPLES: dict[str, Sample] = {
    **dict(_cassettes()),
    "HAR": Sample(_har("text"), lambda index: ("log", "entries", index + 1, "request", "postData", "text")),
    "Polly": Sample(
        _har("textJSON"),
        lambda index: ("log", "entries", index + 1, "request", "postData", "textJSON"),
        has_texts=False,
    ),
    "Postman": Sample(_folder, lambda index: ("item", 1, "item", index, "request", "body", "raw")),
    "Postman's API": Sample(
        lambda bodies: {"collection": _folder(bodies)},
        lambda index: ("collection", "item", 1, "item", index, "request", "body", "raw"),
    ),
    "Postman's API, saved": Sample(
        lambda bodies: {"collection": _saved(bodies)},
        lambda index: ("collection", "item", 0, "response", index, "originalRequest", "body", "raw"),
    ),
    "Postman, saved": Sample(_saved, lambda index: ("item", 0, "response", index, "originalRequest", "body", "raw")),
    "Insomnia 4": Sample(
        lambda bodies: {
            "_type": "export",
            "resources": [
                {"_type": "workspace"},
                *({"_type": "request", **_call({"mimeType": "application/json", "text": body})} for body in bodies),
            ],
        },
        lambda index: ("resources", index + 1, "body", "text"),
    ),
    "Insomnia 5": Sample(
        lambda bodies: {
            "type": "collection.insomnia.rest/5.0",
            "collection": [{"name": "All", "children": [_call({"mimeType": "a", "text": body}) for body in bodies]}],
        },
        lambda index: ("collection", 0, "children", index, "body", "text"),
    ),
    "Azure": Sample(
        lambda bodies: {"Entries": list(map(_azure, bodies))}, lambda index: ("Entries", index, "RequestBody"), False
    ),
    "Azure, texts": Sample(
        lambda bodies: {"Entries": list(map(_azure, bodies))}, lambda index: ("Entries", index, "RequestBody")
    ),
    "WireMock": Sample(
        lambda bodies: {"mappings": list(map(_stub, bodies))},
        lambda index: ("mappings", index, "request", "bodyPatterns", 1, "equalToJson"),
    ),
    "WireMock, values": Sample(
        lambda bodies: {"mappings": list(map(_stub, bodies))},
        lambda index: ("mappings", index, "request", "bodyPatterns", 1, "equalToJson"),
        False,
    ),
    "WireMock's journal": Sample(
        lambda bodies: {"requests": [{"request": _call(body)} for body in bodies]},
        lambda index: ("requests", index, "request", "body"),
    ),
    "calls": Sample(lambda bodies: list(map(_call, bodies)), lambda index: (index, "body")),
    "calls with data": Sample(
        lambda bodies: [{"type": "POST", "uri": URL, "data": body} for body in bodies], lambda index: (index, "data")
    ),
    **dict(_logs()),
    "batch": Sample(
        lambda bodies: [
            {"custom_id": str(index), "method": "POST", "url": "/v1/chat/completions", "body": body}
            for index, body in enumerate(bodies)
        ],
        lambda index: (index, "body"),
        False,
    ),
    "REST": Sample(
        lambda bodies: [{"model": "minimax/m2.7", "input": body} for body in bodies],
        lambda index: (index, "input"),
        False,
    ),
    "universal": Sample(
        lambda bodies: [{"provider": "workers-ai", "endpoint": "minimax/m2.7", "query": body} for body in bodies],
        lambda index: (index, "query"),
        False,
    ),
    "bundle": Sample(lambda bodies: {"requests": bodies}, lambda index: ("requests", index), False),
}

ALONE: dict[str, Sample] = {
    "WireMock, a stub": Sample(
        lambda bodies: _stub(bodies[0]), lambda _: ("request", "bodyPatterns", 1, "equalToJson")
    ),
    "WireMock, a stub, values": Sample(
        lambda bodies: _stub(bodies[0]), lambda _: ("request", "bodyPatterns", 1, "equalToJson"), False
    ),
    "a call": Sample(lambda bodies: _call(bodies[0]), lambda _: ("body",)),
    "a step": Sample(
        lambda bodies: {"provider": "workers-ai", "endpoint": "minimax/m2.7", "query": bodies[0]},
        lambda _: ("query",),
        False,
    ),
    "REST, alone": Sample(lambda bodies: {"model": "minimax/m2.7", "input": bodies[0]}, lambda _: ("input",), False),
    **{
        f"a row, {'.'.join(path)}, {'texts' if has_texts else 'values'}": Sample(
            lambda bodies, row=row: row(bodies[0]),  # type: ignore[misc]
            lambda _, path=path: path,  # type: ignore[misc]
            has_texts,
            has_texts,
        )
        for path, row in _COLUMNS.items()
        for has_texts in (True, False)
    },
}
"""Files that hold one body each."""
