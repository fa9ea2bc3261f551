"""Requests that an SDK sends, as in ``client.chat.completions.create(model=..., messages=...)``."""

from __future__ import annotations

from minimax_validate.source_code.values import Node, Object
from minimax_validate.texts.source.models import Named, is_cloudflare
from minimax_validate.texts.source.sites.entries import entry_of, objects_in
from minimax_validate.texts.source.sites.given_away import for_any_gateway
from minimax_validate.texts.source.sites.known import LEFT_OUT
from minimax_validate.texts.source.sites.messages_format import skip_messages
from minimax_validate.texts.source.sites.requests import model_of, requests_in
from minimax_validate.texts.source.sites.search import Search
from minimax_validate.texts.source.syntax import Call, Handle, Literal_, Name
from minimax_validate.texts.spans import Span

_MESSAGES = "messages"
"""What the calls of Anthropic's SDKs stand on, as in ``client.messages.create(...)``."""


def find_create(search: Search, handle: Handle, view: Call, path: tuple[str, ...]) -> None:
    """Look at a call of ``create`` and the like: its options or keywords are the request."""
    if path[-2] == _MESSAGES:
        skip_messages(search, _body_of_call(search, view, search.syntax.span(handle)))
        return
    if path[-2] != "completions" and not any(argument.keyword == "messages" for argument in view.arguments):
        return
    span = search.syntax.span(handle)
    is_of_cloudflare = _is_of_cloudflare(search, view.callee)
    counted: tuple[Named, ...] = ("ours", "near", "unknown") if is_of_cloudflare else ("ours",)
    body = _body_of_call(search, view, span)
    root = requests_in(body, lambda branch: model_of(branch) in counted)
    if body is not None and root is not None:
        kinds = [model_of(branch) for branch in objects_in(root)]
        kind = next(kind for kind in counted if kind in kinds)
        if kind == "unknown":
            search.skipped.unknown += 1
        search.take(body)
        search.add(root if is_of_cloudflare else for_any_gateway(root), span, kind)
    elif body is not None and is_of_cloudflare and requests_in(body, model_of) is not None:
        search.skipped.others += 1
        search.take(body)


def _body_of_call(search: Search, view: Call, span: Span) -> Node | None:
    if any(argument.keyword is not None for argument in view.arguments):
        return search.evaluator.keywords(view, span, LEFT_OUT, "extra_body")
    if view.arguments and not view.arguments[0].is_spread:
        return search.evaluator.value(view.arguments[0].value)
    return None


def _is_of_cloudflare(search: Search, callee: Handle) -> bool:
    """Whether the client that a method is of was made with Cloudflare's address, as far as the file tells."""
    root = callee
    for _ in range(20):
        view = search.syntax.view(root)
        if isinstance(view, Name):
            binding = search.syntax.binding(root)
            return binding is not None and binding.value is not None and _is_made_here(search, binding.value)
        # The value of a literal is no expression.
        inner = None if isinstance(view, Literal_) else getattr(view, "object", None) or getattr(view, "value", None)
        if inner is None:
            return isinstance(view, Call) and _is_made_here(search, root)
        root = inner
    return False


def _is_made_here(search: Search, handle: Handle) -> bool:
    view = search.syntax.view(handle)
    if not isinstance(view, Call):
        return False
    for argument in view.arguments:
        if argument.keyword == "base_url":
            return is_cloudflare(search.evaluator.value(argument.value))
    options = search.evaluator.value(view.arguments[0].value) if view.arguments else None
    base = entry_of(options, "baseURL") if isinstance(options, Object) else None
    return base is not None and is_cloudflare(base.value)
