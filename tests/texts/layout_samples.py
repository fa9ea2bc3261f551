"""A small file of each layout that holds chat requests among other things, for several tests."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from minimax_validate.values.pointer import Pointer

URL = "https://api.example.com/v1/chat/completions"


class Sample(NamedTuple):
    """How bodies become the value of a file, and where each of them is in it.

    ``has_texts`` says that the bodies are texts of JSON there.
    """

    wrap: Callable[[list[Any]], Any]
    pointer: Callable[[int], Pointer]
    has_texts: bool = True


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


def _pact(content: Callable[[Any], Any]) -> Callable[[list[Any]], Any]:
    def wrap(bodies: list[Any]) -> Any:
        calls = [{"method": "POST", "path": "/v1/chat/completions", "body": content(body)} for body in bodies]
        return {"consumer": {}, "provider": {}, "interactions": [{"request": call} for call in calls]}

    return wrap


def _call(body: Any) -> Any:
    return {"method": "POST", "url": URL, "body": body}


SAMPLES = {
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
    "Pact 2": Sample(_pact(lambda body: body), lambda index: ("interactions", index, "request", "body"), False),
    "Pact 4": Sample(
        _pact(lambda body: {"content": body, "contentType": "application/json", "encoded": False}),
        lambda index: ("interactions", index, "request", "body", "content"),
        False,
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
    "Helicone": Sample(
        lambda bodies: [{"request_path": "/v1/chat/completions", "request_body": body, "cost": 1} for body in bodies],
        lambda index: (index, "request_body"),
        False,
    ),
    "Helicone, texts": Sample(
        lambda bodies: [{"request_body": body} for body in bodies], lambda index: (index, "request_body")
    ),
    "LiteLLM": Sample(
        lambda bodies: {
            "data": [{"model": "m", "messages": [], "proxy_server_request": body, "spend": 0.1} for body in bodies]
        },
        lambda index: ("data", index, "proxy_server_request"),
        False,
    ),
    "LiteLLM, calls": Sample(
        lambda bodies: [{"proxy_server_request": _call(body)} for body in bodies],
        lambda index: (index, "proxy_server_request", "body"),
        False,
    ),
    "universal": Sample(
        lambda bodies: [{"provider": "workers-ai", "endpoint": "minimax/m2.7", "query": body} for body in bodies],
        lambda index: (index, "query"),
        False,
    ),
    "bundle": Sample(lambda bodies: {"requests": bodies}, lambda index: ("requests", index), False),
}
