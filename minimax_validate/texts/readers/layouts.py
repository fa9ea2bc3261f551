"""How recordings of HTTP traffic, collections of API clients and logs of gateways are laid out: a table."""

from __future__ import annotations

from dataclasses import dataclass

EACH = "*"
"""A step of a path: into every item of an array."""


@dataclass(frozen=True, slots=True)
class Nested:
    """A step of a path: into every item of an array at ``key``, and of the arrays that those have at ``again``."""

    key: str
    again: str


Step = str | Nested
Path = tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a kind of file keeps its calls, and where each of those keeps its parts.

    ``calls`` is the path of every call. Of ``bodies`` the first path counts at which a body stands, of ``urls`` and
    ``methods`` the first with a text. ``marks`` are keys that the file has besides. Bodies that are ``to_be_filled``
    have variables, and may have comments. A ``log`` may cut bodies short, and keeps columns of its own beside them. A
    file ``by_body`` is known by the keys of its bodies alone.
    """

    calls: Path
    bodies: tuple[Path, ...]
    urls: tuple[Path, ...] = (("url",), ("uri",), ("path",))
    methods: tuple[Path, ...] = (("method",),)
    marks: frozenset[str] = frozenset()
    to_be_filled: bool = False
    log: bool = False
    by_body: bool = False


_BODIES: tuple[Path, ...] = (
    ("body",),
    ("body", "string"),
    ("body", "base64_string"),
    ("body", "content"),  # Pact, from version 4 on
    ("parsed_body",),  # what a serializer has parsed already
)
_RAW: tuple[Path, ...] = (("body", "raw"),)
_RAW_URLS: tuple[Path, ...] = (("url", "raw"), ("url",))
_ITEMS = Nested("item", "item")
_MATCHED: tuple[Path, ...] = (("bodyPatterns", EACH, "equalToJson"),)
_MATCHED_URLS: tuple[Path, ...] = (("urlPath",), ("url",), ("urlPathPattern",), ("urlPattern",))
_EXPORT = frozenset({"_type"})

LOGGED: tuple[Path, ...] = (
    ("proxy_server_request", "body"),
    ("proxy_server_request",),
    ("request_body",),
    ("requestBody",),
    ("RequestBody",),
)
"""Columns in which gateways log what was sent: LiteLLM, Helicone and others."""

_LOG_URLS: tuple[Path, ...] = (("proxy_server_request", "url"), ("request_path",), ("url",), ("path",))

LAYOUTS = (
    # vcrpy, go-vcr, Pact
    Layout(("interactions", EACH, "request"), _BODIES),
    # Ruby's VCR, Betamax
    Layout(("http_interactions", EACH, "request"), _BODIES),
    # HAR 1.2, Polly.JS
    Layout(("log", "entries", EACH, "request"), (("postData", "text"), ("postData", "textJSON"))),
    # Postman, version 2: requests, and those of saved examples; as files, and as its API gives them
    Layout((_ITEMS, "request"), _RAW, _RAW_URLS, to_be_filled=True),
    Layout((_ITEMS, "response", EACH, "originalRequest"), _RAW, _RAW_URLS, to_be_filled=True),
    Layout(("collection", _ITEMS, "request"), _RAW, _RAW_URLS, to_be_filled=True),
    Layout(("collection", _ITEMS, "response", EACH, "originalRequest"), _RAW, _RAW_URLS, to_be_filled=True),
    # Insomnia, versions 4 and 5
    Layout(("resources", EACH), (("body", "text"),), marks=_EXPORT, to_be_filled=True),
    Layout((Nested("collection", "children"),), (("body", "text"),), marks=frozenset({"type"}), to_be_filled=True),
    # The test proxy of Azure's SDKs
    Layout(("Entries", EACH), (("RequestBody",),), (("RequestUri",),), (("RequestMethod",),)),
    # WireMock: one stub, several, and its journal of requests
    Layout(("request",), _MATCHED, _MATCHED_URLS, by_body=True),
    Layout(("mappings", EACH, "request"), _MATCHED, _MATCHED_URLS),
    Layout(("requests", EACH, "request"), (("body",),)),
    # Logs of gateways: a row, rows, and rows as an API gives them
    Layout((), LOGGED, _LOG_URLS, log=True, by_body=True),
    Layout((EACH,), LOGGED, _LOG_URLS, log=True, by_body=True),
    Layout(("data", EACH), LOGGED, _LOG_URLS, log=True, by_body=True),
)
